"""Several comparisons at once."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from aegean_sim.study.statistics.blocks import Blocks, estimates, with_baseline
from aegean_sim.study.statistics.several import bonferroni, compared, holm, p_values

VALUES = np.random.default_rng(3).normal([0.0, 0.2, 1.0, 2.0], 1.0, (60, 4))
PAIRS = with_baseline(4, 0)


def test_p_values_are_those_of_the_paired_test() -> None:
    found = p_values(estimates(Blocks(VALUES), PAIRS))
    assert found == pytest.approx([stats.ttest_rel(VALUES[:, i], VALUES[:, 0]).pvalue for i in (1, 2, 3)])


def test_holm_by_hand() -> None:
    """0.005 x 4, 0.01 x 3, 0.03 x 2, and 0.04, which is not below the one before."""
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.9, 0.8])).tolist() == [1.0, 1.0]


def test_what_was_not_tested_does_not_count() -> None:
    found = holm(np.array([0.02, np.nan, 0.01]))
    assert found[[0, 2]] == pytest.approx([0.02, 0.02])
    assert np.isnan(found[1])


@given(st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12), st.randoms())
def test_holm_keeps_the_order_and_asks_no_less(p_values: list[float], chance: object) -> None:
    given = np.array(p_values)
    adjusted = holm(given)
    assert (adjusted >= given).all()
    assert (adjusted <= np.minimum(given * len(given), 1.0) + 1e-15).all()
    turned = holm(given[::-1])[::-1]
    assert turned.tolist() == adjusted.tolist()


def test_intervals_together_are_students_at_bonferronis_level() -> None:
    found = compared(Blocks(VALUES), PAIRS)
    for pair in range(3):
        apart = VALUES[:, pair + 1] - VALUES[:, 0]
        expected = stats.t.interval(1 - 0.05 / 3, 59, apart.mean(), stats.sem(apart))
        assert (found.together.low[pair], found.together.high[pair]) == pytest.approx(expected)
    assert (found.together.low < found.alone.low).all()
    assert bonferroni(0.95, 1) == pytest.approx(0.95)


def test_a_cell_that_equals_another_does_not_differ() -> None:
    values = np.column_stack([VALUES[:, 0], VALUES[:, 0], VALUES[:, 0] + 1.0])
    assert p_values(estimates(Blocks(values), with_baseline(3, 0)))[0] == 1.0
    constant = np.column_stack([np.arange(4.0), np.arange(4.0), np.arange(4.0) + 2.0])
    assert p_values(estimates(Blocks(constant), with_baseline(3, 0))).tolist() == [1.0, 0.0]


def test_a_single_run_tests_nothing() -> None:
    assert np.isnan(p_values(estimates(Blocks(VALUES[:1]), PAIRS))).all()
