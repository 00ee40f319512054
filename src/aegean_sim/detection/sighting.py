"""What land leaves of the stretches in which a boat is within reach."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.ragged import firsts, ragged

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.kinematics.pairs import LegPairs
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_GRID_S = 960.0
"""Sight is looked for in whole cells of this length, so that neither another sensor's reach nor a course
that changes later moves the moments found; halved it gives 60 s and 3.75 s, as the search for them wants."""


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
    windows = _windows(sea, boats, units, pairs, _cells(boats, pairs, pair, start_s, end_s))
    first = np.searchsorted(windows.pair, pair, side="left")
    last = np.searchsorted(windows.pair, pair, side="right")
    stretch, window = ragged(first, last - first)
    start_s = np.maximum(start_s[stretch], windows.start_s[window])
    end_s = np.minimum(end_s[stretch], windows.end_s[window])
    seen = np.flatnonzero(end_s > start_s)
    return stretch[seen], start_s[seen], end_s[seen]


def _cells(boats: Legs, pairs: LegPairs, pair: IntArray, start_s: FloatArray, end_s: FloatArray) -> _Windows:
    """Give the cells of time, within the pairs' own stretches, that hold all the stretches asked for.

    Of a pair at rest, which sees each other always or never, the one cell is the whole of its stretch.
    """
    heads = firsts(pair)
    first = np.floor(np.minimum.reduceat(start_s, heads) / _GRID_S).astype(np.int64)
    last = np.ceil(np.maximum.reduceat(end_s, heads) / _GRID_S).astype(np.int64)
    rest = _at_rest(boats, pairs, pair[heads])
    owner, cell = ragged(first, np.where(rest, 1, last - first))
    of_pair, rest = pair[heads][owner], rest[owner]
    begin_s, finish_s = pairs.motion.start_s[of_pair], pairs.motion.end_s[of_pair]
    begin_s = np.where(rest, begin_s, np.maximum(cell * _GRID_S, begin_s))
    finish_s = np.where(rest, finish_s, np.minimum((cell + 1) * _GRID_S, finish_s))
    real = np.flatnonzero(finish_s > begin_s)
    return _Windows(of_pair[real], begin_s[real], finish_s[real])


def _at_rest(boats: Legs, pairs: LegPairs, pair: IntArray) -> BoolArray:
    """Tell of each pair whether neither of the two moves."""
    leg, motion = pairs.boat_leg[pair], pairs.motion
    speeds = (motion.vx_mps[pair], motion.vy_mps[pair], boats.vx_mps[leg], boats.vy_mps[leg])
    return np.asarray(~np.any(speeds, axis=0))


def _windows(sea: Sea, boats: Legs, units: Legs, pairs: LegPairs, cells: _Windows) -> _Windows:
    """Ask the sea which parts of the cells are in sight, and join those that follow one another."""
    places: list[FloatArray] = []
    for legs, rows in ((units, pairs.unit_leg), (boats, pairs.boat_leg)):
        leg = rows[cells.pair]
        elapsed_s = cells.start_s - legs.start_s[leg]
        vx, vy = legs.vx_mps[leg], legs.vy_mps[leg]
        places += [legs.x_m[leg] + vx * elapsed_s, legs.y_m[leg] + vy * elapsed_s, vx, vy]
    cell, start_s, end_s = sea.sight_pieces(cells.start_s, cells.end_s, *places)
    pair = cells.pair[cell]
    breaks = np.flatnonzero((pair[1:] != pair[:-1]) | (start_s[1:] != end_s[:-1])) + 1
    first = np.insert(breaks, 0, 0)[: len(pair)]
    last = np.append(breaks, len(pair))[: len(pair)] - 1
    return _Windows(pair[first], start_s[first], end_s[last])
