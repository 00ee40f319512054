"""Daylight: where the sun really stands, and when it passes civil dusk and dawn."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import DAY_S

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray

CIVIL_RAD = np.deg2rad(-6.0)
_J2000 = datetime(2000, 1, 1, 12, tzinfo=UTC)
_CENTURY_DAYS = 36_525.0
_STEP_S = 300.0
_HALVINGS = 10


def j2000_s(moment: datetime) -> float:
    """Give the seconds from 2000-01-01T12:00 UTC to a moment, leap seconds left out."""
    return (moment - _J2000).total_seconds()


def elevation_rad(lon_deg: float, lat_deg: float, time_s: FloatArray) -> FloatArray:
    """Tell how high the sun's centre stands above the horizon, without refraction.

    Parameters
    ----------
    lon_deg, lat_deg : float
        Place; east and north are positive.
    time_s : FloatArray
        Seconds since 2000-01-01T12:00 UTC, any shape.

    Notes
    -----
    J. Meeus, Astronomical Algorithms (2nd ed., 1998), chapters 12, 13 and 25, the sun's place of low
    accuracy: 0.01 degrees from 1950 to 2050. Universal time stands for dynamical time; that costs 0.001
    degrees.
    """
    days = np.asarray(time_s, dtype=np.float64) / DAY_S
    longitude, obliquity = _sun(days / _CENTURY_DAYS)
    ascension = np.arctan2(np.cos(obliquity) * np.sin(longitude), np.cos(longitude))
    declination = np.arcsin(np.sin(obliquity) * np.sin(longitude))
    sidereal = np.deg2rad((280.46061837 + 360.98564736629 * days + lon_deg) % 360.0)
    latitude = np.deg2rad(lat_deg)
    sine = np.sin(latitude) * np.sin(declination)
    sine += np.cos(latitude) * np.cos(declination) * np.cos(sidereal - ascension)
    return np.asarray(np.arcsin(np.clip(sine, -1.0, 1.0)))


def _sun(centuries: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give the sun's apparent longitude and the obliquity of the ecliptic, radians."""
    mean_longitude = 280.46646 + centuries * (36_000.76983 + centuries * 0.0003032)
    anomaly = np.deg2rad(357.52911 + centuries * (35_999.05029 - centuries * 0.0001537))
    centre = (1.914602 - centuries * (0.004817 + centuries * 0.000014)) * np.sin(anomaly)
    centre += (0.019993 - centuries * 0.000101) * np.sin(2.0 * anomaly) + 0.000289 * np.sin(3.0 * anomaly)
    node = np.deg2rad(125.04 - 1_934.136 * centuries)
    longitude = mean_longitude + centre - 0.00569 - 0.00478 * np.sin(node)
    obliquity = 23.4392911 - 0.0130042 * centuries + 0.00256 * np.cos(node)
    return np.deg2rad(longitude), np.deg2rad(obliquity)


def is_night(lon_deg: float, lat_deg: float, time_s: FloatArray) -> BoolArray:
    """Tell of each moment (seconds since 2000-01-01T12:00 UTC) whether the sun is below civil twilight."""
    return np.asarray(elevation_rad(lon_deg, lat_deg, time_s) < CIVIL_RAD)


def civil_changes_s(lon_deg: float, lat_deg: float, start: datetime, duration_s: float) -> FloatArray:
    """Find when the sun crosses 6 degrees below the horizon, to 0.3 s; rising, seconds since ``start``.

    None where it never does, as in polar summer. Two crossings within five minutes may be passed over.
    """
    origin_s = j2000_s(start)
    steps = max(int(np.ceil(duration_s / _STEP_S)), 1)
    time_s = origin_s + np.linspace(0.0, duration_s, steps + 1)
    night = is_night(lon_deg, lat_deg, time_s)
    before = np.flatnonzero(night[1:] != night[:-1])
    low, high, dark = time_s[before], time_s[before + 1], night[before]
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        same = is_night(lon_deg, lat_deg, middle) == dark
        low, high = np.where(same, middle, low), np.where(same, high, middle)
    return np.asarray(high - origin_s)
