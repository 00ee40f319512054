"""Measured durations: tables that a scenario file names become lists of numbers in the checked scenario."""

from __future__ import annotations

import csv
import io
import math
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.base import MOST
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import dotted, shown
from aegean_sim.scenario.reading import named_file, read_text

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.scenario.messages import Location

_LAW, _COLUMN = "empirical", "minutes"


def with_measured(data: Any, folder: Path, source: str) -> Any:
    """Give plain values with every ``{empirical: table.csv}`` replaced by its column ``minutes``, sorted.

    Raises
    ------
    ScenarioError
        When a table is not there, lies outside the folder, or holds what is no duration.
    """

    def replaced(node: Any, location: Location) -> Any:
        if isinstance(node, list):
            return [replaced(item, (*location, index)) for index, item in enumerate(node)]
        if not isinstance(node, dict):
            return node
        if isinstance(node.get(_LAW), str):
            return {**node, _LAW: minutes(node[_LAW], (*location, _LAW))}
        return {key: replaced(value, (*location, key)) for key, value in node.items()}

    def minutes(name: str, location: Location) -> list[float]:
        try:
            return _minutes(named_file(folder, name))
        except ScenarioError as error:
            raise ScenarioError(f"{source}: {dotted(location, data)} is {shown(name)}: {error}") from None

    return replaced(data, ())


def _minutes(path: Path) -> list[float]:
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
    if not 0.0 <= value <= MOST:
        rule = f"must be a number of minutes, at least 0 and at most {MOST}"
        raise ScenarioError(f"{where}: {_COLUMN} is {text!r}; it {rule}")
    return value
