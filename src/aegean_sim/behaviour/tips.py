"""Tips: reports that start without a sensor, by telephone, from shore, or from a fishing boat."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.quantities import HOUR_S, NM_M
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
        rules, who = self.rules, identity("tip", self.rules.id)
        if rules.per_h is not None:
            moment_s = self._at_a_rate(rules.per_h, who)
            rows = np.flatnonzero(np.isfinite(moment_s))
            return rows, moment_s[rows]
        moment_s = self._once(who)
        share = rules.share if rules.share is not None else 0.0
        told = self.streams.uniform("tip", self.scene.fleet.boats.key, who) < share
        rows = np.flatnonzero(told & np.isfinite(moment_s))
        if rules.waters:
            rows = rows[[self._in_waters(row, moment_s.item(row)) for row in rows.tolist()]]
        return rows, moment_s[rows]

    def _once(self, who: int) -> FloatArray:
        """Give when each boat would be noticed: in distress at once, or at an even point of its voyage."""
        fleet = self.scene.fleet
        if self.rules.only_distress:
            return fleet.boats.distress_s
        share = self.streams.uniform("tip moment", fleet.boats.key, who)
        return np.asarray(fleet.departed_s + share * (fleet.due_s - fleet.departed_s))

    def _at_a_rate(self, per_h: float, who: int) -> FloatArray:
        """Give when each boat would first be noticed at a rate, from its departure or its distress on.

        Moments outside the tip's waters come to nothing, and the next of the Poisson process counts; infinite
        where all within the voyage do.
        """
        fleet = self.scene.fleet
        begin_s = fleet.boats.distress_s if self.rules.only_distress else fleet.departed_s
        moment_s, rows, turn = np.array(begin_s), np.arange(len(begin_s)), 0
        while len(rows):
            waits = self.streams.exponential("tip moment", fleet.boats.key[rows], who, turn=turn)
            moment_s[rows] += waits / per_h * HOUR_S
            moment_s[rows[~(moment_s[rows] < fleet.due_s[rows])]] = np.inf
            rows = rows[[not self._counts(row, moment_s.item(row)) for row in rows.tolist()]]
            turn += 1
        return moment_s

    def _counts(self, boat: int, time_s: float) -> bool:
        """Tell whether a moment is the one looked for, or there is none any more."""
        return time_s == math.inf or not self.rules.waters or self._in_waters(boat, time_s)

    def _in_waters(self, boat: int, time_s: float) -> bool:
        place = self.scene.track(boat).at(time_s)
        return self.scene.sea.zones.water_at(*place) in self.rules.waters

    def _notice(self, boat: int) -> None:
        """Take down where a boat is, which the desk hears later."""
        if not self.scene.under_way(boat):
            return
        rules, key = self.rules, mixed(identity("tip", self.rules.id), self.scene.key(boat))
        report = self.reporter.tipped(self.scene, boat, rules.source, key, self._error_m(key))
        delay_s = minutes_s(rules.delay_min, self.streams, "tip delay", key)
        after(self.env, delay_s, partial(self.desks.take_tip, rules.receiver), report)

    def _error_m(self, key: int) -> tuple[float, float]:
        """Draw by how much the place told is wrong: normal on either axis (Box and Muller)."""
        spread_m = self.rules.error_nm * NM_M
        off_m = spread_m * math.sqrt(-2.0 * math.log(self.streams.one("tip error", key)))
        bearing = 2.0 * math.pi * self.streams.one("tip bearing", key)
        return off_m * math.sin(bearing), off_m * math.cos(bearing)
