"""Crossings: boats set out batch by batch, and land or are lost, unless somebody interferes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.entities.boat import LANDED, LOST
from aegean_sim.quantities import DAY_S

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.quantities import IntArray

_BATCH = 200


@dataclass(slots=True, eq=False)
class Crossings:
    """The voyages of one theatre, as events; a boat to which nothing happens costs one of its own.

    Parameters
    ----------
    on_end : callable
        Called with the theatre and the boat when a voyage ends by itself.
    """

    env: simpy.Environment
    scene: Scene
    horizon_s: float
    on_end: Callable[[Scene, int], None]

    def run(self) -> simpy.events.ProcessGenerator:
        """Resolve batches of a day's boats, or two hundred where that is more, as the first sets out."""
        sure = np.flatnonzero(self.scene.fleet.sails)
        departed_s = self.scene.fleet.departed_s[sure]
        first, count = 0, int(np.searchsorted(departed_s, self.horizon_s))
        while first < count:
            a_day = int(np.searchsorted(departed_s, departed_s[first] + DAY_S))
            last = min(count, max(a_day, first + _BATCH))
            yield self.env.timeout(max(0.0, departed_s.item(first) - self.env.now))
            self.set_out(sure[first:last])
            first = last

    def set_out(self, boats: IntArray) -> None:
        """Let boats go that are about to set out."""
        self.scene.lookout.watch(boats)
        for boat, due_s in zip(boats.tolist(), self.scene.fleet.due_s[boats].tolist(), strict=True):
            if due_s <= self.horizon_s:
                after(self.env, due_s - self.env.now, self._end, boat)

    def _end(self, boat: int) -> None:
        fleet = self.scene.fleet
        if fleet.under_way(boat):
            # Not the clock's time: its last bits depend on when the batch was planned.
            due_s = fleet.due_s.item(boat)
            nobody = fleet.in_distress(boat, due_s) and fleet.aboard(boat, due_s) == 0
            fleet.end(boat, due_s, LOST if nobody else LANDED)
            self.on_end(self.scene, boat)
