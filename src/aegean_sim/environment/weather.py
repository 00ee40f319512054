"""Weather of a theatre: constant, or a table read from a CSV file; each row holds until the next."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import ScenarioError
from aegean_sim.quantities import KNOT_MPS

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.model import Weather

COLUMNS = {"time": "UTC, ISO 8601", "wind_kn": "knots", "wave_m": "metres"}
SEA_CLASSES = 4
_SEA_LIMITS_M = (0.5, 1.25, 2.5)


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


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    moment: datetime
    wind_kn: float
    wave_m: float


def sea_class(wave_m: FloatArray) -> IntArray:
    """Give the class of each significant wave height: 0, 1, 2, 3 for Douglas sea states 0-2, 3, 4, 5+.

    The limits are 0.5, 1.25 and 2.5 m (WMO code table 3700); a height on a limit is in the higher class.
    """
    return np.asarray(np.searchsorted(_SEA_LIMITS_M, wave_m, side="right"), dtype=np.int64)


def read_weather(weather: Weather, folder: Path, start: datetime, duration_s: float) -> WeatherTable:
    """Give the weather of a run.

    Parameters
    ----------
    weather : Weather
        What the scenario says.
    folder : Path
        Folder of the scenario file; a table lies in it or below it.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.

    Raises
    ------
    ScenarioError
        When the table is not there, cannot be read, breaks a rule, or does not cover the run.
    """
    if weather.table is None:
        return _table(weather, np.zeros(1), np.array([weather.wind_kn]), np.array([weather.wave_m]))
    path = _inside(folder, weather.table)
    rows = _rows(path)
    _check_cover(path, rows, start, duration_s)
    return _table(
        weather,
        np.array([(row.moment - start).total_seconds() for row in rows]),
        np.array([row.wind_kn for row in rows]),
        np.array([row.wave_m for row in rows]),
    )


def _table(weather: Weather, time_s: FloatArray, wind_kn: FloatArray, wave_m: FloatArray) -> WeatherTable:
    """Put wind and waves together with what does not change: direction, temperature, current."""
    same = np.ones(len(time_s))
    set_rad = np.radians(weather.current_to_deg)
    current_mps = weather.current_kn * KNOT_MPS * same
    return WeatherTable(
        time_s,
        wind_kn * KNOT_MPS,
        wave_m,
        np.radians(weather.wind_from_deg + 180.0) * same,
        weather.sea_c * same,
        current_mps * np.sin(set_rad),
        current_mps * np.cos(set_rad),
    )


def _inside(folder: Path, table: str) -> Path:
    path = (folder / table.replace("\0", "?")).resolve()
    if not path.is_relative_to(folder.resolve()):
        raise ScenarioError(f"weather table {table!r} must lie in the scenario's folder {folder} or below it")
    return path


def _rows(path: Path) -> list[_Row]:
    """Read all rows, their times rising."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            positions = _positions(path, next(reader, []))
            rows = [_row(path, reader.line_num, positions, cells) for cells in reader if cells]
    except OSError as error:
        raise ScenarioError(f"weather table {path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise ScenarioError(f"weather table {path} is not UTF-8 text (byte {error.start})") from error
    except csv.Error as error:
        raise ScenarioError(f"weather table {path} is not a CSV file: {error}") from error
    _check_order(path, rows)
    return rows


def _positions(path: Path, header: list[str]) -> list[int]:
    """Find the columns that count in the header."""
    names = [name.strip() for name in header]
    if not any(names):
        raise ScenarioError(f"weather table {path} is empty; its first row must name {', '.join(COLUMNS)}")
    others = [name for name in names if name not in COLUMNS]
    for column, unit in COLUMNS.items():
        if column not in names:
            near = get_close_matches(column, others, n=1, cutoff=0.4)
            guess = f"; it has {near[0]!r}: did you mean {column!r}?" if near else f"; it has {names}"
            raise ScenarioError(f"weather table {path}, row 1: column {column!r} ({unit}) is missing{guess}")
    return [names.index(column) for column in COLUMNS]


def _row(path: Path, number: int, positions: list[int], cells: list[str]) -> _Row:
    where = f"weather table {path}, row {number}"
    time, wind_kn, wave_m = (
        cells[position].strip() if position < len(cells) else "" for position in positions
    )
    return _Row(
        number, _time(where, time), _number(where, "wind_kn", wind_kn), _number(where, "wave_m", wave_m)
    )


def _time(where: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ScenarioError(
            f"{where}, column time: {text!r} is no ISO time, such as 2016-06-01T06:00:00Z"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _number(where: str, column: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0.0 <= value < math.inf:
        raise ScenarioError(f"{where}, column {column}: {text!r} must be a number of at least 0")
    return value


def _check_order(path: Path, rows: list[_Row]) -> None:
    for earlier, later in pairwise(rows):
        if later.moment <= earlier.moment:
            raise ScenarioError(
                f"weather table {path}, row {later.number}, column time: {later.moment.isoformat()}"
                f" must be after {earlier.moment.isoformat()} of row {earlier.number}"
            )


def _check_cover(path: Path, rows: list[_Row], start: datetime, duration_s: float) -> None:
    """Check that rows hold all through the run, the last as long as the one before it."""
    if len(rows) < 2:
        raise ScenarioError(f"weather table {path} must have at least 2 rows of weather; it has {len(rows)}")
    first, last = rows[0].moment, rows[-1].moment
    hold, end = last - rows[-2].moment, start + timedelta(seconds=duration_s)
    if first > start or hold < end - last:
        raise ScenarioError(
            f"weather table {path}, column time: rows from {first.isoformat()} to {last.isoformat()}, which"
            f" holds for {hold}, must cover the run, from {start.isoformat()} to {end.isoformat()}"
        )
