"""Encounters: when which boat is within reach and in sight of which sensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.detection.sighting import cut_by_land
from aegean_sim.kinematics.reach import Motion, near_legs

if TYPE_CHECKING:
    from aegean_sim.detection.resolver import Targets
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_JOIN_S = 1e-3


@dataclass(frozen=True, slots=True)
class Encounters:
    """Pieces of encounters, sorted by sensor, boat and time; in each a leg, a course and a condition hold.

    Parameters
    ----------
    sensor, boat : array
        Rows of their tables.
    cell : array
        Place of the sensor's reach and numbers for the target and the condition, tables laid flat.
    encounter : array
        Number of the encounter, rising from 0; pieces of one follow each other without a gap.
    motion : Motion
        The boat as seen from the unit during the piece.
    """

    sensor: IntArray
    boat: IntArray
    cell: IntArray
    encounter: IntArray
    motion: Motion

    def __len__(self) -> int:
        return len(self.sensor)

    def take(self, rows: IntArray | BoolArray) -> Encounters:
        """Give the chosen pieces, in their order."""
        return Encounters(
            self.sensor[rows], self.boat[rows], self.cell[rows], self.encounter[rows], self.motion.take(rows)
        )

    def ends_s(self, rows: IntArray) -> FloatArray:
        """Tell when the encounters of the chosen pieces end."""
        return _ends_s(self.encounter, self.motion.end_s, rows)


def find_encounters(targets: Targets, units: Legs, sensors: SensorTable, sea: Sea) -> Encounters | None:
    """Find all encounters between boats and sensors, or ``None`` when there are none."""
    boats, others, kind = targets.legs.columns, units.columns, targets.kind(sensors)
    views = sensors.views(int(max(units.mover[-1], sensors.unit[-1])) + 1)
    legs, near = near_legs(boats, kind, others, views)
    if not len(legs):
        return None
    stretch, times_s = cut_by_land(sea, boats, others, legs, near, sensors.aloft)
    if not len(stretch):
        return None
    rows, motion = _in_order(legs, near, stretch, times_s, boats.mover, kind, views.reach_m)
    sensor, boat, cell, encounter = rows
    return Encounters(sensor, boat, cell, encounter, Motion(*motion))


@compiled
def _in_order(
    legs: IntArray,
    near: FloatArray,
    stretch: IntArray,
    times_s: FloatArray,
    mover: IntArray,
    kind: IntArray,
    reach_m: FloatArray,
) -> tuple[IntArray, FloatArray]:
    """Sort pieces by sensor, boat and time: the columns of `Encounters`, and those of their motion.

    Pieces come sorted by unit, boat and time, and a sensor is of one unit.
    """
    rows, motion = np.empty((4, len(stretch)), dtype=np.int64), np.empty((6, len(stretch)))
    place = _places(legs, stretch, len(reach_m))
    for piece in range(len(stretch)):
        row = stretch[piece]
        boat_leg, sensor = legs[row, 0], legs[row, 2]
        at = place[sensor]
        place[sensor] += 1
        rows[0, at], rows[1, at] = sensor, mover[boat_leg]
        rows[2, at] = sensor * reach_m.shape[1] + kind[boat_leg]
        motion[0, at], motion[1, at] = times_s[piece, 0], times_s[piece, 1]
        elapsed_s, vx, vy = times_s[piece, 0] - near[row, 2], near[row, 5], near[row, 6]
        motion[2, at], motion[3, at] = near[row, 3] + vx * elapsed_s, near[row, 4] + vy * elapsed_s
        motion[4, at], motion[5, at] = vx, vy
    _number(rows, motion)
    return rows, motion


@compiled
def _places(legs: IntArray, stretch: IntArray, sensors: int) -> IntArray:
    """Give the place of each sensor's first piece."""
    place = np.zeros(sensors + 1, dtype=np.int64)
    for piece in stretch:
        place[legs[piece, 2] + 1] += 1
    return np.cumsum(place)


@compiled
def _number(rows: IntArray, times_s: FloatArray) -> None:
    """Put down the encounter of each piece; one goes on while pieces follow each other, up to rounding."""
    number = 0
    for piece in range(rows.shape[1]):
        if piece:
            before = piece - 1
            goes_on = rows[0, piece] == rows[0, before] and rows[1, piece] == rows[1, before]
            goes_on = goes_on and times_s[0, piece] <= times_s[1, before] + _JOIN_S
            number += 0 if goes_on else 1
        rows[3, piece] = number


@compiled
def _ends_s(encounter: IntArray, end_s: FloatArray, rows: IntArray) -> FloatArray:
    """Tell when the encounters of some pieces end."""
    over_s = np.empty(len(rows))
    for place in range(len(rows)):
        last = rows[place]
        while last + 1 < len(encounter) and encounter[last + 1] == encounter[last]:
            last += 1
        over_s[place] = end_s[last]
    return over_s
