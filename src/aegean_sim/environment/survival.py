"""Survival: how long people live in water of a temperature."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray

# Middle of each band, degrees Celsius, and expected time of survival, hours: least and greatest.
_BANDS = (
    (0.15, 0.25, 0.75),
    (2.35, 0.5, 1.5),
    (7.2, 1.0, 3.0),
    (12.8, 1.0, 6.0),
    (18.3, 2.0, 40.0),
    (23.85, 3.0, 72.0),
)
_TENTH = 1.2815515655446004
"""Standard normal number below which nine in ten lie."""


def water_h(sea_c: FloatArray, normal: FloatArray) -> FloatArray:
    """Give how long persons with a lifejacket live in the water.

    Parameters
    ----------
    sea_c : array
        Temperature of the water.
    normal : array
        Each person's standard normal number.

    Returns
    -------
    array
        Hours.

    Notes
    -----
    The bounds of the U.S. Coast Guard's table of expected survival are taken for the tenths of a lognormal
    law (assumption), at the middle of each band; between the middles their logarithms are in a line. From
    21 C on, where the table says "indefinite", the greater bound is 72 h, and no more in warmer water
    (assumption).
    """
    middle_c, least, greatest = np.array(_BANDS).T
    low, high = (np.interp(sea_c, middle_c, np.log(bound)) for bound in (least, greatest))
    return np.asarray(np.exp(0.5 * (low + high) + normal * (high - low) / (2.0 * _TENTH)))
