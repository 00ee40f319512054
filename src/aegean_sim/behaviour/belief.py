"""Belief: where a boat is thought to go, from the last that anybody saw of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray

_AHEAD_S = 12.0 * HOUR_S
_STEP_S = 600.0


def believed_track(scene: Scene, boat: int, now_s: float, *, sure: bool) -> Track:
    """Give the track that responders reckon with: the true one as long as somebody holds the boat.

    From the end of the contact the boat is thought to keep its course and speed until land; with ``sure`` the
    position is always known.
    """
    true: Track = scene.fleet.boats.tracks[boat]
    if sure:
        return true
    known_s = scene.lookout.held_until(boat, now_s)
    if known_s <= now_s:
        known_s = scene.lookout.last_held_s(boat, now_s)
    if known_s >= true.time_s[-1]:
        return true
    return _straight_on(scene.sea, true, known_s)


def _straight_on(sea: Sea, true: Track, known_s: float) -> Track:
    """Extend a track from a moment along its course then, to the last point short of land."""
    elapsed = np.arange(0.0, _AHEAD_S + _STEP_S, _STEP_S)
    (x_m, y_m), (vx, vy) = true.at(known_s), true.velocity_at(known_s)
    x, y = x_m + vx * elapsed, y_m + vy * elapsed
    free = _free_steps(sea, x, y)
    end = Track(np.array([known_s + _AHEAD_S]), x[free : free + 1], y[free : free + 1])
    onward = Track(known_s + elapsed[1 : free + 1], x[1 : free + 1], y[1 : free + 1])
    return true.until(known_s).then(onward).then(end)


def _free_steps(sea: Sea, x: FloatArray, y: FloatArray) -> int:
    """Count the steps that can be sailed before land or the edge of the theatre."""
    west, south, east, north = sea.bounds_m
    stops = sea.crosses(x[:-1], y[:-1], x[1:], y[1:])
    stops |= (x[1:] < west) | (x[1:] > east) | (y[1:] < south) | (y[1:] > north)
    return int(np.argmax(stops)) if stops.any() else len(stops)
