"""Verdicts, and what each further unit adds."""

import numpy as np
import pytest
from scipy import stats

from aegean_sim.study.statistics.blocks import Blocks
from aegean_sim.study.statistics.intervals import Intervals
from aegean_sim.study.statistics.marginal import marginal
from aegean_sim.study.statistics.verdicts import Verdict, verdicts

LOWS, HIGHS = np.array([1.0, -3.0, -1.0, -0.5, 0.1, 0.0]), np.array([2.0, -1.0, 3.0, 0.5, 0.2, 0.0])
INTERVALS = Intervals((LOWS + HIGHS) / 2.0, LOWS, HIGHS)
BETTER, WORSE, EQUIVALENT, OPEN = Verdict.BETTER, Verdict.WORSE, Verdict.EQUIVALENT, Verdict.NOT_YET_KNOWN


def test_verdicts_without_indifference() -> None:
    more = (BETTER, WORSE, OPEN, OPEN, BETTER, EQUIVALENT)
    less = (WORSE, BETTER, OPEN, OPEN, WORSE, EQUIVALENT)
    assert verdicts(INTERVALS, smaller_is_better=False) == more
    assert verdicts(INTERVALS, smaller_is_better=True) == less


def test_verdicts_with_an_indifference() -> None:
    expected = (BETTER, WORSE, OPEN, EQUIVALENT, EQUIVALENT, EQUIVALENT)
    assert verdicts(INTERVALS, smaller_is_better=False, indifference=0.5) == expected


def test_no_interval_no_verdict() -> None:
    none = np.array([np.nan])
    assert verdicts(Intervals(none, none, none), smaller_is_better=True) == (OPEN,)


def test_a_cell_that_equals_another_is_never_worse() -> None:
    same = np.random.default_rng(1).normal(size=(5, 1))
    twice = Blocks(np.hstack([same, same]))
    gains = marginal(twice, np.array([0.0, 1.0]), smaller_is_better=True).gains
    assert verdicts(gains, smaller_is_better=False) == (EQUIVALENT,)


DEATHS = np.array([[90.0, 60.0, 52.0, 53.0], [100.0, 72.0, 59.0, 60.0], [95.0, 63.0, 60.0, 58.0]])
SHIPS = np.array([0.0, 2.0, 3.0, 4.0])


def test_gains_are_by_unit_and_hold_together() -> None:
    """30, 28 and 32 deaths fewer for two ships; 8, 13 and 3 for one; -1, -1 and 2."""
    found = marginal(Blocks(DEATHS), SHIPS, smaller_is_better=True)
    assert found.gains.estimate.tolist() == [15.0, 8.0, 0.0]
    reach = stats.t.ppf(1 - 0.05 / 6, 2) * np.array([1.0, 5.0, np.sqrt(3.0)]) / np.sqrt(3)
    assert found.gains.high - found.gains.estimate == pytest.approx(reach)


def test_where_more_is_not_told_from_nothing_and_not_worth_having() -> None:
    found = marginal(Blocks(DEATHS), SHIPS, smaller_is_better=True, worth=10.0)
    assert found.helps.tolist() == [True, False, False]
    assert found.worth_having.tolist() == [True, False, False]
    assert found.not_worth_having.tolist() == [False, False, True]
    assert (found.first_unclear, found.first_not_worth) == (1, 2)
    more = marginal(Blocks(DEATHS), SHIPS, smaller_is_better=True, worth=12.0)
    assert more.worth_having.tolist() == [False, False, False]
    first = marginal(Blocks(DEATHS[:, :2]), SHIPS[:2], smaller_is_better=True)
    assert (first.first_unclear, first.first_not_worth) == (None, None)


def test_a_lever_rises() -> None:
    with pytest.raises(ValueError, match="must rise"):
        marginal(Blocks(DEATHS), SHIPS[::-1], smaller_is_better=True)
