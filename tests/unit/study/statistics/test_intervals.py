"""Bootstrap intervals against SciPy's."""

import numpy as np
import pytest
from scipy import stats

from aegean_sim.streams import Streams
from aegean_sim.study.statistics.blocks import Blocks, estimates, neighbours
from aegean_sim.study.statistics.intervals import bca_intervals, student_intervals

ROLLS = np.random.default_rng(3)
VALUES = ROLLS.lognormal(0.0, 1.0, (25, 3))
WHOLES = VALUES + ROLLS.exponential(5.0, (25, 3))


def generator() -> np.random.Generator:
    return Streams(seed=0, replication=0).generator("bootstrap", 25)


def test_students_interval_of_a_paired_difference_is_that_of_the_paired_test() -> None:
    found = student_intervals(estimates(Blocks(VALUES), neighbours(3)))
    for pair, (one, other) in enumerate(neighbours(3)):
        expected = stats.ttest_rel(VALUES[:, one], VALUES[:, other]).confidence_interval(0.95)
        assert (found.low[pair], found.high[pair]) == pytest.approx(tuple(expected))


def test_bca_of_a_mean_is_scipys() -> None:
    found = bca_intervals(Blocks(VALUES[:, :1]), drawings=999)
    expected = stats.bootstrap(
        (VALUES[:, 0],), np.mean, n_resamples=999, rng=generator(), method="BCa"
    ).confidence_interval
    assert (found.low[0], found.high[0]) == pytest.approx(tuple(expected), rel=1e-9)


def test_bca_of_a_difference_of_ratios_is_scipys() -> None:
    def difference(part: np.ndarray, whole: np.ndarray, other: np.ndarray, its_whole: np.ndarray) -> float:
        return part.sum() / whole.sum() - other.sum() / its_whole.sum()

    blocks = Blocks(VALUES, WHOLES)
    found = bca_intervals(blocks, np.array([[1, 0]]), 0.9, drawings=999)
    expected = stats.bootstrap(
        (VALUES[:, 1], WHOLES[:, 1], VALUES[:, 0], WHOLES[:, 0]),
        difference,
        paired=True,
        vectorized=False,
        confidence_level=0.9,
        n_resamples=999,
        rng=generator(),
        method="BCa",
    ).confidence_interval
    assert (found.low[0], found.high[0]) == pytest.approx(tuple(expected), rel=1e-9)
    assert found.estimate[0] == pytest.approx(
        difference(VALUES[:, 1], WHOLES[:, 1], VALUES[:, 0], WHOLES[:, 0])
    )


def test_the_same_blocks_give_the_same_intervals_whatever_is_beside_them() -> None:
    many = bca_intervals(Blocks(np.tile(VALUES, 50)), drawings=200)
    few = bca_intervals(Blocks(VALUES), drawings=200)
    assert many.low == pytest.approx(np.tile(few.low, 50), rel=1e-12)
    assert many.high == pytest.approx(np.tile(few.high, 50), rel=1e-12)


@pytest.mark.parametrize("value", [0.0, 0.1, 7.3])
def test_what_never_varies_has_an_interval_of_no_width(value: float) -> None:
    found = bca_intervals(Blocks(np.full((13, 2), value)), neighbours(2))
    assert (found.low[0], found.high[0]) == pytest.approx((0.0, 0.0), abs=1e-12)


def test_a_ratio_over_nothing_has_no_interval() -> None:
    found = bca_intervals(Blocks(np.zeros((9, 1)), np.zeros((9, 1))), drawings=100)
    assert np.isnan([found.estimate, found.low, found.high]).all()


def test_no_pairs_no_intervals() -> None:
    none = bca_intervals(Blocks(VALUES[:, :1]), neighbours(1))
    assert none.low.shape == none.estimate.shape == (0,)
