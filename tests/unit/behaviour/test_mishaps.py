"""What befalls boats, against laws worked out step by step and boats sailed by hand."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pytest
from tests.theory.laboratory import assert_mean, assert_share, assert_uniform

from aegean_sim.behaviour.mishaps import Dangers, Mishaps, Sailor
from aegean_sim.environment.pace import Pace, Way
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.scenario.perils import Perils
from aegean_sim.streams import Streams

HOUR_S, NM_M, KNOT_MPS = 3600.0, 1852.0, 1852.0 / 3600.0
COUNT = 3000
DEPARTED_S = 1800.0
CHANGES_S = np.array([0.0, 2.0, 5.0, 9.0]) * HOUR_S
WAVES_M = np.array([0.5, 1.5, 0.2, 1.0])
FAR = Way.of(np.array([[0.0, 0.0], [0.0, 10_000.0 * NM_M]]))


def weather() -> WeatherTable:
    same = np.ones(len(WAVES_M))
    return WeatherTable(CHANGES_S, same, WAVES_M, same, 20.0 * same, same, same)


def befallen(perils: dict[str, Any], way: Way = FAR, persons: int = 40) -> list[Mishaps]:
    table = weather()
    dangers = Dangers.of(Perils.model_validate(perils), Pace.of(table, None, 1.0), table, Streams(6, 0))
    return [dangers.befall(Sailor(key, persons, way, 5.0 * KNOT_MPS, DEPARTED_S)) for key in range(COUNT)]


def even(
    moments_s: list[float], per_h: float, wave_scale_m: float, ageing_h: float, adrift: Any = None
) -> None:
    """See that moments follow a rate, summed up in steps of ten seconds; ``adrift`` is (hours, factor)."""
    edges_s = np.arange(DEPARTED_S, 300 * HOUR_S, 10.0)
    wave_m = WAVES_M[np.searchsorted(CHANGES_S, edges_s, side="right") - 1]
    hours = (edges_s + 5.0 - DEPARTED_S) / HOUR_S
    rate = per_h / HOUR_S * np.exp(wave_m / wave_scale_m) * (1.0 + hours / ageing_h)
    if adrift is not None:
        rate = np.where(hours > adrift[0], rate * adrift[1], rate)
    assert_uniform(np.interp(moments_s, edges_s, np.exp(-np.cumsum(10.0 * rate) + 10.0 * rate)))


def test_without_perils_a_boat_sails_its_way() -> None:
    way = Way.of(np.array([[0.0, 0.0], [10.0 * NM_M, 0.0]]))
    for each in befallen({}, way)[:3]:
        assert (each.adrift_s, each.capsize_s, each.calls_s) == (math.inf, math.inf, math.inf)
        assert each.course.time_s.tolist() == pytest.approx([DEPARTED_S, DEPARTED_S + 2.0 * HOUR_S])


def test_engines_fail_by_their_law_under_changing_weather() -> None:
    engine = {"per_h": 0.1, "wave_scale_m": 0.9, "ageing_h": 6.0, "repaired_share": 0.0}
    found = befallen({"engine": engine})
    even([each.adrift_s for each in found], 0.1, 0.9, 6.0)
    assert all(each.course.time_s[-1] == each.adrift_s for each in found)


def test_mended_engines_delay_a_boat_and_fail_again() -> None:
    """Running time is the same for all, so stops are Poisson; each brings half an hour."""
    way = Way.of(np.array([[0.0, 0.0], [40.0 * NM_M, 0.0]]))
    found = befallen({"engine": {"per_h": 0.2, "repaired_share": 1.0, "repair_min": 30.0}}, way)
    lasts_h = np.array([each.course.time_s[-1] - DEPARTED_S for each in found]) / HOUR_S
    stops = (lasts_h - 8.0) / 0.5
    assert stops == pytest.approx(stops.round(), abs=1e-6)
    assert_mean(stops.mean(), math.sqrt(1.6 / COUNT), 1.6)
    assert_share((stops < 0.5).sum(), COUNT, math.exp(-1.6))
    assert all(each.course.x_m[-1] == pytest.approx(40.0 * NM_M) for each in found)
    assert math.isinf(min(each.adrift_s for each in found))


def test_a_share_of_the_engines_is_not_mended() -> None:
    found = befallen({"engine": {"per_h": 1.0, "repaired_share": 0.75, "repair_min": 0.0}})
    speeds = 5.0 * NM_M * np.array([each.adrift_s - DEPARTED_S for each in found]) / HOUR_S
    assert [each.course.y_m[-1] for each in found] == pytest.approx(speeds.tolist())
    even([each.adrift_s for each in found], 0.25, 1e9, 1e9)


def test_fuel_ends_after_its_range() -> None:
    found = befallen({"range_nm": {"triangular": [20, 20, 50]}})
    gone_nm = np.array([each.course.y_m[-1] for each in found]) / NM_M
    assert_uniform(((50.0 - gone_nm) / 30.0) ** 2)
    assert [each.adrift_s for each in found] == pytest.approx((DEPARTED_S + gone_nm / 5.0 * HOUR_S).tolist())
    short = Way.of(np.array([[0.0, 0.0], [0.0, 19.0 * NM_M]]))
    assert all(
        math.isinf(each.adrift_s) for each in befallen({"range_nm": {"triangular": [20, 20, 50]}}, short)
    )


def test_capsizing_goes_at_another_rate_adrift() -> None:
    """The fuel of all ends after four hours."""
    perils = {
        "range_nm": {"triangular": [20, 20, 20]},
        "capsizing": {"per_h": 0.02, "wave_scale_m": 1.1, "ageing_h": 8.0, "adrift_factor": 4.0},
    }
    found = befallen(perils)
    even([each.capsize_s for each in found], 0.02, 1.1, 8.0, adrift=(4.0, 4.0))
    assert all(each.course.time_s[-1] == min(each.adrift_s, each.capsize_s) for each in found)


def test_load_makes_capsizing_likelier() -> None:
    perils = {"capsizing": {"per_h": 0.02, "load_power": 2.0}, "capacity": 40}
    even([each.capsize_s for each in befallen(perils, persons=80)], 0.08, 1e9, 1e9)


def test_water_drowns_the_engine_and_a_landed_boat_cannot_capsize() -> None:
    way = Way.of(np.array([[0.0, 0.0], [0.0, 30.0 * NM_M]]))
    found = befallen({"swamping": {"per_h": 0.1}, "capsizing": {"per_h": 0.1, "adrift_factor": 0.0}}, way)
    adrift_s, capsize_s = (
        np.array([getattr(each, name) for each in found]) for name in ("adrift_s", "capsize_s")
    )
    quiet = np.isinf(adrift_s) & np.isinf(capsize_s)
    assert_share(quiet.sum(), COUNT, math.exp(-1.2))
    first = np.isfinite(capsize_s)
    assert_share(first.sum(), COUNT, (1.0 - math.exp(-1.2)) / 2.0)
    assert (capsize_s < adrift_s)[first].all()
    for each in np.array(found, dtype=object)[quiet]:
        assert each.course.time_s[-1] == pytest.approx(DEPARTED_S + 6.0 * HOUR_S)


def test_those_aboard_call_so_long_after_they_left() -> None:
    found = befallen({"calls_h": {"triangular": [4, 4, 10]}})
    hours = np.array([each.calls_s - DEPARTED_S for each in found]) / HOUR_S
    assert_uniform(((10.0 - hours) / 6.0) ** 2)
