"""Emptied boats: what becomes of those whose people were taken off at sea, and of those who steered them."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.behaviour.launches import poisson_quantiles
from aegean_sim.entities.boat import MET, RESCUED, STOPPED, as_column

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.quantities import IntArray
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.scenario.operations import Operation, Phase
    from aegean_sim.streams import Streams

DESTROYED, REUSED, ADRIFT = "destroyed", "reused", "adrift"


def emptied(scene: Scene, scenario: Scenario, streams: Streams, rows: IntArray) -> dict[str, NDArray[Any]]:
    """Tell for each boat what became of its hull, and how many were arrested; of other boats nothing.

    Nothing else hangs on it, so it is drawn when all is over, keyed by boat: adding a ship changes neither
    for a boat that fares the same.
    """
    operations = {each.force: each for each in scenario.operations}
    owners = {unit.id: unit.craft.owner for unit in scene.units}
    hulls, suspects = [""] * len(rows), np.zeros(len(rows), dtype=np.int64)
    for place, row in enumerate(rows.tolist()):
        if scene.fleet.outcome[row] not in {STOPPED, MET, RESCUED}:
            continue
        operation = operations.get(owners[scene.fleet.ended_by[row]])
        if operation is None:
            continue
        phase, key = _phase(operation, scene, scenario, row), scene.key(row)
        hulls[place] = _fate(operation, phase, streams, key)
        if phase is not None and phase.suspects_per_boat > 0.0:
            mean, share = np.array([phase.suspects_per_boat]), np.array([streams.one("suspects", key)])
            suspects[place] = poisson_quantiles(mean, share)[0]
    return {"hull": as_column(hulls), "suspects": suspects}


def _phase(operation: Operation, scene: Scene, scenario: Scenario, row: int) -> Phase | None:
    """Give the phase in which a boat was emptied, if it was where that phase allows more than rescue."""
    ended_s = scene.fleet.ended_s.item(row)
    phase = operation.phase_on((scenario.start + timedelta(seconds=ended_s)).date())
    if phase is None or not phase.waters:
        return phase
    return phase if scene.sea.zones.water_at(*scene.track(row).at(ended_s)) in phase.waters else None


def _fate(operation: Operation, phase: Phase | None, streams: Streams, key: int) -> str:
    if phase is not None and streams.one("destroyed", key) < phase.destroys:
        return DESTROYED
    return REUSED if streams.one("reused", key) < operation.reused else ADRIFT
