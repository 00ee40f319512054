"""Delays of a fixed population."""

import numpy as np
import pytest

from aegean_sim.study.statistics.censored import Restricted, quantile_s, restricted

NEVER = np.nan
DELAYS = np.array([10.0, NEVER, 40.0, 20.0, 90.0])


def test_the_unhandled_wait_until_the_horizon() -> None:
    assert restricted(DELAYS, 60.0) == Restricted(10.0 + 60.0 + 40.0 + 20.0 + 60.0, 5)
    assert restricted(np.array([]), 60.0) == Restricted(0.0, 0)


def test_handling_one_more_never_lengthens_the_restricted_mean() -> None:
    """The mean of those handled rises from 10 to 30, as one more is handled late."""
    before, after = np.array([10.0, NEVER]), np.array([10.0, 50.0])
    assert restricted(after, 60.0).total_s < restricted(before, 60.0).total_s


@pytest.mark.parametrize(
    ("share", "expected"),
    [(0.2, 10.0), (0.21, 20.0), (0.6, 40.0), (0.8, 90.0), (0.81, None), (1.0, None)],
)
def test_quantiles_may_not_be_reached(share: float, expected: float | None) -> None:
    assert quantile_s(DELAYS, share) == expected


def test_beyond_the_horizon_is_not_reached() -> None:
    assert quantile_s(DELAYS, 0.8, 60.0) is None
    assert quantile_s(DELAYS, 0.6, 60.0) == 40.0
    assert quantile_s(np.array([]), 0.5) is None


def test_a_share_of_whole_numbers_is_not_rounded_up() -> None:
    assert quantile_s(np.arange(1.0, 101.0), 0.07) == 7.0
