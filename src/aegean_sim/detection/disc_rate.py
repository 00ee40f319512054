"""Disc with a rate: within the reach a boat is seen at one rate, wherever it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray

NUMBERS = ("rate_per_s",)


def exposure(piece: Motion, numbers: FloatArray, factor: FloatArray) -> FloatArray:
    """Give the exposure of each piece."""
    return numbers[:, 0] * factor * (piece.end_s - piece.start_s)


def delay(piece: Motion, numbers: FloatArray, factor: FloatArray, amount: FloatArray) -> FloatArray:
    """Give the seconds after which each piece has brought an exposure that it does bring."""
    return np.minimum(amount / (numbers[:, 0] * factor), piece.end_s - piece.start_s)
