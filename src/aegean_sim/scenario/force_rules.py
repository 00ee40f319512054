"""Rules of forces: each is heard at one desk, and means the same by one spelling everywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.scenario.hints import guess, nearest
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.scenario.desks import Handoffs
    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario


def forces_named_are_spelled_alike(scenario: Scenario) -> Iterator[Problem]:
    """See that a force without units is not one with units, or a source of tips, under another spelling.

    A force that is both heard and commanded is spelled as it is meant: it does not sail in this variant.
    """
    handoffs = scenario.handoffs
    heard, commanded = _heard(handoffs), _commanded(handoffs)
    known = _telling(scenario) | (heard & commanded)
    for location, force in _named_forces(handoffs):
        if force not in known and nearest(force, known):
            rule = f"no unit belongs to that force{guess(force, known)}"
            yield Problem(("handoffs", *location), rule, shown(force))


def _named_forces(handoffs: Handoffs) -> Iterator[tuple[Location, str]]:
    for index, desk in enumerate(handoffs.desks):
        for key, forces in (("hears", desk.hears), ("commands", desk.commands)):
            yield from ((("desks", index, key, number), force) for number, force in enumerate(forces))
    for index, rule in enumerate(handoffs.sharing):
        yield from ((("sharing", index, "forces"), force) for force in sorted(rule.forces))
    for force in handoffs.jurisdiction.returned if handoffs.jurisdiction else ():
        yield ("jurisdiction", "returned", force), force


def shadowing_forces_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that forces that follow boats have units, or are known to a desk."""
    handoffs = scenario.handoffs
    known = {owner for _, owner in _owners(scenario)} | _heard(handoffs) | _commanded(handoffs)
    for force in handoffs.watching.shadow_h:
        if force not in known:
            rule = f"no unit belongs to that force, and no desk knows it{guess(force, known)}"
            yield Problem(("handoffs", "watching", "shadow_h", force), rule, shown(force))


def operating_forces_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that operations are of forces that have units or are known to a desk, each of another."""
    known = {owner for _, owner in _owners(scenario)} | _heard(scenario.handoffs)
    known |= _commanded(scenario.handoffs)
    forces = [operation.force for operation in scenario.operations]
    for index, force in enumerate(forces):
        location = ("operations", index, "force")
        if force not in known:
            rule = f"no unit belongs to that force, and no desk knows it{guess(force, known)}"
            yield Problem(location, rule, shown(force))
        elif force in forces[:index]:
            yield Problem(location, "has an operation already; give it one with several phases", shown(force))


def silenced_forces_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that what is silenced as a force is one, or a source of tips."""
    handoffs = scenario.handoffs
    known = _telling(scenario) | _heard(handoffs) | _commanded(handoffs)
    for index, force in enumerate(sorted(handoffs.silenced.forces)):
        if force not in known:
            rule = f"no unit belongs to that force, and no tip comes from it{guess(force, known)}"
            yield Problem(("handoffs", "silenced", "forces", index), rule, shown(force))


def forces_supported_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that forces that are supplied or trained have units, or are known to a desk."""
    known = (
        {owner for _, owner in _owners(scenario)} | _heard(scenario.handoffs) | _commanded(scenario.handoffs)
    )
    places: list[tuple[Location, str]] = [
        *((("support", "logistics", force), force) for force in scenario.support.logistics),
        *((("training", force), force) for force in scenario.training),
    ]
    for location, force in places:
        if force not in known:
            yield Problem(location, f"no unit belongs to that force{guess(force, known)}", shown(force))


def trained_units_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that units for trained crews are the force's own, each once."""
    owners = {unit.id: unit.owner for unit in scenario.units}
    for force, training in scenario.training.items():
        own = [name for name, owner in owners.items() if owner == force]
        for number, name in enumerate(training.units):
            location = ("training", force, "units", number)
            if name not in own:
                yield Problem(location, f"no unit of {force} has that name{guess(name, own)}", shown(name))
            if name in training.units[:number]:
                yield Problem(location, "is listed already; each unit is taken up once", shown(name))


def forces_heard_once(scenario: Scenario) -> Iterator[Problem]:
    """See that a force's units report to one desk only."""
    listener: dict[str, str] = {}
    for index, desk in enumerate(scenario.handoffs.desks):
        for number, force in enumerate(desk.hears):
            first = listener.setdefault(force, desk.id)
            if first != desk.id:
                location = ("handoffs", "desks", index, "hears", number)
                yield Problem(location, f"desk {first} hears this force already; one may", shown(force))


def forces_are_spelled_alike(scenario: Scenario) -> Iterator[Problem]:
    """See that a force that no desk knows is not one that a desk knows, under another spelling."""
    known = _heard(scenario.handoffs) | _commanded(scenario.handoffs)
    for location, owner in _owners(scenario):
        if owner not in known and nearest(owner, known):
            yield Problem(
                (*location, "owner"), f"no desk knows that force{guess(owner, known)}", shown(owner)
            )


def _heard(handoffs: Handoffs) -> set[str]:
    return {force for desk in handoffs.desks for force in desk.hears}


def _commanded(handoffs: Handoffs) -> set[str]:
    return {force for desk in handoffs.desks for force in desk.commands}


def _telling(scenario: Scenario) -> set[str]:
    """Name those from whom reports may come: forces with units, and sources of tips."""
    return {owner for _, owner in _owners(scenario)} | {tip.source for tip in scenario.handoffs.tips}


def _owners(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    for index, unit in enumerate(scenario.units):
        yield ("units", index), unit.owner
    for index, deployment in enumerate(scenario.deployments):
        for number, hull in enumerate(deployment.hulls):
            yield ("deployments", index, "hulls", number), hull.owner
    for index, ships in enumerate(scenario.passing_ships):
        yield ("passing_ships", index), ships.owner


FORCE_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    forces_named_are_spelled_alike,
    shadowing_forces_exist,
    operating_forces_exist,
    silenced_forces_exist,
    forces_supported_exist,
    trained_units_exist,
    forces_heard_once,
    forces_are_spelled_alike,
)
