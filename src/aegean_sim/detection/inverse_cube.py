"""Koopman's inverse-cube law, ``rate = b / (r2 + height2)^1.5``, along straight relative motion.

All forms are free of divisions by the speed or by the distance of closest approach, so that they hold at
rest, head-on, and on either side of the closest approach.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray

NUMBERS = ("b_m3_per_s", "height_m")
_LEAST_HEIGHT_M = 1e-3
"""Keeps the rate finite where a boat passes through the observer: seen for certain all the same."""
_TINY = 1e-300


def exposure(piece: Motion, numbers: FloatArray, factor: FloatArray) -> FloatArray:
    """Give the exposure of each piece.

    Notes
    -----
    With the ends ``P1`` and ``P2`` in space (height included), ``R1`` and ``R2`` their lengths,
    ``F = b T (1/R1 + 1/R2) / (R1 R2 + P1.P2)``, the field of a straight stretch of current. Where the angle
    between the ends is blunt the last bracket is ``|P1 x P2|^2 / (R1 R2 - P1.P2)``, which does not cancel.
    """
    return _exposure(*_columns(piece), numbers, factor)


@compiled
def _exposure(
    x_m: FloatArray, y_m: FloatArray, vx_mps: FloatArray, vy_mps: FloatArray,
    start_s: FloatArray, end_s: FloatArray, numbers: FloatArray, factor: FloatArray,
) -> FloatArray:  # fmt: skip
    brought = np.empty(len(x_m))
    for row in range(len(x_m)):
        x, y, vx, vy, lasts_s = x_m[row], y_m[row], vx_mps[row], vy_mps[row], end_s[row] - start_s[row]
        height2 = _height2(numbers[row, 1])
        x2, y2 = x + vx * lasts_s, y + vy * lasts_s
        r1, r2 = math.sqrt(x * x + y * y + height2), math.sqrt(x2 * x2 + y2 * y2 + height2)
        dot = x * x2 + y * y2 + height2
        wide = r1 * r2 + abs(dot)
        cross2 = _moment2(x, y, vx, vy, height2) * lasts_s * lasts_s
        opening = wide if dot >= 0.0 else cross2 / wide
        brought[row] = numbers[row, 0] * factor[row] * lasts_s * (1.0 / r1 + 1.0 / r2) / opening
    return brought


def delay(piece: Motion, numbers: FloatArray, factor: FloatArray, amount: FloatArray) -> FloatArray:
    """Give the seconds after which each piece has brought an exposure that it does bring.

    Notes
    -----
    The closed inversion ``1/r2 = 1/r1^2 - 2 s1 c - c^2 M^2`` of `reference/physics.md`, section 1.1, with
    ``c = w E / b``, multiplied out so that the relative speed ``w`` cancels.
    """
    return _delay(*_columns(piece), numbers, factor, amount)


@compiled
def _delay(
    x_m: FloatArray, y_m: FloatArray, vx_mps: FloatArray, vy_mps: FloatArray,
    start_s: FloatArray, end_s: FloatArray, numbers: FloatArray, factor: FloatArray, amount: FloatArray,
) -> FloatArray:  # fmt: skip
    seconds = np.empty(len(x_m))
    for row in range(len(x_m)):
        x, y, vx, vy, lasts_s = x_m[row], y_m[row], vx_mps[row], vy_mps[row], end_s[row] - start_s[row]
        height2, share = _height2(numbers[row, 1]), amount[row] / (numbers[row, 0] * factor[row])
        along, speed2 = x * vx + y * vy, vx * vx + vy * vy
        moment2 = _moment2(x, y, vx, vy, height2)
        closest2 = moment2 / max(speed2, _TINY)
        r1 = math.sqrt(x * x + y * y + height2)
        inverse2 = 1.0 / (r1 * r1) - 2.0 * along * share / r1 - share * share * moment2
        r2 = 1.0 / math.sqrt(max(inverse2, _TINY))
        bracket = 2.0 * r1 * r1 * r2 + closest2 * (r1 - r2 + along * share * r1 * r2)
        until_s = min(max(share * r2 / (r1 + r2) * bracket, 0.0), lasts_s)
        seconds[row] = until_s if inverse2 > 0.0 else lasts_s
    return seconds


def _columns(piece: Motion) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    return piece.x_m, piece.y_m, piece.vx_mps, piece.vy_mps, piece.start_s, piece.end_s


@compiled
def _height2(height_m: float) -> float:
    height_m = max(height_m, _LEAST_HEIGHT_M)
    return height_m * height_m


@compiled
def _moment2(x: float, y: float, vx: float, vy: float, height2: float) -> float:
    """Give ``|P x v|^2``, the square of closest distance in space times speed."""
    across = x * vy - y * vx
    return across * across + height2 * (vx * vx + vy * vy)
