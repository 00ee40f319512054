"""The resolver: tracks of boats and units in, contacts out, exact and without steps.

Each sensor and boat have one threshold, drawn from the exponential law of mean 1, for each contact they may
come to. Exposure, the integral of the sensor's rate while the boat is within reach and in sight, adds up
until it comes to the threshold: there the contact begins, and it lasts to the end of that encounter.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.detection.encounters import find_encounters
from aegean_sim.detection.exposure import delay, exposure
from aegean_sim.detection.laws import LAWS
from aegean_sim.detection.thresholds import crossings
from aegean_sim.kinematics.batches import batches
from aegean_sim.kinematics.legs import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.detection.encounters import Encounters
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray, IntArray, KeyArray
    from aegean_sim.streams import Streams

_PAIRS_AT_ONCE = 1 << 16
_AT_ONCE = np.array([law.at_once for law in LAWS.values()])


@dataclass(frozen=True, slots=True)
class Targets:
    """Boats that may be seen.

    Parameters
    ----------
    legs : Legs
        Their legs, cut wherever the conditions change; ``mover`` is a row of this table of boats.
    condition : array, shape (legs,)
        Which condition holds during each leg.
    target_class : array, shape (legs,)
        What there is to be seen during each leg.
    key : array, shape (boats,)
        Identity for draws.
    factor : array, shape (boats, kinds)
        Lasting cross-section factor by kind of sensor: multiplies the rate of ``inverse_cube`` and
        ``disc_rate`` and the signal to noise of ``radar``; of no effect on ``definite_range``.
    """

    legs: Legs
    condition: IntArray
    target_class: IntArray
    key: KeyArray
    factor: FloatArray

    def kind(self, sensors: SensorTable) -> IntArray:
        """Give the kind of each leg, as `SensorTable.views` counts them."""
        return np.asarray(self.target_class * sensors.reach_m.shape[2] + self.condition)

    def take(self, legs: IntArray | slice) -> Targets:
        """Give some of the legs; the table of boats stays whole."""
        condition, target_class = self.condition[legs], self.target_class[legs]
        return Targets(self.legs.take(legs), condition, target_class, self.key, self.factor)

    def then(self, more: Targets) -> Targets:
        """Add the legs of more boats of the same table."""
        legs = joined([self.legs, more.legs])
        condition = np.concatenate([self.condition, more.condition])
        target_class = np.concatenate([self.target_class, more.target_class])
        return replace(self, legs=legs, condition=condition, target_class=target_class)


@dataclass(frozen=True, slots=True)
class Contacts:
    """Detections, sorted by start, sensor and boat.

    Parameters
    ----------
    sensor, boat : array
        Rows of the sensors' and of the boats' table.
    number : array
        The how manieth contact of this sensor with this boat it is, from 0.
    start_s, end_s : array
        When the boat is first seen, and when it leaves reach or sight.
    """

    sensor: IntArray
    boat: IntArray
    number: IntArray
    start_s: FloatArray
    end_s: FloatArray

    def __len__(self) -> int:
        return len(self.sensor)


def resolve(targets: Targets, units: Legs, sensors: SensorTable, sea: Sea, streams: Streams) -> Contacts:
    """Find all contacts between boats and sensors.

    Parameters
    ----------
    targets : Targets
        The boats.
    units : Legs
        Legs of the units; ``mover`` is the ``unit`` of the sensors. Those of units without legs see nothing.
    sensors : SensorTable
        All sensors of the theatre.
    sea : Sea
        Whose land hides boats.
    streams : Streams
        Thresholds come from its purpose ``detection``, keyed by sensor, boat and number of the contact.

    Returns
    -------
    Contacts
        To the last bit independent of which other boats, units and sensors are in the call.
    """
    found: list[Contacts] = []
    for some in _batches(targets, units, sensors):
        encounters = find_encounters(some, units, sensors, sea)
        if encounters is not None:
            sure = _AT_ONCE[sensors.law[encounters.sensor]]
            if sure.any():
                found.append(_sure_contacts(encounters.take(sure)))
                encounters = encounters.take(~sure)
            if len(encounters):
                found.append(_drawn_contacts(encounters, some, sensors, streams))
    return _sorted(found)


def exposures(targets: Targets, units: Legs, sensors: SensorTable, sea: Sea) -> FloatArray:
    """Add up each boat's exposure to all sensors, infinite within a definite range; shape (boats,).

    The probability that a boat is seen at all is ``1 - exp(-exposure)``.
    """
    total = np.zeros(len(targets.key))
    for some in _batches(targets, units, sensors):
        encounters = find_encounters(some, units, sensors, sea)
        if encounters is not None:
            brought = exposure(encounters, some, sensors)
            total += np.bincount(encounters.boat, brought, len(total))
    return total


def _batches(targets: Targets, units: Legs, sensors: SensorTable) -> Iterator[Targets]:
    """Give the boats in bounded groups, each with its own part of the legs."""
    if not (len(targets.legs) and len(units) and len(sensors)):
        return
    parts = batches(targets.legs, units, _PAIRS_AT_ONCE)
    yield from (targets.take(part) for part in parts) if len(parts) > 1 else (targets,)


def _sure_contacts(encounters: Encounters) -> Contacts:
    """Make a contact of every encounter."""
    sensor, boat = encounters.sensor, encounters.boat
    rows, number = _first_pieces(sensor, boat, encounters.encounter)
    start_s, end_s = encounters.motion.start_s[rows], encounters.ends_s(rows)
    return Contacts(sensor[rows], boat[rows], number, start_s, end_s)


@compiled
def _first_pieces(sensor: IntArray, boat: IntArray, encounter: IntArray) -> tuple[IntArray, IntArray]:
    """Give the first piece of each encounter, and the encounter's number of its pair."""
    rows, number, count = np.empty(len(sensor), dtype=np.int64), np.empty(len(sensor), dtype=np.int64), 0
    for piece in range(len(sensor)):
        if piece == 0 or encounter[piece] != encounter[piece - 1]:
            before = rows[count - 1] if count else -1
            same = count > 0 and sensor[piece] == sensor[before] and boat[piece] == boat[before]
            rows[count], number[count] = piece, number[count - 1] + 1 if same else 0
            count += 1
    return rows[:count].copy(), number[:count].copy()


def _drawn_contacts(
    encounters: Encounters, targets: Targets, sensors: SensorTable, streams: Streams
) -> Contacts:
    """Find the contacts of sensors that see at a rate."""
    sensor, boat = encounters.sensor, encounters.boat

    def draw(pieces: IntArray, turn: int) -> FloatArray:
        who, whom = sensors.key[sensor[pieces]], targets.key[boat[pieces]]
        return streams.exponential("detection", who, whom, turn=turn)

    brought = exposure(encounters, targets, sensors)
    found = crossings(sensor, boat, encounters.encounter, brought, draw)
    hit = encounters.take(found.piece)
    start_s = hit.motion.start_s + delay(hit, found.lacking, targets, sensors)
    start_s = np.minimum(start_s, hit.motion.end_s)
    return Contacts(hit.sensor, hit.boat, found.number, start_s, encounters.ends_s(found.piece))


def _sorted(found: list[Contacts]) -> Contacts:
    """Put contacts together in their order."""
    if not found:
        nothing, never = np.empty(0, dtype=np.int64), np.empty(0)
        return Contacts(nothing, nothing, nothing, never, never)
    columns = [[getattr(each, field.name) for each in found] for field in fields(Contacts)]
    sensor, boat, number, start_s, end_s = (
        part[0] if len(part) == 1 else np.concatenate(part) for part in columns
    )
    order = np.lexsort((boat, sensor, start_s))
    return Contacts(sensor[order], boat[order], number[order], start_s[order], end_s[order])
