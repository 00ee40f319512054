"""Desks at work: a report waits for an officer, is handled, decided on, and passed on."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.network import link_key
from aegean_sim.streams import identity

if TYPE_CHECKING:
    import simpy

    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.scenario.desks import Desk
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Decision:
    """What a desk does: ``tasked``, ``queued``, ``passed_on``, ``refused`` or ``known``, and why.

    ``timely`` tells whether the report reached somebody who could still act.
    """

    word: str
    reason: str
    timely: bool


_NONE_YET = Decision("", "", timely=False)


@dataclass(slots=True, eq=False)
class Hop:
    """One desk's part in one report: a row of ``handoffs``; a time that has not come is NaN."""

    report: Report
    number: int
    sender: str
    receiver: str
    sent_s: float
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
class _Room:
    """One desk at work: how many of its officers are free, and what waits for one in its order."""

    desk: Desk
    key: int
    free: int
    waiting: deque[Hop] = field(default_factory=deque)


@dataclass(slots=True, eq=False)
class Desks:
    """All operations rooms of a run, at work.

    Parameters
    ----------
    hops : list of Hop
        All rows so far, in the order in which they were sent.
    """

    env: simpy.Environment
    network: Network
    streams: Streams
    decider: Decider
    hops: list[Hop] = field(default_factory=list)
    _rooms: dict[str, _Room] = field(init=False)
    _informed: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._rooms = {
            name: _Room(desk, identity("desk", name), desk.officers)
            for name, desk in self.network.desks.items()
        }

    def hears(self, force: str) -> bool:
        """Tell whether a desk takes the reports of a force."""
        return force in self.network.listening

    def take(self, report: Report) -> None:
        """Take a unit's report at the desk of its force; a force without a desk tells nobody."""
        desk = self.network.listening.get(report.force)
        if desk is not None:
            self._send(Hop(report, 0, report.unit, desk, self.env.now), 0.0)

    def _send(self, hop: Hop, delay_s: float) -> None:
        self.hops.append(hop)
        if delay_s > 0.0:
            after(self.env, delay_s, self._arrive, hop)
        else:
            self._arrive(hop)

    def _arrive(self, hop: Hop) -> None:
        hop.arrived_s = self.env.now
        room = self._rooms[hop.receiver]
        if room.free:
            room.free -= 1
            self._take_up(hop)
        else:
            room.waiting.append(hop)

    def _take_up(self, hop: Hop) -> None:
        hop.taken_up_s = self.env.now
        room = self._rooms[hop.receiver]
        handling_s = minutes_s(room.desk.handling_min, self.streams, "handling", room.key, hop.report.key)
        after(self.env, handling_s, self._decide, hop)

    def _decide(self, hop: Hop) -> None:
        hop.decided_s = self.env.now
        receivers = self._not_yet_informed(hop)
        hop.decision = _softened(self.decider.decide(hop.receiver, hop.report), receivers)
        for receiver in receivers:
            self._pass_on(hop, receiver)
        self._release(self._rooms[hop.receiver])

    def _release(self, room: _Room) -> None:
        """Give an officer who is done what has waited longest, if anything has."""
        if room.waiting:
            self._take_up(room.waiting.popleft())
        else:
            room.free += 1

    def _not_yet_informed(self, hop: Hop) -> tuple[str, ...]:
        receivers = self.network.receivers(hop.receiver, hop.report)
        if not receivers:
            return ()
        informed = self._informed.setdefault(hop.report.number, {hop.receiver})
        return tuple(name for name in receivers if name not in informed)

    def _pass_on(self, hop: Hop, receiver: str) -> None:
        self._informed[hop.report.number].add(receiver)
        latency = self.network.latency_min[hop.receiver, receiver]
        key = link_key(hop.receiver, receiver)
        delay_s = minutes_s(latency, self.streams, "latency", key, hop.report.key)
        self._send(Hop(hop.report, hop.number + 1, hop.receiver, receiver, self.env.now), delay_s)


def _softened(decision: Decision, receivers: tuple[str, ...]) -> Decision:
    """Call it passed on, not refused, when a desk that does not act itself tells others; the reason stays."""
    if decision.word == "refused" and receivers:
        return Decision("passed_on", decision.reason, timely=False)
    return decision
