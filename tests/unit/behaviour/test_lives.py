"""Lives of boats: drift, deaths and ends, in a box of open sea and on the real coast."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.theory.laboratory import assert_share

from aegean_sim.behaviour.lives import Life, Lives
from aegean_sim.behaviour.mishaps import Dangers, Sailor
from aegean_sim.environment.pace import Pace, Way
from aegean_sim.environment.survival import water_h
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.geography.sea import Sea, open_box, open_theatre
from aegean_sim.scenario.perils import Perils
from aegean_sim.streams import Streams

HOUR_S, NM_M, KNOT_MPS = 3600.0, 1852.0, 1852.0 / 3600.0
WAY = Way.of(np.array([[0.0, 0.0], [0.0, 20.0 * NM_M]]))
AT_ONCE = {"triangular": [0, 0, 0]}
FAR_S = 1000.0 * 86_400.0
BOX = open_box("lab", (-5000.0, -5000.0, 5000.0, 5000.0))
SKY = WeatherTable(*(np.array([number]) for number in (0.0, 8.0, 0.5, math.pi, 18.3, 0.0, 0.0)))


def lived(
    perils: dict[str, Any], count: int = 40, persons: int = 100, sea: Sea = BOX, sky: WeatherTable = SKY,
    way: Way = WAY, until_s: float = FAR_S,
) -> list[Life]:  # fmt: skip
    streams = Streams(2, 0)
    dangers = Dangers.of(Perils.model_validate(perils), Pace.of(sky, None, 1.0), sky, streams)
    boats = [Sailor(key, persons, way, 5.0 * KNOT_MPS, 0.0) for key in range(count)]
    return Lives(sea, sky, streams, until_s).of(boats, [dangers] * count)


def test_nobody_dies_on_a_boat_that_arrives() -> None:
    for life in lived({}):
        assert life.track.time_s[-1] == pytest.approx(4.0 * HOUR_S)
        assert np.isnan([life.distress_s, life.capsize_s]).all()
        assert not len(life.deaths_s)


def test_a_call_is_distress_though_the_boat_arrives() -> None:
    assert [life.distress_s for life in lived({"calls_h": 3.0})] == [3.0 * HOUR_S] * 40
    assert np.isnan([life.distress_s for life in lived({"calls_h": 5.0})]).all()


def test_people_adrift_die_by_the_law_of_exposure_and_the_last_ends_it() -> None:
    lives = lived({"range_nm": AT_ONCE, "exposure_h": {"lognormal": [50, 2]}})
    hours = np.concatenate([life.deaths_s for life in lives]) / HOUR_S
    assert len(hours) == 40 * 100
    for share, normal in ((0.1, -1.2815515655), (0.5, 0.0), (0.9, 1.2815515655)):
        assert_share((hours < 50.0 * 2.0**normal).sum(), len(hours), share)
    for life in lives:
        assert life.distress_s == 0.0
        assert life.track.time_s[-1] == life.deaths_s[-1]
        assert (np.diff(life.deaths_s) >= 0.0).all()


def test_in_a_capsize_some_die_at_once_and_the_others_as_long_after_as_the_water_lets_them() -> None:
    perils = {
        "capsizing": {"per_h": 10.0, "trapped_share": {"triangular": [0.25, 0.25, 0.25]}},
        "jacket_share": 0.4, "no_jacket_factor": 0.05,
    }  # fmt: skip
    lives = lived(perils, count=60)
    assert all(life.capsize_s == life.distress_s for life in lives)
    hours = np.concatenate([life.deaths_s - life.capsize_s for life in lives]) / HOUR_S
    assert_share((hours == 0.0).sum(), len(hours), 0.25)
    median_h = water_h(np.array([18.3]), np.zeros(1)).item()
    normal = np.linspace(-6.0, 6.0, 20_001)
    weight = np.exp(-0.5 * normal**2) / np.exp(-0.5 * normal**2).sum()
    with_jacket = (weight * (water_h(np.full(20_001, 18.3), normal) < median_h / 3.0)).sum()
    without = (weight * (0.05 * water_h(np.full(20_001, 18.3), normal) < median_h / 3.0)).sum()
    share = 0.25 + 0.75 * (0.4 * with_jacket + 0.6 * without)
    assert_share((hours < median_h / 3.0).sum(), len(hours), share)


def test_colder_water_kills_sooner() -> None:
    """From the tenth death in a hundred on: before that the table's spread in warm water is too wide."""
    perils = {"capsizing": {"per_h": 10.0}}
    warm, cold = lived(perils), lived(perils, sky=replace(SKY, sea_c=np.array([5.0])))
    for one, other in zip(warm, cold, strict=True):
        assert (other.deaths_s < one.deaths_s)[10:].all()


def test_a_capsized_boat_drifts_on_as_another_class() -> None:
    perils = {"range_nm": AT_ONCE, "capsizing": {"per_h": 0.2}, "leeway": "raft-open"}
    for life in lived({**perils, "leeway_capsized": "person-sitting"}):
        there = [life.track.at(time_s) for time_s in (0.0, life.capsize_s, life.track.time_s[-1])]
        times = (0.0, life.capsize_s, life.track.time_s[-1])
        speeds = [math.dist(there[n], there[n + 1]) / (times[n + 1] - times[n]) for n in (0, 1)]
        assert life.capsize_s in life.track.time_s
        assert speeds[0] > 2.0 * speeds[1]


def test_drift_is_worked_out_until_a_moment() -> None:
    perils = {"range_nm": AT_ONCE, "exposure_h": {"lognormal": [1000, 1]}}
    for life in lived(perils, until_s=9.0 * HOUR_S):
        assert life.track.time_s[-1] == 9.0 * HOUR_S
        assert not len(life.deaths_s)


def test_a_boat_that_leaves_the_chart_lies_at_its_edge_until_the_end() -> None:
    small = open_box("lab", (-1.0, -1.0, 1.0, 1.0))
    for life in lived({"range_nm": AT_ONCE}, sea=small):
        x_m, y_m = life.track.x_m[-1], life.track.y_m[-1]
        assert max(abs(x_m), abs(y_m)) == pytest.approx(NM_M)
        assert (life.track.x_m[-2], life.track.y_m[-2]) == (x_m, y_m)
        assert len(life.deaths_s) == 100
        assert life.track.time_s[-1] == life.deaths_s[-1]


def test_a_drifting_boat_lands_where_it_first_meets_the_coast() -> None:
    """North wind drives boats from the strait of Lesvos onto its north coast."""
    aegean = open_theatre("aegean")
    assert aegean.coast is not None
    x_m, y_m = aegean.frame.to_xy(np.array([26.25, 26.25]), np.array([39.45, 39.40]))
    way = Way.of(np.column_stack([x_m, y_m]))
    perils = {"range_nm": AT_ONCE, "capsizing": {"per_h": 0.02}, "exposure_h": {"lognormal": [6, 2]}}
    lives = lived(perils, sea=aegean, way=way, count=60)
    assert sum(len(life.deaths_s) < 100 for life in lives) > 20
    for life in lives:
        x, y = life.track.x_m, life.track.y_m
        crossing = aegean.crosses(x[:-1], y[:-1], x[1:], y[1:])
        assert not crossing[:-1].any()
        assert (life.deaths_s <= life.track.time_s[-1]).all()
        if len(life.deaths_s) < 100:
            end = np.array([x[-1], y[-1]])
            last_m = end - (x[-2], y[-2])
            on_m = end + 20.0 * last_m / np.hypot(*last_m)
            assert aegean.crosses(x[-2:-1], y[-2:-1], on_m[:1], on_m[1:]).all()
