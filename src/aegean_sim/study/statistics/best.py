"""Multiple comparisons with the best: which cells may be the best, and which are surely near it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray


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
    41, 1995) are somewhat narrower, but ask that all differences have the same variance. It takes time by
    the square of the cells.
    """
    good = Means(-means.values, -means.residuals) if smaller_is_better else means
    quantile = _quantile(means, level)
    ahead, upper = (np.full_like(means.values, np.inf) for _ in range(2))
    for rival in range(len(means.values)):
        apart, half = _apart(good, rival, quantile)
        others = np.arange(len(apart)) != rival
        np.minimum(ahead, apart, out=ahead, where=others)
        np.minimum(upper, apart + half, out=upper, where=others)
    low = _lower(good, quantile, np.flatnonzero(upper >= 0.0))
    return AgainstBest(ahead, low, np.maximum(upper, 0.0), upper >= -indifference, low >= -indifference)


def _quantile(means: Means, level: float) -> float:
    from scipy.special import stdtrit  # noqa: PLC0415  (needed for several runs only)

    if means.runs < 2 or len(means.values) < 2:
        raise ValueError("comparing with the best takes two replications and two cells at least")
    return float(stdtrit(means.runs - 1, 1.0 - (1.0 - level) / (len(means.values) - 1)))


def _apart(good: Means, rival: int, quantile: float) -> tuple[FloatArray, FloatArray]:
    """Give all cells less one rival, and the half-widths of these differences."""
    apart = Means(good.values - good.values[rival], good.residuals - good.residuals[:, [rival]])
    return apart.values, quantile * apart.errors


def _lower(good: Means, quantile: float, candidates: IntArray) -> FloatArray:
    """Bound from below how far cells are ahead, knowing that the best is among the candidates."""
    low = np.zeros_like(good.values)
    for rival in candidates:
        apart, half = _apart(good, rival, quantile)
        np.minimum(low, apart - half, out=low, where=np.arange(len(apart)) != rival)
    return low
