"""Rosters: how many officers a desk has at what time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.handoff.hours import DailyHours

if TYPE_CHECKING:
    from aegean_sim.scenario.desks import Desk


@dataclass(frozen=True, slots=True)
class Roster:
    """A desk's officers over the day.

    Parameters
    ----------
    usually : int
        Officers at all hours that are in no shift.
    shifts : tuple of (DailyHours, int)
        Hours with another number; of those that overlap the first counts.
    """

    usually: int
    shifts: tuple[tuple[DailyHours, int], ...]

    def officers(self, time_s: float) -> int:
        """Tell how many are on shift at a moment."""
        if not self.shifts:
            return self.usually
        on_shift = (officers for hours, officers in self.shifts if hours.wait_s(time_s) == 0.0)
        return next(on_shift, self.usually)

    def changes_s(self, until_s: float) -> list[float]:
        """Give the moments after 0 and before another at which a shift begins or ends."""
        moments_s = set[float]()
        for hours, _ in self.shifts:
            moment_s = hours.next_change_s(0.0)
            while moment_s < until_s:
                moments_s.add(moment_s)
                moment_s = hours.next_change_s(moment_s)
        return sorted(moments_s)


def roster_of(desk: Desk, clock_s: float) -> Roster:
    """Make a desk's roster; ``clock_s`` is seconds after midnight, UTC, of time zero."""
    shifts = ((DailyHours(*shift.hours_utc, clock_s), shift.officers) for shift in desk.shifts)
    return Roster(desk.officers, tuple(shifts))
