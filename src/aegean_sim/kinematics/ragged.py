"""Ranges of unequal length laid end to end."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import IntArray


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
