"""Rules of desks, links and sharing: who hears whom once, over links that exist, and no report for ever."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import product
from typing import TYPE_CHECKING, get_args

from aegean_sim.scenario.base import Waters
from aegean_sim.scenario.hints import guess, nearest
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from aegean_sim.scenario.desks import Handoffs
    from aegean_sim.scenario.messages import Location
    from aegean_sim.scenario.model import Scenario


def desks_named_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that whatever names a desk names one of the file."""
    known = {desk.id for desk in scenario.handoffs.desks}
    for location, name in _named_desks(scenario.handoffs):
        if name not in known:
            yield Problem(("handoffs", *location), f"no desk has that name{guess(name, known)}", shown(name))


def _named_desks(handoffs: Handoffs) -> Iterator[tuple[Location, str]]:
    for index, link in enumerate(handoffs.links):
        yield ("links", index, "sender"), link.sender
        yield ("links", index, "receiver"), link.receiver
    for index, rule in enumerate(handoffs.sharing):
        yield ("sharing", index, "sender"), rule.sender
        yield from _each(("sharing", index, "receivers"), rule.receivers)
    for index, exception in enumerate(handoffs.withheld):
        yield from _each(("withheld", index, "receivers"), exception.receivers)
    for name in handoffs.round_table.seats if handoffs.round_table else ():
        yield ("round_table", "seats", name), name
    yield from _each(("silenced", "desks"), sorted(handoffs.silenced.desks))
    for index, tip in enumerate(handoffs.tips):
        yield ("tips", index, "receiver"), tip.receiver
    if handoffs.jurisdiction is not None:
        yield from _each(("jurisdiction", "elsewhere"), handoffs.jurisdiction.elsewhere)
        for state, names in handoffs.jurisdiction.desks.items():
            yield from _each(("jurisdiction", "desks", state), names)


def _each(location: Location, names: Iterable[str]) -> Iterator[tuple[Location, str]]:
    return (((*location, index), name) for index, name in enumerate(names))


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


def sharing_has_paths(scenario: Scenario) -> Iterator[Problem]:
    """See that what one desk passes to another has links to go over, if need be by way of other desks."""
    known = {desk.id for desk in scenario.handoffs.desks}
    onward: dict[str, set[str]] = {}
    for link in scenario.handoffs.links:
        onward.setdefault(link.sender, set()).add(link.receiver)
    for index, rule in enumerate(scenario.handoffs.sharing):
        for number, name in enumerate(rule.receivers):
            if {rule.sender, name} <= known and name not in _beyond(rule.sender, onward):
                location = ("handoffs", "sharing", index, "receivers", number)
                yield Problem(location, f"no path of links leads from {rule.sender} to {name}", shown(name))


def _beyond(start: str, onward: Mapping[str, set[str]]) -> set[str]:
    """Collect all that can be reached by one step or more."""
    found: set[str] = set()
    pending = [start]
    while pending:
        fresh = onward.get(pending.pop(), set()) - found
        found |= fresh
        pending += fresh
    return found


def sharing_ends(scenario: Scenario) -> Iterator[Problem]:
    """Refuse circles of desks that pass a report on for ever; waters, heading and force of a report stay."""
    rules = scenario.handoffs.sharing
    forces = sorted({force for rule in rules for force in rule.forces}) or [""]
    for waters, heading, force in product(get_args(Waters), get_args(Waters), [*forces, ""]):
        passes: dict[str, set[str]] = {}
        for rule in rules:
            fits = (not rule.waters or waters in rule.waters) and (
                not rule.heading or heading in rule.heading
            )
            if fits and (not rule.forces or force in rule.forces):
                passes.setdefault(rule.sender, set()).update(rule.receivers)
        try:
            TopologicalSorter({desk: sorted(passes[desk]) for desk in sorted(passes)}).prepare()
        except CycleError as error:
            circle = " -> ".join(reversed(error.args[1]))
            rule_text = f"a report on a boat in waters {waters} goes round for ever: {circle}"
            yield Problem(("handoffs", "sharing"), rule_text)
            return


def desks_are_reached(scenario: Scenario) -> Iterator[Problem]:
    """Refuse desks that no report can ever come to."""
    handoffs = scenario.handoffs
    reached = {desk.id for desk in handoffs.desks if desk.hears}
    reached |= {name for rule in handoffs.sharing for name in rule.receivers}
    reached |= {link.receiver for link in handoffs.links} | {tip.receiver for tip in handoffs.tips}
    for index, desk in enumerate(handoffs.desks):
        if desk.id not in reached:
            rule = "no report can come to this desk: it hears no force, and no rule or link leads to it"
            yield Problem(("handoffs", "desks", index), rule)


def units_named_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that the round table is on a unit of the scenario, and that silenced units are some of it."""
    known = {unit.id for unit in scenario.units}
    known |= {hull.id for deployment in scenario.deployments for hull in deployment.hulls}
    table, silenced = scenario.handoffs.round_table, sorted(scenario.handoffs.silenced.units)
    named = [(("round_table", "aboard"), table.aboard)] if table is not None and table.switched_on else []
    for location, name in (*named, *_each(("silenced", "units"), silenced)):
        if name not in known:
            yield Problem(("handoffs", *location), f"no unit has that name{guess(name, known)}", shown(name))


def disputes_have_two_sides(scenario: Scenario) -> Iterator[Problem]:
    """See that both sides of a disputed region are states, two, with desks of their own."""
    rules = scenario.handoffs.jurisdiction
    if rules is None or rules.disputed is None:
        return
    location = ("handoffs", "jurisdiction", "disputed")
    sides = {"region": rules.disputed.region, "claimant": rules.disputed.claimant}
    for key, state in sides.items():
        if not any(state == name and desks for name, desks in rules.desks.items()):
            yield Problem((*location, key), "jurisdiction.desks names no desk of this state", shown(state))
    if rules.disputed.region == rules.disputed.claimant:
        yield Problem(
            (*location, "claimant"), "a region is disputed by another state", shown(sides["claimant"])
        )


def forces_named_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that a force with a doctrine of its own is not one of the scenario, under another spelling."""
    known = {owner for _, owner in _owners(scenario)}
    handoffs = scenario.handoffs
    named = [(("watching", "shadow_h", force), force) for force in handoffs.watching.shadow_h]
    if handoffs.jurisdiction is not None:
        named += [(("jurisdiction", "returned", force), force) for force in handoffs.jurisdiction.returned]
    for location, force in named:
        if force not in known and nearest(force, known):
            rule = f"no unit belongs to that force{guess(force, known)}"
            yield Problem(("handoffs", *location), rule, shown(force))


def silenced_forces_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that what is silenced as a force is one, or a source of tips."""
    known = {owner for _, owner in _owners(scenario)} | {tip.source for tip in scenario.handoffs.tips}
    known |= {force for desk in scenario.handoffs.desks for force in (*desk.hears, *desk.commands)}
    for location, force in _each(("silenced", "forces"), sorted(scenario.handoffs.silenced.forces)):
        if force not in known:
            rule = f"no unit belongs to that force, and no tip comes from it{guess(force, known)}"
            yield Problem(("handoffs", *location), rule, shown(force))


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
    sharing_has_paths,
    sharing_ends,
    desks_are_reached,
    units_named_exist,
    disputes_have_two_sides,
    forces_named_exist,
    silenced_forces_exist,
    forces_heard_once,
    forces_are_spelled_alike,
)
