"""The backlog: cases that wait at their desks until a unit is free for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aegean_sim.agenda import after

if TYPE_CHECKING:
    from collections.abc import Sequence

    import simpy

    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.network import Report


class Again(Protocol):
    """Decides on cases that have waited."""

    def decide_again(self, desk: str, report: Report) -> bool:
        """Decide once more; tell whether the case has to wait on."""
        ...


@dataclass(slots=True, eq=False)
class Backlog:
    """Reports that wait for a unit, desk by desk, in the order in which they came."""

    env: simpy.Environment
    _waiting: dict[str, dict[int, tuple[Report, Sequence[Unit]]]] = field(default_factory=dict)
    _planned_s: set[float] = field(default_factory=set)

    def add(self, desk: str, report: Report, able: Sequence[Unit], desks: Again) -> None:
        """Let a report wait for one of some units: until one comes back, or is on call again."""
        self._waiting.setdefault(desk, {}).setdefault(report.number, (report, able))
        next_s = min((unit.next_call_s(self.env.now) for unit in able), default=float("inf"))
        if next_s < float("inf") and next_s not in self._planned_s:
            self._planned_s.add(next_s)
            after(self.env, next_s - self.env.now, self.take_up, desks)

    def take_up(self, desks: Again) -> None:
        """Decide on all cases for which anybody is free, those that came first before the others."""
        for desk, reports in self._waiting.items():
            for report, able in tuple(reports.values()):
                if any(unit.free(self.env.now) for unit in able) and not desks.decide_again(desk, report):
                    del reports[report.number]
