"""When a 95 % interval is known to hold the truth less often, and the wider one that is shown then."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.statistics.blocks import estimates
from aegean_sim.study.statistics.intervals import Intervals, bca_intervals, student_intervals

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.study.statistics.blocks import Blocks

_COCHRAN = 25.0
_COCHRAN_STOPPED = 50.0


class Doubt(StrEnum):
    """Why an interval may not hold what its level promises."""

    SKEWED = "skewed"
    NEVER_VARIES = "the same in every run"


def doubts(means: Means, *, stopped: bool = False) -> tuple[Doubt | None, ...]:
    """Tell for each mean or difference why its interval may hold less than its level promises.

    Skewed samples: Student's and the bootstrap's 95 % intervals are then known to fall below 92 %, the
    further the more skewed and the fewer. Samples that never vary: an interval of no width says nothing of
    what is rare, unless the number is known to be the same in all runs, as a budget is.

    Parameters
    ----------
    means : Means
    stopped : bool, optional
        Whether the runs ended because intervals had become narrow: calm samples end sooner, so that twice
        the runs are asked for.

    Notes
    -----
    Skewed is a sample of fewer than ``25 * skewness**2`` (Cochran, Sampling Techniques, 3rd ed., section
    2.15; derived by Sugden, Smith and Jones, Journal of the Royal Statistical Society B 62, 2000).
    benchmarks/coverage.py tries the rule on toy studies of 20 to 200 runs: normal samples of 30 are called
    skewed once in a hundred times; those of laws for which Student's interval holds below 91 %, nine times
    in ten; just below 92 %, six times in ten or more. Of studies that stopped, where what is shown holds
    below 92 %, two in three at least are doubted, and nearly all of those below 91 %.
    """
    skewed = _skewed(means, _COCHRAN_STOPPED if stopped else _COCHRAN)
    varies = np.square(means.residuals).sum(axis=0) > 0.0
    words = np.where(varies, np.where(skewed, Doubt.SKEWED.value, ""), Doubt.NEVER_VARIES.value)
    return tuple(Doubt(word) if word else None for word in words.tolist())


@dataclass(frozen=True, slots=True, eq=False)
class Shown(Intervals):
    """Intervals that are shown, and the two that they are put together from.

    Parameters
    ----------
    student : Intervals
    bootstrap : Intervals
        Of skewed samples; of others no ends, NaN.
    """

    student: Intervals
    bootstrap: Intervals


def shown_intervals(blocks: Blocks, pairs: IntArray | None = None, level: float = 0.95) -> Shown:
    """Put the intervals that are shown, and judged by, round means or paired differences, each for itself.

    Student's; of a skewed sample from the lowest to the highest end of Student's and the bootstrap's. The
    bootstrap's alone is never shown: paired differences are often symmetric with heavy tails, where it holds
    much less than Student's (84 % against 96 % of 30 toy shipwreck differences, benchmarks/coverage.py).

    Parameters
    ----------
    blocks : Blocks
    pairs : array of int, (pairs, 2), optional
        Cells to take differences of, the first less the second; without, the cells themselves.
    level : float, optional
    """
    means = estimates(blocks, pairs)
    student = student_intervals(means, level)
    bootstrap = _of_skewed(blocks, pairs, level, np.flatnonzero(_skewed(means)))
    low, high = np.fmin(student.low, bootstrap.low), np.fmax(student.high, bootstrap.high)
    return Shown(student.estimate, low, high, student, bootstrap)


def _of_skewed(blocks: Blocks, pairs: IntArray | None, level: float, skewed: IntArray) -> Intervals:
    """Give the bootstrap's intervals of some means or differences, and none of the others."""
    estimate = estimates(blocks, pairs).values
    low, high = np.full_like(estimate, np.nan), np.full_like(estimate, np.nan)
    if skewed.size and pairs is None:
        some = bca_intervals(blocks.cells(skewed), None, level)
        low[skewed], high[skewed] = some.low, some.high
    elif skewed.size and pairs is not None:
        some = bca_intervals(blocks, pairs[skewed], level)
        low[skewed], high[skewed] = some.low, some.high
    return Intervals(estimate, low, high)


def skewness(means: Means) -> FloatArray:
    """Give the skewness of what runs have more than the mean, a ratio of moments; 0 if it never varies."""
    of_runs = np.square(means.residuals)
    squares, cubes = of_runs.mean(axis=0), (of_runs * means.residuals).mean(axis=0)
    return np.asarray(np.divide(cubes, squares**1.5, out=np.zeros_like(squares), where=squares > 0.0))


def _skewed(means: Means, cochran: float = _COCHRAN) -> BoolArray:
    return np.asarray(means.runs < cochran * np.square(skewness(means)))
