from dataclasses import fields
from datetime import UTC, datetime

import numpy as np
import pytest

from aegean_sim.environment.conditions import CONDITIONS, Conditions, build_conditions
from aegean_sim.environment.daylight import CIVIL_RAD, civil_changes_s, elevation_rad, j2000_s
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.kinematics.legs import Legs, Track, legs_of, no_legs
from aegean_sim.quantities import FloatArray

START = datetime(2016, 6, 1, tzinfo=UTC)
DAY = 86400.0
KOS = (27.29, 36.89)


def _weather(time_s: FloatArray, wave_m: FloatArray) -> WeatherTable:
    same = np.ones(len(time_s))
    return WeatherTable(time_s, same, wave_m, same, same, same, same)


CALM = _weather(np.zeros(1), np.zeros(1))
THREE = Conditions(np.array([0.0, 100.0, 250.0, 400.0]), np.array([0, 4, 1]))


def test_conditions_are_named_by_their_code() -> None:
    assert len(CONDITIONS) == 8
    assert CONDITIONS[1 * 4 + 2] == "night, sea 4"
    assert CONDITIONS[0] == "day, sea 0-2"


def test_a_laboratory_has_daylight_at_all_hours() -> None:
    conditions = build_conditions(None, CALM, START, 30 * DAY)
    np.testing.assert_array_equal(conditions.change_s, [0.0, 30 * DAY])
    np.testing.assert_array_equal(conditions.code, [0])


def test_light_changes_at_civil_dusk_and_dawn() -> None:
    conditions = build_conditions(KOS, CALM, START, 2 * DAY)
    np.testing.assert_array_equal(conditions.change_s[1:-1], civil_changes_s(*KOS, START, 2 * DAY))
    np.testing.assert_array_equal(conditions.code, [4, 0, 4, 0, 4])


def test_every_minute_has_the_light_and_sea_of_that_minute() -> None:
    rng = np.random.default_rng(8)
    weather = _weather(np.arange(-3.0, 75.0) * 3600.0, rng.uniform(0.0, 4.0, 78))
    conditions = build_conditions(KOS, weather, START, 3 * DAY)
    time_s = np.arange(1.0, 3 * DAY, 60.0)
    dark = elevation_rad(*KOS, j2000_s(START) + time_s) < CIVIL_RAD
    wave_m = weather.wave_m[np.floor(time_s / 3600.0).astype(int) + 3]
    expected = 4 * dark + (wave_m >= 0.5) + (wave_m >= 1.25) + (wave_m >= 2.5)
    np.testing.assert_array_equal(conditions.at(time_s), expected)
    assert (np.diff(conditions.code) != 0).all()
    assert (np.diff(conditions.change_s) > 0).all()
    assert conditions.change_s[[0, -1]].tolist() == [0.0, 3 * DAY]


def test_a_change_belongs_to_the_new_stretch_and_the_outside_to_the_nearest() -> None:
    time_s = np.array([-5.0, 0.0, 99.9, 100.0, 249.9, 250.0, 400.0, 1e9])
    np.testing.assert_array_equal(THREE.at(time_s), [0, 0, 0, 4, 4, 1, 1, 1])


def test_a_single_moment_has_the_code_that_an_array_gives_it() -> None:
    times = np.array([-5.0, 0.0, 99.9, 100.0, 249.0, 250.0, 400.0, 1e6])
    assert [THREE.code_at(time) for time in times.tolist()] == THREE.at(times).tolist()


def test_legs_within_one_stretch_come_back_as_they_were() -> None:
    rng = np.random.default_rng(5)
    start_s = np.array([-50.0, 0.0, 100.0, 110.1, 250.0, 380.0, 1000.0])
    end_s = np.array([-10.0, 100.0, 250.0, 200.3, 300.0, 700.0, 1010.0])
    legs = Legs(np.arange(7), start_s, end_s, *rng.normal(size=(4, 7)))
    cut, code = THREE.cut(legs)
    for field in fields(Legs):
        np.testing.assert_array_equal(getattr(cut, field.name), getattr(legs, field.name))
    np.testing.assert_array_equal(code, [0, 0, 4, 4, 1, 1, 1])


def test_legs_are_cut_at_every_change() -> None:
    track = Track(np.array([-10.0, 90.0, 500.0]), np.array([0.0, 100.0, 510.0]), np.array([5.0, 5.0, 415.0]))
    other = Track(np.array([240.0, 260.0]), np.array([0.0, 20.0]), np.array([0.0, -20.0]))
    cut, code = THREE.cut(legs_of([track, other]))
    np.testing.assert_array_equal(cut.mover, [0, 0, 0, 0, 1, 1])
    np.testing.assert_array_equal(cut.start_s, [-10, 90, 100, 250, 240, 250])
    np.testing.assert_array_equal(cut.end_s, [90, 100, 250, 500, 250, 260])
    np.testing.assert_allclose(cut.x_m, [0, 100, 110, 260, 0, 10])
    np.testing.assert_allclose(cut.y_m, [5, 5, 15, 165, 0, -10])
    np.testing.assert_array_equal(code, [0, 0, 4, 1, 4, 1])


@pytest.mark.parametrize("seed", range(5))
def test_pieces_keep_movement_and_conditions(seed: int) -> None:
    rng = np.random.default_rng(seed)
    changes = np.concatenate([[0.0], np.sort(rng.uniform(0, 900, 12)), [900.0]])
    conditions = Conditions(changes, np.arange(13) % 8)
    tracks = [Track(np.sort(rng.uniform(-100, 1100, 6)), *rng.normal(size=(2, 6))) for _ in range(20)]
    cut, code = conditions.cut(legs_of(tracks))
    assert (cut.end_s > cut.start_s).all()
    for share in (0.01, 0.5, 0.99):
        when = cut.start_s + share * (cut.end_s - cut.start_s)
        np.testing.assert_array_equal(code, conditions.at(when))
        for row, time in enumerate(when):
            x = cut.x_m[row] + cut.vx_mps[row] * (time - cut.start_s[row])
            assert x == pytest.approx(tracks[cut.mover[row]].at(time)[0], abs=1e-9)
    joined = (cut.mover[1:] == cut.mover[:-1]) & (cut.start_s[1:] == cut.end_s[:-1])
    assert joined.sum() == len(cut) - 20


def test_no_legs_stay_none() -> None:
    cut, code = THREE.cut(no_legs())
    assert len(cut) == len(code) == 0
