"""Belief: where a boat is thought to go, from the last that anybody saw of it, and where it may be met."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S, NM_M

if TYPE_CHECKING:
    from collections.abc import Collection

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray

_AHEAD_S = 12.0 * HOUR_S
_STEP_S = 600.0
_SAMPLE_S = 30.0
_MOST_SAMPLES = 600
_FAR_NM = 60.0


def believed_track(scene: Scene, boat: int, now_s: float, forces: Collection[str], *, sure: bool) -> Track:
    """Give the track that responders reckon with: the true one as long as one of these forces holds the boat.

    From the end of the contact the boat is thought to keep its course and speed, and to have landed when
    land is reached; with ``sure`` the position is always known.
    """
    true: Track = scene.fleet.boats.tracks[boat]
    if sure:
        return true
    known_s = scene.lookout.held_until(boat, now_s, forces)
    if known_s <= now_s:
        known_s = scene.lookout.last_held_s(boat, now_s, forces)
    if known_s >= true.time_s[-1]:
        return true
    return _straight_on(scene.sea, true, known_s)


def _straight_on(sea: Sea, true: Track, known_s: float) -> Track:
    """Extend a track from a moment along its course then, to the last point short of land, where it ends."""
    elapsed = np.arange(0.0, _AHEAD_S + _STEP_S, _STEP_S)
    (x_m, y_m), (vx, vy) = true.at(known_s), true.velocity_at(known_s)
    x, y = x_m + vx * elapsed, y_m + vy * elapsed
    free = _free_steps(sea, x, y)
    onward = Track(known_s + elapsed[1 : free + 1], x[1 : free + 1], y[1 : free + 1])
    return true.until(known_s).then(onward)


def _free_steps(sea: Sea, x: FloatArray, y: FloatArray) -> int:
    """Count the steps that can be sailed before land or the edge of the theatre."""
    west, south, east, north = sea.bounds_m
    stops = sea.crosses(x[:-1], y[:-1], x[1:], y[1:])
    stops |= (x[1:] < west) | (x[1:] > east) | (y[1:] < south) | (y[1:] > north)
    return int(np.argmax(stops)) if stops.any() else len(stops)


def open_parts(sea: Sea, track: Track, keep_out: Collection[str], now_s: float) -> list[Track]:
    """Give the parts of a track, from now on, that lie outside the waters of some states, in order.

    A unit that must keep out of a boat's present waters waits for it where it comes out of them. The line is
    found to 30 s of the boat's way (a six-hundredth of a longer one), on the safe side.
    """
    begin_s, end_s = max(now_s, float(track.time_s[0])), float(track.time_s[-1])
    areas = [area for state, area in sea.zones.territorial.items() if state in keep_out]
    if not areas or begin_s >= end_s:
        return [track]
    count = int(min(_MOST_SAMPLES, np.ceil((end_s - begin_s) / _SAMPLE_S))) + 1
    times = np.linspace(begin_s, end_s, count)
    x, y = (np.interp(times, track.time_s, axis) for axis in (track.x_m, track.y_m))
    free = ~np.logical_or.reduce([shapely.intersects_xy(area, x, y) for area in areas])
    edges = np.flatnonzero(np.diff(np.concatenate([[False], free, [False]])))
    runs = [(first, last - 1) for first, last in edges.reshape(-1, 2).tolist() if last - first > 1]
    return [track.since(float(times[first])).until(float(times[last])) for first, last in runs]


def heading(sea: Sea, place: tuple[float, float], velocity: tuple[float, float]) -> str:
    """Name the first state, within 60 nm on a straight course, whose waters or land a boat is not in yet."""
    speed_mps = math.hypot(*velocity)
    if speed_mps == 0.0:
        return ""
    ahead_s = np.arange(0.0, _FAR_NM + 1.0) * NM_M / speed_mps
    waters = sea.waters_at(place[0] + velocity[0] * ahead_s, place[1] + velocity[1] * ahead_s)
    others = np.flatnonzero((waters != waters[0]) & (waters != HIGH_SEAS))
    return str(waters[others[0]]) if len(others) else ""
