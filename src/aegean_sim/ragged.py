"""Tables whose rows come in groups of unequal length."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, IntArray


def ragged(first: IntArray, count: IntArray) -> tuple[IntArray, IntArray]:
    """Write out ranges ``first[i], first[i] + 1, ...`` of ``count[i]`` members each.

    Returns
    -------
    owner, member : array
        Which range each member belongs to, and the member itself.
    """
    owner = np.repeat(np.arange(len(count)), count)
    before = np.cumsum(count) - count
    return owner, np.arange(len(owner)) + (first - before)[owner]


def begins(*columns: IntArray) -> BoolArray:
    """Tell of each row whether it begins a group, one group being rows in a row that agree in all columns."""
    fresh = np.zeros(len(columns[0]), dtype=np.bool_)
    fresh[:1] = True
    for column in columns:
        fresh[1:] |= column[1:] != column[:-1]
    return fresh


def firsts(*columns: IntArray) -> IntArray:
    """Give the rows at which a group begins."""
    return begins(*columns).nonzero()[0]


@compiled
def distinct(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Give the few values of a column, in the order in which they come, and which of them each row holds."""
    found, which, count = np.empty(len(codes), dtype=np.int64), np.empty(len(codes), dtype=np.int64), 0
    for row in range(len(codes)):
        place = which[row - 1] if row else 0
        if not (count and found[place] == codes[row]):
            place = 0
            while place < count and found[place] != codes[row]:
                place += 1
        if place == count:
            found[count], count = codes[row], count + 1
        which[row] = place
    return found[:count].copy(), which
