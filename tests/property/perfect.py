"""Perfect sharing, written anew: who commands anybody decides on every report the moment it is made."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from aegean_sim.agenda import after
from aegean_sim.handoff.hop import Hop

if TYPE_CHECKING:
    import simpy

    from aegean_sim.handoff.desks import Decider
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.streams import Streams


@dataclass(eq=False)
class PerfectSharing:
    """Stands where the desks do, without queues, links or rules."""

    env: simpy.Environment
    network: Network
    streams: Streams
    decider: Decider
    clock_s: float = 0.0
    table: Any = None
    hops: list[Hop] = field(default_factory=list)

    def hears(self, force: str) -> bool:
        return any(force in desk.hears for desk in self.network.desks.values())

    def take(self, report: Report) -> None:
        if self.hears(report.force):
            after(self.env, 0.0, self._decide, report)

    def take_tip(self, _: str, report: Report) -> None:
        after(self.env, 0.0, self._decide, report)

    def decide_again(self, desk: str, report: Report) -> bool:
        decision = self.decider.decide(desk, report, settled=False)
        hop = next(hop for hop in self.hops[::-1] if (hop.report, hop.receiver) == (report, desk))
        hop.decision = decision
        if decision.word == "queued":
            return True
        hop.waited_until_s = self.env.now
        return False

    def look_again(self, _: str, report: Report) -> None:
        after(self.env, 0.0, self._decide, report)

    def hand_on(self, *_: Any) -> None:
        """Nobody is left to tell."""

    def _decide(self, report: Report) -> None:
        for desk in self.network.desks.values():
            if desk.commands:
                now = self.env.now
                hop = Hop(report, 0, report.unit or report.force, desk.id, now)
                hop.arrived_s = hop.taken_up_s = hop.decided_s = now
                self.hops.append(hop)
                hop.decision = self.decider.decide(desk.id, report, settled=False)
