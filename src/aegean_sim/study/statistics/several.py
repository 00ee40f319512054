"""Several comparisons at once: p-values after Holm, and intervals that hold all together."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.statistics.blocks import estimates
from aegean_sim.study.statistics.doubts import shown_intervals

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.study.statistics.blocks import Blocks
    from aegean_sim.study.statistics.doubts import Shown


@dataclass(frozen=True, slots=True, eq=False)
class Comparisons:
    """Differences, and what may be said of them.

    Parameters
    ----------
    alone : Shown
        Each holds with the level's probability.
    together : Shown
        All hold at once with at least the level's probability.
    p_value : array of float
        Student's, two-sided, of each for itself: how likely a difference so far from 0 is if there is none.
    p_holm : array of float
        The same after Holm: rejecting those of at most 5 % errs at all in at most 5 % of studies.
    """

    alone: Shown
    together: Shown
    p_value: FloatArray
    p_holm: FloatArray


def compared(blocks: Blocks, pairs: IntArray, level: float = 0.95) -> Comparisons:
    """Compare pairs of cells, (pairs, 2), within replications: the first less the second."""
    p_value = p_values(estimates(blocks, pairs))
    return Comparisons(
        shown_intervals(blocks, pairs, level),
        shown_intervals(blocks, pairs, bonferroni(level, len(pairs))),
        p_value,
        holm(p_value),
    )


def bonferroni(level: float, intervals: int) -> float:
    """Give the level of each interval at which all hold at once with ``level``, however they depend.

    Notes
    -----
    Each misses with ``(1 - level) / intervals`` (Bonferroni's inequality). Tukey's and Dunnett's shorter
    intervals ask for independent samples of one variance, which common random numbers are not.
    """
    return 1.0 - (1.0 - level) / max(intervals, 1)


def p_values(means: Means) -> FloatArray:
    """Test by Student's t whether differences are 0: two-sided p-values, NaN for a single run.

    A difference that is the same in all runs has a p-value of 1 where it is 0, and otherwise of 0.
    """
    from scipy.special import stdtr  # noqa: PLC0415  (needed for several runs only)

    distance = np.abs(means.values)
    if means.runs < 2:
        return np.full_like(distance, np.nan)
    constant = np.where(distance > 0.0, np.inf, 0.0)
    ratio = np.divide(distance, means.errors, out=constant, where=means.errors != 0.0)
    return np.asarray(2.0 * stdtr(means.runs - 1, -ratio))


def holm(p_value: FloatArray) -> FloatArray:
    """Adjust p-values for their number, step by step; NaN stays and does not count.

    Notes
    -----
    The k-th smallest of m is multiplied by ``m - k + 1``; none is below a smaller one's, none above 1 (Holm,
    A simple sequentially rejective multiple test procedure, Scandinavian Journal of Statistics 6, 1979).
    """
    order = np.argsort(p_value, kind="stable")[: np.count_nonzero(~np.isnan(p_value))]
    adjusted = np.full_like(p_value, np.nan)
    factors = np.arange(len(order), 0, -1)
    adjusted[order] = np.minimum(np.maximum.accumulate(p_value[order] * factors), 1.0)
    return adjusted
