"""Shadows: when edges of shore lie between two points in straight motion, in closed form."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.ragged import ragged

if TYPE_CHECKING:
    from aegean_sim.geography.shores import Shores
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_ONE, _OTHER = slice(0, 2), slice(2, 4)


@dataclass(frozen=True, slots=True)
class Sightlines:
    """Two points in straight motion, one pair a row.

    Parameters
    ----------
    at_s : array, shape (n,)
        When the points are at their places.
    place, speed : array, shape (4, n)
        Metres and m/s: x and y of the one point, then of the other.
    """

    at_s: FloatArray
    place: FloatArray
    speed: FloatArray

    def rings(self, start_s: FloatArray, end_s: FloatArray) -> FloatArray:
        """Give four corners of what each line sweeps, shape (n, 4, 2): one, other, then other, one later."""
        early, late = (self.place + self.speed * (time_s - self.at_s) for time_s in (start_s, end_s))
        return np.concatenate([early, late[_OTHER], late[_ONE]]).T.reshape(-1, 4, 2)


@dataclass(frozen=True, slots=True)
class _Quadratic:
    """``constant + slope t + bend t²``, one a row."""

    constant: FloatArray
    slope: FloatArray
    bend: FloatArray

    def __call__(self, time_s: FloatArray) -> FloatArray:
        return self.constant + time_s * (self.slope + time_s * self.bend)

    def take(self, rows: IntArray) -> _Quadratic:
        return _Quadratic(self.constant[rows], self.slope[rows], self.bend[rows])

    def changes_sign(self, first_s: FloatArray, last_s: FloatArray) -> BoolArray:
        """Tell of each row whether there is a root between two moments."""
        early = self(first_s)
        with np.errstate(divide="ignore", invalid="ignore"):
            turn_s = -0.5 * self.slope / self.bend
            turned = (turn_s > first_s) & (turn_s < last_s) & (early * self(turn_s) <= 0.0)
        return np.asarray(turned | (early * self(last_s) <= 0.0))

    def roots(self) -> tuple[FloatArray, FloatArray]:
        """Give both roots, each without the loss of digits; NaN or infinite where there is none."""
        square = self.slope * self.slope - 4.0 * self.bend * self.constant
        with np.errstate(divide="ignore", invalid="ignore"):
            whole = -0.5 * (self.slope + np.copysign(np.sqrt(square), self.slope))
            return whole / self.bend, self.constant / whole


def shadows(
    shores: Shores, lines: Sightlines, row: IntArray, line: IntArray, start_s: FloatArray, end_s: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when edges of shore lie between the two points.

    Parameters
    ----------
    row, line : array
        Which rows of ``lines`` and which short lines of ``shores`` to try against each other.
    start_s, end_s : array
        The stretch of time of each row of ``lines``.

    Returns
    -------
    row, start_s, end_s : array
        Stretches in which an edge lies between, one after another for each edge; they may overlap.

    Notes
    -----
    The line from A to B passes a vertex V where ``(A - V) x (B - V) = 0``, a quadratic in time. It meets an
    edge while the edge's vertices lie on different sides of the line, and A and B on different sides of the
    edge. Neither another stretch nor other rows change a moment by a bit.
    """
    of, vertex = ragged(shores.first[line], shores.first[line + 1] - shores.first[line])
    row = row[of]
    off, speed = lines.place[:, row] - np.tile(shores.vertex[:, vertex], (2, 1)), lines.speed[:, row]
    first_s, last_s = start_s[row] - lines.at_s[row], end_s[row] - lines.at_s[row]
    side = _side(off, speed)
    early, moves = side(first_s), side.changes_sign(first_s, last_s)
    meets = moves[1:] | moves[:-1] | (early[1:] * early[:-1] < 0.0)
    edge = np.flatnonzero(meets & (of[1:] == of[:-1]))
    along, off, speed = off[_ONE, edge] - off[_ONE, edge + 1], off[:, edge], speed[:, edge]
    ends = [
        _Quadratic(_cross(along, off[end]), _cross(along, speed[end]), 0.0 * along[0])
        for end in (_ONE, _OTHER)
    ]
    lies, first_s, last_s = _between(
        [side.take(edge), side.take(edge + 1), *ends], first_s[edge], last_s[edge]
    )
    row = row[edge[lies]]
    return (
        row,
        np.maximum(first_s + lines.at_s[row], start_s[row]),
        np.minimum(last_s + lines.at_s[row], end_s[row]),
    )


def _side(off: FloatArray, speed: FloatArray) -> _Quadratic:
    """Tell on which side of the line between two points a vertex lies, given both as seen from it."""
    slope = _cross(off[_ONE], speed[_OTHER]) + _cross(speed[_ONE], off[_OTHER])
    return _Quadratic(_cross(off[_ONE], off[_OTHER]), slope, _cross(speed[_ONE], speed[_OTHER]))


def _cross(one: FloatArray, other: FloatArray) -> FloatArray:
    return np.asarray(one[0] * other[1] - one[1] * other[0])


def _between(
    signs: list[_Quadratic], first_s: FloatArray, last_s: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when, within stretches, the first two have different signs, and so have the last two."""
    roots = [root for each in signs for root in each.roots()]
    moment_s = np.sort(np.fmin(np.fmax(np.stack([first_s, *roots, last_s]), first_s), last_s), axis=0)
    early_s, late_s = moment_s[:-1], moment_s[1:]
    middle_s = 0.5 * (early_s + late_s)
    one, other, here, there = (each(middle_s) for each in signs)
    piece, row = np.nonzero((early_s < late_s) & (one * other < 0.0) & (here * there < 0.0))
    return row, early_s[piece, row], late_s[piece, row]
