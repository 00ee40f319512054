"""Rules of the fleet: its deployments and ships exist, and there are stations for all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.scenario.fleet import Fleet
    from aegean_sim.scenario.forces import Deployment
    from aegean_sim.scenario.model import Scenario


def fleet_has_its_deployments(scenario: Scenario) -> Iterator[Problem]:
    """See that a fleet's deployments exist, and its ships at home."""
    fleet = scenario.fleet
    if fleet is None:
        return
    known = {each.id: each for each in scenario.deployments}
    for key, name in (("home", fleet.home), ("support", fleet.support)):
        if name not in known:
            rule = f"no deployment has that name{guess(name, known)}"
            yield Problem(("fleet", key), rule, shown(name))
    if fleet.home in known:
        hulls = [hull.id for hull in known[fleet.home].hulls]
        for index, name in enumerate(fleet.ships):
            if name not in hulls:
                rule = f"deployment {fleet.home} has no hull of that name{guess(name, hulls)}"
                yield Problem(("fleet", "ships", index), rule, shown(name))


def fleet_alone_counts_ships(scenario: Scenario) -> Iterator[Problem]:
    """See that deployments do not say otherwise than the fleet how many ships they have."""
    fleet = scenario.fleet
    for index, deployment in enumerate(scenario.deployments if fleet else ()):
        assert fleet is not None  # noqa: S101  (else there is nothing to go through)
        location = ("deployments", index)
        expected = {fleet.home: len(fleet.ships), fleet.support: 0}.get(deployment.id)
        if expected is None:
            continue
        if deployment.ships != expected:
            rule = f"must be {expected}: how many ships go where is said by fleet.sophia_support"
            yield Problem((*location, "ships"), rule, shown(deployment.ships))
        if deployment.id == fleet.support and deployment.home_port is None:
            yield Problem((*location, "home_port"), "is missing: ships that come here need a home port")
        yield from _room(fleet, deployment)


def _room(fleet: Fleet, deployment: Deployment) -> Iterator[Problem]:
    """See that there are as many open stations, or a plan, as ships come."""
    for number, ships in enumerate(fleet.ships_at(deployment.id)):
        above = ("fleet", "moves", number - 1) if number else ("fleet",)
        location, written = (*above, "sophia_support"), shown(fleet.counts[number])
        if deployment.placement == "nested":
            if ships > len(deployment.open_stations()):
                rule = f"deployment {deployment.id} has only {len(deployment.open_stations())} open stations"
                yield Problem(location, rule, written)
        elif number:
            yield Problem(location, f"ships can only move between nested stations; {deployment.id} has plans")
        elif ships and ships not in deployment.plans:
            yield Problem(location, f"deployment {deployment.id} has no plan for {ships} ships", written)


def ships_posted_twice_are_told_apart(scenario: Scenario) -> Iterator[Problem]:
    """See that the name with a number that a ship gets in its second theatre is not somebody else's."""
    fleet = scenario.fleet
    if fleet is None or not fleet.moves:
        return
    taken = {unit.id for unit in scenario.units}
    taken |= {hull.id for deployment in scenario.deployments for hull in deployment.hulls}
    for index, name in enumerate(fleet.ships):
        for number in range(2, len(fleet.moves) + 3):
            if f"{name}-{number}" in taken:
                rule = f"is called {name}-{number} after a move, which is the name of another unit"
                yield Problem(("fleet", "ships", index), rule, shown(name))


FLEET_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    fleet_has_its_deployments,
    fleet_alone_counts_ships,
    ships_posted_twice_are_told_apart,
)
