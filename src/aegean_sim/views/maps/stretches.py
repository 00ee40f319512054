"""Routes cut into stretches: how likely a boat is unseen on each, and how long."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.maps.crossings import Crossing

STRETCHES = 12
_GOT_FAR, _NEARLY = 0.9, 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Route:
    """A route and what its boats went through.

    Parameters
    ----------
    lines : tuple of array, shape (n, 2) each
        Its stretches, of one length each, on the way of a boat in the midst of the others.
    unseen : array, shape (stretches,)
        Share of their time there in which nobody had boats in sight; NaN where none got.
    boats_there : array of int, shape (stretches,)
        How many boats got there.
    unseen_h : array, shape (stretches,)
        How long a boat that got there was unseen there, mean.
    hours, before_h, unseen_total_h : float
        Time at sea of a boat, mean: all of it, until it was first seen, unseen in all.
    boats, never : int
        How many boats there were, and how many nobody saw.
    """

    name: str
    lines: tuple[FloatArray, ...]
    unseen: FloatArray
    unseen_h: FloatArray
    boats_there: FloatArray
    hours: float
    before_h: float
    unseen_total_h: float
    boats: int
    never: int


def routes_of(crossings: Sequence[Crossing]) -> list[Route]:
    """Sum up the boats of each route, the route with most boats first."""
    by_route: dict[str, list[Crossing]] = {}
    for crossing in crossings:
        if len(crossing.way) > 1 and crossing.along_m[-1] > 0.0:
            by_route.setdefault(crossing.route or crossing.voyage.partition("#")[0], []).append(crossing)
    routes = [_route(name, boats) for name, boats in by_route.items()]
    return sorted(routes, key=lambda route: (-route.boats, route.name))


def _route(name: str, boats: Sequence[Crossing]) -> Route:
    length_m = _length_m(boats)
    edges_m = np.linspace(0.0, length_m, STRETCHES + 1)
    spent, unseen = (
        np.array(rows) for rows in zip(*(_hours_at(boat, edges_m) for boat in boats), strict=True)
    )
    there = np.count_nonzero(spent > 0.0, axis=0)
    with np.errstate(invalid="ignore"):
        share, each = unseen.sum(axis=0) / spent.sum(axis=0), unseen.sum(axis=0) / there
    return Route(
        name,
        _cut(_midmost(boats, edges_m), edges_m),
        share,
        each,
        there,
        _mean([boat.hours for boat in boats]),
        _mean([boat.hours_to_first for boat in boats]),
        _mean([boat.unseen_hours for boat in boats]),
        len(boats),
        sum(not len(boat.seen) for boat in boats),
    )


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values))


def _length_m(boats: Sequence[Crossing]) -> float:
    """Give the length of a route: how far boats get that get far, but for the farthest, who may drift."""
    return float(np.quantile([boat.along_m[-1] for boat in boats], _GOT_FAR))


def _hours_at(boat: Crossing, edges_m: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the hours that a boat spent between edges along its way, and those of them it was unseen."""
    along_m, time_s = boat.along_m, boat.way[:, 2]
    at_edge_s = np.interp(edges_m, along_m, time_s)
    spent_s = np.diff(at_edge_s)
    seen_s = _seen_until(boat.seen, at_edge_s)
    return spent_s / 3600.0, (spent_s - np.diff(seen_s)) / 3600.0


def _seen_until(seen: FloatArray, times_s: FloatArray) -> FloatArray:
    """Give how long a boat had been in sight by some times, in all."""
    held = np.clip(times_s[:, None], seen[:, 0], seen[:, 1]) - seen[:, 0]
    return np.asarray(held.sum(axis=1))


def _midmost(boats: Sequence[Crossing], edges_m: FloatArray) -> Crossing:
    """Give the boat that came all the way, or nearly, and is nearest to all that did."""
    far = [boat for boat in boats if boat.along_m[-1] >= _NEARLY * edges_m[-1]]
    points = np.array([_at(boat, edges_m) for boat in far])
    apart = np.hypot(*(points - points.mean(axis=0)).transpose(2, 0, 1)).sum(axis=1)
    return far[int(apart.argmin())]


def _at(boat: Crossing, along_m: FloatArray) -> FloatArray:
    """Give where a boat was after some distances, shape (n, 2)."""
    return np.column_stack([np.interp(along_m, boat.along_m, boat.way[:, axis]) for axis in (0, 1)])


def _cut(boat: Crossing, edges_m: FloatArray) -> tuple[FloatArray, ...]:
    """Cut a boat's way at edges."""
    corners_m = boat.along_m
    lines = []
    for begin, end in pairwise(edges_m):
        inner = corners_m[(corners_m > begin) & (corners_m < end)]
        lines.append(_at(boat, np.concatenate([[begin], inner, [end]])))
    return tuple(lines)
