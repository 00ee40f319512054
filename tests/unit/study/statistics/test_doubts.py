"""Doubts about intervals."""

import numpy as np
import pytest
from scipy import stats

from aegean_sim.means import means_of
from aegean_sim.study.statistics.doubts import Doubt, doubts, shown, skewness
from aegean_sim.study.statistics.intervals import Intervals

ROLLS = np.random.default_rng(1)
MEANS = means_of(np.column_stack([ROLLS.normal(size=40), ROLLS.lognormal(0, 1.5, 40), np.full(40, 3.0)]))


def test_skewness_is_that_of_scipy() -> None:
    rolls = np.random.default_rng(1).lognormal(size=(30, 3))
    assert skewness(means_of(rolls)) == pytest.approx(stats.skew(rolls))


def test_skewed_and_never_varying_samples_are_doubted() -> None:
    assert doubts(MEANS) == (None, Doubt.SKEWED, Doubt.NEVER_VARIES)


def test_the_rule_is_cochrans() -> None:
    """One run in n differs: skewness (n - 2) / sqrt(n - 1), so n / skewness**2 never comes to 25."""
    assert doubts(means_of(np.eye(1000)[:, :1])) == (Doubt.SKEWED,)
    half = np.repeat([0.0, 1.0], [480, 520])[:, np.newaxis]
    assert doubts(means_of(half)) == (None,)


def test_skewed_samples_show_the_wider_of_both_ends() -> None:
    middle = np.zeros(3)
    student = Intervals(middle, np.full(3, -1.0), np.full(3, 1.0))
    bootstrap = Intervals(middle, np.array([-9.0, -0.5, np.nan]), np.array([9.0, 2.0, np.nan]))
    found = shown(MEANS, student, bootstrap)
    assert found.low.tolist() == [-1.0, -1.0, -1.0]
    assert found.high.tolist() == [1.0, 2.0, 1.0]
