"""A place's weather to try things with."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from aegean_sim.environment.weather import WeatherTable
from aegean_sim.environment.weather_kinds import read_weather
from aegean_sim.scenario.weather import Weather
from aegean_sim.streams import Streams

START = datetime(2016, 6, 1, tzinfo=UTC)
DAY_S = 86400.0
PLAIN: dict[str, Any] = {
    "wind_kn": (10.0,) * 12,
    "wind_shape": 2.0,
    "wind_memory_h": 30.0,
    "wind_from_deg": (0.0,) * 12,
    "wander_deg": 40.0,
    "wander_memory_h": 24.0,
    "fetch_nm": (100.0,) * 8,
    "growth_h": 6.0,
    "decay_h": 12.0,
    "sea_c": (16.0, 15.0, 15.5, 17.0, 19.0, 22.0, 25.0, 26.0, 25.0, 23.0, 20.0, 18.0),
}


def made(
    days: float = 30.0,
    *,
    start: datetime = START,
    theatre: str = "lab",
    streams: Streams = Streams(1, 0),  # noqa: B008  (frozen)
    **changes: Any,
) -> WeatherTable:
    weather = Weather.model_validate({"current_kn": 1.0, "synthetic": {**PLAIN, **changes}})
    return read_weather(weather, Path(), start, days * DAY_S, theatre, streams)
