"""The network: which desk hears which force, what goes on to whom, and by which links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.handoff.passage import passages

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aegean_sim.handoff.passage import Passage
    from aegean_sim.scenario.desks import Desk, Handoffs, Sharing, Silenced


class Report(NamedTuple):
    """What a unit tells of a boat.

    Parameters
    ----------
    number : int
        Row of the report, from 0.
    key : int
        Lasting identity: who reports, on whom, on which contact.
    contact : int
        Row of the contact it tells of.
    unit : str
        Who reports.
    force, nation : str
        The unit's owner, and its flag, which may be unknown: empty.
    theatre, boat : str, int
        Which boat.
    waters : str
        In whose waters the boat is.
    heading : str
        Into which other state's waters its course leads first; empty for none.
    distress : bool
        Whether the boat is in distress.
    """

    number: int
    key: int
    contact: int
    unit: str
    force: str
    nation: str
    theatre: str
    boat: int
    waters: str
    heading: str
    distress: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Desks and the ways between them.

    Parameters
    ----------
    desks : mapping of name to Desk
    listening : mapping of force to desk name
        Where a force's units report.
    passages : mapping of (sender, receiver) to Passage
    paths : mapping of (sender, receiver) to desk names
        Over which desks a message goes, the fewest, the receiver last.
    sharing : mapping of sender to its rules
    withheld : mapping of nation to desk names
        Who is not told what units of a nation saw.
    reach : mapping of desk name to forces
        Whose units' reports can come to a desk, directly or passed on.
    silenced : Silenced
        Whose reports are left out, and which desks get nothing.
    """

    desks: Mapping[str, Desk]
    listening: Mapping[str, str]
    passages: Mapping[tuple[str, str], Passage]
    paths: Mapping[tuple[str, str], tuple[str, ...]]
    sharing: Mapping[str, tuple[Sharing, ...]]
    withheld: Mapping[str, frozenset[str]]
    reach: Mapping[str, frozenset[str]]
    silenced: Silenced

    def reaching(self, desk: str) -> frozenset[str]:
        """Give the forces whose sightings can come to a desk's knowledge."""
        return self.reach[desk]

    def first_desk(self, report: Report) -> str | None:
        """Name the desk that a unit reports to, if there is any and it is told."""
        desk = self.listening.get(report.force)
        left_out = report.unit in self.silenced.units or report.force in self.silenced.forces
        return None if left_out or desk in self.silenced.desks else desk

    def receivers(self, sender: str, report: Report) -> tuple[str, ...]:
        """Name the desks that a desk passes a report on to, in the order of its rules, each once."""
        rules = self.sharing.get(sender)
        if rules is None:
            return ()
        names = dict.fromkeys(name for rule in rules if _fits(rule, report) for name in rule.receivers)
        unheard = self.silenced.desks
        if not report.distress:
            unheard |= self.withheld.get(report.nation, frozenset())
        return tuple(name for name in names if name not in unheard)


def _fits(rule: Sharing, report: Report) -> bool:
    """Tell whether a rule holds for a report."""
    seen = (not rule.forces or report.force in rule.forces) and (
        not rule.nations or report.nation in rule.nations
    )
    where = (not rule.waters or report.waters in rule.waters) and (
        not rule.heading or report.heading in rule.heading
    )
    return seen and where and (report.distress or not rule.only_distress)


def build_network(handoffs: Handoffs, clock_s: float = 0.0) -> Network:
    """Index what a scenario says of desks, links and rules; it starts so many seconds after midnight, UTC."""
    rules = handoffs.sharing
    links = [(link.sender, link.receiver) for link in handoffs.links]
    nations = {nation for each in handoffs.withheld for nation in each.nations}
    return Network(
        desks={desk.id: desk for desk in handoffs.desks},
        listening={force: desk.id for desk in handoffs.desks for force in desk.hears},
        passages=passages(handoffs, clock_s),
        paths={
            (rule.sender, name): _path(rule.sender, name, links) for rule in rules for name in rule.receivers
        },
        sharing={
            sender: tuple(rule for rule in rules if rule.sender == sender)
            for sender in sorted({rule.sender for rule in rules})
        },
        withheld={
            nation: frozenset(
                name for each in handoffs.withheld if nation in each.nations for name in each.receivers
            )
            for nation in sorted(nations)
        },
        reach={desk.id: frozenset(_reaching(desk.id, handoffs)) for desk in handoffs.desks},
        silenced=handoffs.silenced,
    )


def _path(start: str, goal: str, links: Iterable[tuple[str, str]]) -> tuple[str, ...]:
    """Find the desks on the way over the fewest links; those named first in the file go first."""
    came_from, pending = {start: ""}, [start]
    for here in pending:
        fresh = [there for sender, there in links if sender == here and there not in came_from]
        came_from |= dict.fromkeys(fresh, here)
        pending += fresh
    way = [goal]
    while came_from[way[-1]] != start:
        way.append(came_from[way[-1]])
    return tuple(reversed(way))


def _reaching(desk: str, handoffs: Handoffs) -> set[str]:
    """Collect the forces heard by a desk and by all that pass reports on to it."""
    sources, pending = {desk}, [desk]
    while pending:
        here = pending.pop()
        senders = {rule.sender for rule in handoffs.sharing if here in rule.receivers} - sources
        sources |= senders
        pending += senders
    return {force for each in handoffs.desks if each.id in sources for force in each.hears}
