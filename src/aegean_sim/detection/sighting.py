"""What land leaves of the stretches in which a boat is within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.sight import Sightlines
from aegean_sim.ragged import firsts, ragged

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.kinematics.pairs import LegPairs
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class _Windows:
    """Stretches of time in which pairs of legs see each other, sorted by pair and time."""

    pair: IntArray
    start_s: FloatArray
    end_s: FloatArray


def cut_by_land(
    sea: Sea,
    boats: Legs,
    units: Legs,
    pairs: LegPairs,
    pair: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Cut stretches at the moments when an island comes between.

    Parameters
    ----------
    pair : array
        Row of ``pairs`` that each stretch belongs to, not falling.
    start_s, end_s : array
        The stretches, within their pair's own.

    Returns
    -------
    stretch, start_s, end_s : array
        What is in sight of each stretch, sorted by stretch and time.
    """
    if sea.coast is None:
        return np.arange(len(pair)), start_s, end_s
    heads = firsts(pair)
    hull = np.minimum.reduceat(start_s, heads), np.maximum.reduceat(end_s, heads)
    windows = _in_sight(sea, boats, units, pairs, _Windows(pair[heads], *hull))
    first = np.searchsorted(windows.pair, pair, side="left")
    last = np.searchsorted(windows.pair, pair, side="right")
    stretch, window = ragged(first, last - first)
    start_s = np.maximum(start_s[stretch], windows.start_s[window])
    end_s = np.minimum(end_s[stretch], windows.end_s[window])
    seen = np.flatnonzero(end_s > start_s)
    return stretch[seen], start_s[seen], end_s[seen]


def _in_sight(sea: Sea, boats: Legs, units: Legs, pairs: LegPairs, some: _Windows) -> _Windows:
    """Ask the sea which parts of the stretches of some pairs are in sight."""
    at_s = pairs.motion.start_s[some.pair]
    places: list[FloatArray] = []
    speeds: list[FloatArray] = []
    for legs, rows in ((units, pairs.unit_leg), (boats, pairs.boat_leg)):
        leg = rows[some.pair]
        elapsed_s, vx, vy = at_s - legs.start_s[leg], legs.vx_mps[leg], legs.vy_mps[leg]
        places += [legs.x_m[leg] + vx * elapsed_s, legs.y_m[leg] + vy * elapsed_s]
        speeds += [vx, vy]
    lines = Sightlines(at_s, np.stack(places), np.stack(speeds))
    row, start_s, end_s = sea.sight_pieces(lines, some.start_s, some.end_s)
    return _Windows(some.pair[row], start_s, end_s)
