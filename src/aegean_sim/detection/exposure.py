"""Exposure of pieces of encounters, each by the law of its sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.detection.laws import LAWS
from aegean_sim.ragged import distinct

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.detection.encounters import Encounters
    from aegean_sim.detection.laws import Law
    from aegean_sim.detection.resolver import Targets
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray, IntArray


_LAWS = tuple(LAWS.values())


def exposure(encounters: Encounters, rows: IntArray, targets: Targets, sensors: SensorTable) -> FloatArray:
    """Give the exposure of the chosen pieces."""
    total = np.empty(len(rows))
    for which, law, case in _by_law(encounters, rows, targets, sensors):
        total[which] = law.exposure(*case)
    return total


def delay(
    encounters: Encounters, rows: IntArray, amount: FloatArray, targets: Targets, sensors: SensorTable
) -> FloatArray:
    """Give the seconds after which each of the chosen pieces has brought an exposure that it does bring."""
    seconds = np.empty(len(rows))
    for which, law, case in _by_law(encounters, rows, targets, sensors):
        seconds[which] = law.delay(*case, amount[which])
    return seconds


def _by_law(
    encounters: Encounters, rows: IntArray, targets: Targets, sensors: SensorTable
) -> Iterator[tuple[IntArray | slice, Law, tuple[Motion, FloatArray, FloatArray]]]:
    """Give for each law its places among the rows, and what its functions take."""
    numbers = sensors.numbers.reshape(-1, sensors.numbers.shape[-1])
    codes, law = distinct(sensors.law[encounters.sensor[rows]])
    for place, code in enumerate(codes.tolist()):
        which = np.flatnonzero(law == place) if len(codes) > 1 else slice(None)
        here = rows[which]
        factor = targets.factor[encounters.boat[here], sensors.kind[encounters.sensor[here]]]
        yield which, _LAWS[code], (encounters.motion(here), numbers[encounters.cell[here]], factor)
