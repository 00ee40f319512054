"""Desks at work: a report waits for an officer, is handled, decided on, and passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Protocol

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.hours import DailyHours
from aegean_sim.handoff.officers import Officers
from aegean_sim.streams import identity

if TYPE_CHECKING:
    import simpy

    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.handoff.round_table import Table
    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Desk
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Decision:
    """What a desk does: ``tasked``, ``queued``, ``passed_on``, ``refused``, ``known`` or ``lost``, and why.

    ``timely`` tells whether the report reached somebody who could still act.
    """

    word: str
    reason: str
    timely: bool


_NONE_YET = Decision("", "", timely=False)
RELAYED = Decision("passed_on", "relay", timely=False)
LOST = Decision("lost", "lost_on_link", timely=False)


@dataclass(slots=True, eq=False)
class Hop:
    """One desk's part in one report: a row of ``handoffs``; a time that has not come is NaN.

    Parameters
    ----------
    onward : tuple of str
        Desks that the receiver is to send it on to, one after another, without a decision of its own.
    """

    report: Report
    number: int
    sender: str
    receiver: str
    sent_s: float
    onward: tuple[str, ...] = ()
    arrived_s: float = float("nan")
    taken_up_s: float = float("nan")
    decided_s: float = float("nan")
    decision: Decision = _NONE_YET


class Decider(Protocol):
    """Who may act on a report, and does."""

    def decide(self, desk: str, report: Report) -> Decision:
        """Decide at a desk, now."""
        ...


@dataclass(slots=True, eq=False)
class Desks:
    """All operations rooms of a run, at work.

    Parameters
    ----------
    clock_s : float
        Seconds after midnight, UTC, of time zero.
    table : Table or None
        The round table, if there is one.
    hops : list of Hop
        All rows so far, in the order in which they were sent.
    """

    env: simpy.Environment
    network: Network
    streams: Streams
    decider: Decider
    clock_s: float = 0.0
    table: Table | None = None
    hops: list[Hop] = field(default_factory=list)
    _rooms: dict[str, Officers[Hop]] = field(init=False)
    _informed: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rooms = {name: self._opened(desk) for name, desk in self.network.desks.items()}

    def hears(self, force: str) -> bool:
        """Tell whether a desk takes the reports of a force."""
        return force in self.network.listening

    def take(self, report: Report) -> None:
        """Take a unit's report at the desk of its force; a force without a desk tells nobody."""
        desk = self.network.first_desk(report)
        if desk is not None:
            self._informed[report.number] = {desk}
            hop = Hop(report, 0, report.unit, desk, self.env.now)
            self.hops.append(hop)
            self.arrive(hop)

    def arrive(self, hop: Hop) -> None:
        """Lay a message on the receiver's table."""
        hop.arrived_s = self.env.now
        self._rooms[hop.receiver].take(hop)

    def _opened(self, desk: Desk) -> Officers[Hop]:
        shifts = tuple((DailyHours(*shift.hours_utc, self.clock_s), shift.officers) for shift in desk.shifts)
        begin = partial(self._take_up, desk.handling_min, identity("desk", desk.id))
        room = Officers(self.env, partial(self._present, desk.officers, shifts), begin, self._handled)
        for hours, _ in shifts:
            self._await_change(room, hours)
        return room

    def _present(self, usually: int, shifts: tuple[tuple[DailyHours, int], ...]) -> int:
        """Tell how many officers are there now; of shifts that overlap the first in the file counts."""
        on_shift = (officers for hours, officers in shifts if hours.wait_s(self.env.now) == 0.0)
        return next(on_shift, usually)

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
        if hop.onward:
            hop.decision = RELAYED
            self._forward(hop, hop.onward)
        else:
            self._decide(hop)

    def _decide(self, hop: Hop) -> None:
        receivers = self._not_yet_informed(hop)
        hop.decision = _softened(self.decider.decide(hop.receiver, hop.report), receivers)
        for receiver in receivers:
            self._informed[hop.report.number].add(receiver)
            self._pass_on(hop, receiver)

    def _not_yet_informed(self, hop: Hop) -> tuple[str, ...]:
        receivers = self.network.receivers(hop.receiver, hop.report)
        informed = self._informed[hop.report.number]
        return tuple(name for name in receivers if name not in informed) if receivers else ()

    def _pass_on(self, hop: Hop, receiver: str) -> None:
        """Tell a desk across the round table, where both sit there, or over the links."""
        silent = (hop.receiver, receiver) in self.network.silenced.links
        if self.table is not None and not silent and self.table.joins(hop.receiver, receiver):
            self.table.tell(self._sent(hop, receiver, ()))
        else:
            self._forward(hop, self.network.paths[hop.receiver, receiver])

    def _forward(self, hop: Hop, path: tuple[str, ...]) -> None:
        onward = self._sent(hop, path[0], path[1:])
        passage = self.network.passages[hop.receiver, path[0]]
        moment_s, arrives = passage.carried(self.env.now, hop.report.key, self.streams)
        after(self.env, moment_s - self.env.now, self.arrive if arrives else self._lose, onward)

    def _sent(self, hop: Hop, receiver: str, onward: tuple[str, ...]) -> Hop:
        """Put down a message to the next desk."""
        sent = Hop(hop.report, hop.number + 1, hop.receiver, receiver, self.env.now, onward)
        self.hops.append(sent)
        return sent

    def _lose(self, hop: Hop) -> None:
        """Give a message up: who was to have it may still be told by another."""
        hop.decided_s, hop.decision = self.env.now, LOST
        self._informed[hop.report.number].discard((hop.receiver, *hop.onward)[-1])


def _softened(decision: Decision, receivers: tuple[str, ...]) -> Decision:
    """Call it passed on, not refused, when a desk that does not act itself tells others; the reason stays."""
    if decision.word == "refused" and receivers:
        return Decision("passed_on", decision.reason, timely=False)
    return decision
