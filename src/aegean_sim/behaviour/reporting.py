"""Reporting: what a unit makes of what it sees, and what it tells its force's desk."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from aegean_sim.agenda import after
from aegean_sim.behaviour.belief import heading
from aegean_sim.behaviour.classing import SUSPECT
from aegean_sim.handoff.network import Report
from aegean_sim.quantities import MINUTE_S
from aegean_sim.streams import mixed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    import simpy

    from aegean_sim.behaviour.classing import Classer
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.contact import Contact
    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.desks import Desks

_LOOKING = ""


@dataclass(slots=True, eq=False)
class _Opinion:
    """What a unit takes a boat for, and since when.

    Parameters
    ----------
    contacts : list of Contact
        Those it rests on.
    word : str
        Empty while the unit looks.
    distress : bool
        Whether it has told that the boat is in distress.
    """

    formed_s: float
    contacts: list[Contact]
    word: str = _LOOKING
    distress: bool = False

    def settle(self, now_s: float, word: str) -> None:
        """Come to a word; what a contact has been classed as before stays."""
        self.formed_s, self.word = now_s, word
        for contact in self.contacts:
            contact.classed = contact.classed or word


@dataclass(slots=True, eq=False)
class Reporter:
    """Turns contacts, strangers and tips into reports.

    A unit reports a boat when it has seen and classed it, when it finds it anew after ``again_min``, by
    theatre, and when it holds it in distress and has not told so yet. Its opinion of what a craft is lasts as
    long.

    Parameters
    ----------
    headings : bool
        Whether a rule asks where boats are heading; it is not worked out else.
    on_told : callable
        Called with theatre and contact when a unit has reported a boat.
    """

    env: simpy.Environment
    desks: Desks
    classer: Classer
    again_min: Mapping[str, float]
    headings: bool
    on_told: Callable[[Scene, Contact], None]
    _opinions: dict[tuple[str, int, int], _Opinion] = field(default_factory=dict)
    _count: int = 0

    def sighted(self, scene: Scene, contact: Contact) -> None:
        """Look at what a contact has just begun with, if there is anybody to tell and it is news."""
        if not self.desks.hears(scene.units[contact.unit].craft.owner):
            return
        now, distress_s = self.env.now, scene.fleet.boats.distress_s.item(contact.boat)
        opinion = self._opinions.get((scene.name, contact.unit, contact.boat))
        if opinion is not None and self._lasts(scene, opinion, in_distress=distress_s <= now):
            contact.classed = opinion.word
            opinion.contacts.append(contact)
        else:
            self._look(scene, contact, in_distress=distress_s <= now)
        if now < distress_s:
            after(self.env, distress_s - now, partial(self._distressed, scene), contact)

    def suspected(self, scene: Scene, number: int) -> None:
        """Report a stranger, who goes by a number below 0."""
        unit = scene.units[scene.strangers[-1 - number].unit]
        self.desks.take(self._report(scene, number, unit, key=scene.key(number), contact=-1, distress=False))

    def tipped(self, scene: Scene, boat: int, source: str, key: int, error_m: tuple[float, float]) -> Report:
        """Make up the report of somebody who is no unit, with an error of the place, still at sea."""
        distress = scene.fleet.in_distress(boat, self.env.now)
        told = self._report(scene, boat, None, key=key, contact=-1, distress=distress)
        places = [(told.x_m + part * error_m[0], told.y_m + part * error_m[1]) for part in (1.0, 0.5, 0.25)]
        x_m, y_m = next((each for each in places if scene.sea.afloat(*each)), (told.x_m, told.y_m))
        return told._replace(force=source, x_m=x_m, y_m=y_m)

    def _lasts(self, scene: Scene, opinion: _Opinion, *, in_distress: bool) -> bool:
        """Tell whether an opinion needs no second look: it is not old, and no distress is news."""
        recent = self.env.now - opinion.formed_s < self.again_min[scene.name] * MINUTE_S
        return recent and (opinion.distress or not in_distress)

    def _look(self, scene: Scene, contact: Contact, *, in_distress: bool) -> None:
        """Look at a craft until it is classed; distress is plain to see at once."""
        now = self.env.now
        opinion = _Opinion(now, [contact])
        self._opinions[scene.name, contact.unit, contact.boat] = opinion
        if in_distress or (self.classer.at_once_and_sure and contact.end_s > now):
            self._tell(scene, contact, opinion, distress=in_distress)
            return
        look_s = self.classer.look_s(self._key(scene, contact))
        if look_s == 0.0:
            self._class(scene, contact, opinion)
        else:
            after(self.env, look_s, partial(self._class, scene, contact), opinion)

    def _class(self, scene: Scene, contact: Contact, opinion: _Opinion) -> None:
        """Come to a word, if the boat is still in sight and there is none yet."""
        now, unit, boat = self.env.now, scene.units[contact.unit], contact.boat
        if opinion.word != _LOOKING:
            return
        holds = contact.end_s > now or scene.lookout.holds(unit, boat, now)
        if not (holds and scene.fleet.under_way(boat)):
            self._opinions.pop((scene.name, contact.unit, boat), None)
            return
        word = self._word(scene, contact)
        if word == SUSPECT:
            self._tell(scene, contact, opinion, distress=scene.fleet.in_distress(boat, now))
        else:
            opinion.settle(now, word)

    def _word(self, scene: Scene, contact: Contact) -> str:
        if self.classer.at_once_and_sure:
            return SUSPECT
        condition = scene.conditions.code_at(self.env.now)
        return self.classer.word(condition, _range_m(scene, contact), self._key(scene, contact))

    def _distressed(self, scene: Scene, contact: Contact) -> None:
        """Report that the boat of a contact has fallen into distress, if it is held and that is news."""
        if contact.end_s <= self.env.now or not scene.fleet.under_way(contact.boat):
            return
        whose = scene.name, contact.unit, contact.boat
        opinion = self._opinions.setdefault(whose, _Opinion(self.env.now, [contact]))
        if not opinion.distress:
            self._tell(scene, contact, opinion, distress=True)

    def _tell(self, scene: Scene, contact: Contact, opinion: _Opinion, *, distress: bool) -> None:
        unit, boat = scene.units[contact.unit], contact.boat
        opinion.settle(self.env.now, SUSPECT)
        opinion.distress |= distress
        key = mixed(self._key(scene, contact), distress)
        self.desks.take(self._report(scene, boat, unit, key=key, contact=contact.row, distress=distress))
        self.on_told(scene, contact)

    def _key(self, scene: Scene, contact: Contact) -> int:
        """Give the identity of a sighting."""
        sensor_key = scene.lookout.sensors.key.item(contact.sensor)
        return mixed(sensor_key, scene.fleet.boats.key.item(contact.boat), contact.number)

    def _report(
        self, scene: Scene, boat: int, unit: Unit | None, *, key: int, contact: int, distress: bool
    ) -> Report:
        """Put down what is known of a boat now."""
        track, now = scene.track(boat), self.env.now
        place = track.at(now)
        self._count += 1
        teller = (unit.id, unit.craft.owner, unit.craft.nation or "") if unit else ("", "", "")
        waters = scene.sea.zones.water_at(*place)
        bound_for = heading(scene.sea, place, track.velocity_at(now)) if self.headings else ""
        return Report(
            self._count - 1, key, contact, *teller, scene.name, boat, waters, bound_for, distress, now, *place
        )


def _range_m(scene: Scene, contact: Contact) -> float:
    """Tell from how far the boat was first seen."""
    place = scene.units[contact.unit].place(contact.start_s)
    boat = scene.track(contact.boat).at(contact.start_s)
    return math.dist(place, boat) if place is not None else 0.0
