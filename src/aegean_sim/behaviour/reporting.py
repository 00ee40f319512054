"""Reporting: what a unit tells its force's desk when it sees a boat."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.handoff.network import Report
from aegean_sim.quantities import MINUTE_S
from aegean_sim.streams import identity

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
    """

    env: simpy.Environment
    desks: Desks
    again_min: float
    _told_s: dict[tuple[str, int, int], float] = field(default_factory=dict)
    _count: int = 0

    def sighted(self, scene: Scene, contact: Contact) -> None:
        """Report a contact that has just begun, if there is anybody to tell and news to tell."""
        unit = scene.units[contact.unit]
        if not self.desks.hears(unit.craft.owner):
            return
        boat, now = contact.boat, self.env.now
        distress = scene.fleet.in_distress(boat, now)
        told_s = self._told_s.get((scene.name, contact.unit, boat))
        if told_s is None or now - told_s >= self.again_min * MINUTE_S:
            self._tell(scene, contact, distress=distress)
        distress_s = float(scene.fleet.boats.distress_s[boat])
        if not distress and distress_s < contact.end_s:
            self.env.process(self._await_distress(scene, contact, distress_s))

    def _await_distress(
        self, scene: Scene, contact: Contact, distress_s: float
    ) -> simpy.events.ProcessGenerator:
        yield self.env.timeout(distress_s - self.env.now)
        if contact.end_s > distress_s and scene.fleet.under_way(contact.boat):
            self._tell(scene, contact, distress=True)

    def _tell(self, scene: Scene, contact: Contact, *, distress: bool) -> None:
        unit, boats = scene.units[contact.unit], scene.fleet.boats
        x_m, y_m = boats.tracks[contact.boat].at(self.env.now)
        self._told_s[scene.name, contact.unit, contact.boat] = self.env.now
        sensor_key = int(scene.lookout.sensors.key[contact.sensor])
        key = identity("report", sensor_key, int(boats.key[contact.boat]), contact.number, int(distress))
        report = Report(
            number=self._count,
            key=key,
            contact=contact.row,
            unit=unit.id,
            force=unit.craft.owner,
            theatre=scene.name,
            boat=contact.boat,
            waters=scene.sea.zones.water_at(x_m, y_m),
            distress=distress,
        )
        self._count += 1
        self.desks.take(report)
