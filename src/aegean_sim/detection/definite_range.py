"""Definite range: seen at once within the reach (Koopman's cookie-cutter)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray

NUMBERS = ()


def exposure(piece: Motion, _numbers: FloatArray, _factor: FloatArray) -> FloatArray:
    """Give infinite exposure: whoever is within reach is seen."""
    return np.full(len(piece), np.inf)


def delay(piece: Motion, _numbers: FloatArray, _factor: FloatArray, _amount: FloatArray) -> FloatArray:
    """Give no delay."""
    return np.zeros(len(piece))
