"""Made-up weather: seasonal wind with a memory, waves that fetch and time allow, sea temperature by month."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.weather import weather_table
from aegean_sim.quantities import HOUR_S, KNOT_MPS, NM_M
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.weather import Etesians, Synthetic, Weather
    from aegean_sim.streams import Streams

STEP_H = 3
WARM_UP = timedelta(days=10)
_ORIGIN = datetime(1800, 1, 1, tzinfo=UTC)
_GRAVITY_MPS2 = 9.81
_SECTOR_DEG = 45.0


def made_up(
    weather: Weather,
    synthetic: Synthetic,
    start: datetime,
    duration_s: float,
    theatre: str,
    streams: Streams,
) -> WeatherTable:
    """Make up the weather of a run, in rows at 00, 03, 06 ... UTC.

    Parameters
    ----------
    weather : Weather
        Its numbers hold for the current.
    synthetic : Synthetic
        What the weather is like.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.
    theatre : str
        Whose weather it is.
    streams : Streams
        Chance of the run; each row has draws of its own, so that a longer run begins with the same weather.
    """
    first = (start - WARM_UP).astimezone(UTC)
    first -= timedelta(
        hours=first.hour % STEP_H, minutes=first.minute, seconds=first.second, microseconds=first.microsecond
    )
    before_s = (start - first).total_seconds()
    offset_s = np.arange(0.0, before_s + duration_s, STEP_H * HOUR_S)
    made = _columns(synthetic, _Steps(first, offset_s, identity("weather", theatre), streams))
    kept = slice(int(before_s // (STEP_H * HOUR_S)), None)
    columns = {name: values[kept] for name, values in made.items()}
    return weather_table(weather, offset_s[kept] - before_s, columns)


@dataclass(frozen=True, slots=True)
class _Steps:
    """Three-hourly moments of a run, with their season and their chance."""

    first: datetime
    offset_s: FloatArray
    who: int
    streams: Streams

    @property
    def hour(self) -> FloatArray:
        """Hour of the day, UTC."""
        return (self.first.hour + self.offset_s / HOUR_S) % 24.0

    def by_month(self, values: Sequence[float] | FloatArray) -> FloatArray:
        """Follow numbers that hold in the middle of each month, evenly in between."""
        time = np.datetime64(self.first.replace(tzinfo=None), "s") + self.offset_s.astype("m8[s]")
        months = np.arange(time[0].astype("M8[M]") - 1, time[-1].astype("M8[M]") + 2)
        middles = (_seconds(months) + _seconds(months + 1)) / 2.0
        return np.asarray(np.interp(_seconds(time), middles, np.asarray(values)[months.astype(int) % 12]))

    def wandering(self, purpose: str, memory_h: float) -> FloatArray:
        """Draw a stationary normal process of mean 0, variance 1 and an autocorrelation of exp(-lag/memory).

        It is an autoregression of order 1, whose first value is drawn from the law that all have.
        """
        step = int(self.first.timestamp() - _ORIGIN.timestamp()) // (STEP_H * 3600)
        number = np.arange(step, step + len(self.offset_s), dtype=np.uint64)
        shocks = self.streams.normal(purpose, self.who, number)
        kept = math.exp(-STEP_H / memory_h)
        fresh = math.sqrt(1.0 - kept * kept)
        values = np.empty(len(shocks))
        value = values[0] = shocks[0]
        for row in range(1, len(shocks)):
            value = values[row] = kept * value + fresh * shocks[row]
        return values


def _seconds(time: NDArray[np.datetime64]) -> FloatArray:
    return time.astype("M8[s]").astype(np.float64)


def _columns(synthetic: Synthetic, steps: _Steps) -> dict[str, FloatArray]:
    mean_kn, prevailing_deg, steadiness = _season(synthetic, steps)
    wind_kn = mean_kn * _relative_speed(synthetic, steps)
    wander_deg = (
        synthetic.wander_deg * steadiness * steps.wandering("wind bearing", synthetic.wander_memory_h)
    )
    from_deg = (prevailing_deg + wander_deg) % 360.0
    fetch_m = fetch_from(from_deg, synthetic.fetch_nm) * NM_M
    limit_m = fetch_limited(wind_kn * KNOT_MPS, fetch_m)
    return {
        "wind_kn": wind_kn,
        "wind_from_deg": from_deg,
        "wave_m": grown(limit_m, synthetic.growth_h, synthetic.decay_h),
        "sea_c": steps.by_month(synthetic.sea_c),
    }


def _season(synthetic: Synthetic, steps: _Steps) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give mean speed, prevailing direction (the vector sum's), and what the Etesians leave of its wander."""
    usual_kn = steps.by_month(synthetic.wind_kn)
    bearing_rad = np.radians(synthetic.wind_from_deg)
    east, north = steps.by_month(np.sin(bearing_rad)), steps.by_month(np.cos(bearing_rad))
    length = np.maximum(np.hypot(east, north), 1e-9)
    east, north = usual_kn * east / length, usual_kn * north / length
    extra_kn, strength = _etesians(synthetic.etesians, steps)
    if synthetic.etesians is not None:
        bearing = math.radians(synthetic.etesians.from_deg)
        east, north = east + extra_kn * math.sin(bearing), north + extra_kn * math.cos(bearing)
    steadiness = usual_kn / np.maximum(usual_kn + extra_kn, 1e-9)
    return usual_kn + extra_kn * strength, np.degrees(np.arctan2(east, north)), steadiness


def _etesians(etesians: Etesians | None, steps: _Steps) -> tuple[FloatArray, FloatArray]:
    """Give the day's mean extra speed, and its factor through the day."""
    if etesians is None:
        return np.zeros(len(steps.hour)), np.ones(len(steps.hour))
    swing = np.cos(2.0 * np.pi * (steps.hour - etesians.strongest_at_h) / 24.0)
    return steps.by_month(etesians.extra_kn), 1.0 + etesians.day_share * swing


def _relative_speed(synthetic: Synthetic, steps: _Steps) -> FloatArray:
    """Give the speed as a multiple of its mean: a Weibull law, carried by a normal process with a memory."""
    normal = steps.wandering("wind speed", synthetic.wind_memory_h)
    if synthetic.spells is not None:
        slow = steps.wandering("wind spell", synthetic.spells.memory_h)
        share = synthetic.spells.share
        normal = math.sqrt(1.0 - share) * normal + math.sqrt(share) * slow
    above = np.array([0.5 * math.erfc(value / math.sqrt(2.0)) for value in normal])
    power = 1.0 / synthetic.wind_shape
    return np.asarray((-np.log(above)) ** power / math.gamma(1.0 + power))


def fetch_from(from_deg: FloatArray, fetch_nm: Sequence[float]) -> FloatArray:
    """Give the open water upwind, evenly in between the eight sectors N, NE, E, SE, S, SW, W, NW."""
    sectors_deg = np.arange(len(fetch_nm)) * _SECTOR_DEG
    return np.interp(from_deg, sectors_deg, fetch_nm, period=360.0)


def fetch_limited(wind_mps: FloatArray, fetch_m: FloatArray) -> FloatArray:
    """Give the significant wave height of a wind that has blown long enough, in deep water.

    ``g H / U² = 0.0016 (g F / U²)^½``, at most 0.243: the law of JONSWAP (Hasselmann and others, 1973) up to
    the fully developed sea, as in the Shore Protection Manual (CERC, 1984), with the wind at 10 m for its
    adjusted wind.

    Parameters
    ----------
    wind_mps, fetch_m : FloatArray
        Shape (n,) each; the fetch greater than 0.
    """
    scale_m = wind_mps**2 / _GRAVITY_MPS2
    return np.asarray(np.minimum(0.0016 * np.sqrt(scale_m * fetch_m), 0.243 * scale_m))


def grown(limit_m: FloatArray, growth_h: float, decay_h: float) -> FloatArray:
    """Let three-hourly wave heights run after their limit, with one time constant up and another down."""
    gains = 1.0 - math.exp(-STEP_H / growth_h), 1.0 - math.exp(-STEP_H / decay_h)
    heights = np.empty(len(limit_m))
    height = heights[0] = limit_m[0]
    for step in range(1, len(limit_m)):
        lack = limit_m[step] - height
        height = heights[step] = height + lack * gains[0 if lack > 0.0 else 1]
    return heights
