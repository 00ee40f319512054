"""Tips: reports that start without a sensor, by telephone, from shore, or from a fishing boat."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.quantities import NM_M
from aegean_sim.streams import identity, mixed

if TYPE_CHECKING:
    import simpy

    from aegean_sim.behaviour.reporting import Reporter
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.handoff.desks import Desks
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.doctrine import Tip
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True, eq=False)
class Tips:
    """One kind of tips in one theatre."""

    env: simpy.Environment
    scene: Scene
    desks: Desks
    reporter: Reporter
    streams: Streams
    rules: Tip

    def plan(self, horizon_s: float) -> None:
        """Plan who is told of and when, for all boats of the run."""
        boats, moment_s = self._chosen()
        within = moment_s < horizon_s
        for boat, time_s in zip(boats[within].tolist(), moment_s[within].tolist(), strict=True):
            after(self.env, time_s - self.env.now, self._notice, boat)

    def _chosen(self) -> tuple[IntArray, FloatArray]:
        """Draw the boats on which a tip is made, and when they are noticed."""
        fleet, rules, key = self.scene.fleet, self.rules, self.scene.fleet.boats.key
        who = identity("tip", rules.id)
        if rules.only_distress:
            moment_s = fleet.boats.distress_s
        else:
            share = self.streams.uniform("tip moment", key, who)
            moment_s = fleet.departed_s + share * (fleet.due_s - fleet.departed_s)
        told = (self.streams.uniform("tip", key, who) < rules.share) & np.isfinite(moment_s)
        rows = np.flatnonzero(told)
        if rules.waters:
            rows = rows[[self._in_waters(row, moment_s.item(row)) for row in rows.tolist()]]
        return rows, moment_s[rows]

    def _in_waters(self, boat: int, time_s: float) -> bool:
        place = self.scene.track(boat).at(time_s)
        return self.scene.sea.zones.water_at(*place) in self.rules.waters

    def _notice(self, boat: int) -> None:
        """Take down where a boat is, which the desk hears later."""
        if not self.scene.under_way(boat):
            return
        rules, key = self.rules, mixed(identity("tip", self.rules.id), self.scene.key(boat))
        east, north = (self.streams.normal("tip error", key, turn=turn).item() for turn in (0, 1))
        error_m = east * rules.error_nm * NM_M, north * rules.error_nm * NM_M
        report = self.reporter.tipped(self.scene, boat, rules.source, key, error_m)
        delay_s = minutes_s(rules.delay_min, self.streams, "tip delay", key)
        after(self.env, delay_s, partial(self.desks.take_tip, rules.receiver), report)
