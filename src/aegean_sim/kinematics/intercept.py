"""Interception: when a pursuer at a given speed can first meet somebody whose track is known."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import FloatArray


def first_meeting_s(
    track: Track, x_m: FloatArray, y_m: FloatArray, speed_mps: FloatArray, ready_s: FloatArray
) -> FloatArray:
    """Tell when each pursuer can first meet the track's mover on a straight course.

    Parameters
    ----------
    track : Track
        Where the pursued will be; after its last vertex it is gone.
    x_m, y_m, speed_mps, ready_s : array, shape (n,)
        Where each pursuer is, how fast it sails, and from when on.

    Returns
    -------
    array, shape (n,)
        Seconds; infinite where no meeting is possible.

    Notes
    -----
    On a leg with relative place ``p``, velocity ``u`` and head start ``c`` (distance sailed), the meeting is
    the smallest ``t >= 0`` with ``|p + u t| = c + V t``, a quadratic (Washburn, Search and Detection).
    """
    begin = np.maximum(track.time_s[:-1], ready_s[:, np.newaxis])
    end = track.time_s[1:]
    span = np.where(end > track.time_s[:-1], end - track.time_s[:-1], np.inf)
    vx, vy = np.diff(track.x_m) / span, np.diff(track.y_m) / span
    px = track.x_m[:-1] + vx * (begin - track.time_s[:-1]) - x_m[:, np.newaxis]
    py = track.y_m[:-1] + vy * (begin - track.time_s[:-1]) - y_m[:, np.newaxis]
    speed = speed_mps[:, np.newaxis]
    head_start = speed * (begin - ready_s[:, np.newaxis])
    wait = _smallest_root(
        vx**2 + vy**2 - speed**2,
        px * vx + py * vy - speed * head_start,
        px**2 + py**2 - head_start**2,
    )
    meeting = begin + wait
    return np.asarray(np.where((begin <= end) & (meeting <= end), meeting, np.inf).min(axis=1))


def _smallest_root(a: FloatArray, half_b: FloatArray, c: FloatArray) -> FloatArray:
    """Give the smallest ``t >= 0`` at which ``a t² + 2 half_b t + c`` is not above zero."""
    with np.errstate(divide="ignore", invalid="ignore"):
        root = np.sqrt(half_b**2 - a * c)
        q = -half_b - np.copysign(root, half_b)
        first, second = q / a, c / q
        first = np.where(first >= 0.0, first, np.inf)
        second = np.where(second >= 0.0, second, np.inf)
    smallest = np.minimum(np.nan_to_num(first, nan=np.inf), np.nan_to_num(second, nan=np.inf))
    return np.asarray(np.where(c <= 0.0, 0.0, smallest))
