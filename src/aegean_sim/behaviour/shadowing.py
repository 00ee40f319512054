"""Shadowing: a unit that has reported a boat leaves its patrol and follows it, so as to keep it in sight."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.behaviour.courses import first_of, rejoin
from aegean_sim.behaviour.limits import Limits
from aegean_sim.kinematics.legs import sail
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Mapping

    import simpy

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.contact import Contact
    from aegean_sim.entities.unit import Unit
    from aegean_sim.kinematics.legs import Track


@dataclass(slots=True, eq=False)
class Shadows:
    """All units that follow boats.

    A shadow may be called off at any time to carry out a tasking. Aircraft keep to their sorties.

    Parameters
    ----------
    hours : mapping of force to float
        How long its units follow.
    """

    env: simpy.Environment
    hours: Mapping[str, float]
    _followed: dict[tuple[str, int], list[tuple[Unit, Track]]] = field(default_factory=dict)

    def told(self, scene: Scene, contact: Contact) -> None:
        """Follow a boat just reported, if that is the doctrine and the unit is free and fast enough."""
        unit, now = scene.units[contact.unit], self.env.now
        hours = self.hours.get(unit.craft.owner)
        if hours is None or unit.craft.flies or not unit.free(now) or self._follows(unit):
            return
        course = _following(scene, unit, contact.boat, now, hours * HOUR_S)
        if course is not None:
            self._followed.setdefault((scene.name, contact.boat), []).append((unit, course))
            self._sail(scene, unit, course)

    def ended(self, scene: Scene, boat: int) -> None:
        """Let those who follow a boat that is no longer at sea return to their patrols."""
        now = self.env.now
        for unit, course in self._followed.pop((scene.name, boat), ()):
            if unit.piece_at(now) is course and not unit.busy:
                self._sail(scene, unit, course.until(now))

    def _follows(self, unit: Unit) -> bool:
        piece = unit.piece_at(self.env.now)
        return any(course is piece for pairs in self._followed.values() for _, course in pairs)

    def _sail(self, scene: Scene, unit: Unit, course: Track) -> None:
        """Put a unit on a course and then back on its patrol."""
        end_s = course.time_s.item(-1)
        pieces, back_s = rejoin(scene.sea, unit, course.at(end_s), end_s)
        ahead = (course, *pieces) if end_s > self.env.now else pieces
        scene.lookout.divert(unit, ahead, back_s)


def _following(scene: Scene, unit: Unit, boat: int, now_s: float, lasting_s: float) -> Track | None:
    """Give the way to a boat and along its track, as far as the unit may go there."""
    track = scene.track(boat)
    if track.fastest_mps() > unit.dash_mps or unit.piece_at(now_s) is None:
        return None
    limits = Limits(scene.sea, None, "", scene.key(boat))
    parts = limits.open_parts(track, unit.craft.keep_out, now_s)
    place, closed = unit.start(now_s)[0], unit.craft.keep_out
    meeting = first_of(scene.sea, parts, place, unit.dash_mps, now_s, closed=closed)
    if meeting is None:
        return None
    part = next(part for part in parts if part.time_s.item(-1) >= meeting.time_s)
    rest = part.since(meeting.time_s).until(meeting.time_s + lasting_s)
    return sail(meeting.path_xy, now_s, meeting.time_s).then(rest)
