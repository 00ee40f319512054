"""Weather of a theatre in time: rows that each hold until the next, and classes of the sea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.weather import Weather

SEA_CLASSES = 4
_SEA_LIMITS_M = (0.5, 1.25, 2.5)
COLUMNS = ("wind_kn", "wind_from_deg", "wave_m", "sea_c", "current_kn", "current_to_deg")
"""Weather as files give it; the numbers of the scenario's block have the same names."""


@dataclass(frozen=True, slots=True)
class WeatherTable:
    """Weather in time, shape (n,) each; a row holds from its time to the next row's.

    Parameters
    ----------
    time_s : FloatArray
        Seconds since the run's start, rising, the first not above 0.
    wind_mps : FloatArray
        Wind speed.
    wave_m : FloatArray
        Significant wave height.
    wind_to_rad : FloatArray
        Where the air moves to, clockwise from north.
    sea_c : FloatArray
        Temperature of the sea's surface, degrees Celsius.
    current_x_mps, current_y_mps : FloatArray
        Current, to the east and to the north.
    """

    time_s: FloatArray
    wind_mps: FloatArray
    wave_m: FloatArray
    wind_to_rad: FloatArray
    sea_c: FloatArray
    current_x_mps: FloatArray
    current_y_mps: FloatArray


def sea_class(wave_m: FloatArray) -> IntArray:
    """Give the class of each significant wave height: 0, 1, 2, 3 for Douglas sea states 0-2, 3, 4, 5+.

    The limits are 0.5, 1.25 and 2.5 m (WMO code table 3700); a height on a limit is in the higher class.
    """
    return np.asarray(np.searchsorted(_SEA_LIMITS_M, wave_m, side="right"), dtype=np.int64)


def weather_table(weather: Weather, time_s: FloatArray, columns: Mapping[str, FloatArray]) -> WeatherTable:
    """Put a table together from columns as files give them.

    Parameters
    ----------
    weather : Weather
        Its numbers hold for the columns that are not there.
    time_s : FloatArray
        Shape (n,).
    columns : mapping
        Some of `COLUMNS`, shape (n,) each.
    """
    given = {name: columns.get(name, np.full(len(time_s), getattr(weather, name))) for name in COLUMNS}
    current_mps = given["current_kn"] * KNOT_MPS
    current_to_rad = np.radians(given["current_to_deg"])
    return WeatherTable(
        time_s,
        given["wind_kn"] * KNOT_MPS,
        given["wave_m"],
        np.radians((given["wind_from_deg"] + 180.0) % 360.0),
        given["sea_c"],
        current_mps * np.sin(current_to_rad),
        current_mps * np.cos(current_to_rad),
    )
