"""Encounters: when which boat is within reach and in sight of which sensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.detection.sighting import cut_by_land
from aegean_sim.kinematics.reach import Motion, motion_from, near_legs

if TYPE_CHECKING:
    from aegean_sim.detection.resolver import Targets
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Columns, Legs
    from aegean_sim.quantities import FloatArray, IntArray

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
    start_s, end_s : array
        When the piece begins and ends.
    boat_leg, unit_leg : array
        Rows of the legs that hold.
    boats, units : Columns
        The legs.
    """

    sensor: IntArray
    boat: IntArray
    cell: IntArray
    encounter: IntArray
    boat_leg: IntArray
    unit_leg: IntArray
    start_s: FloatArray
    end_s: FloatArray
    boats: Columns
    units: Columns

    def __len__(self) -> int:
        return len(self.sensor)

    def motion(self, rows: IntArray) -> Motion:
        """Give the boat's motion as seen from the unit during the chosen pieces."""
        times_s = self.start_s, self.end_s
        return Motion(*motion_from(self.boats, self.boat_leg, self.units, self.unit_leg, times_s, rows))


def find_encounters(targets: Targets, units: Legs, sensors: SensorTable, sea: Sea) -> Encounters | None:
    """Find all encounters between boats and sensors, or ``None`` when there are none."""
    boats, others, kind = targets.legs.columns, units.columns, targets.kind(sensors)
    views = sensors.views(int(max(units.mover[-1], sensors.unit[-1])) + 1)
    legs, times_s = near_legs(boats, kind, others, views)
    if not len(legs):
        return None
    stretch, times_s = cut_by_land(sea, boats, others, legs, times_s, sensors.aloft)
    if not len(stretch):
        return None
    rows, times_s = _in_order(legs, stretch, times_s, boats.mover, kind, views.reach_m)
    sensor, boat, cell, encounter, boat_leg, unit_leg = rows
    start_s, end_s = times_s
    return Encounters(sensor, boat, cell, encounter, boat_leg, unit_leg, start_s, end_s, boats, others)


@compiled
def _in_order(
    legs: IntArray,
    stretch: IntArray,
    times_s: FloatArray,
    mover: IntArray,
    kind: IntArray,
    reach_m: FloatArray,
) -> tuple[IntArray, FloatArray]:
    """Sort pieces by sensor, boat and time: the first six columns of `Encounters`, and the times.

    Pieces come sorted by unit, boat and time, and a sensor is of one unit.
    """
    rows, sorted_s = np.empty((6, len(stretch)), dtype=np.int64), np.empty((2, len(stretch)))
    place = _places(legs, stretch, len(reach_m))
    for piece in range(len(stretch)):
        boat_leg, sensor = legs[stretch[piece], 0], legs[stretch[piece], 2]
        at = place[sensor]
        place[sensor] += 1
        rows[0, at], rows[1, at] = sensor, mover[boat_leg]
        rows[2, at] = sensor * reach_m.shape[1] + kind[boat_leg]
        rows[4, at], rows[5, at] = boat_leg, legs[stretch[piece], 1]
        sorted_s[0, at], sorted_s[1, at] = times_s[piece, 0], times_s[piece, 1]
    _number(rows, sorted_s)
    return rows, sorted_s


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
