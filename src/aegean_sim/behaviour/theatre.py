"""A theatre at run time: everything that moves in one sea area, and who looks at whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aegean_sim.behaviour.lookout import Lookout
    from aegean_sim.entities.boat import Fleet
    from aegean_sim.entities.unit import Unit
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.geography.sea import Sea


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What one theatre holds during a run.

    Parameters
    ----------
    sensor_names : tuple of str
        One a row of the lookout's sensors.
    """

    name: str
    sea: Sea
    conditions: Conditions
    units: list[Unit]
    fleet: Fleet
    lookout: Lookout
    sensor_names: tuple[str, ...]
