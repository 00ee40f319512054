"""Ranking: which of the units that might go to a boat could be there first, and by what way."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.behaviour.courses import first_of
from aegean_sim.kinematics.intercept import first_meeting_s

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.limits import Limits
    from aegean_sim.entities.unit import Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Track

_MOST_ROUTED = 8


@dataclass(frozen=True, slots=True)
class Ranking:
    """Units that might go to a boat, by a bound on their time there; in a tie as in the file."""

    limits: Limits
    chances: Sequence[tuple[float, int, Chance]]

    def any_may_act(self) -> bool:
        """Tell whether any part of the boat's way is open to any of them."""
        return any(chance.way.parts for *_, chance in self.chances)

    def any_in_reach(self) -> bool:
        """Tell whether any of them could meet the boat in time, did nothing lie between."""
        return any(math.isfinite(chance.straight_s()) for *_, chance in self.chances)

    def first_there(self) -> tuple[Unit, Meeting] | None:
        """Route until no other unit could be there first; ``None`` when nobody can be there in time.

        At most so many are routed: a desk that has called up its nearest units in vain gives up.
        """
        best, best_s, routed = None, math.inf, 0
        for bound_s, _, chance in self.chances:
            if bound_s >= best_s or routed == _MOST_ROUTED:
                break
            if chance.straight_s() >= best_s:
                continue
            routed += 1
            meeting = chance.meeting(self.limits.sea, best_s)
            if meeting is not None and meeting.time_s < best_s:
                best, best_s = (chance.unit, meeting), meeting.time_s
        return best


def ranked(limits: Limits, units: Sequence[Unit], believed: Track, now_s: float) -> Ranking:
    """Rank units that might meet a boat on the track that it is believed to sail."""
    barred = {unit.craft.keep_out for unit in units}
    ways = {keep_out: _open_way(limits, believed, keep_out, now_s) for keep_out in barred}
    chances = [Chance(unit, *unit.start(now_s), ways[unit.craft.keep_out]) for unit in units]
    fastest_mps = believed.fastest_mps()
    bounds = [chance.bound_s(fastest_mps) for chance in chances]
    return Ranking(limits, sorted(zip(bounds, range(len(chances)), chances, strict=True)))


def _open_way(limits: Limits, believed: Track, keep_out: Collection[str], now_s: float) -> _OpenWay:
    parts = limits.open_parts(believed, keep_out, now_s)
    if not parts:
        return _OpenWay(parts, math.inf, (math.nan, math.nan))
    begin_s = max(now_s, parts[0].time_s.item(0))
    return _OpenWay(parts, begin_s, parts[0].at(begin_s))


@dataclass(frozen=True, slots=True)
class _OpenWay:
    """The parts of a boat's way that are open to a unit, and when and where the first of them begins."""

    parts: list[Track]
    begin_s: float
    begin: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Chance:
    """A unit that might go, where and when it could start, and what of the boat's way is open to it."""

    unit: Unit
    here: tuple[float, float]
    ready_s: float
    way: _OpenWay

    def bound_s(self, fastest_mps: float) -> float:
        """Give a time before which the unit cannot be there, were the boat to come straight towards it."""
        if not self.way.parts:
            return math.inf
        speed_mps = self.unit.dash_mps
        sailed_m = speed_mps * self.ready_s + fastest_mps * self.way.begin_s
        return (math.dist(self.here, self.way.begin) + sailed_m) / (speed_mps + fastest_mps)

    def straight_s(self) -> float:
        """Give the earliest meeting on a straight line, whatever lies between."""
        speed_mps = self.unit.dash_mps
        return min(
            (first_meeting_s(part, *self.here, speed_mps, self.ready_s) for part in self.way.parts),
            default=math.inf,
        )

    def meeting(self, sea: Sea, before_s: float) -> Meeting | None:
        """Find the first meeting before a moment."""
        unit = self.unit
        return first_of(
            sea, self.way.parts, self.here, unit.dash_mps, self.ready_s, before_s, unit.craft.keep_out
        )
