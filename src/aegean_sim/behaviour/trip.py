"""Trips: how a unit takes people off a boat it meets, brings them ashore if it must, and returns."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.behaviour.courses import rejoin, way_home
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import MINUTE_S

if TYPE_CHECKING:
    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.mission import Mission
    from aegean_sim.entities.unit import Pieces


class Trip(NamedTuple):
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


def trip_of(mission: Mission, ready_s: float, meeting: Meeting) -> Trip:
    """Plan a response ahead."""
    unit, scene, delivery = mission.unit, mission.scene, mission.doctrine.delivery
    course, left_s = _alongside(mission, ready_s, meeting)
    here, done_s, state = meeting.place, left_s, None
    ashore = mission.policy.bring_ashore and scene.stranger(mission.boat) is None
    at_once = ashore and delivery.at_once(unit)
    port = delivery.ashore.port(scene, unit, mission.boat, here) if at_once else None
    if port is not None:
        home = way_home(scene.sea, unit, port, here, left_s)
        course, here, state = course.then(home), port, scene.sea.zones.water_at(*port)
        done_s = float(home.time_s[-1]) + delivery.landing_s(unit, scene, mission.boat)
    pieces, back_s = rejoin(scene.sea, unit, here, done_s)
    free_s = done_s if ashore and not at_once else back_s
    return Trip((course, *pieces), done_s, free_s, back_s, state)


def _alongside(mission: Mission, ready_s: float, meeting: Meeting) -> tuple[Track, float]:
    """Give the way to the boat and the time alongside, and when that is over."""
    policy = mission.policy
    alongside_s = minutes_s(policy.on_scene_min, mission.streams, "on scene", *_keys(mission))
    if policy.per_person_min > 0.0:
        persons = mission.taken(mission.scene.persons(mission.boat, meeting.time_s))
        alongside_s += policy.per_person_min * MINUTE_S * persons
    left_s = meeting.time_s + alongside_s
    course = sail(meeting.path_xy, ready_s, meeting.time_s)
    if alongside_s > 0.0:
        here = meeting.path_xy[-1:]
        course = course.then(Track(np.array([left_s]), here[:, 0], here[:, 1]))
    return course, left_s


def _keys(mission: Mission) -> tuple[int, int]:
    """Give the identities of unit and boat, for draws."""
    return mission.unit.key, mission.scene.key(mission.boat)
