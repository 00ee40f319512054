"""Departures against waves and from day to day, from the tables of a run and its weather."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.world import theatre_weather
from aegean_sim.quantities import HOUR_S
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.loading import Loaded

HIGH_M = 1.0
_DAY_S = 24.0 * HOUR_S


def launch_figures(loaded: Loaded, record: RunRecord) -> dict[str, float]:
    """Tell how departures of one theatre keep to calm hours, and how unevenly they fall on days.

    Returns
    -------
    dict of str to float
        ``departed_high_waves_ratio``: persons who set out in an hour with waves above 1 m, over those in
        an hour with lower ones. ``departed_busiest_day_ratio``: persons of the busiest day, from midnight to
        midnight UTC where the run starts at midnight, over those of a mean day. NaN where there is nothing
        to divide by, and with several theatres.
    """
    scenario = loaded.scenario
    if len(scenario.theatres) > 1:
        return {}
    weather = theatre_weather(
        scenario, next(iter(scenario.theatres)), loaded.folder, Streams(scenario.seed, record.replication)
    )
    voyages = record.tables["voyages"]
    departed_s, persons = (np.asarray(voyages[name], np.float64) for name in ("departed_s", "persons"))
    return {
        "departed_high_waves_ratio": high_waves_ratio(departed_s, persons, weather, scenario.duration_s),
        "departed_busiest_day_ratio": busiest_day_ratio(departed_s, persons, scenario.duration_s),
    }


def high_waves_ratio(
    departed_s: FloatArray, persons: FloatArray, weather: WeatherTable, duration_s: float
) -> float:
    """Give persons an hour with waves above 1 m over persons an hour below; NaN when an hour is missing."""
    begins_s = np.clip(weather.time_s, 0.0, duration_s)
    lasts_s = np.diff(np.append(begins_s, duration_s))
    row = np.searchsorted(weather.time_s, departed_s, side="right") - 1
    left = np.bincount(row, persons, minlength=len(lasts_s))
    high = weather.wave_m > HIGH_M
    calm_rate = _ratio(float(left[~high].sum()), float(lasts_s[~high].sum()))
    return _ratio(_ratio(float(left[high].sum()), float(lasts_s[high].sum())), calm_rate)


def busiest_day_ratio(departed_s: FloatArray, persons: FloatArray, duration_s: float) -> float:
    """Give the persons of the busiest day over those of a mean day; NaN when nobody departs."""
    by_day = np.bincount((departed_s // _DAY_S).astype(np.int64), persons, minlength=1)
    return _ratio(float(by_day.max()), float(persons.sum()) * _DAY_S / duration_s)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole > 0.0 else math.nan
