from dataclasses import astuple
from datetime import UTC, datetime, timedelta, timezone

import numpy as np
import pytest
from tests.unit.environment.synthetic import DAY_S, START, made

from aegean_sim.environment.weather import WeatherTable
from aegean_sim.environment.weather_synthetic import fetch_from, fetch_limited, grown
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.streams import Streams


def assert_same(one: WeatherTable, other: WeatherTable, rows: int) -> None:
    for mine, theirs in zip(astuple(one), astuple(other), strict=True):
        np.testing.assert_array_equal(mine[:rows], theirs[:rows])


def differ(one: WeatherTable, other: WeatherTable) -> bool:
    return bool((one.wind_mps != other.wind_mps).all() and (one.wind_to_rad != other.wind_to_rad).all())


def test_rows_are_three_hours_apart_at_whole_hours() -> None:
    table = made(2.0, start=datetime(2016, 6, 1, 4, 30, tzinfo=UTC))
    np.testing.assert_array_equal(table.time_s, np.arange(-1.5, 48.0, 3.0) * 3600.0)


def test_a_longer_run_begins_with_the_same_weather() -> None:
    assert_same(made(10.0), made(400.0), 80)


def test_weather_hangs_on_seed_replication_and_theatre_alone() -> None:
    assert_same(made(), made(), 240)
    for other in (made(streams=Streams(2, 0)), made(streams=Streams(1, 1)), made(theatre="aegean")):
        assert differ(made(), other)


def test_the_zone_in_which_the_start_is_told_does_not_matter() -> None:
    athens = START.astimezone(timezone(timedelta(hours=2)))
    assert_same(made(), made(start=athens), 240)


def test_a_later_start_meets_weather_that_is_nearly_the_same() -> None:
    early, late = made(40.0), made(30.0, start=START + timedelta(days=10))
    np.testing.assert_allclose(early.wave_m[160:240], late.wave_m[80:160], atol=1e-3)


@pytest.mark.parametrize("day", [1, 15])
def test_the_sea_is_as_warm_as_its_month_in_the_middle(day: int) -> None:
    table = made(1.0, start=datetime(2015, 2, day, tzinfo=UTC))
    # 15 February 00:00 is the middle of a month of 28 days; 1 February lies between two middles.
    share = 15.5 / (15.5 + 14.0)
    expected = 15.0 if day == 15 else 16.0 + share * (15.0 - 16.0)
    np.testing.assert_allclose(table.sea_c[0], expected)


def test_december_leads_to_january() -> None:
    table = made(31.0, start=datetime(2015, 12, 16, 12, tzinfo=UTC))
    np.testing.assert_allclose(table.sea_c, np.linspace(18.0, 16.0, 249)[:-1])


def test_prevailing_winds_turn_over_north_and_not_over_south() -> None:
    bearings = (340.0, *(20.0,) * 11)
    table = made(31.0, start=datetime(2015, 1, 16, 12, tzinfo=UTC), wind_from_deg=bearings, wander_deg=0.0)
    from_deg = (np.degrees(table.wind_to_rad) + 180.0) % 360.0
    assert ((from_deg >= 339.9) | (from_deg <= 20.1)).all()


def test_a_current_is_the_constant_one() -> None:
    table = made()
    np.testing.assert_array_equal(table.current_x_mps, 0.0)
    np.testing.assert_array_equal(table.current_y_mps, KNOT_MPS)


def test_etesians_blow_from_their_side_more_by_day_and_only_in_their_months() -> None:
    blown = {"from_deg": 90.0, "extra_kn": (0.0,) * 6 + (10.0,) + (0.0,) * 5, "day_share": 0.5}
    etesians = {**blown, "strongest_at_h": 12.0}
    start = datetime(2016, 7, 16, 12, tzinfo=UTC)
    plain, summer = (
        made(1.0, start=start, wander_deg=0.0),
        made(1.0, start=start, wander_deg=0.0, etesians=etesians),
    )
    factor = summer.wind_mps / plain.wind_mps
    np.testing.assert_allclose(factor[[0, 2]], 1.0 + np.array([1.5, 1.0]), rtol=5e-3)
    np.testing.assert_allclose(factor[4], 1.0 + 0.5, rtol=2e-2)
    np.testing.assert_allclose(summer.wind_to_rad[0], np.radians(225.0), atol=1e-2)
    winter = datetime(2016, 1, 1, tzinfo=UTC)
    assert_same(made(30.0, start=winter), made(30.0, start=winter, etesians=etesians), 240)


def test_etesians_make_the_wind_steady() -> None:
    etesians = {"from_deg": 0.0, "extra_kn": (30.0,) * 12, "day_share": 0.0, "strongest_at_h": 0.0}

    turn_rad, usual_rad = made(etesians=etesians).wind_to_rad - np.pi, made().wind_to_rad - np.pi
    np.testing.assert_allclose(turn_rad, usual_rad / 4.0, atol=1e-9)


def test_fetch_is_even_between_sectors() -> None:
    fetch_nm = (80.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0)
    from_deg = np.array([0.0, 22.5, 45.0, 180.0, 315.0, 337.5, 359.9999])
    np.testing.assert_allclose(
        fetch_from(from_deg, fetch_nm), [80.0, 45.0, 10.0, 40.0, 70.0, 75.0, 80.0], rtol=1e-5
    )


def test_waves_grow_and_fall_with_their_time_constants() -> None:
    limit_m = np.array([1.0, 3.0, 3.0, 3.0, 0.0, 0.0])
    up, down = np.exp(-3.0 / 6.0), np.exp(-3.0 / 12.0)
    heights = grown(limit_m, 6.0, 12.0)
    peak = 3.0 - 2.0 * up**3
    np.testing.assert_allclose(
        heights, [1.0, 3.0 - 2.0 * up, 3.0 - 2.0 * up**2, peak, peak * down, peak * down**2]
    )


def test_waves_never_exceed_the_fully_developed_sea_of_the_strongest_wind() -> None:
    table = made(300.0, fetch_nm=(1e5,) * 8)
    limit_m = fetch_limited(table.wind_mps, np.full(len(table.wind_mps), 1e9))
    assert (table.wave_m <= limit_m.max()).all()
    assert (np.diff(table.wave_m) * (limit_m[1:] - table.wave_m[:-1]) >= 0.0).all()


def test_no_wind_raises_no_sea() -> None:
    table = made(wind_kn=(0.0,) * 12)
    np.testing.assert_array_equal(table.wind_mps, 0.0)
    np.testing.assert_array_equal(table.wave_m, 0.0)
    assert np.isfinite(table.wind_to_rad).all()


def test_a_table_covers_any_run_in_order() -> None:
    rng = np.random.default_rng(1)
    for _ in range(30):
        start = START + timedelta(seconds=float(rng.uniform(0.0, 4e7)))
        days = float(rng.uniform(0.01, 60.0))
        table = made(days, start=start, streams=Streams(int(rng.integers(1e6)), 0))
        assert -3 * 3600.0 < table.time_s[0] <= 0.0
        assert days * DAY_S - 3 * 3600.0 <= table.time_s[-1] < days * DAY_S
        np.testing.assert_allclose(np.diff(table.time_s), 3 * 3600.0)
        for column in astuple(table):
            assert np.isfinite(column).all()
        assert (table.wind_mps >= 0.0).all()
        assert (table.wave_m >= 0.0).all()
        assert ((table.wind_to_rad >= 0.0) & (table.wind_to_rad < 2.0 * np.pi)).all()


def test_years_before_the_epoch_have_weather_too() -> None:
    assert made(2.0, start=datetime(1900, 1, 1, tzinfo=UTC)).wind_mps.min() > 0.0
