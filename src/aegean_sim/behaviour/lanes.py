"""Lanes: stored ways by water between two stretches of coast, and boats' tracks beside them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.streams import Streams, identity

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.base import Point
    from aegean_sim.scenario.boats import Stretch

_VERTICES = 13
_HALVINGS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Lanes:
    """Ways between two stretches, each of the same number of vertices.

    Parameters
    ----------
    place : array, shape (lanes, vertices, 2)
        Vertices in metres, none of whose legs crosses land.
    normal : array, shape (lanes, vertices, 2)
        Unit vectors to the left of the way.
    along : array, shape (lanes, vertices)
        Share of the way that lies behind each vertex.
    length_m : array, shape (lanes,)
    """

    place: FloatArray
    normal: FloatArray
    along: FloatArray
    length_m: FloatArray


@lru_cache(maxsize=256)
def build_lanes(sea: Sea, origin: Stretch, destination: Stretch, count: int) -> Lanes:
    """Lay lanes between evenly spread points of two stretches, paired at random but always alike.

    Raises
    ------
    GeographyError
        When a stretch has no point at sea, or no way leads from one to the other.
    """
    start = _along_line(sea, origin.line, count)
    end = _along_line(sea, destination.line, count)
    pairing = np.argsort(Streams(0, 0).uniform("lanes", np.arange(count, dtype=np.uint64), identity("pair")))
    end = end[pairing]
    blocked = sea.crosses(*start.T, *end.T)
    paths = [
        sea.route(*start[lane], *end[lane]) if blocked[lane] else np.stack([start[lane], end[lane]])
        for lane in range(count)
    ]
    return _as_lanes([_with_vertices(path) for path in paths])


def _along_line(sea: Sea, line: tuple[Point, ...], count: int) -> FloatArray:
    """Spread points evenly along a line, those that would lie on land moved to its nearest vertex at sea."""
    corners = np.column_stack(sea.frame.to_xy(*np.array(line).T))
    dry = np.zeros(len(corners), dtype=bool) if sea.coast is None else sea.coast.on_land(*corners.T)
    if dry.all():
        raise GeographyError(f"the stretch {[list(point) for point in line]} has no point at sea")
    distance = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    wanted = (np.arange(count) + 0.5) / count * distance[-1]
    points = np.column_stack([np.interp(wanted, distance, corners[:, axis]) for axis in (0, 1)])
    if sea.coast is not None:
        wet = corners[~dry]
        for number in np.flatnonzero(sea.coast.on_land(*points.T)):
            points[number] = wet[np.argmin(np.hypot(*(wet - points[number]).T))]
    return points


def _with_vertices(path: FloatArray) -> FloatArray:
    """Add vertices on the legs of a path until it has the common number of them; corners stay."""
    missing = _VERTICES - len(path)
    if missing <= 0:
        return path
    steps = np.hypot(*np.diff(path, axis=0).T)
    parts = np.ones(len(steps), dtype=np.int64)
    for _ in range(missing):
        parts[np.argmax(steps / parts)] += 1
    pieces = [
        path[leg] + (path[leg + 1] - path[leg]) * (np.arange(parts[leg]) / parts[leg])[:, np.newaxis]
        for leg in range(len(parts))
    ]
    return np.concatenate([*pieces, path[-1:]])


def _as_lanes(paths: list[FloatArray]) -> Lanes:
    most = max(len(path) for path in paths)
    place = np.stack(
        [np.concatenate([path, np.repeat(path[-1:], most - len(path), axis=0)]) for path in paths]
    )
    step = np.diff(place, axis=1)
    step_m = np.hypot(step[..., 0], step[..., 1])
    behind = np.concatenate([np.zeros((len(paths), 1)), np.cumsum(step_m, axis=1)], axis=1)
    course = np.concatenate([step[:, :1], place[:, 2:] - place[:, :-2], step[:, -1:]], axis=1)
    norm = np.hypot(course[..., 0], course[..., 1])
    unit = course / np.where(norm > 0.0, norm, 1.0)[..., np.newaxis]
    normal = np.stack([-unit[..., 1], unit[..., 0]], axis=-1)
    length = behind[:, -1]
    return Lanes(place, normal, behind / np.where(length > 0.0, length, 1.0)[:, np.newaxis], length)


def beside(sea: Sea, lanes: Lanes, lane: IntArray, shift_m: FloatArray) -> FloatArray:
    """Give each boat's way: its lane, shifted sideways most at the middle, less where land is in the way.

    Parameters
    ----------
    lane, shift_m : array, shape (boats,)
        Which lane, and how far to the left at most.

    Returns
    -------
    array, shape (boats, vertices, 2)
    """
    shift = shift_m.copy()
    bulge = np.sin(np.pi * lanes.along[lane])[..., np.newaxis] * lanes.normal[lane]
    paths = lanes.place[lane] + bulge * shift[:, np.newaxis, np.newaxis]
    rows = np.arange(len(lane))
    for turn in range(_HALVINGS + 1):
        rows = rows[_aground(sea, paths[rows])]
        if not len(rows):
            break
        shift[rows] *= 0.0 if turn == _HALVINGS else 0.5
        paths[rows] = lanes.place[lane[rows]] + bulge[rows] * shift[rows, np.newaxis, np.newaxis]
    return np.asarray(paths)


def _aground(sea: Sea, paths: FloatArray) -> FloatArray:
    """Tell of each way, in one call, whether one of its legs crosses land."""
    first, second = paths[:, :-1].reshape(-1, 2), paths[:, 1:].reshape(-1, 2)
    crossing = sea.crosses(first[:, 0], first[:, 1], second[:, 0], second[:, 1])
    return np.asarray(crossing.reshape(len(paths), -1).any(axis=1))
