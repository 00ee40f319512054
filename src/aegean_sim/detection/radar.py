"""Radar against a Swerling 1 target: independent looks, signal falling as the fourth power of range.

``Pd = Pfa^(1 / (1 + SNR))`` and ``SNR = SNR50 (r50 / r)^4``; as a rate, ``-ln(1 - Pd) / look`` (Skolnik).
The exposure has no closed form: it is integrated outward from the closest approach, on either side of which
the rate only falls.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray, IntArray

NUMBERS = ("r50_m", "log_false_alarm", "look_s")
_LEAST_RANGE2_M2 = 1e-6
_NODES = 48
_ROWS_AT_ONCE = 256
_CLOSE_S = 1e-3
_TINY = 1e-300


def exposure(piece: Motion, numbers: FloatArray, factor: FloatArray) -> FloatArray:
    """Give the exposure of each piece, to 1e-6 of itself for reaches up to some 30 r50."""
    flights, turn_s, lasts_s = _flights(piece, numbers, factor)
    return flights.exposure(turn_s) + flights.exposure(lasts_s - turn_s)


def delay(piece: Motion, numbers: FloatArray, factor: FloatArray, amount: FloatArray) -> FloatArray:
    """Give the seconds after which each piece has brought an exposure that it does bring, to 1 ms."""
    flights, turn_s, lasts_s = _flights(piece, numbers, factor)
    beyond = amount - flights.exposure(turn_s)
    side = np.where(beyond < 0.0, -1.0, 1.0)
    span_s = np.where(beyond < 0.0, turn_s, lasts_s - turn_s)
    return turn_s + side * flights.reaching(np.abs(beyond), span_s)


@cache
def _gauss() -> tuple[FloatArray, FloatArray]:
    nodes, weights = np.polynomial.legendre.leggauss(_NODES)
    return (nodes + 1.0) / 2.0, weights / 2.0


@dataclass(frozen=True, slots=True)
class _Flights:
    """Motion away from where a piece is nearest to the radar, one flight a row; back and forth look the same.

    Parameters
    ----------
    range2_m2, along_m2ps, speed2_m2ps2 : array
        ``(speed2 t + along) t + range2`` is the square of the range after ``t`` seconds.
    offset_s : array
        How long before the flight's start the closest approach of its whole line is.
    signal_m4 : array
        Signal to noise is this over the fourth power of the range.
    """

    range2_m2: FloatArray
    along_m2ps: FloatArray
    speed2_m2ps2: FloatArray
    offset_s: FloatArray
    signal_m4: FloatArray
    log_false_alarm: FloatArray
    look_s: FloatArray

    def take(self, rows: IntArray) -> _Flights:
        """Give some of the flights."""
        return _Flights(*(getattr(self, field.name)[rows] for field in fields(self)))

    def rate(self, elapsed_s: FloatArray) -> FloatArray:
        """Give the rate of detection at moments of shape (flights, moments)."""
        range2 = self.speed2_m2ps2[:, np.newaxis] * elapsed_s
        range2 += self.along_m2ps[:, np.newaxis]
        range2 *= elapsed_s
        range2 += self.range2_m2[:, np.newaxis]
        ratio = self.signal_m4[:, np.newaxis] / np.square(np.maximum(range2, _LEAST_RANGE2_M2))
        missed = -np.expm1(self.log_false_alarm[:, np.newaxis] / (1.0 + ratio))
        return np.log(missed) / -self.look_s[:, np.newaxis]

    def exposure(self, until_s: FloatArray) -> FloatArray:
        """Integrate the rate from the start of each flight."""
        total = np.zeros(len(until_s))
        moving = np.flatnonzero(until_s > 0.0)
        for start in range(0, len(moving), _ROWS_AT_ONCE):
            rows = moving[start : start + _ROWS_AT_ONCE]
            total[rows] = _integral(self.take(rows), until_s[rows])
        return total

    def reaching(self, amount: FloatArray, span_s: FloatArray) -> FloatArray:
        """Find when the exposure of each flight comes to an amount; at ``span_s`` at the latest.

        Notes
        -----
        The exposure is concave outward, so Newton's method from the start climbs to the root and stays below.
        """
        found = np.zeros(len(amount))
        rows = np.arange(len(amount))
        while len(rows):
            some, here = self.take(rows), found[rows]
            lacking = amount[rows] - some.exposure(here)
            step = lacking / some.rate(here[:, np.newaxis])[:, 0]
            found[rows] = np.clip(here + step, 0.0, span_s[rows])
            rows = rows[np.abs(found[rows] - here) > _CLOSE_S]
        return found


def _integral(flights: _Flights, until_s: FloatArray) -> FloatArray:
    """Integrate by Gauss and Legendre in the cube root of time, which takes out the logarithmic peak."""
    nodes, weights = _gauss()
    low = np.cbrt(flights.offset_s)[:, np.newaxis]
    width = np.cbrt(flights.offset_s + until_s)[:, np.newaxis] - low
    root = low + width * nodes
    square = root * root
    rate = flights.rate(square * root - flights.offset_s[:, np.newaxis])
    return np.asarray((rate * square * (3.0 * width * weights)).sum(axis=1))


def _flights(
    piece: Motion, numbers: FloatArray, factor: FloatArray
) -> tuple[_Flights, FloatArray, FloatArray]:
    """Give the flights away from where each piece is nearest, when that is, and how long the piece lasts."""
    vx, vy, lasts_s = piece.vx_mps, piece.vy_mps, piece.end_s - piece.start_s
    speed2 = vx * vx + vy * vy
    closest_s = -(piece.x_m * vx + piece.y_m * vy) / np.maximum(speed2, _TINY)
    closest_s = np.clip(closest_s, -lasts_s, 2.0 * lasts_s)
    turn_s = np.clip(closest_s, 0.0, lasts_s)
    x, y = piece.x_m + vx * turn_s, piece.y_m + vy * turn_s
    along, offset_s = 2.0 * np.abs(x * vx + y * vy), np.abs(turn_s - closest_s)
    r50_m, log_false_alarm, look_s = np.ascontiguousarray(numbers.T)
    signal = (log_false_alarm / np.log(0.5) - 1.0) * factor * np.square(np.square(r50_m))
    return (
        _Flights(x * x + y * y, along, speed2, offset_s, signal, log_false_alarm, look_s),
        turn_s,
        lasts_s,
    )
