"""Rules of desks, links and sharing: links that exist, somebody there to act, and no report for ever."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter
from itertools import chain, permutations, product
from typing import TYPE_CHECKING, get_args

from aegean_sim.scenario.base import Waters
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.messages import Problem, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from aegean_sim.scenario.desks import Desk, Handoffs, Sharing
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
    for index, table in enumerate(handoffs.round_tables):
        yield from ((("round_tables", index, "seats", name), name) for name in table.seats)
    yield from _each(("silenced", "desks"), sorted(handoffs.silenced.desks))
    for index, pair in enumerate(handoffs.silenced.links):
        yield from _each(("silenced", "links", index), pair)
    for index, tip in enumerate(handoffs.tips):
        yield ("tips", index, "receiver"), tip.receiver
    yield from _acting_desks(handoffs)


def _acting_desks(handoffs: Handoffs) -> Iterator[tuple[Location, str]]:
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
    """Refuse circles of desks that pass a report on for ever; what rules ask of a report stays as it is."""
    rules = scenario.handoffs.sharing
    for kind in _kinds_of_report(rules):
        passes: dict[str, set[str]] = {}
        for rule in rules:
            asked = (rule.waters, rule.heading, rule.forces, rule.nations)
            if all(not wanted or one in wanted for wanted, one in zip(asked, kind, strict=True)):
                passes.setdefault(rule.sender, set()).update(rule.receivers)
        try:
            TopologicalSorter({desk: sorted(passes[desk]) for desk in sorted(passes)}).prepare()
        except CycleError as error:
            circle = " -> ".join(reversed(error.args[1]))
            rule_text = f"a report on a boat in waters {kind[0]} goes round for ever: {circle}"
            yield Problem(("handoffs", "sharing"), rule_text)
            return


def _kinds_of_report(rules: Sequence[Sharing]) -> Iterator[tuple[str, ...]]:
    """Give waters, heading, force and nation of all reports that rules tell apart; empty for any other."""
    headings, forces, nations = (
        sorted({"", *chain.from_iterable(named)})
        for named in (
            [rule.heading for rule in rules],
            [rule.forces for rule in rules],
            [rule.nations for rule in rules],
        )
    )
    return product(get_args(Waters), headings, forces, nations)


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
    """See that round tables are on units of the scenario, and that silenced units are some of it."""
    known = {unit.id for unit in scenario.units}
    known |= {hull.id for deployment in scenario.deployments for hull in deployment.hulls}
    silenced = _each(("silenced", "units"), sorted(scenario.handoffs.silenced.units))
    for location, name in (*_carriers(scenario.handoffs), *silenced):
        if name not in known:
            yield Problem(("handoffs", *location), f"no unit has that name{guess(name, known)}", shown(name))


def _carriers(handoffs: Handoffs) -> Iterator[tuple[Location, str]]:
    for index, table in enumerate(handoffs.round_tables):
        if table.switched_on:
            yield ("round_tables", index, "aboard"), table.aboard


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


def silenced_links_exist(scenario: Scenario) -> Iterator[Problem]:
    """See that silenced links are links, or words across a table."""
    handoffs = scenario.handoffs
    known = {desk.id for desk in handoffs.desks}
    linked = {(link.sender, link.receiver) for link in handoffs.links}
    linked.update(*(permutations(table.seated, 2) for table in handoffs.round_tables))
    for index, pair in enumerate(handoffs.silenced.links):
        if pair not in linked and known.issuperset(pair):
            rule = f"no link leads from {pair[0]} to {pair[1]}, and they do not both sit at a round table"
            yield Problem(("handoffs", "silenced", "links", index), rule, shown(pair))


def acting_desks_command(scenario: Scenario) -> Iterator[Problem]:
    """See that desks that act have a force to send."""
    idle = {desk.id for desk in scenario.handoffs.desks if not desk.commands}
    for location, name in _acting_desks(scenario.handoffs):
        if name in idle:
            yield Problem(("handoffs", *location), "commands no force, so it cannot act", shown(name))


def desks_are_staffed(scenario: Scenario) -> Iterator[Problem]:
    """See that there is an officer at every desk at some hour of the day."""
    for index, desk in enumerate(scenario.handoffs.desks):
        changes_h = {0.0, *(hour for shift in desk.shifts for hour in shift.hours_utc)}
        if not any(_officers(desk, hour) for hour in changes_h):
            shifts = shown([shift.model_dump() for shift in desk.shifts])
            rule = "with these shifts no officer is there at any hour of the day"
            yield Problem(("handoffs", "desks", index, "shifts"), rule, shifts)


def _officers(desk: Desk, hour: float) -> int:
    """Count the officers at an hour; of shifts that overlap the first counts."""
    for shift in desk.shifts:
        first, last = shift.hours_utc
        if (hour - first) % 24 < ((last - first) % 24 or 24):
            return shift.officers
    return desk.officers


NETWORK_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (
    desks_named_exist,
    links_lead_elsewhere,
    sharing_has_paths,
    sharing_ends,
    desks_are_reached,
    units_named_exist,
    disputes_have_two_sides,
    silenced_links_exist,
    acting_desks_command,
    desks_are_staffed,
)
