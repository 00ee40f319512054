"""Checking the values that a sweep would try, before anything is run."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import ScenarioError
from aegean_sim.study.sweeps.cells import overrides_of
from aegean_sim.study.sweeps.values import spread_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from aegean_sim.scenario.loading import Base
    from aegean_sim.study.sweeps.cells import Cell

    Tried = tuple[Any, Cell]

_MANY = 200


def check_values(
    base: Base, cells: Sequence[Cell], uncertain: Mapping[str, Any], checked: set[str], where: str
) -> None:
    """Check each distinct value that would be tried, alone, and if that breaks a rule, in its first cell.

    Of spreads the ends are looked at, and where there are very many values the extremes of the numbers. What
    only goes wrong together is a failed run.

    Parameters
    ----------
    uncertain : mapping of path to spread, as written
    checked : set of str
        Paths that have been looked at.

    Raises
    ------
    ScenarioError
        When a value breaks a rule.
    """
    tried = _levels(cells, {*uncertain, *checked})
    for path, written in uncertain.items():
        tried[path] = [(value, cells[0]) for value in spread_of(written, path).ends]
    are_many = sum(map(len, tried.values())) > _MANY
    looked_at = {path: _extremes(values) if are_many else values for path, values in tried.items()}
    for path, value, cell in ((path, *each) for path, values in looked_at.items() for each in values):
        try:
            base.varied(overrides_of({path: value}))
        except ScenarioError:
            try:
                base.varied(overrides_of({**cell.settings, path: value}))
            except ScenarioError as error:
                raise ScenarioError(f"{where}: {_short(error, base, where)}") from None


def _short(error: ScenarioError, base: Base, where: str) -> str:
    """Leave the scenario's file out where the message has it already, or the value is not of that file."""
    text, file = str(error), f"{base.path}: "
    return text.removeprefix(file) if text.startswith(f"{file}--set ") or where == str(base.path) else text


def _levels(cells: Sequence[Cell], spread: set[str]) -> dict[str, list[Tried]]:
    tried: dict[str, dict[str, Tried]] = {}
    for cell in cells:
        for path, value in cell.settings.items():
            if path not in spread:
                tried.setdefault(path, {}).setdefault(json.dumps(value), (value, cell))
    return {path: list(values.values()) for path, values in tried.items()}


def _extremes(tried: Iterable[Tried]) -> Iterator[Tried]:
    """Give the least and the greatest whole number, the same of other numbers, and all that is no number."""
    numbers: dict[bool, list[Tried]] = {}
    for value, cell in tried:
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            numbers.setdefault(value % 1 == 0, []).append((value, cell))
        else:
            yield value, cell
    for alike in numbers.values():
        yield min(alike, key=lambda each: each[0])
        yield max(alike, key=lambda each: each[0])
