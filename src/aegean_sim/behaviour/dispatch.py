"""Dispatch: which unit is sent to a boat, if any, and why not."""

from __future__ import annotations

import math
from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.behaviour.belief import believed_track, open_parts
from aegean_sim.behaviour.courses import first_of
from aegean_sim.behaviour.response import Tasking, respond
from aegean_sim.handoff.desks import Decision
from aegean_sim.kinematics.intercept import first_meeting_s

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import simpy

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.contact import Contact
    from aegean_sim.entities.unit import Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.scenario.response import Response
    from aegean_sim.streams import Streams

_MOST_ROUTED = 8
LATE = Decision("refused", "late", timely=False)
COMMANDS_NONE = Decision("refused", "commands_none", timely=False)
NO_UNIT_FREE = Decision("refused", "no_unit_free", timely=False)
QUEUED = Decision("queued", "no_unit_free", timely=False)
MAY_NOT_ACT = Decision("refused", "may_not_act", timely=False)
OUT_OF_REACH = Decision("refused", "out_of_reach", timely=False)
NO_ROOM = Decision("refused", "no_room", timely=False)
ENDED = Decision("known", "already_ended", timely=False)
KNOWN = Decision("known", "already_tasked", timely=True)
TASKED = Decision("tasked", "", timely=True)


@dataclass(slots=True, eq=False)
class Dispatcher:
    """Decides for all desks, and keeps the taskings.

    Parameters
    ----------
    taskings : list of Tasking
        All so far, in the order of time.
    late_decisions : dict of (report number, desk) to Decision
        What became of reports that waited for a unit.
    """

    env: simpy.Environment
    scenes: Mapping[str, Scene]
    network: Network
    policy: Response
    streams: Streams
    taskings: list[Tasking] = field(default_factory=list)
    late_decisions: dict[tuple[int, str], Decision] = field(default_factory=dict)
    _active: dict[tuple[str, int], dict[str, Tasking]] = field(default_factory=dict)
    _able_for: dict[tuple[str, str, bool], list[Unit]] = field(default_factory=dict)
    _waiting: dict[str, deque[Report]] = field(default_factory=dict)

    def decide(self, desk: str, report: Report, *, queued: bool = False) -> Decision:
        """Send the unit that can be there first, or say why not; ``queued``: the report waits already."""
        scene = self.scenes[report.theatre]
        if not scene.fleet.under_way(report.boat):
            return ENDED if scene.fleet.ended_by[report.boat] else LATE
        if desk in self._active.get((report.theatre, report.boat), ()):
            return KNOWN
        able = self._able(scene, desk, distress=report.distress)
        if not able:
            return COMMANDS_NONE
        free = [unit for unit in able if unit.free(self.env.now)]
        if free:
            return self._send(scene, desk, free, report)
        if self.policy.no_unit == "wait":
            if not queued:
                self._waiting.setdefault(desk, deque()).append(report)
            return QUEUED
        return NO_UNIT_FREE

    def sighted(self, scene: Scene, contact: Contact) -> None:
        """Tell a responder that somebody has the boat it looks for."""
        force = scene.units[contact.unit].craft.owner
        for tasking in self._taskings_of(scene, contact.boat):
            if force in self.network.reaching(tasking.desk):
                tasking.rouse()

    def ended(self, scene: Scene, boat: int) -> None:
        """Tell a responder that the boat it looks for is no longer at sea."""
        for tasking in self._taskings_of(scene, boat):
            tasking.rouse()

    def closed(self, scene: Scene, tasking: Tasking) -> None:
        """Strike a tasking off: the next report on the boat is news again."""
        del self._active[scene.name, tasking.report.boat][tasking.desk]

    def freed(self) -> None:
        """Take up the cases that waited for a unit, in their order, until a desk has none to send."""
        for desk, reports in self._waiting.items():
            while reports:
                decision = self.decide(desk, reports[0], queued=True)
                if decision is QUEUED:
                    break
                self.late_decisions[reports.popleft().number, desk] = decision

    def _taskings_of(self, scene: Scene, boat: int) -> Iterable[Tasking]:
        return self._active.get((scene.name, boat), {}).values()

    def _able(self, scene: Scene, desk: str, *, distress: bool) -> list[Unit]:
        """Give the units that a desk may send, busy or not; they are the same throughout a run."""
        case = (scene.name, desk, distress)
        if case not in self._able_for:
            forces = self.network.desks[desk].commands
            duties = {"intercept", "rescue"} if distress else {"intercept"}
            self._able_for[case] = [
                unit
                for unit in scene.units
                if unit.craft.owner in forces and unit.dash_mps > 0.0 and duties & unit.craft.duties
            ]
        return self._able_for[case]

    def _send(self, scene: Scene, desk: str, free: list[Unit], report: Report) -> Decision:
        people = int(scene.fleet.boats.persons[report.boat])
        any_will_do = report.distress or not self.policy.bring_ashore
        roomy = [unit for unit in free if any_will_do or unit.craft.capacity >= people]
        if not roomy:
            return NO_ROOM
        forces = self.network.reaching(desk)
        sure = not self.policy.contact_needed
        believed = believed_track(scene, report.boat, self.env.now, forces, sure=sure)
        first = self._first_there(scene, roomy, believed)
        if isinstance(first, Decision):
            return first
        unit, meeting = first
        tasking = Tasking(len(self.taskings), report, desk, unit, self.env.now)
        self.taskings.append(tasking)
        self._active.setdefault((scene.name, report.boat), {})[desk] = tasking
        unit.busy = True
        self.env.process(respond(self.env, scene, tasking, self.policy, self.streams, self, forces, meeting))
        return TASKED

    def _first_there(
        self, scene: Scene, units: list[Unit], believed: Track
    ) -> tuple[Unit, Meeting] | Decision:
        """Rank by a bound on the time there, and route until no other unit could be there first.

        At most so many are routed: a desk that has called up its nearest units in vain gives up.
        """
        best, best_s, routed = None, math.inf, 0
        ranked = _ranked(scene.sea, units, believed, self.env.now)
        for bound_s, _, chance in ranked:
            if bound_s >= best_s or routed == _MOST_ROUTED:
                break
            if chance.straight_s() >= best_s:
                continue
            routed += 1
            meeting = chance.meeting(scene.sea, best_s)
            if meeting is not None and meeting.time_s < best_s:
                best, best_s = (chance.unit, meeting), meeting.time_s
        if best is None:
            return OUT_OF_REACH if any(chance.way.parts for *_, chance in ranked) else MAY_NOT_ACT
        return best


def _ranked(sea: Sea, units: list[Unit], believed: Track, now_s: float) -> list[tuple[float, int, _Chance]]:
    """Give the units' chances with bounds on their time there, the least first, in a tie as in the file."""
    limits = {unit.craft.keep_out for unit in units}
    ways = {limit: _open_way(sea, believed, limit, now_s) for limit in limits}
    chances = [_Chance(unit, *unit.start(now_s), ways[unit.craft.keep_out]) for unit in units]
    fastest_mps = believed.fastest_mps()
    return sorted((chance.bound_s(fastest_mps), row, chance) for row, chance in enumerate(chances))


def _open_way(sea: Sea, believed: Track, keep_out: Collection[str], now_s: float) -> _OpenWay:
    parts = open_parts(sea, believed, keep_out, now_s)
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
class _Chance:
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
