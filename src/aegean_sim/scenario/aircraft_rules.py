"""Rules of aircraft: they fly sorties from an airfield or a ship, and watch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.scenario.forces import Scripted, Search
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.scenario.forces import Craft, Patrol
    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario

_Row = tuple["Location", "Craft", str, str, tuple["Patrol", ...]]


def sorties_are_flown(scenario: Scenario) -> Iterator[Problem]:
    """See that aircraft, and only they, have an endurance, and come from one place."""
    for location, craft, _, _, patrols in _crafts(scenario):
        sortie = (*location, "availability", "sortie_h")
        given = craft.availability.sortie_h
        if craft.flies and given is None and not all(isinstance(patrol, Scripted) for patrol in patrols):
            yield Problem(sortie, "is missing: an aircraft needs its endurance, from take-off to landing")
        if given is not None and not craft.flies:
            yield Problem(sortie, "only an aircraft flies sorties; say flies: true", shown(given))
        if given is not None and craft.base is None and craft.home_port is None:
            rule = "is missing: a sortie begins and ends at a home port, an airfield, or on a base, a ship"
            yield Problem((*location, "home_port"), rule)
        if craft.base is not None and craft.home_port is not None:
            rule = "an aircraft flies from a base or from a home port, not from both"
            yield Problem((*location, "base"), rule, shown(craft.base))


def aircraft_only_watch(scenario: Scenario) -> Iterator[Problem]:
    """Refuse aircraft that are to be sent to a boat: their endurance binds them to their sorties."""
    for location, craft, *_ in _crafts(scenario):
        others = sorted(craft.duties - {"watch"})
        if craft.flies and others:
            rule = f"an aircraft watches, and what it reports brings a ship; it cannot {others[0]}"
            yield Problem((*location, "duties"), rule, shown(sorted(craft.duties)))


def bases_are_ships(scenario: Scenario) -> Iterator[Problem]:
    """See that aircraft fly from ships of their theatre."""
    ships = {name: theatre for _, craft, name, theatre, _ in _crafts(scenario) if not craft.flies}
    for location, craft, _, theatre, _ in _crafts(scenario):
        if craft.base is None:
            continue
        where, value = (*location, "base"), shown(craft.base)
        if not craft.flies or location[0] != "units":
            yield Problem(where, "only an aircraft among the units has a base; say flies: true", value)
        elif craft.base not in ships:
            yield Problem(where, f"no ship has that name{guess(craft.base, ships)}", value)
        elif ships[craft.base] != theatre:
            yield Problem(where, f"sails in {ships[craft.base]}, not in {theatre}", value)


def searches_have_a_centre(scenario: Scenario) -> Iterator[Problem]:
    """See that a box is searched round a place, or round the ship that the searcher flies from."""
    for index, unit in enumerate(scenario.units):
        location = ("units", index, "patrol")
        about_ship = isinstance(unit.patrol, Search) and unit.patrol.centre is None
        if about_ship and unit.base is None:
            rule = "is missing: only an aircraft with a base, a ship, searches round that"
            yield Problem((*location, "centre"), rule)
        if unit.base is not None and not about_ship:
            rule = "an aircraft with a base, a ship, searches round that: {kind: search}, without a centre"
            yield Problem((*location, "kind"), rule, shown(unit.patrol.kind))
    for index, deployment in enumerate(scenario.deployments):
        for number, station in enumerate(deployment.stations):
            if isinstance(station.patrol, Search) and station.patrol.centre is None:
                rule = "is missing: the search of a station needs a place of its own"
                yield Problem(("deployments", index, "stations", number, "patrol", "centre"), rule)


def _crafts(scenario: Scenario) -> Iterator[_Row]:
    """Go through units and hulls: location, craft, name, theatre, and the patrols it may be given."""
    for index, unit in enumerate(scenario.units):
        yield ("units", index), unit, unit.id, unit.theatre, (unit.patrol,)
    for index, deployment in enumerate(scenario.deployments):
        patrols = tuple(station.patrol for station in deployment.stations)
        for number, hull in enumerate(deployment.hulls):
            yield ("deployments", index, "hulls", number), hull, hull.id, deployment.theatre, patrols


AIRCRAFT_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    sorties_are_flown,
    aircraft_only_watch,
    bases_are_ships,
    searches_have_a_centre,
)
