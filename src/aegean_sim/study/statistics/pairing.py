"""What common random numbers gained: the variance of independent runs against that of pairs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.statistics.blocks import differences

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Pairing:
    """What pairing did for some differences, arrays (pairs,).

    Parameters
    ----------
    variance_ratio : array of float
        Variance of the difference from independent runs, over that of paired ones: as many times the runs
        would be needed for an interval as narrow. Infinite where the pairs never differ in their
        difference, NaN where neither cell varies.
    correlation : array of float
        Between the two cells; NaN where one of them does not vary.
    """

    variance_ratio: FloatArray
    correlation: FloatArray


def pairing(means: Means, pairs: IntArray) -> Pairing:
    """Measure what pairing gained.

    Parameters
    ----------
    means : Means
        Of the cells.
    pairs : array of int, (pairs, 2)

    Notes
    -----
    ``(var X + var Y) / var(X - Y)`` and ``cov(X, Y) / sd X / sd Y``; of ratios of means, by what is left of
    each run to first order. A difference that varies by rounding alone does not vary.
    """
    one, other = (means.variances[pairs[:, side]] for side in (0, 1))
    apart = differences(means, pairs).variances
    apart[apart < _ROUNDING * np.square(means.values[pairs]).sum(axis=1)] = 0.0
    with np.errstate(divide="ignore", invalid="ignore"):
        return Pairing((one + other) / apart, (one + other - apart) / (2.0 * np.sqrt(one * other)))


_ROUNDING = 1e-28
"""Of a square: some thousand times that of the rounding of one number."""
