"""Multiple comparisons with the best: which cells may be the best, and which are surely near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class AgainstBest:
    """Every cell against the best of the others, arrays (cells,).

    Parameters
    ----------
    ahead : array of float
        By how much the cell is better than the best of the others; below 0 where it is worse.
    low, high : array of float
        The interval of ``ahead``; all hold at once with at least the level's probability.
    may_be_best : array of bool
        Not shown to be worse than another by more than the indifference. The sample's best is always among
        them.
    surely_near : array of bool
        Shown to be at most the indifference worse than the best.
    """

    ahead: FloatArray
    low: FloatArray
    high: FloatArray
    may_be_best: BoolArray
    surely_near: BoolArray


def against_best(
    means: Means, *, smaller_is_better: bool, indifference: float = 0.0, level: float = 0.95
) -> AgainstBest:
    """Compare every cell with the best of the others, by pairs within replications.

    Parameters
    ----------
    means : Means
        Of the cells, two or more.
    smaller_is_better : bool
    indifference : float, optional
        What makes no odds, in the measure's unit.
    level : float, optional

    Notes
    -----
    Hsu's constrained intervals (Hsu, Constrained simultaneous confidence intervals for multiple comparisons
    with the best, Annals of Statistics 12, 1984), with one-sided Student bounds of the paired differences
    at ``(1 - level) / (cells - 1)``: by Bonferroni's inequality they hold under common random numbers
    whatever the covariances (Yang and Nelson, Using common random numbers and control variates in
    multiple-comparison procedures, Operations Research 39, 1991). Nelson and Matejcik (Management Science
    41, 1995) are somewhat narrower, but ask that all differences have the same variance. Rivals that are
    not the best need not be left out of the lower bounds: standard deviations obey the triangle inequality,
    so that whoever beats them bounds lower. It takes time by the square of the cells.
    """
    good = Means(-means.values, -means.residuals) if smaller_is_better else means
    quantile = _quantile(means, level)
    ahead, low, high = (np.full_like(means.values, np.inf) for _ in range(3))
    for rival in range(len(means.values)):
        apart = Means(good.values - good.values[rival], good.residuals - good.residuals[:, [rival]])
        half = quantile * apart.errors
        others = np.arange(len(half)) != rival
        for least, bound in ((ahead, apart.values), (low, apart.values - half), (high, apart.values + half)):
            np.minimum(least, bound, out=least, where=others)
    may_be_best, low = high >= -indifference, np.minimum(low, 0.0)
    return AgainstBest(ahead, low, np.maximum(high, 0.0), may_be_best, low >= -indifference)


def _quantile(means: Means, level: float) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415  (needed for several runs only)

    if means.runs < 2 or len(means.values) < 2:
        raise ValueError("comparing with the best takes two replications and two cells at least")
    return float(stdtrit(means.runs - 1, 1.0 - (1.0 - level) / (len(means.values) - 1)))
