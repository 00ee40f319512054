"""Ashore: the port to which a unit brings people."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.geography.places import locate

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Unit
    from aegean_sim.scenario.rescue import PlacesOfSafety


@dataclass(frozen=True, slots=True)
class Ashore:
    """Who brings people where.

    Parameters
    ----------
    returned : mapping of force to state
        People who set out from this state are brought back there by units of the force.
    places : sequence of PlacesOfSafety
        Where the others are brought; without any, to the unit's home port.
    day : date
        The run's start, on which they must hold.
    """

    returned: Mapping[str, str]
    places: Sequence[PlacesOfSafety]
    day: date

    def port(
        self, scene: Scene, unit: Unit, boat: int, here: tuple[float, float]
    ) -> tuple[float, float] | None:
        """Give the nearest port to which a boat's people may be brought, metres; ``None`` for nowhere."""
        state = self.returned.get(unit.craft.owner)
        track = scene.track(boat)
        if state is not None and scene.sea.zones.water_at(*track.at(track.time_s.item(0))) == state:
            ports = _home_ports(scene, state)
        else:
            ports = self._places_of_safety(scene, unit)
        return min(ports, key=lambda port: math.dist(port, here), default=_home(scene, unit))

    def _places_of_safety(self, scene: Scene, unit: Unit) -> list[tuple[float, float]]:
        for rule in self.places:
            ours = not rule.forces or unit.craft.owner in rule.forces
            if rule.theatre == scene.name and ours and rule.holds(self.day):
                return [locate(scene.sea.frame, place) for place in rule.places]
        return []


def _home(scene: Scene, unit: Unit) -> tuple[float, float] | None:
    """Give a unit's home port, which a ship that passes by did not come from."""
    port = unit.craft.home_port
    if unit.passing:
        return None if port is None else locate(scene.sea.frame, port)
    return unit.port


def _home_ports(scene: Scene, state: str) -> list[tuple[float, float]]:
    """Give a state's home ports of any units."""
    ports = {each.port for each in scene.units if each.port is not None and not each.passing}
    return [port for port in sorted(ports) if scene.sea.zones.water_at(*port) == state]
