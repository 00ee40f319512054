"""Multiple comparisons with the best."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy import stats

from aegean_sim.study.statistics.best import against_best
from aegean_sim.study.statistics.blocks import Blocks

TABLES = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(2, 5)), elements=st.integers(-9, 9))


def test_two_cells_by_hand() -> None:
    """Differences 1, 2, 3: mean 2, error 1/sqrt 3, one-sided t at 0.95 with 2 degrees."""
    values = np.array([[1.0, 2.0], [1.0, 3.0], [1.0, 4.0]])
    reach = stats.t.ppf(0.95, 2) / np.sqrt(3)
    larger = against_best(Blocks(values).means(), smaller_is_better=False)
    assert larger.ahead.tolist() == [-2.0, 2.0]
    assert larger.low == pytest.approx([-2.0 - reach, 0.0])
    assert larger.high == pytest.approx([0.0, 2.0 + reach])
    assert larger.may_be_best.tolist() == [False, True]
    smaller = against_best(Blocks(values).means(), smaller_is_better=True)
    assert smaller.ahead.tolist() == [2.0, -2.0]
    assert smaller.may_be_best.tolist() == [True, False]


def test_the_quantile_is_shared_among_the_rivals() -> None:
    """Three cells: each of two rivals at 0.975; the two front runners 1 apart with error 1/sqrt 3."""
    values = np.array([[0.0, 9.0, 9.0], [0.0, 9.0, 10.0], [0.0, 9.0, 11.0]])
    found = against_best(Blocks(values).means(), smaller_is_better=False)
    reach = stats.t.ppf(0.975, 2) / np.sqrt(3)
    assert found.high == pytest.approx([0.0, reach - 1.0, reach + 1.0])
    assert found.low == pytest.approx([-10.0 - reach, -1.0 - reach, min(0.0, 1.0 - reach)])
    assert found.may_be_best.tolist() == [False, True, True]


def test_what_makes_no_odds() -> None:
    values = np.array([[1.0, 2.0, 9.0], [1.0, 2.1, 9.0], [1.0, 1.9, 9.0]])
    strict = against_best(Blocks(values).means(), smaller_is_better=True)
    lenient = against_best(Blocks(values).means(), smaller_is_better=True, indifference=2.0)
    assert strict.may_be_best.tolist() == [True, False, False]
    assert strict.surely_near.tolist() == [True, False, False]
    assert lenient.may_be_best.tolist() == [True, True, False]
    assert lenient.surely_near.tolist() == [True, True, False]


@given(TABLES, st.booleans())
def test_the_samples_best_and_its_equals_are_never_left_out(values: np.ndarray, smaller: bool) -> None:  # noqa: FBT001
    twice = np.column_stack([values, values])
    means = Blocks(twice).means()
    found = against_best(means, smaller_is_better=smaller)
    best = means.values.argmin() if smaller else means.values.argmax()
    assert found.may_be_best[best]
    assert found.may_be_best.tolist() == np.tile(found.may_be_best[: values.shape[1]], 2).tolist()


@given(TABLES, st.integers(-50, 50))
def test_cells_may_be_turned_and_shifted(values: np.ndarray, shift: int) -> None:
    plain = against_best(Blocks(values).means(), smaller_is_better=True)
    turned = against_best(Blocks(values[:, ::-1] + shift).means(), smaller_is_better=True)
    for name in ("ahead", "low", "high"):
        assert getattr(turned, name)[::-1] == pytest.approx(getattr(plain, name), abs=1e-9)


def test_too_little_to_compare() -> None:
    with pytest.raises(ValueError, match="two replications and two cells"):
        against_best(Blocks(np.zeros((1, 3))).means(), smaller_is_better=True)
