"""How long it takes until desks know of a boat and have decided, along the scenario's network."""

from __future__ import annotations

from dataclasses import dataclass
from heapq import heappop, heappush
from math import inf
from typing import TYPE_CHECKING

from aegean_sim.handoff.chance import quantile
from aegean_sim.handoff.network import Report
from aegean_sim.quantities import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Collection

    from aegean_sim.handoff.network import Network
    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Handoffs


@dataclass(frozen=True, slots=True)
class Relay:
    """A network in which everything takes its median time and no desk has a queue.

    Parameters
    ----------
    at_sea : collection of str
        Units that are at sea, of which some carry round tables.
    now_s : float
        When the boat is seen, for links that are not open at all hours.
    """

    handoffs: Handoffs
    network: Network
    at_sea: Collection[str]
    now_s: float

    def decided_s(self, report: Report, owners: tuple[str, ...]) -> dict[str, float]:
        """Tell how long after a sighting each desk that comes to know of it has decided on it.

        Parameters
        ----------
        owners : tuple of str
            Desks that answer for the boat along its way: whoever commands units tells them.
        """
        first, decided = self.network.first_desk(report), dict[str, float]()
        pending: list[tuple[float, str]] = []
        if first is not None:
            heappush(pending, (_median_s(self.handoffs.classing.look_min) + self._handling_s(first), first))
        while pending:
            after_s, desk = heappop(pending)
            if desk in decided:
                continue
            decided[desk] = after_s
            onward = owners if self.network.desks[desk].commands else ()
            for receiver in {*self.network.receivers(desk, report), *onward} - decided.keys():
                told_s = self._told_s(desk, receiver, after_s, report)
                if told_s < inf:
                    heappush(pending, (told_s, receiver))
        return decided

    def _told_s(self, sender: str, receiver: str, after_s: float, report: Report) -> float:
        """Tell when a receiver has decided on what a sender tells; infinity when it is not told."""
        path = self.network.paths.get((sender, receiver))
        if path is None or not self.network.may_hear(receiver, report):
            return inf
        for table in self.handoffs.round_tables:
            silent = (sender, receiver) in self.network.silenced.links
            if table.joins(sender, receiver) and table.aboard in self.at_sea and not silent:
                return after_s + _median_s(table.word_min) + self._handling_s(receiver)
        for stop in path:
            passage = self.network.passages[sender, stop]
            if passage.silent:
                return inf
            after_s += passage.hours.wait_s(self.now_s + after_s) if passage.hours else 0.0
            after_s += _median_s(passage.link.latency_min) + self._handling_s(stop)
            after_s += _median_s(passage.translation) if passage.translation is not None else 0.0
            sender = stop
        return after_s

    def _handling_s(self, desk: str) -> float:
        return _median_s(self.network.desks[desk].handling_min)


def _median_s(delay: Delay) -> float:
    return quantile(delay, 0.5) * MINUTE_S


def sighting(force: str, nation: str, theatre: str, waters: str, heading: str, now_s: float) -> Report:
    """Make up the report of a boat that is not in distress; its place does not matter here."""
    return Report(
        number=0, key=0, contact=-1, unit="", force=force, nation=nation, theatre=theatre, boat=0,
        waters=waters, heading=heading, distress=False, seen_s=now_s, x_m=0.0, y_m=0.0,
    )  # fmt: skip
