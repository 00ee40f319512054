"""Desks at work: a report waits for an officer, is handled, decided on, and passed on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

import simpy

from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.network import link_key
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Decision:
    """What a desk does: ``tasked``, ``queued``, ``passed_on``, ``refused`` or ``known``, and why.

    ``timely`` tells whether the report reached somebody who could still act.
    """

    word: str
    reason: str
    timely: bool


@dataclass(slots=True)
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
    decision: Decision = Decision("", "", timely=False)


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
    hops : list of Hop
        All rows so far, in the order in which they were sent.
    """

    env: simpy.Environment
    network: Network
    streams: Streams
    decider: Decider
    hops: list[Hop] = field(default_factory=list)
    _officers: dict[str, simpy.Resource] = field(init=False)
    _keys: dict[str, int] = field(init=False)
    _informed: dict[int, set[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._officers = {
            name: simpy.Resource(self.env, desk.officers) for name, desk in self.network.desks.items()
        }
        self._keys = {name: identity("desk", name) for name in self.network.desks}

    def hears(self, force: str) -> bool:
        """Tell whether a desk takes the reports of a force."""
        return force in self.network.listening

    def take(self, report: Report) -> None:
        """Take a unit's report at the desk of its force; a force without a desk tells nobody."""
        desk = self.network.listening.get(report.force)
        if desk is not None:
            self._informed[report.number] = {desk}
            self.env.process(self._handle(Hop(report, 0, report.unit, desk, self.env.now), delay_s=0.0))

    def _handle(self, hop: Hop, *, delay_s: float) -> simpy.events.ProcessGenerator:
        self.hops.append(hop)
        if delay_s > 0.0:
            yield self.env.timeout(delay_s)
        hop.arrived_s = self.env.now
        desk, report = hop.receiver, hop.report
        with self._officers[desk].request() as officer:
            yield officer
            hop.taken_up_s = self.env.now
            handling = self.network.desks[desk].handling_min
            yield self.env.timeout(
                minutes_s(handling, self.streams, "handling", self._keys[desk], report.key)
            )
        hop.decided_s = self.env.now
        receivers = self._not_yet_informed(desk, report)
        decision = self.decider.decide(desk, report)
        hop.decision = _softened(decision, receivers)
        for receiver in receivers:
            self._pass_on(hop, receiver)

    def _not_yet_informed(self, desk: str, report: Report) -> tuple[str, ...]:
        informed = self._informed[report.number]
        return tuple(name for name in self.network.receivers(desk, report) if name not in informed)

    def _pass_on(self, hop: Hop, receiver: str) -> None:
        self._informed[hop.report.number].add(receiver)
        latency = self.network.latency_min[hop.receiver, receiver]
        delay_s = minutes_s(
            latency, self.streams, "latency", link_key(hop.receiver, receiver), hop.report.key
        )
        onward = Hop(hop.report, hop.number + 1, hop.receiver, receiver, self.env.now)
        self.env.process(self._handle(onward, delay_s=delay_s))


def _softened(decision: Decision, receivers: tuple[str, ...]) -> Decision:
    """Call it passed on, not refused, when a desk that does not act itself tells others; the reason stays."""
    if decision.word == "refused" and receivers:
        return Decision("passed_on", decision.reason, timely=False)
    return decision
