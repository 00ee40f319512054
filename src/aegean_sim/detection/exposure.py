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


def exposure(encounters: Encounters, targets: Targets, sensors: SensorTable) -> FloatArray:
    """Give the exposure of each piece."""
    total = np.empty(len(encounters))
    for which, law, case in _by_law(encounters, targets, sensors):
        total[which] = law.exposure(*case)
    return total


def delay(encounters: Encounters, amount: FloatArray, targets: Targets, sensors: SensorTable) -> FloatArray:
    """Give the seconds after which each piece has brought an exposure that it does bring."""
    seconds = np.empty(len(encounters))
    for which, law, case in _by_law(encounters, targets, sensors):
        seconds[which] = law.delay(*case, amount[which])
    return seconds


def _by_law(
    encounters: Encounters, targets: Targets, sensors: SensorTable
) -> Iterator[tuple[IntArray | slice, Law, tuple[Motion, FloatArray, FloatArray]]]:
    """Give for each law its pieces, and what its functions take."""
    sensor, motion = encounters.sensor, encounters.motion
    numbers, factor = _looked_up(
        sensor, encounters.boat, encounters.cell,
        sensors.numbers.reshape(-1, sensors.numbers.shape[3]), sensors.kind, targets.factor,
    )  # fmt: skip
    codes, law = distinct(sensors.law[sensor])
    for place, code in enumerate(codes.tolist()):
        if len(codes) == 1:
            yield slice(None), _LAWS[code], (motion, numbers, factor)
        else:
            which = np.flatnonzero(law == place)
            yield which, _LAWS[code], (motion.take(which), numbers[which], factor[which])


@compiled
def _looked_up(
    sensor: IntArray,
    boat: IntArray,
    cell: IntArray,
    numbers: FloatArray,
    kind: IntArray,
    factor: FloatArray,
) -> tuple[FloatArray, FloatArray]:
    """Give the numbers and the cross-section factor that hold in each piece."""
    held, factors = np.empty((len(sensor), numbers.shape[1])), np.empty(len(sensor))
    for piece in range(len(sensor)):
        for which in range(numbers.shape[1]):
            held[piece, which] = numbers[cell[piece], which]
        factors[piece] = factor[boat[piece], kind[sensor[piece]]]
    return held, factors
