"""Sweep widths: how wide a lane a sensor clears, as search theory counts it."""

from __future__ import annotations

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
    straight pass (Koopman, Search and Screening, 1980), by Gauss and Legendre.
    """
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    share, weight = 0.5 * (nodes + 1.0), 0.5 * weights
    reach_m = np.minimum(sensors.reach_m, _FAR_M)
    width_m = np.zeros_like(reach_m)
    speeds = np.broadcast_to(speed_mps[:, np.newaxis, np.newaxis], reach_m.shape)
    for code, law in enumerate(LAWS.values()):
        cells = (sensors.law[:, np.newaxis, np.newaxis] == code) & (reach_m > 0.0)
        if not cells.any():
            continue
        if law.at_once:
            width_m[cells] = 2.0 * reach_m[cells]
            continue
        passes = _passes(reach_m[cells], share, speeds[cells])
        numbers = np.repeat(sensors.numbers[cells], _NODES, axis=0)
        exposure = law.exposure(passes, numbers, np.ones(len(passes)))
        found = -np.expm1(-exposure).reshape(-1, _NODES)
        width_m[cells] = 2.0 * reach_m[cells] * (found @ weight)
    return width_m


def _passes(reach_m: FloatArray, share: FloatArray, speed_mps: FloatArray) -> Motion:
    """Give straight passes through each disc at shares of its radius, all cells' first pass first."""
    across = np.multiply.outer(reach_m, share)
    half = np.sqrt(reach_m[:, np.newaxis] ** 2 - across**2)
    speed = np.broadcast_to(speed_mps[:, np.newaxis], across.shape)
    still = np.zeros(across.size)
    return Motion(
        still, (2.0 * half / speed).ravel(), across.ravel(), -half.ravel(), still, speed.ravel().copy()
    )
