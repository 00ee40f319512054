"""Responses: a unit sails to a boat, searches if it must, takes the people aboard and brings them ashore."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import simpy

from aegean_sim.behaviour.belief import believed_track, open_parts
from aegean_sim.behaviour.courses import expanding_square, first_of, rejoin, way_home
from aegean_sim.entities.boat import MET, RESCUED, STOPPED
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import HOUR_S, MINUTE_S, NM_M

if TYPE_CHECKING:
    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.handoff.network import Report
    from aegean_sim.scenario.response import Response
    from aegean_sim.streams import Streams

UNDER_WAY, NOT_FOUND, TOO_LATE, CALLED_OFF = "under_way", "not_found", "too_late", "called_off"


@dataclass(slots=True, eq=False)
class Tasking:
    """One unit sent to one boat: a row of ``responses``; a time that has not come is NaN.

    Parameters
    ----------
    waiter : simpy.Process or None
        What is interrupted when there is news of the boat; ``None`` while nobody waits for any.
    """

    number: int
    report: Report
    desk: str
    unit: Unit
    tasked_s: float
    on_scene_s: float = float("nan")
    done_s: float = float("nan")
    result: str = UNDER_WAY
    persons: int = 0
    waiter: simpy.Process | None = None

    def rouse(self) -> None:
        """Tell the unit, if it waits for news of the boat, that there is some."""
        waiter, self.waiter = self.waiter, None
        if waiter is not None:
            waiter.interrupt()


class Owner(Protocol):
    """Who keeps the taskings."""

    def ended(self, scene: Scene, boat: int) -> None:
        """Hear that a boat is no longer at sea."""
        ...

    def closed(self, scene: Scene, tasking: Tasking) -> None:
        """Hear that a unit is done with its boat, whatever came of it."""
        ...

    def freed(self) -> None:
        """Hear that a unit is back."""
        ...


@dataclass(frozen=True, slots=True)
class _Mission:
    """What a response works with."""

    env: simpy.Environment
    scene: Scene
    tasking: Tasking
    policy: Response
    streams: Streams
    owner: Owner
    forces: frozenset[str]

    @property
    def unit(self) -> Unit:
        return self.tasking.unit

    @property
    def boat(self) -> int:
        return self.tasking.report.boat

    def divert(self, course: Pieces, back_s: float) -> None:
        """Put the unit on a course that ends with its return, and look anew at what it will see."""
        self.unit.divert(self.env.now, course)
        self.scene.lookout.replan(self.unit, max(back_s, self.unit.away_until_s))
        self.unit.away_until_s = back_s


def respond(
    env: simpy.Environment,
    scene: Scene,
    tasking: Tasking,
    policy: Response,
    streams: Streams,
    owner: Owner,
    forces: frozenset[str],
    meeting: Meeting,
) -> simpy.events.ProcessGenerator:
    """Carry out a tasking from its order to the unit's return; its owner is told what happens.

    ``forces`` are those whose sightings reach the desk that gave the order, and ``meeting`` is what the desk
    reckons with.
    """
    mission = _Mission(env, scene, tasking, policy, streams, owner, forces)
    back_s = yield from _pursue(mission, meeting)
    if math.isnan(tasking.done_s):
        tasking.done_s = env.now
    owner.closed(scene, tasking)
    yield env.timeout(max(0.0, back_s - env.now))
    tasking.unit.busy = False
    owner.freed()


def _pursue(mission: _Mission, meeting: Meeting | None) -> simpy.events.ProcessGenerator:
    """Sail to where the boat is thought to be, until it is met, gone or given up; give the time of return."""
    env, tasking, unit, boat = mission.env, mission.tasking, mission.unit, mission.boat
    place, ready_s = unit.start(env.now)
    while mission.scene.fleet.under_way(boat):
        track, sure = _known(mission)
        if meeting is None or (sure and mission.policy.contact_needed):
            meeting = _next_meeting(mission, track, place, ready_s)
        if meeting is None:
            break
        if sure or mission.scene.lookout.held_until(boat, env.now, mission.forces) >= meeting.time_s:
            back_s = yield from _meet(mission, ready_s, meeting)
            if back_s is not None:
                return back_s
        else:
            back_s, searched_s = _set_out_to_search(mission, ready_s, meeting)
            if not (yield from _woken(mission, searched_s)):
                tasking.result = NOT_FOUND
                return back_s
        place, ready_s = unit.start(env.now)
        meeting = None
    tasking.result = CALLED_OFF if mission.scene.fleet.ended_by[boat] else TOO_LATE
    pieces, back_s = rejoin(mission.scene.sea, unit, place, max(env.now, ready_s))
    mission.divert(pieces, back_s)
    return back_s


def _next_meeting(
    mission: _Mission, track: Track, place: tuple[float, float], ready_s: float
) -> Meeting | None:
    """Find the next meeting on a way through waters that the unit may enter."""
    sea, unit = mission.scene.sea, mission.unit
    parts = open_parts(sea, track, unit.craft.keep_out, mission.env.now)
    return first_of(sea, parts, place, unit.dash_mps, ready_s, closed=unit.craft.keep_out)


def _woken(mission: _Mission, until_s: float) -> simpy.events.ProcessGenerator:
    """Wait for a moment, or for news of the boat before it; tell whether there was any."""
    mission.tasking.waiter = mission.env.active_process
    try:
        yield mission.env.timeout(until_s - mission.env.now)
    except simpy.Interrupt:
        return True
    mission.tasking.waiter = None
    return False


def _known(mission: _Mission) -> tuple[Track, bool]:
    """Give the track to reckon with, and whether it is surely the true one: own contact, or none needed."""
    now = mission.env.now
    sure = not mission.policy.contact_needed or mission.scene.lookout.holds(mission.unit, mission.boat, now)
    return believed_track(mission.scene, mission.boat, now, mission.forces, sure=sure), sure


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
    """Meet the boat, take its people aboard and ashore; give the time of return, or nothing if it is gone."""
    env, tasking, unit, boat = mission.env, mission.tasking, mission.unit, mission.boat
    course, done_s, back_s = _round_trip(mission, ready_s, meeting)
    mission.divert(course, back_s)
    fleet = mission.scene.fleet
    while fleet.under_way(boat) and (yield from _woken(mission, meeting.time_s)):
        pass
    if not fleet.under_way(boat):
        return None
    tasking.on_scene_s = env.now
    tasking.persons = int(fleet.boats.persons[boat])
    tasking.result = _outcome(mission)
    fleet.end(boat, env.now, tasking.result, unit.id)
    mission.owner.ended(mission.scene, boat)
    yield env.timeout(done_s - env.now)
    tasking.done_s = done_s
    return back_s


def _outcome(mission: _Mission) -> str:
    if mission.scene.fleet.in_distress(mission.boat, mission.env.now):
        return RESCUED
    return STOPPED if mission.unit.craft.side == "departure" else MET


def _round_trip(mission: _Mission, ready_s: float, meeting: Meeting) -> tuple[Pieces, float, float]:
    """Plan a response ahead: approach, alongside, home, ashore, back; give it with its last two times."""
    unit, sea, policy = mission.unit, mission.scene.sea, mission.policy
    boats = mission.scene.fleet.boats
    keys = unit.key, boats.key.item(mission.boat)
    alongside_s = minutes_s(policy.on_scene_min, mission.streams, "on scene", *keys)
    alongside_s += policy.per_person_min * MINUTE_S * boats.persons.item(mission.boat)
    left_s = meeting.time_s + alongside_s
    course = sail(meeting.path_xy, ready_s, meeting.time_s)
    here = meeting.path_xy.item(-2), meeting.path_xy.item(-1)
    if alongside_s > 0.0:
        course = course.then(Track(np.array([left_s]), np.array(here[:1]), np.array(here[1:])))
    done_s = left_s
    if policy.bring_ashore and unit.port is not None:
        home = way_home(sea, unit, here, left_s)
        course = course.then(home)
        here = unit.port
        done_s = float(home.time_s[-1]) + minutes_s(policy.ashore_min, mission.streams, "ashore", *keys)
    pieces, back_s = rejoin(sea, unit, here, done_s)
    return (course, *pieces), done_s, back_s
