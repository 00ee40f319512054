"""Ranking: which of the units that might go to a boat could be there first, and by what way."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.behaviour.courses import meet_after
from aegean_sim.kinematics.intercept import first_meeting_s

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.limits import Limits
    from aegean_sim.entities.unit import Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Track

    _Begin = tuple[float, tuple[float, float]]

_MOST_ROUTED = 8


class Ranking(NamedTuple):
    """Units that might go to a boat, by a bound on their time there; in a tie as in the file."""

    limits: Limits
    chances: Sequence[tuple[float, int, Chance]]

    def any_may_act(self) -> bool:
        """Tell whether any part of the boat's way is open to any of them."""
        return any(chance.parts for *_, chance in self.chances)

    def first_there(self) -> tuple[Unit, Meeting] | None:
        """Route until no other unit could be there first; ``None`` when nobody can be there in time.

        At most so many are routed: a desk that has called up its nearest units in vain gives up.
        """
        best, best_s, routed = None, math.inf, 0
        for bound_s, _, chance in self.chances:
            if bound_s >= best_s or routed == _MOST_ROUTED:
                break
            straight_s = chance.straight_s()
            if min(straight_s, default=math.inf) >= best_s:
                continue
            routed += 1
            meeting = chance.meeting(self.limits.sea, straight_s, best_s)
            if meeting is not None and meeting.time_s < best_s:
                best, best_s = (chance.unit, meeting), meeting.time_s
        return best


def ranked(limits: Limits, units: Sequence[Unit], believed: Track, now_s: float) -> Ranking:
    """Rank units that might meet a boat on the track that it is believed to sail."""
    chances = list(_chances(limits, units, believed, now_s))
    if len(chances) < 2:
        return Ranking(limits, [(now_s, 0, chance) for chance in chances])
    fastest_mps = believed.fastest_mps()
    ways = {chance.unit.craft.keep_out: chance.parts for chance in chances}
    begins = {keep_out: _begin(parts, now_s) for keep_out, parts in ways.items()}
    bounds = [chance.bound_s(begins[chance.unit.craft.keep_out], fastest_mps) for chance in chances]
    return Ranking(limits, sorted(zip(bounds, range(len(chances)), chances, strict=True)))


def any_in_reach(limits: Limits, units: Iterable[Unit], believed: Track, now_s: float) -> bool:
    """Tell whether any of some units could meet a boat in time, did nothing lie between."""
    return any(
        math.isfinite(straight_s)
        for chance in _chances(limits, units, believed, now_s)
        for straight_s in chance.straight_s()
    )


def _chances(limits: Limits, units: Iterable[Unit], believed: Track, now_s: float) -> Iterator[Chance]:
    open_parts: dict[Collection[str], list[Track]] = {}
    for unit in units:
        keep_out = unit.craft.keep_out
        if keep_out not in open_parts:
            open_parts[keep_out] = limits.open_parts(believed, keep_out, now_s)
        yield Chance(unit, *unit.start(now_s), open_parts[keep_out])


def _begin(parts: list[Track], now_s: float) -> _Begin:
    """Tell when, from now on, and where the first part of a boat's way begins; never if there is none."""
    if not parts:
        return math.inf, (math.nan, math.nan)
    begin_s = max(now_s, parts[0].time_s.item(0))
    return begin_s, parts[0].at(begin_s)


class Chance(NamedTuple):
    """A unit that might go, where and when it could start, and the parts of the boat's way open to it."""

    unit: Unit
    here: tuple[float, float]
    ready_s: float
    parts: list[Track]

    def bound_s(self, begin: _Begin, fastest_mps: float) -> float:
        """Give a time before which the unit cannot be there, were the boat to come straight towards it."""
        if not self.parts:
            return math.inf
        (begin_s, place), speed_mps = begin, self.unit.dash_mps
        sailed_m = speed_mps * self.ready_s + fastest_mps * begin_s
        return (math.dist(self.here, place) + sailed_m) / (speed_mps + fastest_mps)

    def straight_s(self) -> list[float]:
        """Give the earliest meeting on a straight line, whatever lies between, with each part of the way."""
        x_m, y_m = self.here
        speed_mps, ready_s = self.unit.dash_mps, self.ready_s
        return [first_meeting_s(part, x_m, y_m, speed_mps, ready_s) for part in self.parts]

    def meeting(self, sea: Sea, straight_s: Sequence[float], before_s: float) -> Meeting | None:
        """Find the first meeting before a moment, from when a straight course would meet each part."""
        speed_mps, closed = self.unit.dash_mps, self.unit.craft.keep_out
        for part, earliest_s in zip(self.parts, straight_s, strict=True):
            meeting = meet_after(sea, part, earliest_s, self.here, speed_mps, self.ready_s, before_s, closed)
            if meeting is not None:
                return meeting
        return None
