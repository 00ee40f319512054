"""When there are replications enough."""

import numpy as np
import pytest
from scipy import stats

from aegean_sim.study.statistics.blocks import Blocks, neighbours
from aegean_sim.study.statistics.doubts import shown_intervals
from aegean_sim.study.statistics.stopping import Rule, Stop, forecast, narrow, stop

VALUES = np.random.default_rng(1).normal(0.0, [1.0, 2.0, 8.0], (90, 3))


def half_width(values: np.ndarray, level: float = 0.95) -> float:
    return float(stats.t.ppf((1 + level) / 2, len(values) - 1) * stats.sem(values))


def test_looks() -> None:
    rule = Rule(1.0, first=30, every=20)
    assert rule.looks(75).tolist() == [30, 50, 70]
    assert rule.looks(29).tolist() == []
    assert [rule.look_from(blocks) for blocks in (2, 30, 31, 50, 51)] == [30, 30, 50, 50, 70]


def test_it_stops_at_the_first_look_that_is_narrow_for_all_at_once() -> None:
    widths = [max(half_width(VALUES[:look, cell]) for cell in (0, 1)) for look in range(30, 91, 10)]
    rule = Rule(widths[3] * 1.0001)
    expected = 30 + 10 * next(i for i, width in enumerate(widths) if width <= rule.half_width)
    assert stop(Blocks(VALUES[:, :2]), rule) == Stop(expected, reached=True)
    assert expected > 30


def test_it_may_not_be_reached() -> None:
    assert stop(Blocks(VALUES[:47]), Rule(0.01)) == Stop(47, reached=False)
    assert stop(Blocks(VALUES[:12]), Rule(100.0)) == Stop(12, reached=False)


def test_differences_are_looked_at_within_replications() -> None:
    shared = np.hstack([VALUES[:, 2:], VALUES[:, 2:] + VALUES[:, :1]])
    rule = Rule(half_width(VALUES[:30, 0]) * 1.0001)
    assert stop(Blocks(shared), rule, neighbours(2)) == Stop(30, reached=True)
    assert not stop(Blocks(shared), rule).reached


def test_later_blocks_do_not_change_a_stop() -> None:
    early = stop(Blocks(VALUES[:70, :1]), Rule(0.28))
    assert early.reached
    assert stop(Blocks(VALUES[:, :1]), Rule(0.28)) == early


def test_skewed_samples_go_on_until_what_is_shown_is_narrow() -> None:
    values = np.random.default_rng(5).lognormal(0.0, 1.5, (30, 1))
    found = shown_intervals(Blocks(values))
    width = float(found.high[0] - found.low[0])
    assert half_width(values[:, 0]) < 0.49 * width
    assert not narrow(Blocks(values), Rule(0.49 * width)).any()
    assert narrow(Blocks(values), Rule(0.51 * width)).all()


@pytest.mark.parametrize("target", [5.0, 0.4, 0.1, 0.02])
def test_a_forecast_is_the_least_look_that_suffices(target: float) -> None:
    pilot = Blocks(VALUES[:20, :2]).means()
    rule = Rule(target)
    deviation = float(np.sqrt(pilot.variances.max()))
    looks = np.arange(30, 200000, 10)
    enough = stats.t.ppf(0.975, looks - 1) * deviation / np.sqrt(looks) <= target
    found = forecast(pilot, rule)
    assert found.expected == looks[enough.argmax()]
    assert found.at_most >= found.expected


def test_the_upper_forecast_is_the_chi_square_bound() -> None:
    """Of pilots of 10 blocks whose true need is just below 400, nine in ten put it at 398 or more."""
    rolls = np.random.default_rng(2).normal(size=(10, 2000))
    rule = Rule(1.96 / np.sqrt(398.0), every=1)
    above = [forecast(Blocks(rolls[:, [toy]]).means(), rule).at_most >= 398 for toy in range(2000)]
    assert np.mean(above) == pytest.approx(0.9, abs=0.03)


def test_a_measure_that_never_varies_needs_no_more_than_the_first_look() -> None:
    assert forecast(Blocks(np.ones((5, 2))).means(), Rule(0.5)).at_most == 30
