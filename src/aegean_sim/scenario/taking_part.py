"""Who takes part in a run, and as what: service, crews, ships to fly from, and what support makes of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aegean_sim.scenario.rescue import PassingShips

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.scenario.forces import Craft
    from aegean_sim.scenario.model import Scenario


def taking_part(scenario: Scenario) -> dict[str, Craft]:
    """Give the hulls that sail, then units and passing ships, by name, in the order of the file.

    Left out is what does not serve on any day of the run, what has no trained crew, and what would fly from
    a ship that is left out. Days and readiness are those under the scenario's support and training.
    """
    hulls = {posting.hull.id: posting.hull for posting in scenario.postings()}
    listed: dict[str, Craft] = {**hulls, **{unit.id: unit for unit in scenario.units}}
    unmanned = {name for training in scenario.training.values() for name in training.unmanned}
    there = {
        name: craft for name, craft in listed.items() if name not in unmanned and _serves(craft, scenario)
    }
    sailing = {
        name: _supported(craft, scenario)
        for name, craft in there.items()
        if craft.base is None or craft.base in there
    }
    return sailing | {name: ships for ships in scenario.passing_ships for name in ships.names()}


def in_theatre(scenario: Scenario, theatre: str) -> dict[str, Craft]:
    """Give those who take part in one theatre; what flies from a ship goes where she goes."""
    where = {unit.id: unit.theatre for unit in scenario.units}
    where |= {posting.hull.id: posting.deployment.theatre for posting in scenario.postings()}
    where |= {name: ships.theatre for ships in scenario.passing_ships for name in ships.names()}
    crafts = scenario.crafts().items()
    return {name: craft for name, craft in crafts if where[craft.base or name] == theatre}


def at_a_time(crafts: Iterable[Craft], scenario: Scenario) -> int:
    """Count how many of some serve at most at a time; a ship that goes and comes back may be two of them."""
    windows = [craft.serves.window_s(scenario.start) for craft in crafts]
    moments = {max(0.0, since_s) for since_s, _ in windows}
    return max((sum(since <= now < until for since, until in windows) for now in moments), default=0)


def units_by_owner(scenario: Scenario, theatre: str) -> dict[str, int]:
    """Count the units of each owner in a theatre, at most at a time; ships that pass by are left out."""
    owned: dict[str, list[Craft]] = {}
    for craft in in_theatre(scenario, theatre).values():
        if not isinstance(craft, PassingShips):
            owned.setdefault(craft.owner, []).append(craft)
    return {owner: at_a_time(crafts, scenario) for owner, crafts in owned.items()}


def _serves(craft: Craft, scenario: Scenario) -> bool:
    since_s, until_s = craft.serves.window_s(scenario.start)
    return since_s < scenario.duration_s and until_s > 0.0


def _supported(craft: Craft, scenario: Scenario) -> Craft:
    changes: dict[str, Any] = {}
    logistics = scenario.support.logistics.get(craft.owner)
    if logistics is not None:
        changes["availability"] = logistics.lengthened(craft.availability)
    training = scenario.training.get(craft.owner)
    if training is not None:
        changes["ready_min"] = craft.ready_min * training.ready_factor_now
    return craft.model_copy(update=changes) if changes else craft
