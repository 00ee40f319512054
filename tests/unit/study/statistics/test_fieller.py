"""Intervals of ratios whose denominator may be 0."""

import math

import numpy as np
import pytest
from scipy import stats

from aegean_sim.means import Means, means_of
from aegean_sim.study.statistics.fieller import Ratio, Reach, ratios


def ratio(above: np.ndarray, below: np.ndarray) -> Ratio:
    return ratios(means_of(above[:, np.newaxis]), means_of(below[:, np.newaxis]))[0]


def p_value(above: np.ndarray, below: np.ndarray, value: float) -> float:
    return float(stats.ttest_1samp(above - value * below, 0.0).pvalue)


ROLLS = np.random.default_rng(1)
COSTS, EFFECTS = ROLLS.normal(10.0, 1.0, 15), ROLLS.normal(4.0, 1.0, 15)


def test_the_ends_are_where_students_test_turns() -> None:
    found = ratio(COSTS, EFFECTS)
    assert found.reach is Reach.BETWEEN
    assert found.low < found.estimate < found.high
    assert found.estimate == pytest.approx(COSTS.mean() / EFFECTS.mean())
    for end in (found.low, found.high):
        assert p_value(COSTS, EFFECTS, end) == pytest.approx(0.05)
    assert p_value(COSTS, EFFECTS, (found.low + found.high) / 2) > 0.05


def test_a_known_cost_is_divided_by_the_interval_of_the_effect() -> None:
    cost = Means(np.array([12.0]), np.zeros((15, 1)))
    found = ratios(cost, means_of(EFFECTS[:, np.newaxis]))[0]
    low, high = stats.t.interval(0.95, 14, EFFECTS.mean(), stats.sem(EFFECTS))
    assert (found.low, found.high) == pytest.approx((12.0 / high, 12.0 / low))


def test_an_effect_not_told_from_nothing_costs_much_or_harms() -> None:
    effects = EFFECTS - EFFECTS.mean() + 0.1
    found = ratio(COSTS, effects)
    assert found.reach is Reach.OUTSIDE
    assert found.low < 0.0 < found.high
    for end in (found.low, found.high):
        assert p_value(COSTS, effects, end) == pytest.approx(0.05)
    assert p_value(COSTS, effects, 0.0) < 0.05
    assert p_value(COSTS, effects, 2 * found.high) > 0.05


def test_where_neither_is_told_from_nothing_it_may_be_anything() -> None:
    found = ratio(COSTS - COSTS.mean() + 0.01, EFFECTS - EFFECTS.mean() + 0.01)
    assert found.reach is Reach.ANYWHERE
    assert math.isnan(found.low)


def test_no_effect_at_all() -> None:
    found = ratio(COSTS, np.zeros(15))
    assert found.reach is Reach.ANYWHERE
    assert math.isnan(found.estimate)


def test_a_single_run() -> None:
    found = ratio(np.array([6.0]), np.array([3.0]))
    assert (found.estimate, found.reach) == (2.0, Reach.ANYWHERE)
