"""What common random numbers gained."""

import math

import numpy as np
import pytest

from aegean_sim.study.statistics.blocks import Blocks
from aegean_sim.study.statistics.pairing import pairing


def gained(one: list[float], other: list[float]) -> tuple[float, float]:
    found = pairing(Blocks(np.column_stack([one, other]).astype(np.float64)).means(), np.array([[0, 1]]))
    return float(found.variance_ratio[0]), float(found.correlation[0])


def test_by_hand() -> None:
    """Variances 1 and 4, of the difference 1: (1 + 4) / 1; their covariance is 2."""
    assert gained([1, 2, 3], [2, 4, 6]) == pytest.approx((5.0, 1.0))


def test_against_numpy() -> None:
    one, other = np.random.default_rng(1).normal(size=(2, 40))
    ratio, correlation = gained(one.tolist(), (one + other).tolist())
    assert correlation == pytest.approx(np.corrcoef(one, one + other)[0, 1])
    assert ratio == pytest.approx((one.var() + (one + other).var()) / other.var())


def test_independent_cells_gain_nothing() -> None:
    one, other = np.random.default_rng(2).normal(size=(2, 20000))
    assert gained(one.tolist(), other.tolist()) == pytest.approx((1.0, 0.0), abs=0.03)


@pytest.mark.parametrize("value", [0.0, 0.1])
def test_where_neither_varies_there_is_no_ratio(value: float) -> None:
    ratio, correlation = gained([value] * 7, [3 * value] * 7)
    assert math.isnan(ratio)
    assert math.isnan(correlation)


def test_where_one_does_not_vary_there_is_no_correlation() -> None:
    ratio, correlation = gained([1, 2, 3], [5, 5, 5])
    assert ratio == 1.0
    assert math.isnan(correlation)


def test_a_difference_that_never_varies_gains_without_end() -> None:
    ratio, correlation = gained([0.1, 0.2, 0.4], [1.1, 1.2, 1.4])
    assert ratio == math.inf
    assert correlation == pytest.approx(1.0)
