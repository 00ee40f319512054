"""Legs cut into batches, so that little is held at once."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray, IntArray


def batches(boats: Legs, units: Legs, most: int) -> list[slice]:
    """Cut the boats' legs, between boats, into slices of about ``most`` pairs of legs that share time."""
    if _most_pairs(boats.mover, units.mover) <= most:
        return [slice(0, len(boats))]
    cuts = _cuts(boats.mover, boats.start_s, boats.end_s, np.sort(units.start_s), np.sort(units.end_s), most)
    return [slice(start, stop) for start, stop in pairwise([*cuts.tolist(), len(boats)])]


@compiled
def _most_pairs(boats: IntArray, units: IntArray) -> int:
    """Tell how many pairs of legs, of such movers each, may share time at most.

    Of two movers' legs, each but the first of those that share time begins during another's.
    """
    return len(boats) * _movers(units) + len(units) * _movers(boats)


@compiled
def _movers(mover: IntArray) -> int:
    count = 0
    for leg in range(len(mover)):
        count += leg == 0 or mover[leg] != mover[leg - 1]
    return count


@compiled
def _cuts(
    mover: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
    begun_s: FloatArray,
    over_s: FloatArray,
    most: int,
) -> IntArray:
    """Give the legs at which slices begin; ``begun_s`` and ``over_s``: when legs of the other table are."""
    cuts, count, gathered = np.empty(len(mover), dtype=np.int64), 0, most
    for leg in range(len(mover)):
        if gathered >= most and (leg == 0 or mover[leg] != mover[leg - 1]):
            cuts[count], count, gathered = leg, count + 1, 0
        gathered += np.searchsorted(begun_s, end_s[leg], side="left")
        gathered -= np.searchsorted(over_s, start_s[leg], side="right")
    return cuts[:count].copy()
