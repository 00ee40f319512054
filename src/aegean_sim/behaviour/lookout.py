"""The lookout: contacts solved ahead, planned as events, and planned anew when a unit changes its course."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.agenda import after
from aegean_sim.compiled import compiled
from aegean_sim.detection.resolver import Targets, resolve
from aegean_sim.entities.contact import Contact
from aegean_sim.kinematics.legs import joined, legs_along
from aegean_sim.ragged import firsts

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import simpy

    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.entities.boat import Fleet
    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.streams import Streams


@dataclass(slots=True, eq=False)
class Lookout:
    """Who sees which boat of one theatre, and when.

    Parameters
    ----------
    on_sighting : callable
        Called at the start of each contact, in the order of time.
    happened : list of Contact
        Those that have started, in order.
    """

    env: simpy.Environment
    sea: Sea
    streams: Streams
    conditions: Conditions
    fleet: Fleet
    units: list[Unit]
    sensors: SensorTable
    on_sighting: Callable[[Contact], None] = field(init=False)
    happened: list[Contact] = field(default_factory=list)
    _of_boat: dict[int, list[Contact]] = field(default_factory=dict)
    _boats_of: dict[int, set[int]] = field(init=False)
    _watched: Targets = field(init=False)
    _first_leg: IntArray = field(init=False)
    _legs: IntArray = field(init=False)
    _afloat: IntArray = field(init=False)

    def __post_init__(self) -> None:
        self._boats_of = {unit: set() for unit in self.sensors.unit.tolist()}
        self._afloat = np.empty(0, dtype=np.int64)
        self._watched = self._targets(self._afloat)
        self._first_leg, self._legs = (np.zeros(len(self.fleet.boats), dtype=np.int64) for _ in range(2))

    def watch(self, rows: IntArray) -> None:
        """Resolve boats that are about to set out against the timetables of all units."""
        targets = self._targets(rows)
        self._keep(rows, targets)
        since, until = float(self.fleet.departed_s[rows].min()), float(self.fleet.due_s[rows].max())
        legs = [unit.legs_within(since, until) for unit in self.units if unit.row in self._boats_of]
        for contact in self._contacts(targets, joined(legs)):
            self._plan(contact)

    def divert(self, unit: Unit, course: Pieces, back_s: float) -> None:
        """Put a unit on a course that ends with its return, and look anew at what it will see."""
        unit.divert(self.env.now, course)
        until_s = unit.off_plan_until_s(back_s)
        self.replan(unit, max(until_s, unit.away_until_s))
        unit.away_until_s = until_s

    def replan(self, unit: Unit, until_s: float) -> None:
        """Resolve a unit whose course has changed, from now until a moment, against the boats at sea then."""
        if unit.row not in self._boats_of:
            return
        boats, targets = self._at_sea(until_s)
        if not len(boats):
            return
        since, until = float(self.fleet.departed_s[boats].min()), float(self.fleet.due_s[boats].max())
        fresh = {boat: list[Contact]() for boat in self._boats_of[unit.row].intersection(boats.tolist())}
        for contact in self._contacts(targets, unit.legs_within(since, until)):
            fresh.setdefault(contact.boat, []).append(contact)
        for boat in sorted(fresh):
            self._replace(unit, boat, fresh[boat])

    def held_until(self, boat: int, now_s: float, units: Collection[str]) -> float:
        """Tell until when some units hold a boat without a gap; ``now_s`` when none of them does."""
        held = now_s
        for contact in sorted(self._live(boat, units), key=lambda each: each.start_s):
            if contact.start_s <= held < contact.end_s:
                held = contact.end_s
        return held

    def last_held_s(self, boat: int, now_s: float, units: Collection[str]) -> float:
        """Tell when one of some units last held a boat; minus infinity when none ever did."""
        ends = [min(contact.end_s, now_s) for contact in self._live(boat, units) if contact.row >= 0]
        return max(ends, default=-math.inf)

    def holds(self, unit: Unit, boat: int, now_s: float) -> bool:
        """Tell whether a unit holds a boat in contact now."""
        return any(
            contact.unit == unit.row and contact.row >= 0 and contact.end_s > now_s
            for contact in self._of_boat.get(boat, ())
        )

    def _live(self, boat: int, units: Collection[str]) -> list[Contact]:
        return [contact for contact in self._of_boat.get(boat, ()) if self.units[contact.unit].id in units]

    def _targets(self, rows: IntArray) -> Targets:
        boats = self.fleet.boats
        legs, condition = self.conditions.cut(legs_along(self.fleet.ways.take(rows), rows))
        target_class = boats.class_at(legs.mover, legs.start_s)
        return Targets(legs, condition, target_class, boats.key, boats.factor)

    def _keep(self, rows: IntArray, targets: Targets) -> None:
        """Remember boats and their legs for later."""
        heads = firsts(targets.legs.mover)
        boats = targets.legs.mover[heads]
        self._first_leg[boats] = len(self._watched.legs) + heads
        self._legs[boats] = np.diff(np.append(heads, len(targets.legs)))
        self._watched = self._watched.then(targets)
        self._afloat = np.sort(np.concatenate([self._afloat, rows]))

    def _at_sea(self, until_s: float) -> tuple[IntArray, Targets]:
        """Give the boats watched so far that are at sea between now and a moment, and their legs."""
        fleet, now_s = self.fleet, self.env.now
        self._afloat, boats, leg = _at_sea(
            self._afloat, fleet.departed_s, fleet.due_s, fleet.ended_s, now_s, until_s,
            self._first_leg, self._legs,
        )  # fmt: skip
        return boats, self._watched.take(leg)

    def _contacts(self, targets: Targets, units: Legs) -> list[Contact]:
        found = resolve(targets, units, self.sensors, self.sea, self.streams)
        unit = self.sensors.unit[found.sensor]
        columns = (unit, found.sensor, found.boat, found.number, found.start_s, found.end_s)
        return [Contact(*row) for row in zip(*(column.tolist() for column in columns), strict=True)]

    def _plan(self, contact: Contact) -> None:
        self._boats_of[contact.unit].add(contact.boat)
        self._of_boat.setdefault(contact.boat, []).append(contact)
        after(self.env, max(0.0, contact.start_s - self.env.now), self._start, contact)

    def _start(self, contact: Contact) -> None:
        if contact.stale or not self.fleet.under_way(contact.boat):
            return
        contact.row = len(self.happened)
        self.happened.append(contact)
        self.on_sighting(contact)

    def _replace(self, unit: Unit, boat: int, fresh: list[Contact]) -> None:
        """Keep what has happened, with its new end; drop what was planned; plan what is new."""
        now, others = self.env.now, []
        happened: dict[tuple[int, int], Contact] = {}
        for contact in self._of_boat.get(boat, ()):
            if contact.unit != unit.row:
                others.append(contact)
            elif contact.row < 0:
                contact.stale = True
            else:
                happened[contact.sensor, contact.number] = contact
                contact.end_s = min(contact.end_s, now)
        self._of_boat[boat] = [*others, *happened.values()]
        for contact in fresh:
            before = happened.get((contact.sensor, contact.number))
            if before is None:
                self._plan(contact)
            elif contact.end_s > now:
                before.end_s = contact.end_s


@compiled
def _at_sea(
    afloat: IntArray,
    departed_s: FloatArray,
    due_s: FloatArray,
    ended_s: FloatArray,
    now_s: float,
    until_s: float,
    first_leg: IntArray,
    legs: IntArray,
) -> tuple[IntArray, IntArray, IntArray]:
    """Give which boats are still afloat, which of them are at sea by a moment, and the legs of these."""
    still = afloat[(due_s[afloat] > now_s) & np.isnan(ended_s[afloat])]
    boats = still[departed_s[still] < until_s]
    rows, count = np.empty(legs[boats].sum(), dtype=np.int64), 0
    for boat in boats:
        for leg in range(first_leg[boat], first_leg[boat] + legs[boat]):
            rows[count], count = leg, count + 1
    return still, boats, rows
