"""Ashore: the port to which a unit brings people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Unit


@dataclass(frozen=True, slots=True)
class Ashore:
    """Who brings people where.

    Parameters
    ----------
    returned : mapping of force to state
        People who set out from this state are brought back there by units of the force; others go to the
        unit's home port.
    """

    returned: Mapping[str, str]

    def port(
        self, scene: Scene, unit: Unit, boat: int, here: tuple[float, float]
    ) -> tuple[float, float] | None:
        """Give the port: of the state to which people are returned the nearest home port of any unit."""
        state = self.returned.get(unit.craft.owner)
        track = scene.track(boat)
        if state is None or scene.sea.zones.water_at(*track.at(track.time_s.item(0))) != state:
            return unit.port
        ports = {each.port for each in scene.units if each.port is not None}
        theirs = [port for port in sorted(ports) if scene.sea.zones.water_at(*port) == state]
        return min(theirs, key=lambda port: math.dist(port, here), default=unit.port)
