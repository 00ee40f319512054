"""Courses: how a unit meets somebody, searches, and returns to its timetable, all by water."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.kinematics.intercept import first_meeting_s
from aegean_sim.kinematics.legs import Track, length_m, sail

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray

_TOLERANCE_S = 1.0
_ROUNDS = 20


class Meeting(NamedTuple):
    """When and by what way a unit meets a mover: ``path_xy`` has shape (points, 2)."""

    time_s: float
    path_xy: FloatArray

    @property
    def place(self) -> tuple[float, float]:
        """Where they meet, metres."""
        x_m, y_m = self.path_xy[-1].tolist()
        return x_m, y_m


def meet(
    sea: Sea,
    track: Track,
    here: tuple[float, float],
    speed_mps: float,
    ready_s: float,
    before_s: float = math.inf,
    closed: Collection[str] = frozenset(),
) -> Meeting | None:
    """Find the first meeting with a mover on a track, on a way round land and closed waters.

    ``None``: there is none in time.

    The straight course gives a lower bound; the meeting is put off until the way by water fits the time. As
    it moves on, the way keeps its bends while the water before its new end is clear.
    """
    earliest_s = first_meeting_s(track, *here, speed_mps, ready_s)
    return meet_after(sea, track, earliest_s, here, speed_mps, ready_s, before_s, closed)


def meet_after(
    sea: Sea,
    track: Track,
    earliest_s: float,
    here: tuple[float, float],
    speed_mps: float,
    ready_s: float,
    before_s: float,
    closed: Collection[str],
) -> Meeting | None:
    """Find the same meeting, when it is known when a straight course would meet the mover."""
    time_s, last_s = earliest_s, min(before_s, track.time_s.item(-1))
    if time_s > last_s:
        return None
    limit_m = (last_s - ready_s) * speed_mps
    if sea.routes is None:
        there = track.at(time_s)
        away_m = math.dist(here, there)
        if away_m <= limit_m + 1.0 and ready_s + away_m / speed_mps <= time_s + _TOLERANCE_S:
            return Meeting(time_s, np.array([here, there]))
    path: FloatArray | None = None
    for _ in range(_ROUNDS):
        if time_s > last_s:
            return None
        path = _way(sea, here, track.at(time_s), path, limit_m, closed)
        if path is None:
            return None
        needed_s = ready_s + length_m(path) / speed_mps
        if needed_s <= time_s + _TOLERANCE_S:
            return Meeting(time_s, path)
        time_s = needed_s
    return None


def _way(
    sea: Sea,
    here: tuple[float, float],
    there: tuple[float, float],
    before: FloatArray | None,
    limit_m: float,
    closed: Collection[str],
) -> FloatArray | None:
    """Give a way to a place, over the bends of the way to a place before it where that is still clear."""
    if before is None:
        return sea.route_within(*here, *there, limit_m + 1.0, closed)
    x_m, y_m = before[-2].tolist()
    if sea.bars((x_m, y_m), there, closed):
        return sea.route_within(*here, *there, limit_m + 1.0, closed)
    return np.concatenate([before[:-1], [there]])


def first_of(
    sea: Sea,
    tracks: Iterable[Track],
    here: tuple[float, float],
    speed_mps: float,
    ready_s: float,
    before_s: float = math.inf,
    closed: Collection[str] = frozenset(),
) -> Meeting | None:
    """Find the first meeting on any of a mover's tracks, which follow one another."""
    meetings = (meet(sea, track, here, speed_mps, ready_s, before_s, closed) for track in tracks)
    return next((meeting for meeting in meetings if meeting is not None), None)


def rejoin(sea: Sea, unit: Unit, here: tuple[float, float], free_s: float) -> tuple[Pieces, float]:
    """Give the pieces by which a unit returns to its plan, and when it is back: on task, or in port.

    It meets its plan where it can if that is on task, and else goes home until the next turn.
    """
    for number, piece in enumerate(unit.plan):
        if piece.time_s.item(-1) <= free_s:
            continue
        if piece.time_s.item(0) >= free_s:
            home, home_s = _in_port(sea, unit, here, free_s)
            if piece.time_s.item(0) >= home_s:
                return (*home, *unit.plan[number:]), home_s
        meeting = meet(sea, piece, here, unit.dash_mps, free_s, closed=unit.craft.keep_out)
        if meeting is not None:
            way = sail(meeting.path_xy, free_s, meeting.time_s)
            return (way.joining(piece, meeting.time_s), *unit.plan[number + 1 :]), meeting.time_s
    return _in_port(sea, unit, here, free_s)


def _in_port(sea: Sea, unit: Unit, here: tuple[float, float], free_s: float) -> tuple[Pieces, float]:
    """Give the piece by which a unit goes home, if it has one, and when it is there."""
    if unit.port is None:
        return (), free_s
    home = way_home(sea, unit, unit.port, here, free_s)
    return (home,), float(home.time_s[-1])


def way_home(
    sea: Sea, unit: Unit, port: tuple[float, float], here: tuple[float, float], start_s: float
) -> Track:
    """Give a unit's way to a port; through closed waters if there is no other."""
    path = sea.route_within(*here, *port, math.inf, unit.craft.keep_out)
    if path is None:
        path = sea.route(*here, *port)
    return sail(path, start_s, start_s + length_m(path) / unit.dash_mps)


def expanding_square(
    sea: Sea,
    centre: tuple[float, float],
    spacing_m: float,
    unit: Unit,
    start_s: float,
    end_s: float,
) -> Track:
    """Give a unit's search round a point: legs of 1, 1, 2, 2, 3, 3 ... spacings (IAMSAR vol. II).

    Corners that cannot be reached straight by water, or through waters the unit may enter, are left out.
    """
    turns = np.array([[0.0, 1.0], [1.0, 0.0], [0.0, -1.0], [-1.0, 0.0]])
    count = int(np.ceil(2.0 * np.sqrt((end_s - start_s) * unit.dash_mps / spacing_m))) + 2
    lengths = np.repeat(np.arange(1, count // 2 + 2), 2)[:count] * spacing_m
    corners = np.array(centre) + np.concatenate(
        [np.zeros((1, 2)), np.cumsum(turns[np.arange(count) % 4] * lengths[:, np.newaxis], axis=0)]
    )
    path = corners if sea.coast is None else open_to(sea, corners, unit.craft.keep_out)
    track = sail(path, start_s, start_s + max(length_m(path), 1.0) / unit.dash_mps)
    return track.until(end_s)


def open_to(sea: Sea, corners: FloatArray, closed: Collection[str]) -> FloatArray:
    """Leave out corners that land or closed waters part from the corner before."""
    places, kept = corners.tolist(), [0]
    for number in range(1, len(places)):
        if not sea.bars(places[kept[-1]], places[number], closed):
            kept.append(number)
    return corners[kept]
