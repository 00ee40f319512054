"""Belief: where a boat is thought to go, from the last that a desk knows of it, and into whose waters."""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import MINUTE_S, NM_M

if TYPE_CHECKING:
    from collections.abc import Collection

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.geography.sea import Sea
    from aegean_sim.handoff.picture import Case
    from aegean_sim.quantities import IntArray

    _Pair = tuple[float, float]

_AHEAD_MIN, _STEP_MIN = 720, 10
_FAR_NM = 60.0


def believed_track(
    scene: Scene, case: Case, now_s: float, holders: Collection[str] | None, sought_s: float
) -> Track:
    """Give the track that is reckoned with: from the last that is known of a boat, straight on.

    What is known last is where it is now if one of the holders sees it, else where one of them last saw it,
    or what the latest report said, whichever is later. It is thought to keep its course and speed, and to
    have landed when land is reached, which is looked for minute by minute. A stranger does keep its course.

    Parameters
    ----------
    sought_s : float
        How long a boat in distress is sought for.
    holders : collection of str, optional
        Units whose sight counts from moment to moment; ``None``: where the boat is, is always known.
    """
    report = case.latest
    true = scene.track(report.boat)
    if scene.stranger(report.boat) is not None:
        return true
    known_s = now_s if holders is None else _known_s(scene, report.boat, now_s, holders)
    place = true.at(known_s) if known_s > report.seen_s else (report.x_m, report.y_m)
    since_s = max(known_s, report.seen_s)
    reckoned = straight_on(scene.sea, since_s, place, true.velocity_at(since_s))
    return _lying(reckoned, case.searches, since_s + sought_s) if report.distress else reckoned


def foreseen_until_s(
    scene: Scene, boat: int, now_s: float, holders: Collection[str] | None, *, straight: bool
) -> float:
    """Tell until when a boat in sight now stays in sight, and, if asked, goes straight on; else now."""
    if scene.stranger(boat) is not None:
        return math.inf
    times = scene.track(boat).time_s
    turn = bisect_right(times.data, now_s) if straight else len(times)
    turns_s = times.item(turn) if turn < len(times) else math.inf
    return turns_s if holders is None else min(turns_s, scene.lookout.held_until(boat, now_s, holders))


def _known_s(scene: Scene, boat: int, now_s: float, holders: Collection[str]) -> float:
    """Tell when the holders last saw a boat: now, or before; minus infinity for never."""
    if scene.lookout.held_until(boat, now_s, holders) > now_s:
        return now_s
    return scene.lookout.last_held_s(boat, now_s, holders)


@lru_cache(maxsize=256)
def _lying(track: Track, searches: int, until_s: float) -> Track:
    """Let a boat lie where its track ends until a moment; after searches in vain somewhere before its end."""
    since_s, end_s = track.time_s.tolist()
    sailed = track.until(since_s + _part(searches) * (end_s - since_s))
    return sailed.then(Track(np.array([until_s]), sailed.x_m[-1:], sailed.y_m[-1:]))


def _part(number: int) -> float:
    """Give 1, then 1/2, 1/4, 3/4, 1/8, 5/8 and so on, evenly spread (van der Corput 1935)."""
    part, base = 0.0, 0.5
    while number:
        part, number, base = part + base * (number % 2), number // 2, base / 2.0
    return part or 1.0


@lru_cache(maxsize=256)
def straight_on(sea: Sea, since_s: float, place: _Pair, velocity: _Pair) -> Track:
    """Give the way from a place on a steady course, m/s, for 12 h or to the last minute short of land."""
    end_s = MINUTE_S * _free_minutes(sea, place, velocity)
    (x, y), (vx, vy) = place, velocity
    return Track(
        np.array([since_s, since_s + end_s]), np.array([x, x + vx * end_s]), np.array([y, y + vy * end_s])
    )


def _free_minutes(sea: Sea, place: _Pair, velocity: _Pair) -> int:
    """Count the minutes on a straight way till land or the edge of the theatre, by tens, then one by one."""
    inside = _minutes_inside(place, velocity, sea.bounds_m)
    if sea.coast is None:
        return inside
    by_tens = np.arange(0, inside + 1, _STEP_MIN)
    free = _STEP_MIN * _steps_to_land(sea, place, velocity, by_tens)
    one_by_one = np.arange(free, min(inside, free + _STEP_MIN) + 1)
    return free + _steps_to_land(sea, place, velocity, one_by_one)


@compiled
def _minutes_inside(place: _Pair, velocity: _Pair, bounds_m: tuple[float, float, float, float]) -> int:
    """Count the minutes on a straight way, 12 h at most, until it leaves a rectangle.

    It does not come back, so the edge that it meets first tells where to look, to a minute for rounding.
    """
    if not (_inside(place, velocity, bounds_m, 1) or _inside(place, velocity, bounds_m, _STEP_MIN)):
        return 0
    west, south, east, north = bounds_m
    leaves_s = min(
        _reaches_s(place[0], velocity[0], west, east), _reaches_s(place[1], velocity[1], south, north)
    )
    minute = int(min(max(leaves_s / MINUTE_S, 0.0), _AHEAD_MIN))
    while minute > 0 and not _inside(place, velocity, bounds_m, minute):
        minute -= 1
    while minute < _AHEAD_MIN and _inside(place, velocity, bounds_m, minute + 1):
        minute += 1
    return minute


@compiled
def _inside(place: _Pair, velocity: _Pair, bounds_m: tuple[float, float, float, float], minute: int) -> bool:
    """Tell whether a straight way is within a rectangle after some minutes."""
    west, south, east, north = bounds_m
    x, y = place[0] + velocity[0] * (MINUTE_S * minute), place[1] + velocity[1] * (MINUTE_S * minute)
    return west <= x <= east and south <= y <= north


@compiled
def _reaches_s(at: float, speed: float, low: float, high: float) -> float:
    """Tell when a steady motion reaches the edge ahead of it; never at rest."""
    if speed == 0.0:
        return math.inf
    return ((high if speed > 0.0 else low) - at) / speed


def _steps_to_land(sea: Sea, place: _Pair, velocity: _Pair, minutes: IntArray) -> int:
    """Count the steps on a straight way, from minute to minute, that can be sailed before land."""
    elapsed_s = np.asarray(minutes * MINUTE_S, np.float64)
    x, y = place[0] + velocity[0] * elapsed_s, place[1] + velocity[1] * elapsed_s
    return sea.clear_legs(x, y)


def heading(sea: Sea, place: tuple[float, float], velocity: tuple[float, float]) -> str:
    """Name the first state, within 60 nm on a straight course, whose waters or land a boat is not in yet."""
    speed_mps = math.hypot(*velocity)
    if speed_mps == 0.0:
        return ""
    ahead_s = np.arange(0.0, _FAR_NM + 1.0) * NM_M / speed_mps
    waters = sea.waters_at(place[0] + velocity[0] * ahead_s, place[1] + velocity[1] * ahead_s)
    others = np.flatnonzero((waters != waters[0]) & (waters != HIGH_SEAS))
    return str(waters[others[0]]) if len(others) else ""
