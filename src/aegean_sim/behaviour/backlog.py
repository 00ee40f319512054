"""The backlog: cases that wait at their desks until a unit is free for them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from aegean_sim.agenda import after
from aegean_sim.entities.unit import free_of

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
class _Line:
    """Reports at one desk, in the order in which they came, for which the same units will do.

    Parameters
    ----------
    distress : bool
        Whether they are about boats in distress.
    recalled_s : float
        When the next of these units is on call that was not before.
    """

    able: Sequence[Unit]
    distress: bool
    reports: dict[int, Report] = field(default_factory=dict)
    recalled_s: float = 0.0

    def somebody_is_free(self, now_s: float) -> bool:
        return bool(free_of(self.able, now_s, distress=self.distress))


@dataclass(slots=True, eq=False)
class Backlog:
    """Reports that wait for a unit, in a line for each desk and kind of case."""

    env: simpy.Environment
    _lines: dict[tuple[str, str, bool], _Line] = field(default_factory=dict)

    def add(self, desk: str, report: Report, able: Sequence[Unit], desks: Again) -> None:
        """Let a report wait for one of some units: until one comes back, or is on call again."""
        kind = desk, report.theatre, report.distress
        line = self._lines.get(kind)
        if line is None:
            line = self._lines[kind] = _Line(able, report.distress)
        line.reports.setdefault(report.number, report)
        if line.recalled_s <= self.env.now:
            line.recalled_s = min(unit.next_call_s(self.env.now) for unit in able)
            if line.recalled_s < float("inf"):
                after(self.env, line.recalled_s - self.env.now, self.take_up, desks)

    def take_up(self, desks: Again) -> None:
        """Decide on the cases for which anybody is free, those that came first before the others."""
        for (desk, *_), line in self._lines.items():
            if line.reports and line.somebody_is_free(self.env.now):
                self._go_through(line, desk, desks)

    def _go_through(self, line: _Line, desk: str, desks: Again) -> None:
        for report in tuple(line.reports.values()):
            if not desks.decide_again(desk, report):
                del line.reports[report.number]
            if not line.somebody_is_free(self.env.now):
                break
