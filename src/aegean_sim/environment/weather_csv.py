"""Weather from a CSV file; each row holds until the next."""

from __future__ import annotations

import csv
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from difflib import get_close_matches
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.weather import weather_table
from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.weather_limits import LIMITS

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.scenario.weather import Weather


_TIME = "time"
_UNITS = {_TIME: "UTC, ISO 8601", **{name: limits.unit for name, limits in LIMITS.items()}}
_NEEDED = (_TIME, "wind_kn", "wave_m")


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    moment: datetime
    values: dict[str, float]


def read_table(weather: Weather, path: Path, start: datetime, duration_s: float) -> WeatherTable:
    """Read a table of ``time, wind_kn, wave_m`` and perhaps direction, sea temperature and current.

    Parameters
    ----------
    weather : Weather
        Its numbers hold for the columns that are not there.
    path : Path
        The CSV file.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.

    Raises
    ------
    ScenarioError
        When the table cannot be read, breaks a rule, or does not cover the run.
    """
    rows = _rows(path)
    _check_cover(path, rows, start, duration_s)
    time_s = np.array([(row.moment - start).total_seconds() for row in rows])
    columns = {name: np.array([row.values[name] for row in rows]) for name in rows[0].values}
    return weather_table(weather, time_s, columns)


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


def _positions(path: Path, header: list[str]) -> dict[str, int]:
    """Find the columns that count in the header."""
    names = [name.strip() for name in header]
    if not any(names):
        raise ScenarioError(f"weather table {path} is empty; its first row must name {', '.join(_NEEDED)}")
    for column in _UNITS:
        if names.count(column) > 1:
            raise ScenarioError(f"weather table {path}, row 1: column {column!r} is there more than once")
        if column not in names:
            _check_absence(f"weather table {path}, row 1", column, names)
    return {column: names.index(column) for column in _UNITS if column in names}


def _check_absence(where: str, column: str, names: list[str]) -> None:
    """See that a column that is not there need not be, and has not just been misspelled."""
    needed = column in _NEEDED
    others = [name for name in names if name not in _UNITS]
    near = get_close_matches(column, others, n=1, cutoff=0.4 if needed else 0.8)
    if near or needed:
        guess = f"; it has {near[0]!r}: did you mean {column!r}?" if near else f"; it has {names}"
        raise ScenarioError(f"{where}: column {column!r} ({_UNITS[column]}) is missing{guess}")


def _row(path: Path, number: int, positions: dict[str, int], cells: list[str]) -> _Row:
    where = f"weather table {path}, row {number}"
    texts = {
        column: cells[position].strip() if position < len(cells) else ""
        for column, position in positions.items()
    }
    moment = _time(where, texts.pop(_TIME))
    return _Row(number, moment, {column: _number(where, column, text) for column, text in texts.items()})


def _time(where: str, text: str) -> datetime:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ScenarioError(
            f"{where}, column time: {text!r} is no ISO time, such as 2016-06-01T06:00:00Z"
        ) from None
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment


def _number(where: str, name: str, text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if broken := LIMITS[name].broken(value):
        raise ScenarioError(f"{where}, column {name}: {text!r} {broken}")
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
