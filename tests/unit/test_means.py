"""Means and ratios of means over runs."""

import math

import numpy as np
import pytest
from scipy import stats

from aegean_sim.means import means_of, ratios_of, student

VALUES = np.array([[3.0, 10.0], [5.0, 30.0], [10.0, 20.0]])


def test_means_and_their_errors_are_those_of_the_books() -> None:
    means = means_of(VALUES)
    assert means.values.tolist() == [6.0, 20.0]
    assert means.variances.tolist() == [13.0, 100.0]
    assert means.errors == pytest.approx(VALUES.std(axis=0, ddof=1) / math.sqrt(3))


def test_the_interval_is_students() -> None:
    low, high = student(means_of(VALUES), 0.9)
    for column, ends in enumerate(zip(low, high, strict=True)):
        values = VALUES[:, column]
        assert ends == pytest.approx(stats.t.interval(0.9, 2, values.mean(), stats.sem(values)))


def test_a_single_run_has_no_interval() -> None:
    low, high = student(means_of(VALUES[:1]))
    assert np.isnan([low, high]).all()


def test_runs_of_a_ratio_count_by_their_wholes() -> None:
    """3 of 10, 1 of 2 and none of 0: 4 of 12; residuals (3 - 10/3) / 4 and (1 - 2/3) / 4."""
    ratio = ratios_of(np.array([3.0, 1.0, 0.0]), np.array([10.0, 2.0, 0.0]))
    assert ratio.values == pytest.approx(1 / 3)
    assert ratio.residuals == pytest.approx([-1 / 12, 1 / 12, 0.0])


def test_a_ratio_over_nothing_is_none() -> None:
    assert math.isnan(ratios_of(np.zeros(3), np.zeros(3)).values)
