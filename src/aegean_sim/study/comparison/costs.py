"""Costs: what the units, officers and training of a scenario come to, at rates that are mostly assumed."""

from __future__ import annotations

import csv
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from aegean_sim.datafiles import costs_folder
from aegean_sim.quantities import DAY_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from aegean_sim.scenario.desks import Desk
    from aegean_sim.scenario.forces import Craft
    from aegean_sim.scenario.model import Scenario

RATES = "rates.csv"
_HOURS_A_DAY, _DAYS_A_YEAR = 24.0, 365.25


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of something costs, euro, and its range."""

    title: str
    unit: str
    eur: float
    low_eur: float
    high_eur: float
    is_sourced: bool
    owners: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Price:
    """A cost difference: by the rates, and if all that are assumed are at the cheap or the dear end.

    Parameters
    ----------
    is_sourced : bool
        Whether every rate in it is published.
    """

    eur: float
    low_eur: float
    high_eur: float
    is_sourced: bool


@cache
def rates() -> Mapping[str, Rate]:
    """Read the rates by name."""
    with (costs_folder() / RATES).open(encoding="utf-8", newline="") as file:
        return {row["rate"]: _rate(row) for row in csv.DictReader(file)}


def _rate(row: Mapping[str, str]) -> Rate:
    eur, low_eur, high_eur = (float(row[name]) for name in ("value_eur", "low_eur", "high_eur"))
    owners = tuple(filter(None, row["owners"].split(";")))
    return Rate(row["title"], row["unit"], eur, low_eur, high_eur, row["basis"] == "SOURCED", owners)


def quantities(scenario: Scenario) -> dict[str, float]:
    """Count what a run of a scenario pays for, by the name of its rate.

    Notes
    -----
    Ships count by the days of the run in which they serve and are on task; aircraft by the hours of their
    sorties; desks by officers on watch, an officer-day a day each; round tables that are switched on by their
    seats; crews by the years of the run, as training lasts. Forces without a rate are left out: costs are
    good for differences only.
    """
    counted: dict[str, float] = defaultdict(float)
    for name, amount in _amounts(scenario):
        counted[name] += amount
    return dict(counted)


def _amounts(scenario: Scenario) -> Iterator[tuple[str, float]]:
    days = scenario.duration_h / _HOURS_A_DAY
    by_owner = {owner: name for name, rate in rates().items() for owner in rate.owners}
    for craft in scenario.crafts().values():
        if craft.flies:
            yield "flight_hour", _flight_h_a_day(craft) * _days_served(craft, scenario)
        elif craft.owner in by_owner:
            yield by_owner[craft.owner], _share_on_task(craft) * _days_served(craft, scenario)
    yield "officer_day", days * sum(map(_officers, scenario.handoffs.desks))
    for table in scenario.handoffs.round_tables:
        yield "table_officer_day", days * table.switched_on * sum(table.seats.values())
    for training in scenario.training.values():
        yield "crew_year", training.crews_trained * days / _DAYS_A_YEAR


def _days_served(craft: Craft, scenario: Scenario) -> float:
    since_s, until_s = craft.serves.window_s(scenario.start)
    return max(min(until_s, scenario.duration_s) - max(since_s, 0.0), 0.0) / DAY_S


def _share_on_task(craft: Craft) -> float:
    turns = craft.availability
    if turns.days_on is None or turns.days_off is None:
        return 1.0
    return turns.days_on / (turns.days_on + turns.days_off)


def _flight_h_a_day(craft: Craft) -> float:
    """Give the hours in the air of a day; what flies without sorties is always there."""
    turns = craft.availability
    return _HOURS_A_DAY * (turns.sortie_h / turns.sortie_period_h if turns.sortie_h else 1.0)


def _officers(desk: Desk) -> float:
    """Give the mean number on watch over a day, where shifts have another number."""
    special = [
        ((shift.hours_utc[1] - shift.hours_utc[0]) % _HOURS_A_DAY or _HOURS_A_DAY, shift.officers)
        for shift in desk.shifts
    ]
    usual_h = max(_HOURS_A_DAY - sum(hours for hours, _ in special), 0.0)
    return (usual_h * desk.officers + sum(hours * officers for hours, officers in special)) / _HOURS_A_DAY


def price(cell: Mapping[str, float], baseline: Mapping[str, float]) -> Price:
    """Give what a cell costs more than the baseline, from what both pay for."""
    more = {name: cell.get(name, 0.0) - baseline.get(name, 0.0) for name in {**cell, **baseline}}
    changed = [(rates()[name], amount) for name, amount in more.items() if abs(amount) > _ROUNDING]
    ends = [sorted((amount * rate.low_eur, amount * rate.high_eur)) for rate, amount in changed]
    return Price(
        _sum(amount * rate.eur for rate, amount in changed),
        _sum(low for low, _ in ends),
        _sum(high for _, high in ends),
        all(rate.is_sourced for rate, _ in changed),
    )


def _sum(numbers: Iterable[float]) -> float:
    return float(sum(numbers))


_ROUNDING = 1e-9
