"""Desks at work: a report waits for an officer, is handled, decided on, and passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.hop import KNOWN, LOST, RELAYED, Decision, Hop
from aegean_sim.handoff.officers import Officers
from aegean_sim.handoff.roster import roster_of
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Iterator

    import simpy

    from aegean_sim.handoff.hours import DailyHours
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.handoff.roster import Roster
    from aegean_sim.handoff.round_table import Table
    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Desk
    from aegean_sim.streams import Streams


class Decider(Protocol):
    """Who may act on a report, and does."""

    def learn(self, desk: str, teller: str, report: Report, told_s: float) -> None:
        """Hear that a desk has a message in hand by which another told it of a boat, and of what it did."""
        ...

    def decide(self, desk: str, report: Report, *, settled: bool) -> Decision:
        """Decide at a desk, now; ``settled``: the other side has said that the case is not its own."""
        ...


@dataclass(slots=True, eq=False)
class Desks:
    """All operations rooms of a run, at work.

    Parameters
    ----------
    clock_s : float
        Seconds after midnight, UTC, of time zero.
    tables : tuple of Table
        The round tables; a word passes across the first one that joins two desks.
    hops : list of Hop
        All rows so far, in the order in which they were sent.
    """

    env: simpy.Environment
    network: Network
    streams: Streams
    decider: Decider
    clock_s: float = 0.0
    tables: tuple[Table, ...] = ()
    hops: list[Hop] = field(default_factory=list)
    _rooms: dict[str, Officers[Hop]] = field(init=False)
    _informed: dict[int, set[str]] = field(default_factory=dict)
    _told: set[tuple[int, str, str]] = field(default_factory=set)
    _decided: dict[tuple[int, str], Hop] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rooms = {name: self._opened(desk) for name, desk in self.network.desks.items()}

    def hears(self, force: str) -> bool:
        """Tell whether a desk takes the reports of a force."""
        return force in self.network.listening

    def take(self, report: Report) -> None:
        """Take a unit's report at the desk of its force; a force without a desk tells nobody."""
        desk = self.network.first_desk(report)
        if desk is not None:
            self._take_at(desk, Hop(report, 0, report.unit, desk, self.env.now, way="unit"))

    def take_tip(self, desk: str, report: Report) -> None:
        """Take at a desk what no unit tells; its ``force`` is the source."""
        if self.network.is_heard(report, desk):
            self._take_at(desk, Hop(report, 0, report.force, desk, self.env.now, way="tip"))

    def _take_at(self, desk: str, hop: Hop) -> None:
        self._informed[hop.report.number] = {desk}
        self.hops.append(hop)
        self.arrive(hop)

    def arrive(self, hop: Hop) -> None:
        """Lay a message on the receiver's table."""
        hop.arrived_s = self.env.now
        self._rooms[hop.receiver].take(hop)

    def _opened(self, desk: Desk) -> Officers[Hop]:
        roster = roster_of(desk, self.clock_s)
        begin = partial(self._take_up, desk.handling_min, identity("desk", desk.id))
        room = Officers(self.env, partial(self._present, roster), begin, self._handled)
        for hours, _ in roster.shifts:
            self._await_change(room, hours)
        return room

    def _present(self, roster: Roster) -> int:
        return roster.officers(self.env.now)

    def _await_change(self, room: Officers[Hop], hours: DailyHours) -> None:
        wait_s = hours.next_change_s(self.env.now) - self.env.now
        after(self.env, wait_s, partial(self._changed, room), hours)

    def _changed(self, room: Officers[Hop], hours: DailyHours) -> None:
        """Let those who come on shift take up what waits."""
        room.take_more()
        self._await_change(room, hours)

    def _take_up(self, handling: Delay, key: int, hop: Hop) -> float:
        """Note that an officer has a message in hand, and draw for how long."""
        hop.taken_up_s = self.env.now
        return minutes_s(handling, self.streams, "handling", key, hop.report.key)

    def _handled(self, hop: Hop) -> None:
        hop.decided_s = self.env.now
        self.decider.learn(hop.receiver, hop.sender, hop.report, hop.sent_s)
        if hop.onward:
            hop.decision = RELAYED
            self._forward(hop, hop.onward)
        else:
            self._decide(hop)

    def _decide(self, hop: Hop) -> None:
        decision = self.decider.decide(hop.receiver, hop.report, settled=hop.settled)
        told = self._tell(hop, self.network.receivers(hop.receiver, hop.report))
        if decision.onward:
            told |= self._tell(hop, self._next_to_hear(hop, decision.onward))
        hop.decision = _softened(decision, told=told)
        self._decided[hop.report.number, hop.receiver] = hop
        if decision.rival is not None:
            self._bounce(hop, decision.rival)

    def decide_again(self, desk: str, report: Report) -> bool:
        """Decide once more on a case that waits for a unit; tell whether it has to wait on."""
        hop = self._decided[report.number, desk]
        if hop.decision.word != "queued":
            return False
        self._decide(hop)
        if hop.decision.word == "queued":
            return True
        hop.waited_until_s = self.env.now
        return False

    def look_again(self, desk: str, report: Report) -> None:
        """Lay a case on a desk's table once more, because what was done for it was in vain.

        Where its report still waited for a unit, that wait is over: another report had led to one.
        """
        before = self._decided[report.number, desk]
        if before.decision.word == "queued":
            before.waited_until_s, before.decision = self.env.now, KNOWN
        hop = Hop(report, before.number + 1, desk, desk, self.env.now, way="again", settled=True)
        self.hops.append(hop)
        self.arrive(hop)

    def hand_on(self, desk: str, report: Report, receivers: tuple[str, ...]) -> None:
        """Tell those whose case it has become since a desk decided on it."""
        hop = self._decided[report.number, desk]
        self._tell(hop, self._next_to_hear(hop, receivers))

    def _next_to_hear(self, hop: Hop, owners: tuple[str, ...]) -> tuple[str, ...]:
        """Leave out those who would be told by way of another that decides on the case itself."""
        told = {*owners, *self._informed[hop.report.number]} - {hop.receiver}
        ways = self.network.paths
        return tuple(name for name in owners if not told & {*ways.get((hop.receiver, name), ())[:-1]})

    def _tell(self, hop: Hop, receivers: tuple[str, ...]) -> bool:
        """Tell desks that have not been told yet and to which there is a way; say whether there were any.

        Nobody knows that a message was lost, so no desk sends the same one twice.
        """
        if not receivers:
            return False
        informed, network = self._informed[hop.report.number], self.network
        fresh = [
            name
            for name in dict.fromkeys(receivers)
            if name not in informed
            and (hop.report.number, hop.receiver, name) not in self._told
            and network.may_hear(name, hop.report)
            and (hop.receiver, name) in network.paths
        ]
        for receiver in fresh:
            informed.add(receiver)
            self._told.add((hop.report.number, hop.receiver, receiver))
            self._pass_on(hop, receiver)
        return bool(fresh)

    def _bounce(self, hop: Hop, rival: str) -> None:
        """Let a case go to and fro, or settle it in a word across the table, before it is decided."""
        back = Hop(hop.report, hop.number + 1, rival, hop.receiver, self.env.now, way="bounce", settled=True)
        self.hops.append(back)
        table = next((each for each in self._between(rival, hop.receiver) if each.rules.settles), None)
        if table is not None:
            back.way = "settled"
            table.tell(back)
        else:
            self._go_to_and_fro(back)

    def _go_to_and_fro(self, back: Hop) -> None:
        key = identity("bounce", back.receiver, back.sender)
        wait_s = minutes_s(self.network.bounce_min, self.streams, "bounce", key, back.report.key)
        after(self.env, wait_s, self.arrive, back)

    def untold(self, hop: Hop) -> None:
        """Send by link what was to be said across a table that is no longer there."""
        if hop.settled:
            hop.way = "bounce"
            self._go_to_and_fro(hop)
        else:
            path = self.network.paths.get((hop.sender, hop.receiver))
            self._lose(hop) if path is None else self._carry(hop, path)

    def _pass_on(self, hop: Hop, receiver: str) -> None:
        """Tell a desk across a round table, where both sit there, or over the links."""
        table = next(self._between(hop.receiver, receiver), None)
        if table is not None:
            table.tell(self._sent(hop, receiver, "table"))
        else:
            self._forward(hop, self.network.paths[hop.receiver, receiver])

    def _between(self, sender: str, receiver: str) -> Iterator[Table]:
        """Give the round tables across which a word tells the one what the other knows."""
        if (sender, receiver) not in self.network.silenced.links:
            yield from (table for table in self.tables if table.joins(sender, receiver))

    def _forward(self, hop: Hop, path: tuple[str, ...]) -> None:
        self._carry(self._sent(hop, path[0], "link"), path)

    def _carry(self, hop: Hop, path: tuple[str, ...]) -> None:
        """Send a message on its way over links, from desk to desk."""
        hop.way, hop.receiver, hop.onward = "link", path[0], path[1:]
        passage = self.network.passages[hop.sender, hop.receiver]
        moment_s, arrives = passage.carried(self.env.now, hop.report.key, self.streams)
        after(self.env, moment_s - self.env.now, self.arrive if arrives else self._lose, hop)

    def _sent(self, hop: Hop, receiver: str, way: str) -> Hop:
        """Put down a message to the next desk."""
        sent = Hop(hop.report, hop.number + 1, hop.receiver, receiver, self.env.now, way=way)
        self.hops.append(sent)
        return sent

    def _lose(self, hop: Hop) -> None:
        """Give a message up: who was to have it may still be told by another."""
        hop.decided_s, hop.decision = self.env.now, LOST
        self._informed[hop.report.number].discard((hop.receiver, *hop.onward)[-1])


def _softened(decision: Decision, *, told: bool) -> Decision:
    """Call it passed on, not refused, when a desk that does not act itself tells others; the reason stays."""
    if decision.word == "refused" and told:
        return Decision("passed_on", decision.reason, timely=False)
    return decision
