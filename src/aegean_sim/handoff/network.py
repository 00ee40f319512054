"""The network: which desk hears which force, what goes on to whom, and how long that takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Desk, Handoffs, Sharing


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
    force : str
        The unit's owner.
    theatre, boat : str, int
        Which boat.
    waters : str
        In whose waters the boat is.
    distress : bool
        Whether the boat is in distress.
    """

    number: int
    key: int
    contact: int
    unit: str
    force: str
    theatre: str
    boat: int
    waters: str
    distress: bool


@dataclass(frozen=True, slots=True)
class Network:
    """Desks and the ways between them.

    Parameters
    ----------
    desks : mapping of name to Desk
    listening : mapping of force to desk name
        Where a force's units report.
    latency_min : mapping of (sender, receiver) to Delay
    sharing : mapping of sender to its rules
    reach : mapping of desk name to forces
        Whose units' reports can come to a desk, directly or passed on.
    """

    desks: Mapping[str, Desk]
    listening: Mapping[str, str]
    latency_min: Mapping[tuple[str, str], Delay]
    sharing: Mapping[str, tuple[Sharing, ...]]
    reach: Mapping[str, frozenset[str]]

    def reaching(self, desk: str) -> frozenset[str]:
        """Give the forces whose sightings can come to a desk's knowledge."""
        return self.reach[desk]

    def receivers(self, sender: str, report: Report) -> tuple[str, ...]:
        """Name the desks that a desk passes a report on to, in the order of its rules, each once."""
        rules = self.sharing.get(sender)
        if rules is None:
            return ()
        names: dict[str, None] = {}
        for rule in rules:
            fits = not rule.waters or report.waters in rule.waters
            if fits and (report.distress or not rule.only_distress):
                names.update(dict.fromkeys(rule.receivers))
        return tuple(names)


def build_network(handoffs: Handoffs) -> Network:
    """Index what a scenario says of desks, links and rules."""
    senders = {rule.sender for rule in handoffs.sharing}
    return Network(
        desks={desk.id: desk for desk in handoffs.desks},
        listening={force: desk.id for desk in handoffs.desks for force in desk.hears},
        latency_min={(link.sender, link.receiver): link.latency_min for link in handoffs.links},
        sharing={
            sender: tuple(rule for rule in handoffs.sharing if rule.sender == sender)
            for sender in sorted(senders)
        },
        reach={desk.id: frozenset(_reaching(desk.id, handoffs)) for desk in handoffs.desks},
    )


def _reaching(desk: str, handoffs: Handoffs) -> set[str]:
    """Collect the forces heard by a desk and by all that pass reports on to it."""
    sources, pending = {desk}, [desk]
    while pending:
        here = pending.pop()
        senders = {rule.sender for rule in handoffs.sharing if here in rule.receivers} - sources
        sources |= senders
        pending += senders
    return {force for each in handoffs.desks if each.id in sources for force in each.hears}


@cache
def link_key(sender: str, receiver: str) -> int:
    """Give a link's identity for draws."""
    return identity("link", sender, receiver)
