from datetime import UTC, datetime

import numpy as np
import pytest

from aegean_sim.environment.daylight import civil_changes_s, elevation_rad, is_night, j2000_s
from aegean_sim.quantities import DAY_S, FloatArray

DEFIANCE_OHIO = (-84.362778, 41.281944)
KOS = (27.29, 36.89)


def almanac_elevation_deg(lon_deg: float, lat_deg: float, time_s: FloatArray) -> FloatArray:
    """Astronomical Almanac's formulas (Michalsky, Solar Energy 40, 1988), as a product of unit vectors."""
    days = time_s / DAY_S
    mean_longitude = np.deg2rad(280.460 + 0.9856474 * days)
    anomaly = np.deg2rad(357.528 + 0.9856003 * days)
    longitude = mean_longitude + np.deg2rad(1.915 * np.sin(anomaly) + 0.020 * np.sin(2 * anomaly))
    tilt = np.deg2rad(23.439 - 4e-7 * days)
    sun = np.array([np.cos(longitude), np.cos(tilt) * np.sin(longitude), np.sin(tilt) * np.sin(longitude)])
    local_sidereal = np.deg2rad(15.0 * (18.697374558 + 24.06570982441908 * days) + lon_deg)
    lat = np.deg2rad(lat_deg)
    up = np.array(
        [np.cos(lat) * np.cos(local_sidereal), np.cos(lat) * np.sin(local_sidereal), np.sin(lat) + 0 * days]
    )
    return np.asarray(np.rad2deg(np.arcsin((sun * up).sum(axis=0))))


@pytest.mark.parametrize(
    "place", [KOS, (0.0, 0.0), (-70.0, -53.2), (18.9, 69.6), (179.9, 89.0), (12.6, 35.5)]
)
def test_elevation_agrees_with_the_almanacs_formulas(place: tuple[float, float]) -> None:
    time_s = np.random.default_rng(3).uniform(j2000_s(datetime(1995, 1, 1, tzinfo=UTC)), 9.5e8, 5000)
    difference = np.rad2deg(elevation_rad(*place, time_s)) - almanac_elevation_deg(*place, time_s)
    assert np.abs(difference).max() < 0.02


def test_elevation_of_the_published_example() -> None:
    # NREL/TP-560-34302, example A.5.1: topocentric elevation without refraction 39.872046 degrees
    when = np.array([j2000_s(datetime(2003, 10, 17, 19, 30, 30, tzinfo=UTC))])
    assert np.rad2deg(elevation_rad(-105.1786, 39.742476, when))[0] == pytest.approx(39.872046, abs=0.01)


def test_declination_of_the_published_example() -> None:
    # Meeus, example 25.a: 1992 October 13, 0 h, declination -7.78507 degrees: the height at the pole
    when = np.array([j2000_s(datetime(1992, 10, 13, tzinfo=UTC))])
    assert np.rad2deg(elevation_rad(0.0, 90.0, when))[0] == pytest.approx(-7.78507, abs=0.001)


def test_civil_twilight_as_published() -> None:
    # US Naval Observatory, Defiance, Ohio, 2019-11-08: civil dawn 11:48, dusk 22:54 UTC, to the minute
    found = civil_changes_s(*DEFIANCE_OHIO, datetime(2019, 11, 8, tzinfo=UTC), DAY_S)
    np.testing.assert_allclose(found / 60.0, [11 * 60 + 48, 22 * 60 + 54], atol=0.6)


def test_changes_are_where_the_sun_stands_at_six_degrees_below() -> None:
    start = datetime(2016, 6, 1, tzinfo=UTC)
    found = civil_changes_s(*KOS, start, 30 * DAY_S)
    assert len(found) == 60
    elevation = elevation_rad(*KOS, j2000_s(start) + found[:, None] + np.array([-0.5, 0.5]))
    assert (np.sign(elevation + np.deg2rad(6.0)).sum(axis=1) == 0).all()
    assert (np.diff(found) > 0).all()
    assert not is_night(*KOS, j2000_s(start) + found[:1] + 1.0)[0]


def test_changes_do_not_depend_on_the_window() -> None:
    whole = civil_changes_s(*KOS, datetime(2016, 6, 1, tzinfo=UTC), 3 * DAY_S)
    part = civil_changes_s(*KOS, datetime(2016, 6, 2, 0, 7, 13, tzinfo=UTC), DAY_S) + DAY_S + 433.0
    np.testing.assert_allclose(part, whole[(whole > DAY_S + 433.0) & (whole < 2 * DAY_S + 433.0)], atol=0.6)


@pytest.mark.parametrize(("month", "night"), [(6, False), (12, True)])
def test_polar_summer_and_winter_have_no_change(month: int, *, night: bool) -> None:
    svalbard, start = (15.6, 78.2), datetime(2016, month, 15, tzinfo=UTC)
    assert len(civil_changes_s(*svalbard, start, 10 * DAY_S)) == 0
    assert (is_night(*svalbard, j2000_s(start) + np.linspace(0, 10 * DAY_S, 500)) == night).all()


@pytest.mark.parametrize("duration_s", [0.5, 60.0, 400.0])
def test_short_windows(duration_s: float) -> None:
    assert len(civil_changes_s(*KOS, datetime(2016, 6, 1, 12, tzinfo=UTC), duration_s)) == 0
