"""Choosing: which of the units that are free goes to a boat."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.behaviour.ranking import any_in_reach, ranked
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.limits import Limits
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.network import Report
    from aegean_sim.kinematics.legs import Track

    Choice = tuple[Unit, Meeting]


class Need(NamedTuple):
    """A boat that somebody is to be sent to, now.

    Parameters
    ----------
    limits : Limits
        Where the desk that sends may act.
    believed : Track
        Where the boat is thought to go.
    people : int
        For how many there must be room; 0 where room does not matter.
    """

    scene: Scene
    report: Report
    limits: Limits
    believed: Track
    people: int
    now_s: float

    def suits(self, unit: Unit) -> bool:
        """Tell whether a unit has room: for all people, or in distress for some."""
        return unit.room >= min(self.people, 1 if self.report.distress else self.people)

    def somebody_busy_in_reach(self, able: Sequence[Unit]) -> bool:
        """Tell whether a unit that is out already might have been in time, were it free."""
        busy = [unit for unit in able if unit.busy and unit.is_on_call(self.now_s) and self.suits(unit)]
        return any_in_reach(self.limits, busy, self.believed, self.now_s)

    def first_there(self, free: Sequence[Unit], sooner_h: float) -> tuple[Choice | None, bool]:
        """Find the unit to be sent, and tell whether any may act where the boat goes.

        In distress one with room for all is preferred, unless another is there by so much sooner, or a ship
        that passes by.
        """
        whole = ranked(self.limits, [each for each in free if each.room >= self.people], *self._when)
        first = whole.first_there()
        may_act = first is not None or whole.any_may_act()
        if not self.report.distress:
            return first, may_act
        some = [each for each in free if self.suits(each) and each.room < self.people]
        partly = ranked(self.limits, some, *self._when)
        first = _sooner(first, partly.first_there(), sooner_h)
        for ships in self.scene.passing:
            called = ships.called(self.limits, self.believed, self.now_s)
            first = _sooner(first, called, ships.rules.sooner_h)
            if called is not None and first is not called:
                self.let_go(called[0])
        return first, may_act or partly.any_may_act()

    def let_go(self, unit: Unit) -> None:
        """Do not call a ship that passes by after all; others are not concerned."""
        for ships in self.scene.passing:
            if unit in ships.ships:
                ships.let_go(unit)

    @property
    def _when(self) -> tuple[Track, float]:
        return self.believed, self.now_s


def _sooner(first: Choice | None, other: Choice | None, by_h: float) -> Choice | None:
    """Give the first choice, unless another is there by so many hours sooner."""
    if first is None or other is None:
        return first or other
    return other if other[1].time_s + by_h * HOUR_S < first[1].time_s else first
