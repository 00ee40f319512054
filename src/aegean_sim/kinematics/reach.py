"""Relative motion of two movers, and when one is within a range of the other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_OPEN = 1.0 - 1e-12
"""The square of a range counts this much short, so that rounding never makes touching into entering."""


@dataclass(frozen=True, slots=True)
class Motion:
    """Straight motion of one mover as seen from another, one stretch of time a row.

    All fields have shape (n,); positions are those at ``start_s``.
    """

    start_s: FloatArray
    end_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    vx_mps: FloatArray
    vy_mps: FloatArray

    def __len__(self) -> int:
        return len(self.start_s)

    def take(self, rows: IntArray | BoolArray) -> Motion:
        """Give the chosen rows, in their order."""
        return Motion(
            self.start_s[rows], self.end_s[rows], self.x_m[rows], self.y_m[rows],
            self.vx_mps[rows], self.vy_mps[rows],
        )  # fmt: skip

    def piece(self, rows: IntArray, start_s: FloatArray, end_s: FloatArray) -> Motion:
        """Cut from each of the chosen rows the part between two moments."""
        elapsed = start_s - self.start_s[rows]
        vx, vy = self.vx_mps[rows], self.vy_mps[rows]
        return Motion(start_s, end_s, self.x_m[rows] + vx * elapsed, self.y_m[rows] + vy * elapsed, vx, vy)

    def within(self, range_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the stretch in which the distance is below a range, the open disc.

        Parameters
        ----------
        range_m : array
            One range a row; may be infinite.

        Returns
        -------
        enter_s, leave_s : array
            Moments within the row's stretch; where there are none, ``leave_s > enter_s`` does not hold.

        Notes
        -----
        The roots of ``|p + v t| = range``, written with the cross product ``p x v`` for the sake of tangents.
        """
        return self.within_of(np.arange(len(self)), range_m)

    def within_of(self, rows: IntArray, range_m: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Find the same for the chosen rows, with a range for each of them."""
        return _within(self.start_s, self.end_s, self.x_m, self.y_m, self.vx_mps, self.vy_mps, rows, range_m)

    def between(
        self, first_rad: FloatArray, width_rad: FloatArray, edge_m: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Find the stretch in which the bearing lies in a wedge.

        Parameters
        ----------
        first_rad, width_rad : array
            Where each row's wedge begins, clockwise from +y, and how wide it is: at most half a circle.
        edge_m : array
            How far beyond its edges a wedge counts; negative to leave them out.

        Returns
        -------
        enter_s, leave_s : array
            Moments within the row's stretch; where there are none, ``leave_s > enter_s`` does not hold.

        Notes
        -----
        With ``d`` along an edge, ``d x p`` tells the side; both edges ask for ``f + g t >= -edge``.
        """
        last_rad = first_rad + width_rad
        enter_s, leave_s = self.start_s.copy(), self.end_s.copy()
        for turn, along in ((1.0, first_rad), (-1.0, last_rad)):
            east, north = turn * np.sin(along), turn * np.cos(along)
            beyond = north * self.x_m - east * self.y_m + edge_m
            rate = north * self.vx_mps - east * self.vy_mps
            with np.errstate(divide="ignore", invalid="ignore"):
                cross_s = self.start_s - beyond / rate
            enter_s = np.where(rate > 0.0, np.maximum(enter_s, cross_s), enter_s)
            leave_s = np.where(rate < 0.0, np.minimum(leave_s, cross_s), leave_s)
            enter_s[(rate == 0.0) & (beyond < 0.0)] = np.inf
        return enter_s, leave_s


@compiled
def _within(
    start_s: FloatArray,
    end_s: FloatArray,
    x_m: FloatArray,
    y_m: FloatArray,
    vx_mps: FloatArray,
    vy_mps: FloatArray,
    rows: IntArray,
    range_m: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    enter_s, leave_s = np.empty(len(rows)), np.empty(len(rows))
    for place in range(len(rows)):
        row, square = rows[place], range_m[place] * range_m[place] * _OPEN
        x, y, vx, vy = x_m[row], y_m[row], vx_mps[row], vy_mps[row]
        speed2, along, across = vx * vx + vy * vy, x * vx + y * vy, x * vy - y * vx
        half2, enter, leave = speed2 * square - across * across, np.inf, -np.inf
        if speed2 == 0.0:
            if x * x + y * y < square:
                enter, leave = 0.0, np.inf
        elif half2 >= 0.0:
            half = np.sqrt(half2)
            enter, leave = -(along + half) / speed2, (half - along) / speed2
        enter_s[place] = start_s[row] + max(enter, 0.0)
        leave_s[place] = min(start_s[row] + leave, end_s[row])
    return enter_s, leave_s
