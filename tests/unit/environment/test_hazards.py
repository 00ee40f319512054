"""Hazards against sums over small steps, and the moments they bring against their law."""

import math

import numpy as np
import pytest
from tests.theory.laboratory import assert_uniform

from aegean_sim.environment.hazards import danger, factor_per_s
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.scenario.perils import Hazard

HOUR_S = 3600.0
WAVES_M = np.array([0.3, 1.4, 0.8, 2.5, 0.1, 1.0])
CHANGES_S = np.array([-2.0, 1.0, 4.5, 5.0, 11.0, 20.0]) * HOUR_S
HAZARDS = [
    Hazard(per_h=0.2),
    Hazard(per_h=0.2, wave_scale_m=0.7),
    Hazard(per_h=0.2, ageing_h=3.0),
    Hazard(per_h=0.2, wave_scale_m=0.5, ageing_h=8.0),
]


def weather() -> WeatherTable:
    same = np.ones(len(WAVES_M))
    return WeatherTable(CHANGES_S, 5.0 * same, WAVES_M, 0.0 * same, 20.0 * same, 0.0 * same, 0.0 * same)


def rate(hazard: Hazard, time_s: np.ndarray, departed_s: float) -> np.ndarray:
    """Give the rate by its formula, for a factor of 1."""
    wave_m = WAVES_M[np.searchsorted(CHANGES_S, time_s, side="right") - 1]
    sea = np.exp(wave_m / hazard.wave_scale_m) if hazard.wave_scale_m else np.ones(len(time_s))
    age = (time_s - departed_s) / HOUR_S / hazard.ageing_h if hazard.ageing_h else 0.0
    return sea * (1.0 + age)


@pytest.mark.parametrize("hazard", HAZARDS)
@pytest.mark.parametrize("span_h", [(0.0, 0.4), (0.0, 30.0), (0.9, 4.7), (5.5, 5.6), (21.0, 40.0)])
def test_what_comes_together_is_the_sum_over_small_steps(hazard: Hazard, span_h: tuple[float, float]) -> None:
    since_s, until_s = (hour * HOUR_S for hour in span_h)
    edges = np.linspace(since_s, until_s, 200_001)
    middles = 0.5 * (edges[1:] + edges[:-1])
    summed = rate(hazard, middles, 0.0).sum() * (edges[1] - edges[0])
    assert danger(hazard, weather()).brought(since_s, until_s, 0.0) == pytest.approx(summed, rel=1e-4)


@pytest.mark.parametrize("hazard", HAZARDS)
def test_the_moment_is_the_one_at_which_so_much_has_come_together(hazard: Hazard) -> None:
    whole, dice = danger(hazard, weather()), np.random.default_rng(3)
    for _ in range(300):
        departed_s, out_s, lasts_s = dice.uniform(0.0, 12.0, 3) * HOUR_S
        since_s = departed_s + out_s
        amount = whole.brought(since_s, since_s + lasts_s, departed_s)
        assert whole.when(amount, since_s, departed_s) == pytest.approx(since_s + lasts_s, abs=1e-4)


def test_an_endless_amount_never_comes_together() -> None:
    assert danger(HAZARDS[0], weather()).when(math.inf, 0.0, 0.0) == math.inf


@pytest.mark.parametrize("hazard", HAZARDS)
def test_moments_drawn_by_thresholds_are_those_of_boats_that_try_their_luck_step_by_step(
    hazard: Hazard,
) -> None:
    """The share of failures in every small step, given survival till then, makes up an even law."""
    count, departed_s = 4000, 0.5 * HOUR_S
    factor = factor_per_s(hazard, 40, 40.0)
    thresholds = -np.log(np.random.default_rng(5).uniform(size=count)) / factor
    whole = danger(hazard, weather())
    fails_s = np.array([whole.when(each, departed_s, departed_s) for each in thresholds])
    edges = np.linspace(departed_s, 400 * HOUR_S, 400_001)
    step_s = edges[1] - edges[0]
    lives = np.exp(-np.append(0.0, np.cumsum(factor * step_s * rate(hazard, edges[:-1], departed_s))))
    assert_uniform(np.interp(fails_s, edges, lives))


def test_load_raises_a_hazard_by_its_power() -> None:
    hazard = Hazard(per_h=0.36, load_power=1.5)
    assert factor_per_s(hazard, 40, 40.0) == pytest.approx(1e-4)
    assert factor_per_s(hazard, 160, 40.0) == pytest.approx(8e-4)
