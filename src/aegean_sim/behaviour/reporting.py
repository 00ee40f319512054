"""Reporting: what a unit tells its force's desk when it sees a boat."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from aegean_sim.agenda import after
from aegean_sim.behaviour.belief import heading
from aegean_sim.handoff.network import Report
from aegean_sim.quantities import MINUTE_S
from aegean_sim.streams import mixed

if TYPE_CHECKING:
    import simpy

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.contact import Contact
    from aegean_sim.handoff.desks import Desks


@dataclass(slots=True, eq=False)
class Reporter:
    """Turns the contacts of one theatre into reports.

    A unit reports a boat when it first sees it, when it finds it anew after ``again_min``, and when a boat
    that it holds falls into distress.

    Parameters
    ----------
    headings : bool
        Whether a rule asks where boats are heading; it is not worked out else.
    """

    env: simpy.Environment
    desks: Desks
    again_min: float
    headings: bool
    _told_s: dict[tuple[str, int, int], float] = field(default_factory=dict)
    _count: int = 0

    def sighted(self, scene: Scene, contact: Contact) -> None:
        """Report a contact that has just begun, if there is anybody to tell and news to tell."""
        if not self.desks.hears(scene.units[contact.unit].craft.owner):
            return
        now = self.env.now
        told_s = self._told_s.get((scene.name, contact.unit, contact.boat), -math.inf)
        distress_s = scene.fleet.boats.distress_s.item(contact.boat)
        if now - told_s >= self.again_min * MINUTE_S:
            self._tell(scene, contact, distress=distress_s <= now)
        if now < distress_s < contact.end_s:
            after(self.env, distress_s - now, partial(self._distressed, scene), contact)

    def _distressed(self, scene: Scene, contact: Contact) -> None:
        """Report that the boat of a contact has fallen into distress, if it is still held."""
        if contact.end_s > self.env.now and scene.fleet.under_way(contact.boat):
            self._tell(scene, contact, distress=True)

    def _tell(self, scene: Scene, contact: Contact, *, distress: bool) -> None:
        unit, boat, boats = scene.units[contact.unit], contact.boat, scene.fleet.boats
        track, now = boats.tracks[boat], self.env.now
        place = track.at(now)
        self._told_s[scene.name, contact.unit, boat] = now
        sensor_key = scene.lookout.sensors.key.item(contact.sensor)
        report = Report(
            number=self._count,
            key=mixed(sensor_key, boats.key.item(boat), contact.number, distress),
            contact=contact.row,
            unit=unit.id,
            force=unit.craft.owner,
            nation=unit.craft.nation or "",
            theatre=scene.name,
            boat=boat,
            waters=scene.sea.zones.water_at(*place),
            heading=heading(scene.sea, place, track.velocity_at(now)) if self.headings else "",
            distress=distress,
            seen_s=now,
            x_m=place[0],
            y_m=place[1],
        )
        self._count += 1
        self.desks.take(report)
