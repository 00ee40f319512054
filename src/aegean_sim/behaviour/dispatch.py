"""Dispatch: which unit is sent to a boat, if any, and why not."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, Protocol

from aegean_sim.agenda import after
from aegean_sim.behaviour import decisions as say
from aegean_sim.behaviour.backlog import Again, Backlog
from aegean_sim.behaviour.belief import believed_track
from aegean_sim.behaviour.choosing import Need
from aegean_sim.behaviour.limits import Limits, answerable
from aegean_sim.behaviour.response import respond
from aegean_sim.behaviour.tasking import NOT_FOUND, TOO_LATE, Tasking
from aegean_sim.behaviour.under_way import UnderWay
from aegean_sim.entities.unit import free_of
from aegean_sim.handoff.hop import KNOWN
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import simpy

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.tasking import Doctrine
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.contact import Contact
    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.hop import Decision
    from aegean_sim.handoff.jurisdiction import Courts
    from aegean_sim.handoff.network import Network, Report
    from aegean_sim.handoff.picture import Case, Picture
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.streams import Streams


class Rooms(Again, Protocol):
    """Brings a case back to a desk, or to those whose case it has become since."""

    def look_again(self, desk: str, report: Report) -> None:
        """Lay it on the desk's table once more."""
        ...

    def hand_on(self, desk: str, report: Report, receivers: tuple[str, ...]) -> None:
        """Tell them."""
        ...


class _Order(NamedTuple):
    """What a desk decides on: a report, as part of what the desk knows.

    Parameters
    ----------
    expected_s : float
        When somebody who was sent before is expected at the boat; infinity for nobody.
    """

    desk: str
    report: Report
    case: Case
    scene: Scene
    settled: bool
    expected_s: float


@dataclass(slots=True, eq=False)
class Dispatcher:
    """Decides for all desks, and keeps the taskings.

    Parameters
    ----------
    doctrines : mapping of theatre to Doctrine
        How taskings are carried out.
    pictures : mapping of desk to Picture
        What each desk knows.
    courts : mapping of theatre to Courts
        Rules of jurisdiction; empty for none.
    on_end : callable
        Called with theatre and number of a boat that is no longer at sea.
    desks : Rooms
        Where a case goes that has become another's, or has waited for a unit.
    taskings : list of Tasking
        All so far, in the order of time.
    """

    env: simpy.Environment
    scenes: Mapping[str, Scene]
    network: Network
    doctrines: Mapping[str, Doctrine]
    streams: Streams
    pictures: Mapping[str, Picture]
    courts: Mapping[str, Courts]
    on_end: Callable[[Scene, int], None]
    desks: Rooms = field(init=False)
    taskings: list[Tasking] = field(default_factory=list)
    _able_for: dict[tuple[str, str, bool, int], list[Unit]] = field(default_factory=dict)
    _backlog: Backlog = field(init=False)
    _under_way: UnderWay = field(init=False)

    def __post_init__(self) -> None:
        self._backlog, self._under_way = Backlog(self.env), UnderWay(self.courts.keys())

    def learn(self, desk: str, teller: str, report: Report, told_s: float) -> None:
        """Let a desk know whom another has sent to a boat that it was told of."""
        self._under_way.learn(desk, teller, report, told_s)

    def decide(self, desk: str, report: Report, *, settled: bool = False) -> Decision:
        """Send the unit that can be there first, or say why not and whose case it is.

        ``settled``: it has been said already that no other desk takes the case.
        """
        scene = self.scenes[report.theatre]
        if not scene.under_way(report.boat):
            return say.ENDED if scene.dealt_with(report.boat) else say.LATE
        able = self._able(scene, desk, distress=report.distress)
        if not able:
            return say.CANNOT_ACT
        case = self.pictures[desk].filed(report, self.env.now)
        expected_s = self._expected_s(desk, case, report)
        if expected_s < math.inf and not self._may_hasten(report, expected_s):
            return KNOWN
        order = _Order(desk, report, case, scene, settled, expected_s)
        decision = self._decided(order, able)
        is_anothers = decision.word == "refused" or decision is say.MAY_NOT_ACT_YET
        return self._with_owners(order, decision) if is_anothers else decision

    def _may_hasten(self, report: Report, expected_s: float) -> bool:
        """Tell whether one more might be sent to a boat in distress, to which somebody is long on the way."""
        rules = self.doctrines[report.theatre].delivery.rules
        return report.distress and expected_s - self.env.now > rules.sooner_h * HOUR_S

    def _expected_s(self, desk: str, case: Case, report: Report) -> float:
        """Tell when the first of those that count as sent is expected; infinity where there is none."""
        sent = self._under_way.known(desk, case, report, self.env.now)
        return min([tasking.there_s for tasking in sent]) if sent else math.inf

    def sighted(self, scene: Scene, contact: Contact) -> None:
        """Tell a responder that somebody who keeps its desk informed has the boat it looks for, or itself."""
        unit = scene.units[contact.unit]
        for tasking in self._under_way.to(scene.name, contact.boat):
            told = self.doctrines[scene.name].updates and unit.id in tasking.case.units
            if told or unit is tasking.unit:
                tasking.rouse()

    def ended(self, scene: Scene, boat: int, by: Tasking | None = None) -> None:
        """Tell responders that a boat is no longer at sea: those of another case when they get there."""
        for tasking in self._under_way.to(scene.name, boat):
            if by is None or tasking.case is by.case:
                tasking.rouse()
            else:
                after(self.env, max(0.0, tasking.there_s - self.env.now), Tasking.rouse, tasking)
        self.on_end(scene, boat)

    def full(self, tasking: Tasking) -> None:
        """Let the desk think again of a boat from which a unit could not take all."""
        self._under_way.strike(tasking)
        self.desks.look_again(tasking.desk, tasking.case.latest)

    def closed(self, scene: Scene, tasking: Tasking) -> None:
        """Strike a tasking off: the next report is news again. A boat that got away is another's case.

        For one in distress the same desk thinks again.
        """
        if not self._under_way.strike(tasking):
            return
        tasking.case.searches += tasking.result == NOT_FOUND
        report, courts = tasking.case.latest, self.courts.get(scene.name)
        if tasking.result not in {TOO_LATE, NOT_FOUND} or not scene.under_way(report.boat):
            return
        if report.distress:
            self.desks.look_again(tasking.desk, report)
        elif tasking.result == TOO_LATE and courts is not None:
            self.desks.hand_on(tasking.desk, tasking.report, self._owners(courts, scene, tasking.case))

    def freed(self) -> None:
        """Take up the cases that waited for a unit."""
        self._backlog.take_up(self.desks)

    def _able(self, scene: Scene, desk: str, *, distress: bool) -> list[Unit]:
        """Give the units that a desk may send, busy or not; they are the same throughout a phase."""
        now, orders = self.env.now, self.doctrines[scene.name].orders
        case = (scene.name, desk, distress, orders.period(now))
        if case not in self._able_for:
            forces = self._forces(scene, desk, distress=distress)
            duties = {"intercept", "rescue"} if distress else {"intercept"}
            self._able_for[case] = [
                unit
                for unit in scene.units
                if (forces is None or unit.craft.owner in forces)
                and not unit.passing
                and unit.dash_mps > 0.0
                and duties & orders.duties(unit.craft, now)
            ]
        return self._able_for[case]

    def _forces(self, scene: Scene, desk: str, *, distress: bool) -> Collection[str] | None:
        """Name the forces whose units a desk may send; ``None`` for all, as it may be in distress."""
        rules = self.network.desks[desk]
        if distress and rules.commands and scene.name in self.courts:
            return rules.calls or None
        return rules.commands

    def _limits(self, scene: Scene, desk: str, report: Report) -> Limits:
        courts = None if report.distress else self.courts.get(scene.name)
        return Limits(scene.sea, courts, desk, scene.key(report.boat))

    def _decided(self, order: _Order, able: list[Unit]) -> Decision:
        free = free_of(able, self.env.now, distress=order.report.distress)
        decision = say.NO_UNIT_FREE
        if free or order.report.distress:
            need = self._need(order)
            decision = self._send(order, need, free)
            unfree = decision is say.NO_ROOM and not free
            lacking = decision is say.NO_ROOM or decision is say.OUT_OF_REACH
            if unfree or (lacking and need.somebody_busy_in_reach(able)):
                decision = say.NO_UNIT_FREE
        if order.expected_s < math.inf and decision is not say.TASKED:
            return KNOWN
        return self._put_off(order, able, decision) if self._waits(order, decision, free) else decision

    def _need(self, order: _Order) -> Need:
        now = self.env.now
        ashore = self.doctrines[order.scene.name].response.bring_ashore
        people = order.scene.persons(order.report.boat, now) if ashore else 0
        limits = self._limits(order.scene, order.desk, order.report)
        believed = self._believed(order.scene, order.case)
        return Need(order.scene, order.report, limits, believed, people, now)

    def _waits(self, order: _Order, decision: Decision, free: list[Unit]) -> bool:
        """Tell whether a case is kept until a unit can be sent: one in distress is, whatever is lacking."""
        if decision.word != "refused" or (free and not order.report.distress):
            return False
        return self.doctrines[order.scene.name].response.no_unit != "refuse"

    def _put_off(self, order: _Order, able: list[Unit], decision: Decision) -> Decision:
        """Keep a case; a boat that lies where nobody may go may drift to where somebody may."""
        some = able
        if order.report.distress:
            some = [*able, *(ship for kind in order.scene.passing for ship in kind.ships)]
        self._backlog.add(order.desk, order.report, some, self.desks)
        return say.MAY_NOT_ACT_YET if decision is say.MAY_NOT_ACT else say.QUEUED

    def _send(self, order: _Order, need: Need, free: list[Unit]) -> Decision:
        roomy = [unit for unit in free if need.suits(unit)]
        rules = self.doctrines[order.scene.name].delivery.rules
        first, may_act = need.first_there(roomy, rules.sooner_h)
        if first is None:
            return say.NO_ROOM if not roomy else say.OUT_OF_REACH if may_act else say.MAY_NOT_ACT
        unit, meeting = first
        if meeting.time_s + rules.sooner_h * HOUR_S >= order.expected_s:
            need.let_go(unit)
            return KNOWN
        rival = None if order.settled else _rival(need.limits, meeting)
        if rival is not None:
            return replace(say.BOUNCED, rival=rival)
        self._task(order, need.limits, unit, meeting)
        return say.TASKED

    def _task(self, order: _Order, limits: Limits, unit: Unit, meeting: Meeting) -> None:
        scene, report, now = order.scene, order.report, self.env.now
        number = len(self.taskings)
        tasking = Tasking(number, report, order.case, order.desk, unit, limits, now, meeting.time_s)
        self.taskings.append(tasking)
        self._under_way.add(tasking)
        unit.busy, unit.returning_from = True, -1
        doctrine = self.doctrines[scene.name]
        self.env.process(respond(self.env, scene, tasking, doctrine, self.streams, self, meeting))

    def _believed(self, scene: Scene, case: Case) -> Track:
        doctrine, now = self.doctrines[scene.name], self.env.now
        return believed_track(scene, case, now, doctrine.holders(case), doctrine.response.sought_h * HOUR_S)

    def _with_owners(self, order: _Order, decision: Decision) -> Decision:
        """Add to a refusal whose case it is, along the boat's way."""
        courts = self.courts.get(order.scene.name)
        if courts is None:
            return decision
        return replace(decision, onward=self._owners(courts, order.scene, order.case))

    def _owners(self, courts: Courts, scene: Scene, case: Case) -> tuple[str, ...]:
        boat = case.latest.boat
        return answerable(courts, self._believed(scene, case), scene.key(boat), self.env.now)


def _rival(limits: Limits, meeting: Meeting) -> str | None:
    """Name the desk that holds this one answerable where the boat would be met, as this one does it."""
    if limits.courts is None:
        return None
    return limits.courts.other_side(limits.desk, *meeting.place, limits.boat)
