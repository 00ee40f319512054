"""Encounters: when which boat is within reach and in sight of which sensor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.detection.sectors import cut_by_sectors
from aegean_sim.detection.sighting import cut_by_land
from aegean_sim.kinematics.pairs import pair_legs
from aegean_sim.ragged import firsts

if TYPE_CHECKING:
    from aegean_sim.detection.resolver import Targets
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.kinematics.pairs import LegPairs
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray, IntArray

_JOIN_S = 1e-3
_LEAST_S = 1e-6


@dataclass(frozen=True, slots=True)
class Encounters:
    """Pieces of encounters, sorted by sensor, boat and time; in each a leg, a course and a condition hold.

    Parameters
    ----------
    sensor, boat : array
        Rows of their tables.
    cell : array
        Place of the sensor's reach and numbers for the target and the condition, tables laid flat.
    pair : array
        Row of ``pairs`` whose motion holds.
    start_s, end_s : array
        When the piece begins and ends.
    encounter : array
        Number of the encounter, rising from 0; pieces of one follow each other without a gap.
    pairs : LegPairs
        The pairs of legs.
    """

    sensor: IntArray
    boat: IntArray
    cell: IntArray
    pair: IntArray
    start_s: FloatArray
    end_s: FloatArray
    encounter: IntArray
    pairs: LegPairs

    def __len__(self) -> int:
        return len(self.sensor)

    def motion(self, rows: IntArray) -> Motion:
        """Give the boat's motion as seen from the unit during the chosen pieces."""
        return self.pairs.motion.piece(self.pair[rows], self.start_s[rows], self.end_s[rows])

    def bounds(self) -> tuple[IntArray, FloatArray]:
        """Give the first piece of each encounter, and when the encounter ends."""
        heads = firsts(self.encounter)
        return heads, self.end_s[np.append(heads[1:], len(self)) - 1]


def find_encounters(targets: Targets, units: Legs, sensors: SensorTable, sea: Sea) -> Encounters | None:
    """Find all encounters between boats and sensors, or ``None`` when there are none."""
    count = int(max(units.mover[-1], sensors.unit[-1])) + 1
    pairs = pair_legs(targets.legs, units, sensors.greatest_reach_m(count))
    if not len(pairs):
        return None
    unit = units.mover[pairs.unit_leg]
    conditions = targets.target_class, targets.condition, sensors.reach_m.shape
    pair, sensor, cell = _cases(unit, pairs.boat_leg, sensors.carriers(count), *conditions)
    near, start_s, end_s = _within(sensors, pairs.motion, pair, sensor, cell)
    low = np.flatnonzero(~sensors.aloft[sensor[near]])
    stretch, *cut_s = cut_by_land(sea, targets.legs, units, pairs, pair[near[low]], start_s[low], end_s[low])
    high = np.flatnonzero(sensors.aloft[sensor[near]])
    start_s, end_s = (np.concatenate(both) for both in zip(cut_s, (start_s[high], end_s[high]), strict=True))
    seen = near[np.concatenate([low[stretch], high])]
    if not len(seen):
        return None
    boat = targets.legs.mover[pairs.boat_leg[pair[seen]]]
    order = np.argsort(sensor[seen] * len(targets.key) + boat, kind="stable")
    seen, boat, start_s, end_s = seen[order], boat[order], start_s[order], end_s[order]
    sensor = sensor[seen]
    number = _numbered(sensor, boat, start_s, end_s)
    return Encounters(sensor, boat, cell[seen], pair[seen], start_s, end_s, number, pairs)


@compiled
def _cases(
    unit: IntArray,
    boat_leg: IntArray,
    carriers: tuple[IntArray, IntArray],
    target_class: IntArray,
    condition: IntArray,
    shape: tuple[int, int, int],
) -> tuple[IntArray, IntArray, IntArray]:
    """Give for each pair of legs and each sensor of its unit pair, sensor and cell; see `Encounters`."""
    first, carried = carriers
    many, case = 0, 0
    for pair in range(len(unit)):
        many += carried[unit[pair]]
    cases = np.empty((3, many), dtype=np.int64)
    for pair in range(len(unit)):
        leg = boat_leg[pair]
        for sensor in range(first[unit[pair]], first[unit[pair]] + carried[unit[pair]]):
            cell = (sensor * shape[1] + target_class[leg]) * shape[2] + condition[leg]
            cases[0, case], cases[1, case], cases[2, case] = pair, sensor, cell
            case += 1
    return cases[0], cases[1], cases[2]


def _within(
    sensors: SensorTable, motion: Motion, pair: IntArray, sensor: IntArray, cell: IntArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find what of each pair is within a sensor's reach and sector: rows, sorted, and their stretches."""
    start_s, end_s = motion.within_of(pair, sensors.reach_m.ravel()[cell])
    near = np.flatnonzero(end_s - start_s > _LEAST_S)
    start_s, end_s = start_s[near], end_s[near]
    if sensors.all_round().all():
        return near, start_s, end_s
    stretch, start_s, end_s = cut_by_sectors(sensors, motion, pair[near], sensor[near], start_s, end_s)
    seen = np.flatnonzero(end_s - start_s > _LEAST_S)
    return near[stretch[seen]], start_s[seen], end_s[seen]


@compiled
def _numbered(sensor: IntArray, boat: IntArray, start_s: FloatArray, end_s: FloatArray) -> IntArray:
    """Give the encounter of each piece; one goes on while pieces follow each other, up to rounding."""
    number = np.zeros(len(sensor), dtype=np.int64)
    for piece in range(1, len(sensor)):
        before = piece - 1
        goes_on = sensor[piece] == sensor[before] and boat[piece] == boat[before]
        goes_on = goes_on and start_s[piece] <= end_s[before] + _JOIN_S
        number[piece] = number[before] + (0 if goes_on else 1)
    return number
