"""Responses: a unit sails to a boat, searches if it must, takes the people aboard and brings them ashore."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import simpy

from aegean_sim.behaviour.belief import believed_track, foreseen_until_s
from aegean_sim.behaviour.courses import expanding_square, first_of, rejoin, way_home
from aegean_sim.behaviour.tasking import CALLED_OFF, DUPLICATE, FALSE, NOT_FOUND, TOO_LATE
from aegean_sim.entities.boat import MET, RESCUED, STOPPED
from aegean_sim.entities.party import Party
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import HOUR_S, MINUTE_S, NM_M

if TYPE_CHECKING:
    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.tasking import Doctrine, Owner, Tasking
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.scenario.response import Response
    from aegean_sim.streams import Streams


_ALONGSIDE_M = 0.25 * NM_M


@dataclass(frozen=True, slots=True)
class _Mission:
    """What a response works with."""

    env: simpy.Environment
    scene: Scene
    tasking: Tasking
    doctrine: Doctrine
    streams: Streams
    owner: Owner

    @property
    def policy(self) -> Response:
        return self.doctrine.response

    @property
    def holders(self) -> set[str] | None:
        """Units that tell where the boat is; ``None`` where that is always known."""
        return self.doctrine.holders(self.tasking.case, {self.unit.id})

    @property
    def unit(self) -> Unit:
        return self.tasking.unit

    @property
    def boat(self) -> int:
        return self.tasking.report.boat

    def divert(self, course: Pieces, back_s: float) -> None:
        """Put the unit on a course that ends with its return."""
        self.scene.lookout.divert(self.unit, course, back_s)


def respond(
    env: simpy.Environment,
    scene: Scene,
    tasking: Tasking,
    doctrine: Doctrine,
    streams: Streams,
    owner: Owner,
    meeting: Meeting,
) -> simpy.events.ProcessGenerator:
    """Carry out a tasking from its order to the unit's return; its owner is told what happens.

    ``meeting`` is what the desk reckons with.
    """
    mission = _Mission(env, scene, tasking, doctrine, streams, owner)
    back_s = yield from _pursue(mission, meeting)
    if math.isnan(tasking.done_s):
        tasking.done_s = env.now
    owner.closed(scene, tasking)
    yield from _return(mission, back_s)


def _return(mission: _Mission, back_s: float) -> simpy.events.ProcessGenerator:
    """Let the unit be on its way back until a moment, unless it is sent to a boat in distress before.

    One that could not even set out is not asked again before that moment.
    """
    env, unit, number = mission.env, mission.unit, mission.tasking.number
    went = env.now > mission.tasking.tasked_s
    if went:
        unit.returning_from = number
        mission.owner.freed()
    yield env.timeout(max(0.0, back_s - env.now))
    if went and unit.returning_from != number:
        return
    unit.busy, unit.returning_from = False, -1
    mission.doctrine.delivery.check(mission.scene, unit)
    mission.owner.freed()


def _pursue(mission: _Mission, meeting: Meeting | None) -> simpy.events.ProcessGenerator:
    """Sail to where the boat is thought to be, until it is met, gone or given up; give the time of return.

    Where it turns before it would be met, or is lost from sight, the unit thinks again; turns that bring it
    off by no more than a quarter of a mile are followed on the way.
    """
    env, tasking, unit = mission.env, mission.tasking, mission.unit
    place, ready_s = unit.start(env.now)
    first_ready_s = ready_s
    while mission.scene.under_way(mission.boat):
        if meeting is None or mission.scene.lookout.holds(unit, mission.boat, env.now):
            meeting = _next_meeting(mission, place, ready_s)
        if meeting is None:
            break
        tasking.there_s, foreseen_s = meeting.time_s, _foreseen_until_s(mission, meeting)
        if foreseen_s >= meeting.time_s:
            back_s = yield from _meet(mission, ready_s, meeting)
            if back_s is not None:
                return back_s
        else:
            in_sight = foreseen_s > env.now
            back_s, searched_s = _set_out_to_search(mission, ready_s, meeting)
            woken = yield from _woken(mission, foreseen_s if in_sight else searched_s)
            if not (woken or in_sight):
                tasking.result = NOT_FOUND
                return back_s
        place, ready_s = unit.start(env.now)
        if unit.piece_at(env.now) is None:
            ready_s = max(env.now, first_ready_s)
        meeting = None
    tasking.result = _in_vain(mission)
    pieces, back_s = rejoin(mission.scene.sea, unit, place, max(env.now, ready_s))
    mission.divert(pieces, back_s)
    return back_s


def _in_vain(mission: _Mission) -> str:
    """Tell why a unit turns back without having met its boat."""
    if not mission.scene.dealt_with(mission.boat):
        return TOO_LATE
    return DUPLICATE if mission.tasking.case.number else CALLED_OFF


def _foreseen_until_s(mission: _Mission, meeting: Meeting) -> float:
    """Tell until when a boat in sight does what is thought of it, small turns aside."""
    scene, boat = mission.scene, mission.boat
    place = scene.track(boat).at(meeting.time_s)
    strays = math.dist(place, meeting.path_xy[-1]) > _ALONGSIDE_M
    return foreseen_until_s(scene, boat, mission.env.now, mission.holders, straight=strays)


def _next_meeting(mission: _Mission, place: tuple[float, float], ready_s: float) -> Meeting | None:
    """Find the next meeting where desk and unit may act, as far as the unit and its desk know."""
    sea, unit, now = mission.scene.sea, mission.unit, mission.env.now
    track = believed_track(mission.scene, mission.tasking.case, now, mission.holders)
    parts = mission.tasking.limits.open_parts(track, unit.craft.keep_out, now)
    return first_of(sea, parts, place, unit.dash_mps, ready_s, closed=unit.craft.keep_out)


def _woken(mission: _Mission, until_s: float) -> simpy.events.ProcessGenerator:
    """Wait for a moment, or for news of the boat before it; tell whether there was any."""
    mission.tasking.waiter = mission.env.active_process
    try:
        yield mission.env.timeout(max(0.0, until_s - mission.env.now))
    except simpy.Interrupt:
        return True
    mission.tasking.waiter = None
    return False


def _set_out_to_search(mission: _Mission, ready_s: float, meeting: Meeting) -> tuple[float, float]:
    """Plan the way to the datum, the search and the return; give the times of return and search's end."""
    unit, sea, policy = mission.unit, mission.scene.sea, mission.policy
    searched_s = meeting.time_s + policy.search_h * HOUR_S
    centre = float(meeting.path_xy[-1, 0]), float(meeting.path_xy[-1, 1])
    search = expanding_square(sea, centre, policy.search_spacing_nm * NM_M, unit, meeting.time_s, searched_s)
    searched_s = float(search.time_s[-1])
    pieces, back_s = rejoin(sea, unit, search.at(searched_s), searched_s)
    mission.divert((sail(meeting.path_xy, ready_s, meeting.time_s).then(search), *pieces), back_s)
    return back_s, searched_s


def _meet(mission: _Mission, ready_s: float, meeting: Meeting) -> simpy.events.ProcessGenerator:
    """Meet the boat and take its people aboard; tell when the unit is free, or nothing if it is gone."""
    env, tasking, boat, scene = mission.env, mission.tasking, mission.boat, mission.scene
    trip = _trip(mission, ready_s, meeting)
    mission.divert(trip.course, trip.back_s)
    while scene.under_way(boat) and (yield from _woken(mission, meeting.time_s)):
        pass
    if not scene.under_way(boat):
        return None
    tasking.on_scene_s = env.now
    tasking.result = _outcome(mission)
    if scene.under_way(boat):
        mission.owner.full(scene, tasking)
    else:
        mission.owner.ended(scene, boat, tasking)
    yield env.timeout(max(0.0, trip.done_s - env.now))
    tasking.done_s = trip.done_s
    if tasking.party is not None:
        _settle(mission, trip, tasking.party)
    return trip.free_s


def _outcome(mission: _Mission) -> str:
    """Put down what becomes of a boat that is met, or that a stranger is none, and give the word for it."""
    scene, boat, now = mission.scene, mission.boat, mission.env.now
    stranger = scene.stranger(boat)
    if stranger is not None:
        stranger.looked_into = True
        return FALSE
    outcome = _fate(mission)
    _come_alongside(mission, outcome)
    persons = _taken(mission, now)
    mission.tasking.party = Party(boat, persons, now)
    if persons < scene.persons(boat, now):
        scene.fleet.take(boat, now, persons, outcome)
    else:
        scene.fleet.end(boat, now, outcome, mission.unit.id)
    return outcome


def _come_alongside(mission: _Mission, outcome: str) -> None:
    """Intercept the boat, with or without force, or take its people off; it may capsize."""
    boarding, owner, now = mission.doctrine.boarding, mission.unit.craft.owner, mission.env.now
    fleet, boat = mission.scene.fleet, mission.boat
    key, persons = mission.scene.key(boat), mission.scene.persons(boat, now)
    if outcome == STOPPED:
        mission.tasking.forced = boarding.forced(owner, key)
        drowned = boarding.drowned(owner, key, persons)
    elif fleet.boats.capsize_s[boat] <= now:
        drowned = 0
    else:
        drowned = boarding.drowned_in_panic(fleet.boats.boat_type[boat], key, persons)
    fleet.drown(boat, now, drowned)


def _taken(mission: _Mission, time_s: float) -> int:
    """Tell how many are taken off the boat at a moment: all, or as many as there is room for."""
    persons = mission.scene.persons(mission.boat, time_s)
    return min(persons, mission.unit.room) if mission.policy.bring_ashore else persons


def _fate(mission: _Mission) -> str:
    if mission.scene.fleet.in_distress(mission.boat, mission.env.now):
        return RESCUED
    return STOPPED if mission.unit.craft.side == "departure" else MET


def _settle(mission: _Mission, trip: _Trip, party: Party) -> None:
    """Put down that the people are ashore, or that they stay aboard for now."""
    if trip.state is not None:
        party.land(trip.done_s, trip.state, mission.unit.id)
    elif mission.policy.bring_ashore and party.persons:
        mission.doctrine.delivery.took(mission.scene, mission.unit, party)


@dataclass(frozen=True, slots=True)
class _Trip:
    """A response that finds its boat: approach, alongside, perhaps to port and ashore, back.

    Parameters
    ----------
    done_s, free_s, back_s : float
        When the people are ashore or safe aboard, when the unit may be sent out again, and when it is back.
    state : str or None
        State of the port; ``None`` for none.
    """

    course: Pieces
    done_s: float
    free_s: float
    back_s: float
    state: str | None


def _trip(mission: _Mission, ready_s: float, meeting: Meeting) -> _Trip:
    """Plan a response ahead."""
    unit, scene, delivery = mission.unit, mission.scene, mission.doctrine.delivery
    course, left_s = _alongside(mission, ready_s, meeting)
    here, done_s, state = course.at(left_s), left_s, None
    port = delivery.ashore.port(scene, unit, mission.boat, here)
    ashore = mission.policy.bring_ashore and scene.stranger(mission.boat) is None
    if ashore and delivery.at_once(unit) and port is not None:
        home = way_home(scene.sea, unit, port, here, left_s)
        course, here, state = course.then(home), port, scene.sea.zones.water_at(*port)
        done_s = float(home.time_s[-1]) + delivery.landing_s(unit, scene, mission.boat)
    pieces, back_s = rejoin(scene.sea, unit, here, done_s)
    free_s = done_s if ashore and not delivery.at_once(unit) else back_s
    return _Trip((course, *pieces), done_s, free_s, back_s, state)


def _alongside(mission: _Mission, ready_s: float, meeting: Meeting) -> tuple[Track, float]:
    """Give the way to the boat and the time alongside, and when that is over."""
    policy, persons = mission.policy, _taken(mission, meeting.time_s)
    alongside_s = minutes_s(policy.on_scene_min, mission.streams, "on scene", *_keys(mission))
    alongside_s += policy.per_person_min * MINUTE_S * persons
    left_s = meeting.time_s + alongside_s
    course = sail(meeting.path_xy, ready_s, meeting.time_s)
    if alongside_s > 0.0:
        here = meeting.path_xy[-1:]
        course = course.then(Track(np.array([left_s]), here[:, 0], here[:, 1]))
    return course, left_s


def _keys(mission: _Mission) -> tuple[int, int]:
    """Give the identities of unit and boat, for draws."""
    return mission.unit.key, mission.scene.key(mission.boat)
