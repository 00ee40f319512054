"""Interception: when a pursuer at a given speed can first meet somebody whose track is known."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import FloatArray


def first_meeting_s(track: Track, x_m: float, y_m: float, speed_mps: float, ready_s: float) -> float:
    """Tell when a pursuer can first meet the track's mover on a straight course; infinity when it cannot.

    Parameters
    ----------
    track : Track
        Where the pursued will be; after its last vertex it is gone.
    x_m, y_m, speed_mps, ready_s : float
        Where the pursuer is, how fast it sails, and from when on.

    Notes
    -----
    On a leg with relative place ``p``, velocity ``u`` and head start ``c`` (distance sailed), the meeting is
    the smallest ``t >= 0`` with ``|p + u t| = c + V t``, a quadratic (Washburn, Search and Detection).
    """
    return _first_meeting_s(track.time_s, track.x_m, track.y_m, x_m, y_m, speed_mps, ready_s)


@compiled
def _first_meeting_s(
    times: FloatArray, x: FloatArray, y: FloatArray, x_m: float, y_m: float, speed_mps: float, ready_s: float
) -> float:
    first = max(0, int(np.searchsorted(times, ready_s, side="right")) - 1)
    t1, x1, y1 = times[first], x[first], y[first]
    for vertex in range(first + 1, len(times)):
        t0, x0, y0 = t1, x1, y1
        t1, x1, y1 = times[vertex], x[vertex], y[vertex]
        if t1 <= t0:
            continue
        vx, vy = (x1 - x0) / (t1 - t0), (y1 - y0) / (t1 - t0)
        start_s = max(t0, ready_s)
        px, py = x0 + vx * (start_s - t0) - x_m, y0 + vy * (start_s - t0) - y_m
        sailed_m = speed_mps * (start_s - ready_s)
        wait_s = _smallest_root(
            vx * vx + vy * vy - speed_mps * speed_mps,
            px * vx + py * vy - speed_mps * sailed_m,
            px * px + py * py - sailed_m * sailed_m,
        )
        if start_s + wait_s <= t1:
            return float(start_s + wait_s)
    return math.inf


@compiled
def _smallest_root(a: float, half_b: float, c: float) -> float:
    """Give the smallest ``t >= 0`` with ``a t² + 2 half_b t + c`` not above zero; infinity without one."""
    if c <= 0.0:
        return 0.0
    square = half_b * half_b - a * c
    if not square >= 0.0:
        return math.inf
    q = -half_b - math.copysign(math.sqrt(square), half_b)
    one, other = q / a if a != 0.0 else math.inf, c / q if q != 0.0 else math.inf
    return min(one if one >= 0.0 else math.inf, other if other >= 0.0 else math.inf)
