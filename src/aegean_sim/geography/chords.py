"""Chords: where lines of a grid run over land, to tell at once that land lies between two that move."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_STEP_M = 2000.0
_MARGIN_M = 1.0
_SPAN_M = 1e8


@dataclass(frozen=True, slots=True)
class Chords:
    """Stretches over land of parallel lines of a grid, sorted by line and place.

    Parameters
    ----------
    across : int
        The axis that the lines do not run along: 0 for x, 1 for y.
    start_m, end_m : array
        Ends of each chord; all lines are laid one after another, ``_SPAN_M`` apart. The first, before all
        lines, is none.
    """

    across: int
    start_m: FloatArray
    end_m: FloatArray

    def part(self, rings: FloatArray) -> BoolArray:
        """Tell of each row whether one chord surely cuts all lines from one side of a ring to the other.

        Parameters
        ----------
        rings : array, shape (n, 4, 2)
            Two places of one mover at 0 and 3, and the other's at the same times at 1 and 2.

        Notes
        -----
        All lines between the two movers cross a line of the grid that lies between them, within the four
        crossings of the lines from a place of the one to a place of the other.
        """
        ones, others = rings[:, [0, 3]], rings[:, [1, 2]]
        sides = ones[..., self.across], others[..., self.across]
        low = np.minimum(*(side.max(axis=1) for side in sides))
        high = np.maximum(*(side.min(axis=1) for side in sides))
        row, number = _between(low, high)
        first_m = self._crossing(rings[:, 0], rings[:, 1], row, number)
        chord = np.searchsorted(self.start_m, first_m) - 1
        held = np.flatnonzero(first_m < self.end_m[chord])
        row, number, chord = row[held], number[held], chord[held]
        least_m, greatest_m = self.start_m[chord] + _MARGIN_M, self.end_m[chord] - _MARGIN_M
        parts = np.ones(len(row), dtype=np.bool_)
        for one, other in product((0, 3), (1, 2)):
            place_m = self._crossing(rings[:, one], rings[:, other], row, number)
            parts &= (place_m > least_m) & (place_m < greatest_m)
        parted = np.zeros(len(rings), dtype=np.bool_)
        parted[row[parts]] = True
        return parted

    def _crossing(self, one: FloatArray, other: FloatArray, row: IntArray, number: IntArray) -> FloatArray:
        """Give where lines between two places of each row cross lines of the grid, as these are laid."""
        one, step = one[row], (other - one)[row]
        share = (number * _STEP_M - one[:, self.across]) / step[:, self.across]
        return np.asarray(number * _SPAN_M + one[:, 1 - self.across] + share * step[:, 1 - self.across])


def build_chords(boundary: shapely.MultiLineString, across: int) -> Chords:
    """Find the chords of land, given its shores, all closed."""
    place, ring = shapely.get_coordinates(shapely.get_parts(boundary), return_index=True)
    along = np.flatnonzero(ring[1:] == ring[:-1])
    here, there = place[along], place[along + 1]
    ends_m = here[:, across], there[:, across]
    row, number = _between(np.minimum(*ends_m), np.maximum(*ends_m))
    step = (there - here)[row]
    share = (number * _STEP_M - here[row, across]) / step[:, across]
    shore_m = np.sort(number * _SPAN_M + here[row, 1 - across] + share * step[:, 1 - across])
    return Chords(across, np.insert(shore_m[0::2], 0, -np.inf), np.insert(shore_m[1::2], 0, -np.inf))


def _between(low: FloatArray, high: FloatArray) -> tuple[IntArray, IntArray]:
    """Give rows and numbers of all lines of the grid from ``low``, itself not counted, to ``high``."""
    first = np.floor(low / _STEP_M).astype(np.int64) + 1
    count = np.maximum(np.floor(high / _STEP_M).astype(np.int64) + 1 - first, 0)
    row = np.repeat(np.arange(len(low)), count)
    return row, np.arange(len(row)) + (first - np.cumsum(count) + count)[row]
