"""Measured durations: tables that a scenario file names become lists of numbers in the checked scenario."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.reading import named_file, read_text

if TYPE_CHECKING:
    from pathlib import Path

_LAW, _COLUMN = "empirical", "minutes"


def with_measured(data: Any, folder: Path, source: str) -> Any:
    """Give plain values with every ``{empirical: table.csv}`` replaced by its column ``minutes``, sorted.

    Raises
    ------
    ScenarioError
        When a table is not there, lies outside the folder, or holds what is no duration.
    """
    if isinstance(data, list):
        return [with_measured(item, folder, source) for item in data]
    if not isinstance(data, dict):
        return data
    if isinstance(data.get(_LAW), str):
        return {**data, _LAW: _minutes(folder, data[_LAW], source)}
    return {key: with_measured(value, folder, source) for key, value in data.items()}


def _minutes(folder: Path, name: str, source: str) -> list[float]:
    try:
        path = named_file(folder, name)
    except ScenarioError as error:
        raise ScenarioError(f"{source}: {_LAW} is {name!r}: {error}") from None
    rows = csv.reader(io.StringIO(read_text(path)))
    header = next(rows, [])
    if _COLUMN not in header:
        raise ScenarioError(f"{path}: has no column {_COLUMN!r}{guess(_COLUMN, header)}")
    place = header.index(_COLUMN)
    values = [_number(row, place, f"{path}, line {line}") for line, row in enumerate(rows, start=2) if row]
    if not values:
        raise ScenarioError(f"{path}: holds no row below its header")
    return sorted(values)


def _number(row: list[str], place: int, where: str) -> float:
    text = row[place] if place < len(row) else ""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not (math.isfinite(value) and value >= 0.0):
        raise ScenarioError(f"{where}: {_COLUMN} is {text!r}; it must be a number of minutes, at least 0")
    return value
