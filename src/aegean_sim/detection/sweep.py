"""Sweep widths: how wide a lane a sensor clears, as search theory counts it."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.detection.laws import LAWS
from aegean_sim.kinematics.reach import Motion
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.quantities import FloatArray

_NODES = 96
_FAR_M = 60.0 * NM_M


def sweep_width_m(sensors: SensorTable, speed_mps: FloatArray) -> FloatArray:
    """Give the sweep width of each sensor against each class of targets in each condition.

    Parameters
    ----------
    speed_mps : array, shape (n,)
        Relative speed of sensor and target, greater than 0.

    Returns
    -------
    array, shape (n, k, c)
        Metres. A range without a limit is taken to 60 nm.

    Notes
    -----
    ``W = 2 * integral of (1 - exp(-F(x)))`` over the lateral range ``x``, where ``F`` is the exposure of a
    straight pass (Koopman, Search and Screening, 1980), by Gauss and Legendre over the root of the angle
    whose sine is the share of the reach: chords end smoothly at the rim, and a wide reach is seen close by.
    """
    reach_m = np.minimum(sensors.reach_m, _FAR_M)
    law, speed = (
        np.broadcast_to(column[:, np.newaxis, np.newaxis], reach_m.shape).ravel()
        for column in (sensors.law, speed_mps)
    )
    numbers = sensors.numbers.reshape(-1, sensors.numbers.shape[-1])
    cases = np.column_stack([law, reach_m.ravel(), speed, numbers])
    different, place = np.unique(cases, axis=0, return_inverse=True)
    return _widths_m(different)[place.ravel()].reshape(reach_m.shape)


def _widths_m(cases: FloatArray) -> FloatArray:
    """Work out the width of each case: its law's code, reach, relative speed, and the law's numbers."""
    nodes, weights = _nodes()
    root = 0.5 * (nodes + 1.0)
    angle = 0.5 * np.pi * root**2
    share, weight = np.sin(angle), 0.5 * np.pi * weights * root * np.cos(angle)
    width_m = np.zeros(len(cases))
    for code, law in enumerate(LAWS.values()):
        mine = np.flatnonzero((cases[:, 0] == code) & (cases[:, 1] > 0.0))
        reach_m, speed_mps = cases[mine, 1], cases[mine, 2]
        found = np.ones((len(mine), _NODES))
        if len(mine) and not law.at_once:
            passes = _passes(reach_m, share, speed_mps)
            numbers = np.repeat(cases[mine, 3:], _NODES, axis=0)
            found = -np.expm1(-law.exposure(passes, numbers, np.ones(len(passes)))).reshape(-1, _NODES)
        width_m[mine] = 2.0 * reach_m * (found @ weight)
    return width_m


@cache
def _nodes() -> tuple[FloatArray, FloatArray]:
    """Give nodes and weights between -1 and 1; working them out takes longer than using them."""
    return np.polynomial.legendre.leggauss(_NODES)


def _passes(reach_m: FloatArray, share: FloatArray, speed_mps: FloatArray) -> Motion:
    """Give straight passes through each disc at shares of its radius, all cells' first pass first."""
    across = np.multiply.outer(reach_m, share)
    half = np.sqrt(reach_m[:, np.newaxis] ** 2 - across**2)
    speed = np.broadcast_to(speed_mps[:, np.newaxis], across.shape)
    still = np.zeros(across.size)
    return Motion(
        still, (2.0 * half / speed).ravel(), across.ravel(), -half.ravel(), still, speed.ravel().copy()
    )
