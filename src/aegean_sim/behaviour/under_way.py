"""Under way: who is sent to which boat, and which desks know."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection

    from aegean_sim.behaviour.tasking import Tasking
    from aegean_sim.handoff.network import Report
    from aegean_sim.handoff.picture import Case


@dataclass(slots=True, eq=False)
class UnderWay:
    """The taskings that have not been struck off.

    Parameters
    ----------
    shared : collection of str
        Theatres with rules of jurisdiction: a boat in distress there is anybody's, so that a unit which
        another desk has sent counts for whoever knows of it.
    """

    shared: Collection[str]
    _of_boat: dict[tuple[str, int], list[Tasking]] = field(default_factory=dict)

    def add(self, tasking: Tasking) -> None:
        """Take one up; so far its own desk knows."""
        self._of_boat.setdefault((tasking.report.theatre, tasking.report.boat), []).append(tasking)

    def strike(self, tasking: Tasking) -> bool:
        """Strike one off, and tell whether it was there."""
        of_boat = self._of_boat[tasking.report.theatre, tasking.report.boat]
        was_there = tasking in of_boat
        if was_there:
            of_boat.remove(tasking)
        return was_there

    def to(self, theatre: str, boat: int) -> tuple[Tasking, ...]:
        """Give those to a boat."""
        return tuple(self._of_boat.get((theatre, boat), ()))

    def learn(self, desk: str, teller: str, report: Report, told_s: float) -> None:
        """Let a desk know whom another had sent, as far as that knew when it told it of the boat."""
        for tasking in self._of_boat.get((report.theatre, report.boat), ()):
            if teller in tasking.known_to and tasking.tasked_s <= told_s:
                tasking.known_to.add(desk)

    def known(self, desk: str, case: Case, report: Report, now_s: float) -> tuple[Tasking, ...]:
        """Give the taskings to a boat that count at a desk for a report, and let these units hear the news.

        Who was sent to a boat that has fallen into distress since goes wherever it is, unless those waters
        are closed to it. A unit that looks for it hears from its own desk where it was seen, though the desk
        took that for another boat at first.
        """
        sent = self.to(report.theatre, report.boat)
        if not sent:
            return ()
        found = []
        for tasking in sent:
            together = report.distress and report.theatre in self.shared and desk in tasking.known_to
            for_all = together and tasking.report.distress
            if report.distress and report.waters in tasking.unit.craft.keep_out and not for_all:
                continue
            if tasking.case is case or for_all:
                self._hear(tasking, desk, case, report, now_s)
                found.append(tasking)
        return tuple(found)

    def _hear(self, tasking: Tasking, desk: str, case: Case, report: Report, now_s: float) -> None:
        if report.distress:
            tasking.limits = tasking.limits._replace(courts=None)
        if tasking.case is not case and tasking.desk == desk:
            tasking.case.add(report, now_s)
        tasking.rouse()
