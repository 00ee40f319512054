"""Responses: a unit sails to a boat, searches if it must, takes the people aboard and brings them ashore."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import simpy

from aegean_sim.behaviour.belief import believed_track, foreseen_until_s
from aegean_sim.behaviour.courses import expanding_square, first_of, rejoin
from aegean_sim.behaviour.mission import Mission
from aegean_sim.behaviour.tasking import CALLED_OFF, DUPLICATE, FALSE, NOT_FOUND, TOO_LATE
from aegean_sim.behaviour.trip import trip_of
from aegean_sim.entities.boat import MET, RESCUED, STOPPED
from aegean_sim.entities.party import Party
from aegean_sim.kinematics.legs import sail
from aegean_sim.quantities import HOUR_S, MINUTE_S, NM_M

if TYPE_CHECKING:
    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.tasking import Doctrine, Owner, Tasking
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.behaviour.trip import Trip
    from aegean_sim.streams import Streams


_ALONGSIDE_M = 0.25 * NM_M
_SAME_TIME_S = 2.0 * MINUTE_S


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
    mission = Mission(env, scene, tasking, doctrine, streams, owner)
    back_s = yield from _pursue(mission, meeting)
    if math.isnan(tasking.done_s):
        tasking.done_s = env.now
    owner.closed(scene, tasking)
    yield from _return(mission, back_s)


def _return(mission: Mission, back_s: float) -> simpy.events.ProcessGenerator:
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


def _pursue(mission: Mission, meeting: Meeting | None) -> simpy.events.ProcessGenerator:
    """Sail to where the boat is thought to be, until it is met, gone or given up; give the time of return.

    Where it turns before it would be met, or is lost from sight, the unit thinks again; turns that bring it
    off by no more than a quarter of a mile are followed on the way.
    """
    env, tasking, unit = mission.env, mission.tasking, mission.unit
    place, ready_s = unit.start(env.now)
    first_ready_s, outing = ready_s, None
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
            if outing is None or not outing.serves(meeting):
                outing = _set_out_to_search(mission, ready_s, meeting)
            woken = yield from _woken(mission, foreseen_s if in_sight else outing.searched_s)
            if not (woken or in_sight):
                tasking.result = NOT_FOUND
                return outing.back_s
        place, ready_s = unit.start(env.now)
        if unit.piece_at(env.now) is None:
            ready_s = max(env.now, first_ready_s)
        meeting = None
    tasking.result = _in_vain(mission)
    pieces, back_s = rejoin(mission.scene.sea, unit, place, max(env.now, ready_s))
    mission.divert(pieces, back_s)
    return back_s


def _in_vain(mission: Mission) -> str:
    """Tell why a unit turns back without having met its boat."""
    if not mission.scene.dealt_with(mission.boat):
        return TOO_LATE
    return DUPLICATE if mission.tasking.case.number else CALLED_OFF


def _foreseen_until_s(mission: Mission, meeting: Meeting) -> float:
    """Tell until when a boat in sight does what is thought of it, small turns aside."""
    scene, boat = mission.scene, mission.boat
    place = scene.track(boat).at(meeting.time_s)
    strays = math.dist(place, meeting.place) > _ALONGSIDE_M
    return foreseen_until_s(scene, boat, mission.env.now, mission.holders, straight=strays)


def _next_meeting(mission: Mission, place: tuple[float, float], ready_s: float) -> Meeting | None:
    """Find the next meeting where desk and unit may act, as far as the unit and its desk know."""
    sea, unit, now = mission.scene.sea, mission.unit, mission.env.now
    sought_s = mission.policy.sought_h * HOUR_S
    track = believed_track(mission.scene, mission.tasking.case, now, mission.holders, sought_s)
    parts = mission.tasking.limits.open_parts(track, unit.craft.keep_out, now)
    return first_of(sea, parts, place, unit.dash_mps, ready_s, closed=unit.craft.keep_out)


def _woken(mission: Mission, until_s: float) -> simpy.events.ProcessGenerator:
    """Wait for a moment, or for news of the boat before it; tell whether there was any."""
    mission.tasking.waiter = mission.env.active_process
    try:
        yield mission.env.timeout(max(0.0, until_s - mission.env.now))
    except simpy.Interrupt:
        return True
    mission.tasking.waiter = None
    return False


class _Outing(NamedTuple):
    """A course to a datum, a search there and the return, which is being sailed."""

    meeting: Meeting
    searched_s: float
    back_s: float

    def serves(self, meeting: Meeting) -> bool:
        """Tell whether news change so little that the unit keeps its course."""
        later_s = abs(meeting.time_s - self.meeting.time_s)
        astray_m = math.dist(meeting.place, self.meeting.place)
        return later_s <= _SAME_TIME_S and astray_m <= _ALONGSIDE_M


def _set_out_to_search(mission: Mission, ready_s: float, meeting: Meeting) -> _Outing:
    """Plan the way to the datum, the search and the return, and set out."""
    unit, sea, policy = mission.unit, mission.scene.sea, mission.policy
    searched_s = meeting.time_s + policy.search_h * HOUR_S
    search = expanding_square(
        sea, meeting.place, policy.search_spacing_nm * NM_M, unit, meeting.time_s, searched_s
    )
    searched_s = float(search.time_s[-1])
    pieces, back_s = rejoin(sea, unit, search.at(searched_s), searched_s)
    mission.divert((sail(meeting.path_xy, ready_s, meeting.time_s).then(search), *pieces), back_s)
    return _Outing(meeting, searched_s, back_s)


def _meet(mission: Mission, ready_s: float, meeting: Meeting) -> simpy.events.ProcessGenerator:
    """Meet the boat and take its people aboard; tell when the unit is free, or nothing if it is gone."""
    env, tasking, boat, scene = mission.env, mission.tasking, mission.boat, mission.scene
    trip = trip_of(mission, ready_s, meeting)
    mission.divert(trip.course, trip.back_s)
    while scene.under_way(boat) and (yield from _woken(mission, meeting.time_s)):
        pass
    if not scene.under_way(boat):
        return None
    tasking.on_scene_s = env.now
    tasking.result = _outcome(mission)
    if scene.under_way(boat):
        mission.owner.full(tasking)
    else:
        mission.owner.ended(scene, boat, tasking)
    yield env.timeout(max(0.0, trip.done_s - env.now))
    tasking.done_s = trip.done_s
    if tasking.party is not None:
        _settle(mission, trip, tasking.party)
    return trip.free_s


def _outcome(mission: Mission) -> str:
    """Put down what becomes of a boat that is met, or that a stranger is none, and give the word for it."""
    scene, boat, now = mission.scene, mission.boat, mission.env.now
    stranger = scene.stranger(boat)
    if stranger is not None:
        stranger.looked_into = True
        return FALSE
    outcome = _fate(mission)
    _come_alongside(mission, outcome)
    aboard = scene.persons(boat, now)
    persons = mission.taken(aboard)
    mission.tasking.party = Party(boat, persons, now)
    if persons < aboard:
        scene.fleet.take(boat, now, persons, outcome)
    else:
        scene.fleet.end(boat, now, outcome, mission.unit.id)
    return outcome


def _come_alongside(mission: Mission, outcome: str) -> None:
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


def _fate(mission: Mission) -> str:
    if mission.scene.fleet.in_distress(mission.boat, mission.env.now):
        return RESCUED
    return STOPPED if mission.unit.craft.side == "departure" else MET


def _settle(mission: Mission, trip: Trip, party: Party) -> None:
    """Put down that the people are ashore, or that they stay aboard for now."""
    if trip.state is not None:
        party.land(trip.done_s, trip.state, mission.unit.id)
    elif mission.policy.bring_ashore and party.persons:
        mission.doctrine.delivery.took(mission.scene, mission.unit, party)
