"""Comparing the cells of one stratum by one measure."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aegean_sim.means import Means
from aegean_sim.recording.figures import is_difference
from aegean_sim.study.statistics.best import against_best
from aegean_sim.study.statistics.blocks import Blocks, differences, neighbours, with_baseline
from aegean_sim.study.statistics.doubts import doubts, shown_intervals
from aegean_sim.study.statistics.marginal import marginal
from aegean_sim.study.statistics.pairing import pairing
from aegean_sim.study.statistics.several import bonferroni, compared
from aegean_sim.study.statistics.stopping import Rule, forecast
from aegean_sim.study.statistics.verdicts import Verdict, verdicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.strata import Levels
    from aegean_sim.study.statistics.best import AgainstBest
    from aegean_sim.study.statistics.doubts import Doubt, Shown
    from aegean_sim.study.statistics.marginal import Marginal
    from aegean_sim.study.statistics.pairing import Pairing
    from aegean_sim.study.statistics.several import Comparisons

LEVEL = 0.95
UNREACHABLE = 1_000_000
_ROUNDING = 1e-9
Word: TypeAlias = str
_WAYS = {Verdict.BETTER: "more", Verdict.WORSE: "fewer"}


@dataclass(frozen=True, slots=True, eq=False)
class Differences:
    """Differences of pairs of cells, the first less the second.

    Parameters
    ----------
    verdicts : tuple of str
        Of `Verdict`; where neither way is better ``more`` and ``fewer`` instead of better and worse.
    ahead : array of float, (pairs,)
        Share of blocks in which the first is better than the second; of ratios to first order.
    needed : tuple of int
        Replications that would settle what is not yet known; 0 where it is known, or cannot be told.
    """

    pairs: IntArray
    found: Comparisons
    verdicts: tuple[Word, ...]
    doubts: tuple[Doubt | None, ...]
    pairing: Pairing
    ahead: FloatArray
    needed: tuple[int, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Compared:
    """One measure of one stratum.

    Parameters
    ----------
    blocks : Blocks
        Its values.
    levels : Shown
        Of the cells' means, each for itself.
    level_doubts : tuple
        Of each.
    from_baseline, from_neighbour : Differences
        Of all other cells with the baseline; of each cell with the one before it.
    best : AgainstBest, optional
        None where neither way is better, or a cell has no mean.
    gains : Marginal, optional
        Only of a lever that is a number.
    worth : float
        What makes no odds, in the measure's unit.
    """

    measure: Measure
    blocks: Blocks
    levels: Shown
    level_doubts: tuple[Doubt | None, ...]
    from_baseline: Differences
    from_neighbour: Differences
    best: AgainstBest | None
    gains: Marginal | None
    worth: float

    @property
    def is_known(self) -> bool:
        """Whether all cells have a mean."""
        return bool(np.isfinite(self.levels.estimate).all())


def compare_cells(measure: Measure, blocks: Blocks, levels: Levels, worth: float = 0.0) -> Compared:
    """Compare all levels by one measure, by pairs within blocks."""
    means = blocks.means()
    count = len(levels.labels)
    known = bool(np.isfinite(means.values).all())
    smaller = measure.smaller_is_better
    return Compared(
        measure,
        blocks,
        _within_bounds(measure, shown_intervals(blocks, None, LEVEL)),
        doubts(means),
        _differences(measure, blocks, with_baseline(count, levels.baseline), worth),
        _differences(measure, blocks, neighbours(count), worth),
        against_best(means, smaller_is_better=smaller, indifference=worth, level=LEVEL)
        if known and measure.better != "neither"
        else None,
        marginal(blocks, levels.values, smaller_is_better=smaller, worth=worth, level=LEVEL)
        if known and levels.values is not None
        else None,
        worth,
    )


def _within_bounds(measure: Measure, found: Shown) -> Shown:
    """Cut intervals of counts at 0, and of shares at 1 too."""
    least = -np.inf if is_difference(measure.name) else 0.0
    most = 1.0 if measure.wholes else np.inf
    return replace(found, low=np.maximum(found.low, least), high=np.minimum(found.high, most))


def _differences(measure: Measure, blocks: Blocks, pairs: IntArray, worth: float) -> Differences:
    means = blocks.means()
    apart = differences(means, pairs)
    found = compared(blocks, pairs, LEVEL)
    words = verdicts(found.together, smaller_is_better=measure.smaller_is_better, indifference=worth)
    return Differences(
        pairs,
        found,
        tuple(_word(measure, verdict) for verdict in words),
        doubts(apart),
        pairing(means, pairs),
        _ahead(apart, measure),
        tuple(_needed(apart, row, verdict, worth) for row, verdict in enumerate(words)),
    )


def _ahead(apart: Means, measure: Measure) -> FloatArray:
    of_blocks = (apart.values + apart.residuals) * (-1.0 if measure.smaller_is_better else 1.0)
    return np.asarray((of_blocks > _ROUNDING * np.abs(of_blocks).max(initial=0.0)).mean(axis=0))


def _word(measure: Measure, verdict: Verdict) -> Word:
    return _WAYS.get(verdict, verdict.value) if measure.better == "neither" else verdict.value


def _needed(apart: Means, row: int, verdict: Verdict, worth: float) -> int:
    """Forecast after how many blocks an unsettled difference is told from 0, or shown to make no odds.

    As if the difference found were the true one; whichever comes first.
    """
    distance = abs(float(apart.values[row]))
    half_width = max(distance, worth - distance)
    if verdict is not Verdict.NOT_YET_KNOWN or not half_width > 0.0:
        return 0
    one = Means(apart.values[[row]], apart.residuals[:, [row]])
    level = bonferroni(LEVEL, len(apart.values))
    if float(one.variances[0]) / half_width**2 > UNREACHABLE:
        return UNREACHABLE
    return forecast(one, Rule(half_width, first=2, every=1, level=level)).expected


def as_blocks(values: Sequence[float] | FloatArray, replications: int) -> Blocks:
    """Give what is the same in all runs as blocks."""
    return Blocks(np.tile(np.asarray(values, np.float64), (replications, 1)))
