"""The network: which desk hears which force, what goes on to whom, and by which links."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.handoff.passage import passages
from aegean_sim.scenario.base import Constant

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from aegean_sim.handoff.passage import Passage
    from aegean_sim.scenario.base import Delay
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
        Row of the contact with a boat that it tells of; -1 for none, and for a stranger.
    unit : str
        Who reports; empty when it is no unit.
    force, nation : str
        The unit's owner, and its flag, which may be unknown: empty. Of a tip its source, and empty.
    theatre, boat : str, int
        Which boat; -1, -2, -3 ... for strangers taken for one.
    waters : str
        In whose waters the boat is.
    heading : str
        Into which other state's waters its course leads first; empty for none.
    distress : bool
        Whether the boat is in distress.
    seen_s : float
        When it was observed.
    x_m, y_m : float
        Where it is said to have been then.
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
    seen_s: float
    x_m: float
    y_m: float


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
    bounce_min : Delay
        How long a case goes to and fro between two sides.
    silenced : Silenced
        Whose reports are left out, and which desks get nothing.
    """

    desks: Mapping[str, Desk]
    listening: Mapping[str, str]
    passages: Mapping[tuple[str, str], Passage]
    paths: Mapping[tuple[str, str], tuple[str, ...]]
    sharing: Mapping[str, tuple[Sharing, ...]]
    withheld: Mapping[str, frozenset[str]]
    bounce_min: Delay
    silenced: Silenced

    def first_desk(self, report: Report) -> str | None:
        """Name the desk that a unit reports to, if there is any and it is told."""
        desk = self.listening.get(report.force)
        return desk if desk is not None and self.is_heard(report, desk) else None

    def is_heard(self, report: Report, desk: str) -> bool:
        """Tell whether a report comes to a desk, or is left out to see what it is worth."""
        left_out = report.unit in self.silenced.units or report.force in self.silenced.forces
        return not (left_out or desk in self.silenced.desks)

    def receivers(self, sender: str, report: Report) -> tuple[str, ...]:
        """Name the desks that a desk passes a report on to, in the order of its rules, each once."""
        rules = self.sharing.get(sender)
        if rules is None:
            return ()
        return tuple(dict.fromkeys(name for rule in rules if _fits(rule, report) for name in rule.receivers))

    def may_hear(self, desk: str, report: Report) -> bool:
        """Tell whether a desk may be told of a report: not of what is withheld, but for distress."""
        if desk in self.silenced.desks:
            return False
        return report.distress or desk not in self.withheld.get(report.nation, frozenset())


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
    names = [desk.id for desk in handoffs.desks]
    nations = {nation for each in handoffs.withheld for nation in each.nations}
    return Network(
        desks={desk.id: desk for desk in handoffs.desks},
        listening={force: desk.id for desk in handoffs.desks for force in desk.hears},
        passages=passages(handoffs, clock_s),
        paths={(one, other): way for one in names for other, way in _paths(one, links).items()},
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
        bounce_min=handoffs.jurisdiction.bounce_min if handoffs.jurisdiction else Constant(constant=0.0),
        silenced=handoffs.silenced,
    )


def _paths(start: str, links: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    """Find the desks on the way to each other desk over the fewest links; first in the file goes first."""
    ways: dict[str, tuple[str, ...]] = {start: ()}
    pending = [start]
    for here in pending:
        fresh = [there for sender, there in links if sender == here and there not in ways]
        ways |= {there: (*ways[here], there) for there in fresh}
        pending += dict.fromkeys(fresh)
    del ways[start]
    return ways
