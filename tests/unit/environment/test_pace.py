"""Pace against sailing in small steps."""

import numpy as np
import pytest

from aegean_sim.environment.pace import Pace, Way
from aegean_sim.environment.weather import WeatherTable

HOUR_S = 3600.0
CHANGES_S = np.array([0.0, 1.0, 2.5, 2.75, 6.0]) * HOUR_S
WAVES_M = np.array([0.4, 2.0, 9.0, 1.0, 3.2])
WAY = Way.of(np.array([[0.0, 0.0], [9000.0, 0.0], [9000.0, 12_000.0], [9000.0, 12_000.0], [0.0, 24_000.0]]))


def pace(stopping_wave_m: float | None = 4.0) -> Pace:
    same = np.ones(len(WAVES_M))
    table = WeatherTable(CHANGES_S, same, WAVES_M, same, same, same, same)
    return Pace.of(table, stopping_wave_m, 0.25)


def stepped_m(since_s: float, until_s: float, speed_mps: float) -> float:
    """Add up the way in steps of a second."""
    seconds = np.arange(since_s, until_s) + 0.5
    wave_m = WAVES_M[np.searchsorted(CHANGES_S, seconds, side="right") - 1]
    return float((speed_mps * np.maximum(0.25, 1.0 - wave_m / 4.0)).sum())


def test_a_way_is_measured_and_points_that_repeat_are_left_out() -> None:
    assert WAY.behind_m.tolist() == [0.0, 9000.0, 21_000.0, 36_000.0]
    assert WAY.length_m == 36_000.0


def test_waves_slow_a_boat_as_in_small_steps() -> None:
    assert pace().gone_m(3.0, 1800.0, 9.0 * HOUR_S) == pytest.approx(stepped_m(1800.0, 9.0 * HOUR_S, 3.0))


def test_a_track_is_as_far_along_its_way_as_small_steps_at_every_moment() -> None:
    track = pace().sail(WAY, 2.5, 1800.0, 4000.0, 30_000.0)
    assert track.time_s[0] == 1800.0
    assert {3600.0, 9000.0, 9900.0} <= set(track.time_s.round(6))
    for time_s in np.linspace(1800.0, track.time_s[-1], 37).round():
        gone_m = min(30_000.0, 4000.0 + stepped_m(1800.0, time_s, 2.5))
        there = np.array([np.interp(gone_m, WAY.behind_m, axis) for axis in (WAY.x_m, WAY.y_m)])
        assert np.array(track.at(time_s)) == pytest.approx(there, abs=3.0)
    assert track.at(track.time_s[-1]) == pytest.approx((3600.0, 19_200.0))


def test_without_a_limit_waves_do_not_matter() -> None:
    track = pace(None).sail(WAY, 4.0, 100.0, 0.0, WAY.length_m)
    assert track.time_s.tolist() == [100.0, 2350.0, 5350.0, 9100.0]
