"""Belief: where a boat is thought to go, from the last that a desk knows of it, and into whose waters."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S, NM_M

if TYPE_CHECKING:
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.geography.sea import Sea
    from aegean_sim.handoff.picture import Case
    from aegean_sim.quantities import FloatArray

_AHEAD_S = 12.0 * HOUR_S
_STEP_S = 600.0
_FAR_NM = 60.0


def believed_track(scene: Scene, case: Case, now_s: float, *, updates: bool) -> Track:
    """Give the track that a desk reckons with: the true one as long as who reported the boat holds it.

    From the end of that contact, or from the last report if no updates follow it, the boat is thought to keep
    the course and speed told, and to have landed when land is reached. A stranger does keep its course.
    """
    report = case.latest
    true = scene.track(report.boat)
    if scene.stranger(report.boat) is not None:
        return true
    known_s = _held_s(scene, case, now_s) if updates else -math.inf
    if known_s >= true.time_s[-1]:
        return true
    if known_s > report.seen_s:
        ahead = straight_on(scene.sea, known_s, true.at(known_s), true.velocity_at(known_s))
        return true.until(known_s).then(ahead)
    return straight_on(scene.sea, report.seen_s, (report.x_m, report.y_m), true.velocity_at(report.seen_s))


def held_until(scene: Scene, case: Case, now_s: float, *, updates: bool) -> float:
    """Tell until when a desk will know where the boat is; ``now_s`` when it does not now."""
    return scene.lookout.held_until(case.latest.boat, now_s, case.units) if updates else now_s


def _held_s(scene: Scene, case: Case, now_s: float) -> float:
    """Tell until when those who reported a boat hold it, or when they last did; minus infinity for never."""
    boat = case.latest.boat
    held_s = scene.lookout.held_until(boat, now_s, case.units)
    return held_s if held_s > now_s else scene.lookout.last_held_s(boat, now_s, case.units)


def straight_on(sea: Sea, since_s: float, place: tuple[float, float], velocity: tuple[float, float]) -> Track:
    """Give the way from a place on a steady course, m/s, for 12 h or to the last point short of land."""
    elapsed = np.arange(0.0, _AHEAD_S + _STEP_S, _STEP_S)
    x, y = place[0] + velocity[0] * elapsed, place[1] + velocity[1] * elapsed
    count = _free_steps(sea, x, y) + 1
    return Track(since_s + elapsed[:count], x[:count], y[:count])


def _free_steps(sea: Sea, x: FloatArray, y: FloatArray) -> int:
    """Count the steps that can be sailed before land or the edge of the theatre."""
    west, south, east, north = sea.bounds_m
    stops = sea.crosses(x[:-1], y[:-1], x[1:], y[1:])
    stops |= (x[1:] < west) | (x[1:] > east) | (y[1:] < south) | (y[1:] > north)
    return int(np.argmax(stops)) if stops.any() else len(stops)


def heading(sea: Sea, place: tuple[float, float], velocity: tuple[float, float]) -> str:
    """Name the first state, within 60 nm on a straight course, whose waters or land a boat is not in yet."""
    speed_mps = math.hypot(*velocity)
    if speed_mps == 0.0:
        return ""
    ahead_s = np.arange(0.0, _FAR_NM + 1.0) * NM_M / speed_mps
    waters = sea.waters_at(place[0] + velocity[0] * ahead_s, place[1] + velocity[1] * ahead_s)
    others = np.flatnonzero((waters != waters[0]) & (waters != HIGH_SEAS))
    return str(waters[others[0]]) if len(others) else ""
