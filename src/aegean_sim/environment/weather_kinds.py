"""The weather of a run, from whichever source its scenario names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.weather import weather_table
from aegean_sim.environment.weather_csv import read_table
from aegean_sim.environment.weather_netcdf import read_netcdf
from aegean_sim.environment.weather_synthetic import made_up
from aegean_sim.errors import ScenarioError

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from aegean_sim.environment.gridded import Box
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.scenario.weather import Weather
    from aegean_sim.streams import Streams


def read_weather(
    weather: Weather,
    folder: Path,
    start: datetime,
    duration_s: float,
    theatre: str,
    streams: Streams,
    bounds: Box | None = None,
) -> WeatherTable:
    """Give the weather of a run in a theatre.

    Parameters
    ----------
    weather : Weather
        What the scenario says.
    folder : Path
        Folder of the scenario file; files that it names lie in it or below it.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.
    theatre : str
        Name of the theatre, by which synthetic weather is drawn.
    streams : Streams
        Chance of the run.
    bounds : tuple of 4 floats, optional
        West, south, east, north of the theatre, degrees; none of a laboratory.

    Raises
    ------
    ScenarioError
        When a file is not there, cannot be read, breaks a rule, or does not cover the run.
    """
    if weather.table is not None:
        return read_table(weather, _inside(folder, weather.table), start, duration_s)
    if weather.netcdf is not None:
        paths = [_inside(folder, name) for name in weather.netcdf.files]
        return read_netcdf(weather, weather.netcdf, paths, start, duration_s, bounds)
    if weather.synthetic is not None:
        return made_up(weather, weather.synthetic, start, duration_s, theatre, streams)
    return weather_table(weather, np.zeros(1), {})


def _inside(folder: Path, name: str) -> Path:
    path = (folder / name.replace("\0", "?")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ScenarioError(f"weather file {name!r} must lie in the scenario's folder {folder} or below it")
    return path
