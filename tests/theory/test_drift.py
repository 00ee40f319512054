"""Drift against the published coefficients: mean and spread after a day, and search for what has drifted."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.theory.laboratory import assert_mean, assert_share, laboratory, sail, scripted, unit, voyage

from aegean_sim.environment.drift import LEEWAY, drift_track
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.streams import Streams

# Slopes in %, offsets and spreads in cm/s: downwind, to the right, to the left.
PUBLISHED = {
    "person-unknown": ((0.96, 0, 12.0), (0.54, 0, 9.4), (-0.54, 0, 9.4)),
    "raft-deep-ballast": ((3.52, -2.5, 6.1), (0.62, -3.0, 3.5), (-0.45, -0.2, 3.6)),
    "raft-no-ballast": ((3.70, 0, 12.0), (1.98, 0, 9.4), (-1.98, 0, 9.4)),
    "skiff-outboard": ((3.15, 0, 2.2), (1.29, 0, 2.2), (-1.29, 0, 2.2)),
    "skiff-swamped": ((1.65, 0, 3.1), (0.39, 0, 2.9), (-0.39, 0, 2.9)),
    "refugee-raft": ((1.56, 8.30, 1.53), (0.078, 2.70, 1.52), (-0.078, -2.70, 1.52)),
}
COUNT = 2000
DAY_H = 24.0
JIBES_PER_H = 0.04


def weather(
    wind_mps: float, from_deg: float = 0.0, current: tuple[float, float] = (0.0, 0.0)
) -> WeatherTable:
    one = np.ones(1)
    return WeatherTable(
        np.zeros(1), wind_mps * one, one, math.radians(from_deg + 180.0) * one, 20.0 * one,
        current[0] * one, current[1] * one,
    )  # fmt: skip


def drifted_m(name: str, wind_mps: float, jibes_per_h: float) -> np.ndarray:
    """Give where objects are after a day of north wind: downwind is south, right of it is west."""
    sky, streams = weather(wind_mps), Streams(4, 0)
    ends = [
        drift_track(LEEWAY[name], sky, streams, key, (0.0, 0.0, 0.0), DAY_H * 3600.0, jibes_per_h=jibes_per_h)
        for key in range(COUNT)
    ]
    return np.array([[-track.y_m[-1], -track.x_m[-1]] for track in ends])


def line_mps(line: tuple[float, float, float], wind_mps: float) -> tuple[float, float]:
    """Give mean and spread of one component."""
    slope, offset, spread = line
    return (slope * wind_mps + offset) / 100.0, spread * (wind_mps / 20.0 + 0.5) / 100.0


def time_on_one_branch_s(per_h: float) -> tuple[float, float]:
    """Give mean and variance of the time a fair random telegraph spends in one state in a day."""
    rate, span_s = per_h / 3600.0, DAY_H * 3600.0
    if rate == 0.0:
        return span_s / 2.0, span_s**2 / 4.0
    fading = (1.0 - math.exp(-2.0 * rate * span_s)) / (2.0 * rate**2)
    return span_s / 2.0, (span_s / rate - fading) / 4.0


def crosswind_m(name: str, wind_mps: float, per_h: float) -> tuple[float, float]:
    """Give mean and spread of the way across: the total variance over the time on each branch."""
    (right, right_spread), (left, left_spread) = (line_mps(line, wind_mps) for line in PUBLISHED[name][1:])
    half_s, variance = time_on_one_branch_s(per_h)
    mean = half_s * (right + left)
    own = (variance + half_s**2) * (right_spread**2 + left_spread**2)
    return mean, math.sqrt(own + variance * (right - left) ** 2)


def assert_spread(values: np.ndarray, wanted: float) -> None:
    """See that a standard deviation agrees at four standard errors, whatever the law's shape."""
    squares = (values - values.mean()) ** 2
    assert_mean(squares.mean(), squares.std() / math.sqrt(len(values)), wanted**2)


@pytest.mark.parametrize("jibes_per_h", [0.0, JIBES_PER_H])
@pytest.mark.parametrize("wind_mps", [3.0, 8.0, 15.0])
@pytest.mark.parametrize("name", sorted(PUBLISHED))
def test_a_day_of_drift_has_the_published_mean_and_spread(
    name: str, wind_mps: float, jibes_per_h: float
) -> None:
    along, across = drifted_m(name, wind_mps, jibes_per_h).T
    mean, spread = (DAY_H * 3600.0 * number for number in line_mps(PUBLISHED[name][0], wind_mps))
    assert_mean(along.mean(), spread / math.sqrt(COUNT), mean)
    assert_spread(along, spread)
    mean, spread = crosswind_m(name, wind_mps, jibes_per_h)
    assert_mean(across.mean(), spread / math.sqrt(COUNT), mean)
    assert_spread(across, spread)


def test_half_of_the_objects_begin_on_each_side_and_jibe_as_often_as_published() -> None:
    streams, sky = Streams(9, 0), weather(10.0)
    tracks = [
        drift_track(LEEWAY["skiff-outboard"], sky, streams, key, (0.0, 0.0, 0.0), DAY_H * 3600.0)
        for key in range(COUNT)
    ]
    assert_share(sum(track.x_m[1] > 0.0 for track in tracks), COUNT, 0.5)
    jibes = np.array([len(track.time_s) - 2 for track in tracks])
    assert_mean(jibes.mean(), math.sqrt(JIBES_PER_H * DAY_H / COUNT), JIBES_PER_H * DAY_H)


def test_wind_turns_the_drift_and_current_carries_it() -> None:
    """West wind and a current to the north-east, against the same luck in north wind and still water."""
    streams, hour_s = Streams(3, 0), 3600.0
    for key in range(20):
        north, west = (
            drift_track(LEEWAY["raft-open"], sky, streams, key, (0.0, 0.0, 0.0), hour_s, jibes_per_h=0.0)
            for sky in (weather(9.0), weather(9.0, 270.0, (0.3, 0.2)))
        )
        along, right = -north.y_m[-1], -north.x_m[-1]
        assert west.x_m[-1] == pytest.approx(along + 0.3 * hour_s)
        assert west.y_m[-1] == pytest.approx(-right + 0.2 * hour_s)


def test_a_track_breaks_where_the_weather_changes_and_is_the_same_however_long_it_lasts() -> None:
    hours = np.arange(0.0, 48.0, 3.0)
    sky = WeatherTable(
        hours * 3600.0, 5.0 + hours / 4.0, np.ones(16), hours / 8.0, np.full(16, 20.0),
        0.1 * np.ones(16), np.zeros(16),
    )  # fmt: skip
    long, short = (
        drift_track(LEEWAY["skiff-outboard"], sky, Streams(1, 0), 5, (1000.0, 3.0, 4.0), until)
        for until in (170_000.0, 50_000.0)
    )
    assert set(sky.time_s[1:]) <= set(long.time_s)
    assert long.until(50_000.0).x_m == pytest.approx(short.x_m)
    speeds = np.hypot(np.diff(long.x_m), np.diff(long.y_m)) / np.diff(long.time_s)
    assert (np.diff(speeds) != 0.0).all()


def test_random_search_of_a_growing_disc_finds_what_the_formula_says() -> None:
    """Boats leave a datum at speeds that fill a disc evenly; a searcher flies short runs at random in it.

    Washburn: ``P = 1 - exp(-(A / (pi u^2)) (1 / tau - 1 / T))``, where ``A`` is the area searched in an hour:
    the strips, ``W V``, and the round ends of the runs.
    """
    dice = np.random.default_rng(11)
    fastest_kn, search_kn, range_nm, run_h, every_h = 2.0, 48.0, 1.0, 1.0 / 24.0, 1.0 / 12.0
    late_h, end_h = 6.0, 30.0
    boats = [
        voyage(f"b{number}", [[0, 0, 0], [end_h + 1, *_in_disc(dice, fastest_kn * (end_h + 1))]])
        for number in range(COUNT)
    ]
    runs = []
    for number, middle_h in enumerate(np.arange(late_h, end_h, every_h) + 0.5 * every_h):
        (x, y), turn = _in_disc(dice, fastest_kn * middle_h), dice.uniform(0.0, 2.0 * math.pi)
        dx, dy = (0.5 * search_kn * run_h * each for each in (math.cos(turn), math.sin(turn)))
        points = [[middle_h - 0.5 * run_h, x - dx, y - dy], [middle_h + 0.5 * run_h, x + dx, y + dy]]
        sensor = {"law": "definite_range", "range_nm": range_nm}
        runs.append(unit(f"run{number}", scripted(points), sensor, owner="search"))
    contacts = sail(laboratory(end_h, runs, voyages=boats))["contacts"]
    searched_nm2_per_h = (2.0 * range_nm * search_kn * run_h + math.pi * range_nm**2) / every_h
    effort = searched_nm2_per_h / (math.pi * fastest_kn**2) * (1.0 / late_h - 1.0 / end_h)
    assert_share(len(set(contacts["voyage"])), COUNT, 1.0 - math.exp(-effort))


def _in_disc(dice: np.random.Generator, radius: float) -> tuple[float, float]:
    heading, distance = dice.uniform(0.0, 2.0 * math.pi), radius * math.sqrt(dice.uniform())
    return distance * math.cos(heading), distance * math.sin(heading)
