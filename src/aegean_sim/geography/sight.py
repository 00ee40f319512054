"""Sight: how far the earth's curve lets a sensor look, and when an island comes between two that move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.shadows import unhidden
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import FloatArray, IntArray

RADAR_HORIZON_NM = 2.226
OPTICAL_HORIZON_NM = 2.07


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
    Only shores near what a row's line sweeps are looked at. The moments are solved for, so none is missed;
    neither another stretch nor other rows change a moment by a bit.
    """
    return unhidden(coast.fence.cells, lines.at_s, lines.place, lines.speed, start_s, end_s)
