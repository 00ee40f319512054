"""Sight: how far the earth's curve lets a sensor look, and when an island comes between two that move."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.shadows import shadows
from aegean_sim.quantities import NM_M
from aegean_sim.ragged import begins

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.geography.shadows import Sightlines
    from aegean_sim.quantities import FloatArray, IntArray

RADAR_HORIZON_NM = 2.226
OPTICAL_HORIZON_NM = 2.07
_LEAST_S = 1e-6


def radar_horizon_m(antenna_m: ArrayLike, target_m: ArrayLike) -> FloatArray:
    """Give the range at which a target comes over the radar horizon of a 4/3 earth.

    Parameters
    ----------
    antenna_m, target_m : array_like
        Heights above the sea, metres.

    Notes
    -----
    ``d = 2.226 (sqrt(antenna) + sqrt(target))`` nautical miles (Skolnik; 2.21 to 2.23 are quoted).
    """
    return _horizon_m(RADAR_HORIZON_NM, antenna_m, target_m)


def optical_horizon_m(eye_m: ArrayLike, target_m: ArrayLike) -> FloatArray:
    """Give the range at which a target comes over the visible horizon, heights in metres (factor 2.07 nm)."""
    return _horizon_m(OPTICAL_HORIZON_NM, eye_m, target_m)


def _horizon_m(factor_nm: float, first_m: ArrayLike, second_m: ArrayLike) -> FloatArray:
    return np.asarray(factor_nm * NM_M * (np.sqrt(first_m) + np.sqrt(second_m)), dtype=np.float64)


def sight_pieces(
    coast: Coastline, lines: Sightlines, start_s: FloatArray, end_s: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when no land lies between two points in straight motion, one pair a row.

    Parameters
    ----------
    coast : Coastline
        The land that hides.
    lines : Sightlines
        The pairs.
    start_s, end_s : array
        The stretch of time of each row.

    Returns
    -------
    index, start_s, end_s : array
        The pieces in sight, sorted by row and time; those shorter than a microsecond are left out.

    Notes
    -----
    Only shores near what a row's line sweeps are looked at. The moments are solved for, so none is missed.
    """
    row, line = coast.shores.near(lines.rings(start_s, end_s))
    hidden = shadows(coast.shores, lines, row, line, start_s, end_s)
    return _rest(np.arange(len(start_s)), start_s, end_s, *hidden)


def _rest(
    row: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
    hidden: IntArray,
    from_s: FloatArray,
    to_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Take stretches of time, which may overlap, away from those of their rows."""
    # Each row gets a stretch that ends as the row starts and one that starts as it ends.
    every = np.concatenate([row, hidden, row])
    from_s, to_s = np.concatenate([start_s, from_s, end_s]), np.concatenate([start_s, to_s, end_s])
    by_end = np.lexsort((to_s, every))
    rank = np.empty(len(every), dtype=np.int64)
    rank[by_end] = np.arange(len(every))
    order = np.lexsort((from_s, every))
    until_s = to_s[by_end[np.maximum.accumulate(rank[order])]]
    every, from_s = every[order], from_s[order]
    gap = np.flatnonzero(~begins(every)[1:] & (from_s[1:] - until_s[:-1] > _LEAST_S))
    return every[gap], until_s[gap], from_s[gap + 1]
