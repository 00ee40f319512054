"""Exposure of pieces of encounters, each by the law of its sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
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
    codes, law = distinct(sensors.law[encounters.sensor[rows]])
    for place, code in enumerate(codes.tolist()):
        which = np.flatnonzero(law == place) if len(codes) > 1 else slice(None)
        here = rows[which]
        numbers, factor = _looked_up(
            here, encounters.sensor, encounters.boat, encounters.cell,
            sensors.numbers, sensors.kind, targets.factor,
        )  # fmt: skip
        yield which, _LAWS[code], (encounters.motion(here), numbers, factor)


@compiled
def _looked_up(
    rows: IntArray,
    sensor: IntArray,
    boat: IntArray,
    cell: IntArray,
    numbers: FloatArray,
    kind: IntArray,
    factor: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Give the numbers and the cross-section factor that hold in each of the chosen pieces."""
    flat = numbers.reshape(-1, numbers.shape[3])
    held, factors = np.empty((len(rows), flat.shape[1])), np.empty(len(rows))
    for place in range(len(rows)):
        row = rows[place]
        held[place] = flat[cell[row]]
        factors[place] = factor[boat[row], kind[sensor[row]]]
    return held, factors
