"""Rules of desks, links and sharing: who hears whom once, over links that exist, and no report for ever."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from typing import TYPE_CHECKING, get_args

from aegean_sim.scenario.base import Waters
from aegean_sim.scenario.hints import guess, nearest
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario


def desks_named_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that links and sharing rules name desks of the file."""
    known = {desk.id for desk in scenario.handoffs.desks}
    for location, name in _named_desks(scenario):
        if name not in known:
            yield Problem(location, f"no desk has that name{guess(name, known)}", shown(name))


def _named_desks(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    for index, link in enumerate(scenario.handoffs.links):
        yield ("handoffs", "links", index, "sender"), link.sender
        yield ("handoffs", "links", index, "receiver"), link.receiver
    for index, rule in enumerate(scenario.handoffs.sharing):
        yield ("handoffs", "sharing", index, "sender"), rule.sender
        for number, name in enumerate(rule.receivers):
            yield ("handoffs", "sharing", index, "receivers", number), name


def links_lead_elsewhere(scenario: Scenario) -> Iterator[Problem]:
    """Refuse links from a desk to itself, and two links of one pair."""
    seen: set[tuple[str, str]] = set()
    for index, link in enumerate(scenario.handoffs.links):
        location = ("handoffs", "links", index)
        if link.sender == link.receiver:
            yield Problem((*location, "receiver"), "a link must lead to another desk", shown(link.receiver))
        if (link.sender, link.receiver) in seen:
            yield Problem(location, f"a second link from {link.sender} to {link.receiver}; give one")
        seen.add((link.sender, link.receiver))


def sharing_has_links(scenario: Scenario) -> Iterator[Problem]:
    """See that what one desk passes to another has a link to go over."""
    links = {(link.sender, link.receiver) for link in scenario.handoffs.links}
    known = {desk.id for desk in scenario.handoffs.desks}
    for index, rule in enumerate(scenario.handoffs.sharing):
        for number, name in enumerate(rule.receivers):
            if {rule.sender, name} <= known and (rule.sender, name) not in links:
                location = ("handoffs", "sharing", index, "receivers", number)
                yield Problem(location, f"no link leads from {rule.sender} to {name}", shown(name))


def sharing_ends(scenario: Scenario) -> Iterator[Problem]:
    """Refuse circles of desks that pass a report on for ever; a report has one kind of waters."""
    for waters in get_args(Waters):
        passes: dict[str, set[str]] = {}
        for rule in scenario.handoffs.sharing:
            if not rule.waters or waters in rule.waters:
                passes.setdefault(rule.sender, set()).update(rule.receivers)
        try:
            TopologicalSorter({desk: sorted(passes[desk]) for desk in sorted(passes)}).prepare()
        except CycleError as error:
            circle = " -> ".join(reversed(error.args[1]))
            rule_text = f"a report on a boat in waters {waters} goes round for ever: {circle}"
            yield Problem(("handoffs", "sharing"), rule_text)
            return


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
    known = {force for desk in scenario.handoffs.desks for force in (*desk.hears, *desk.commands)}
    for location, owner in _owners(scenario):
        if owner not in known and nearest(owner, known):
            yield Problem(
                (*location, "owner"), f"no desk knows that force{guess(owner, known)}", shown(owner)
            )


def _owners(scenario: Scenario) -> Iterator[tuple[Location, str]]:
    for index, unit in enumerate(scenario.units):
        yield ("units", index), unit.owner
    for index, deployment in enumerate(scenario.deployments):
        for number, hull in enumerate(deployment.hulls):
            yield ("deployments", index, "hulls", number), hull.owner


NETWORK_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    desks_named_exist,
    links_lead_elsewhere,
    sharing_has_links,
    sharing_ends,
    forces_heard_once,
    forces_are_spelled_alike,
)
