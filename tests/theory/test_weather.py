"""Synthetic weather against the laws it is drawn from, and waves against published formulas."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.stats import kstest, norm, weibull_min
from tests.theory.laboratory import STANDARD_ERRORS, assert_mean
from tests.unit.environment.synthetic import made

from aegean_sim.environment.weather_synthetic import fetch_limited, grown
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from aegean_sim.environment.weather import WeatherTable

LEVEL = math.erfc(STANDARD_ERRORS / math.sqrt(2.0))
RUNS = 60
DAYS = 366.0
SHAPE = 1.8
SPELLS = {"share": 0.3, "memory_h": 200.0}


@cache
def years(*, spells: bool) -> list[WeatherTable]:
    changes: dict[str, Any] = {"wind_shape": SHAPE, "spells": SPELLS if spells else None}
    return [made(DAYS, streams=Streams(5, run), **changes) for run in range(RUNS)]


def wind_law() -> Any:
    """Give the Weibull law of mean 10 kn, in knots."""
    return weibull_min(SHAPE, scale=10.0 / math.gamma(1.0 + 1.0 / SHAPE))


def normal_scores(table: WeatherTable) -> np.ndarray:
    return np.asarray(norm.ppf(wind_law().cdf(table.wind_mps / KNOT_MPS)))


def turns(table: WeatherTable) -> np.ndarray:
    """Give how far the wind has turned from north, in standard deviations; it never goes half round."""
    return (table.wind_to_rad - np.pi) / math.radians(40.0)


def assert_mean_of_runs(means: list[float], wanted: float) -> None:
    assert_mean(float(np.mean(means)), float(np.std(means, ddof=1)) / math.sqrt(len(means)), wanted)


@pytest.mark.parametrize("spells", [False, True])
def test_the_wind_has_its_mean(*, spells: bool) -> None:
    assert_mean_of_runs([table.wind_mps.mean() / KNOT_MPS for table in years(spells=spells)], 10.0)


def test_the_wind_follows_its_weibull_law() -> None:
    every_ten_days = slice(None, None, 80)
    speeds = np.concatenate([table.wind_mps[every_ten_days] / KNOT_MPS for table in years(spells=False)])
    assert kstest(speeds, wind_law().cdf).pvalue > LEVEL


@pytest.mark.parametrize("lag_h", [3, 12, 30, 72, 240])
@pytest.mark.parametrize("spells", [False, True])
def test_the_wind_forgets_as_its_memories_say(lag_h: int, *, spells: bool) -> None:
    lag = lag_h // 3
    products = [
        float((scores[lag:] * scores[:-lag]).mean()) for scores in map(normal_scores, years(spells=spells))
    ]
    slow = SPELLS["share"] if spells else 0.0
    wanted = (1.0 - slow) * math.exp(-lag_h / 30.0) + slow * math.exp(-lag_h / SPELLS["memory_h"])
    assert_mean_of_runs(products, wanted)


@pytest.mark.parametrize("lag_h", [0, 3, 24, 60])
def test_the_direction_wanders_as_far_and_as_slowly_as_it_should(lag_h: int) -> None:
    # Beyond 4.5 standard deviations, at half round, it would fold: once in 150,000 rows.
    lag = lag_h // 3
    products = [float((one[lag:] * one[: len(one) - lag]).mean()) for one in map(turns, years(spells=False))]
    assert_mean_of_runs(products, math.exp(-lag_h / 24.0))


def test_speed_and_direction_are_independent() -> None:
    products = [float((normal_scores(table) * turns(table)).mean()) for table in years(spells=False)]
    assert_mean_of_runs(products, 0.0)


def test_runs_begin_in_the_stationary_law() -> None:
    first = np.array(
        [made(0.1, wind_shape=SHAPE, streams=Streams(9, run)).wind_mps[0] for run in range(1000)]
    )
    assert kstest(first / KNOT_MPS, wind_law().cdf).pvalue > LEVEL


def test_waves_begin_as_high_as_they_go_on() -> None:
    runs = [made(20.0, streams=Streams(11, run)).wave_m for run in range(400)]
    assert_mean_of_runs([float(wave_m[0] - wave_m[80:].mean()) for wave_m in runs], 0.0)


def test_quick_waves_follow_the_wind_through_the_fetch_law() -> None:
    table = made(60.0, growth_h=0.01, decay_h=0.01)
    metres = np.full(len(table.wind_mps), 100.0 * 1852.0)
    np.testing.assert_allclose(table.wave_m, fetch_limited(table.wind_mps, metres))


WINDS_MPS = np.array([4.0, 8.0, 12.0, 20.0])
FETCHES_KM = np.array([10.0, 50.0, 100.0, 300.0])


def heights() -> np.ndarray:
    wind, fetch = np.meshgrid(WINDS_MPS, FETCHES_KM, indexing="ij")
    return fetch_limited(wind.ravel(), fetch.ravel() * 1e3).reshape(wind.shape)


def test_waves_have_the_energy_that_jonswap_measured() -> None:
    """Hasselmann and others (1973): ``g² E / U⁴ = 1.6e-7 g F / U²``, the height is four times its root."""
    wind, fetch = np.meshgrid(WINDS_MPS, FETCHES_KM * 1e3, indexing="ij")
    energy = 1.6e-7 * (9.81 * fetch / wind**2) * wind**4 / 9.81**2
    young = 9.81 * fetch / wind**2 < 2e4
    np.testing.assert_allclose(heights()[young], 4.0 * np.sqrt(energy[young]), rtol=1e-12)


def test_waves_are_those_of_carters_formulas() -> None:
    """Carter (1982): ``0.0163 U √X``, X in km, up to ``0.0248 U²``; his constants are rounded."""
    wind = WINDS_MPS[:, np.newaxis]
    carter = np.minimum(0.0163 * wind * np.sqrt(FETCHES_KM), 0.0248 * wind**2)
    np.testing.assert_allclose(heights(), carter, rtol=0.01)


def test_waves_are_near_those_of_sverdrup_munk_and_bretschneider() -> None:
    """Shore Protection Manual (1977): ``g H / U² = 0.283 tanh(0.0125 (g F / U²)^0.42)``, another law."""
    wind = WINDS_MPS[:, np.newaxis]
    smb = 0.283 * wind**2 / 9.81 * np.tanh(0.0125 * (9.81 * FETCHES_KM * 1e3 / wind**2) ** 0.42)
    np.testing.assert_allclose(heights(), smb, rtol=0.3)


@pytest.mark.parametrize(("wind_mps", "fetch_km"), [(4.5, 46.0), (7.7, 333.0), (12.0, 100.0), (15.0, 500.0)])
def test_waves_grow_nearly_as_fast_as_in_carters_formula(wind_mps: float, fetch_km: float) -> None:
    """Carter (1982): after D hours ``0.0146 D^(5/7) U^(9/7)``; the time constant is half of what it needs."""
    limit_m = fetch_limited(np.full(20, wind_mps), np.full(20, fetch_km * 1e3))
    full_h = (limit_m[0] / 0.0146 / wind_mps ** (9 / 7)) ** (7 / 5)
    limit_m[0] = 0.0
    carter = np.minimum(0.0146 * (3.0 * np.arange(20)) ** (5 / 7) * wind_mps ** (9 / 7), limit_m)
    np.testing.assert_allclose(grown(limit_m, full_h / 2.0, 1.0), carter, atol=0.15 * limit_m[1])


def test_a_worked_example() -> None:
    """A wind of 15 m/s: 3.42 m after 200 km; fully developed, 5.57 m, after 529 km."""
    at_km = fetch_limited(np.full(4, 15.0), np.array([200.0, 528.0, 530.0, 5000.0]) * 1e3)
    np.testing.assert_allclose(at_km, [3.42, 5.57, 5.57, 5.57], atol=0.01)
    assert at_km[1] < at_km[2] == at_km[3]
