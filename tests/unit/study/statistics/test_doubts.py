"""Doubts about intervals."""

import numpy as np
import pytest
from scipy import stats

from aegean_sim.means import means_of
from aegean_sim.study.statistics.blocks import Blocks, estimates
from aegean_sim.study.statistics.doubts import Doubt, doubts, shown_intervals, skewness
from aegean_sim.study.statistics.intervals import bca_intervals, student_intervals

ROLLS = np.random.default_rng(1)
LOGNORMAL = ROLLS.lognormal(0, 1.5, 40)
BLOCKS = Blocks(np.column_stack([ROLLS.normal(size=40), LOGNORMAL, np.full(40, 3.0), -LOGNORMAL]))


def test_skewness_is_that_of_scipy() -> None:
    rolls = np.random.default_rng(1).lognormal(size=(30, 3))
    assert skewness(means_of(rolls)) == pytest.approx(stats.skew(rolls))


def test_skewed_and_never_varying_samples_are_doubted() -> None:
    assert doubts(BLOCKS.means()) == (None, Doubt.SKEWED, Doubt.NEVER_VARIES, Doubt.SKEWED)


@pytest.mark.parametrize(("hits", "doubted"), [(20, (True, True)), (21, (False, True)), (42, (False, False))])
def test_the_rule_is_cochrans(hits: int, doubted: tuple[bool, bool]) -> None:
    """Hits in a share p of 300 runs: skewness**2 is (1 - 2 p)**2 / (p (1 - p)): 12.07, 11.36 and 4.31."""
    runs = 300
    means = means_of((np.arange(runs) < hits)[:, np.newaxis].astype(np.float64))
    told = doubts(means)[0], doubts(means, stopped=True)[0]
    assert tuple(doubt is Doubt.SKEWED for doubt in told) == doubted


@pytest.mark.parametrize("pairs", [None, np.array([[0, 2], [1, 2], [2, 2], [3, 2]])])
def test_skewed_samples_show_the_wider_of_both_ends(pairs: np.ndarray | None) -> None:
    student = student_intervals(estimates(BLOCKS, pairs), 0.9)
    bootstrap = bca_intervals(BLOCKS, pairs, 0.9)
    found = shown_intervals(BLOCKS, pairs, 0.9)
    assert (found.low[0], found.high[0]) == (student.low[0], student.high[0])
    assert (found.low[1], found.high[1]) == pytest.approx((student.low[1], bootstrap.high[1]))
    assert student.high[1] < bootstrap.high[1]
    assert (found.low[2], found.high[2]) == (student.low[2], student.high[2])
    assert (found.low[3], found.high[3]) == pytest.approx((bootstrap.low[3], student.high[3]))
    assert bootstrap.high[3] < student.high[3]
    np.testing.assert_array_equal(found.student.high, student.high)
    assert found.bootstrap.high[1] == pytest.approx(bootstrap.high[1])
    assert np.isnan(found.bootstrap.high[[0, 2]]).all()
