"""Timetables: when a unit is on task, in transit and in port, for the whole run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.patrol import way_by_water, way_of
from aegean_sim.behaviour.sorties import from_airfield, from_ship
from aegean_sim.behaviour.turns import by_the_clock, common, cycle
from aegean_sim.entities.unit import Unit
from aegean_sim.errors import GeographyError
from aegean_sim.geography.places import locate
from aegean_sim.geography.sea import from_the_air
from aegean_sim.kinematics.legs import Track, length_m, sail
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.scenario.forces import Scripted, Search
from aegean_sim.scenario.taking_part import in_theatre
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aegean_sim.behaviour.turns import Window
    from aegean_sim.behaviour.ways import Way
    from aegean_sim.geography.sea import Sea
    from aegean_sim.scenario.forces import Craft, Patrol
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.streams import Streams

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A craft at a station: the hull's name, and the station's, which keys its luck.

    Parameters
    ----------
    path : str
        Dotted path of the patrol in the scenario file.
    """

    id: str
    station: str
    craft: Craft
    patrol: Patrol
    path: str


def assignments(scenario: Scenario, theatre: str) -> list[Assignment]:
    """List who takes part in a theatre: single units, then deployments' hulls at their stations."""
    crafts, postings = in_theatre(scenario, theatre), scenario.postings()
    units = [
        Assignment(each.id, each.id, crafts[each.id], each.patrol, f"units[{each.id}].patrol")
        for each in scenario.units
        if each.id in crafts
    ]
    ships = [
        Assignment(
            hull.id,
            station.id,
            crafts[hull.id],
            station.patrol,
            f"deployments[{deployment.id}].stations[{station.id}].patrol",
        )
        for deployment, hull, station in postings
        if hull.id in crafts
    ]
    return units + ships


def build_units(scenario: Scenario, theatre: str, sea: Sea, streams: Streams) -> list[Unit]:
    """Lay out the timetables of all units of a theatre.

    Raises
    ------
    GeographyError
        When a patrol or a way to it cannot be sailed; the message begins with the patrol's path in the file.
    """
    planner = _Planner(scenario, theatre, sea, streams)
    rows = enumerate(assignments(scenario, theatre))
    units: dict[str, Unit] = {}
    for row, each in sorted(rows, key=lambda pair: pair[1].craft.base is not None):
        try:
            units[each.id] = planner.unit(row, each, units.get(each.craft.base or ""))
        except GeographyError as error:
            raise GeographyError(f"{each.path}: {error}") from error
    return sorted(units.values(), key=lambda unit: unit.row)


@dataclass(frozen=True, slots=True)
class _Planner:
    """Lays out timetables, those of ships before those of what flies from them."""

    scenario: Scenario
    theatre: str
    sea: Sea
    streams: Streams

    def unit(self, row: int, who: Assignment, ship: Unit | None) -> Unit:
        craft = who.craft
        port = None if craft.home_port is None else locate(self.sea.frame, craft.home_port)
        away, on_task = self._turns(who)
        if isinstance(who.patrol, Scripted):
            pieces = self._scripted(who)
        elif craft.availability.sortie_h is not None:
            pieces = self._sorties(who, on_task, port, ship)
        else:
            pieces = self._voyages(who, on_task, port)
        on_call = away if craft.availability.ready_in_port else on_task
        return Unit(who.id, who.station, row, self.theatre, craft, tuple(pieces), port, tuple(on_call))

    def _turns(self, who: Assignment) -> tuple[list[Window], list[Window]]:
        """Give the times in service and away from port, and those of them on task."""
        key, turns = identity("station", who.station), who.craft.availability
        away = cycle(turns, self.streams.one("cycle", key), self.scenario.duration_s)
        away = list(common(away, [who.craft.serves.window_s(self.scenario.start)]))
        clock = by_the_clock(turns, self.streams.one("first sortie", key), self.scenario)
        return away, list(common(away, clock))

    def _way(self, who: Assignment, sea: Sea) -> Way:
        way = way_of(who.patrol, who.id, who.craft, sea, self.streams, identity("station", who.station))
        _refuse_closed_waters(who, way, sea)
        return way

    def _scripted(self, who: Assignment) -> Iterator[Track]:
        sea = from_the_air(self.sea) if who.craft.flies else self.sea
        track = self._way(who, sea).track(0.0, self.scenario.duration_s, from_entry=True)
        return _clipped([track], who.craft.serves.window_s(self.scenario.start))

    def _voyages(self, who: Assignment, on_task: list[Window], port: Place | None) -> Iterator[Track]:
        way, sailed = self._way(who, self.sea), _sails_from_port(who.craft, port)
        pieces = (_piece(way, each, self.sea, who.craft, port if sailed else None) for each in on_task)
        return _clipped(pieces, (0.0, self.scenario.duration_s))

    def _sorties(
        self, who: Assignment, on_task: list[Window], port: Place | None, ship: Unit | None
    ) -> Iterator[Track]:
        air, craft = from_the_air(self.sea), who.craft
        if ship is not None and isinstance(who.patrol, Search):
            flown = from_ship(craft, air, ship, who.patrol, on_task)
        elif port is not None:
            flown = from_airfield(who.id, craft, air, port, self._way(who, air), on_task)
        else:
            raise GeographyError(f"{who.id} flies sorties, but has no airfield, nor a ship to search round")
        return _clipped(flown, (0.0, self.scenario.duration_s))


def _refuse_closed_waters(who: Assignment, way: Way, sea: Sea) -> None:
    """Refuse a patrol through waters that the unit must keep out of.

    Raises
    ------
    GeographyError
        When it is one.
    """
    path = way.path()
    if path is not None and sea.zones.enters(path, who.craft.keep_out):
        closed = ", ".join(sorted(who.craft.keep_out))
        raise GeographyError(
            f"the patrol {who.station} of {who.id} leads through waters it keeps out of ({closed})"
        )


def _sails_from_port(craft: Craft, port: Place | None) -> bool:
    availability = craft.availability
    has_turns = availability.days_on is not None or availability.shift_h is not None
    return port is not None and has_turns and craft.speed_kn > 0.0


def _piece(way: Way, window: Window, sea: Sea, craft: Craft, port: Place | None) -> Track:
    """Give one turn on task: out of port, on patrol, and back in port at the window's end."""
    start_s, end_s = window
    if port is None:
        return way.track(start_s, end_s, from_entry=False)
    speed_mps = craft.speed_kn * KNOT_MPS
    out = way_by_water(sea, *port, *way.entry(), craft.keep_out)
    there_s = start_s + length_m(out) / speed_mps
    back_s = end_s - (there_s - start_s)
    if there_s >= back_s:
        return sail(np.array([port, port]), start_s, end_s)
    return _homeward(sail(out, start_s, there_s), way, sea, craft, port, end_s)


def _homeward(outward: Track, way: Way, sea: Sea, craft: Craft, port: Place, end_s: float) -> Track:
    """Patrol till the last vertex, or moment at rest, from which the port is reached in time, and go home."""
    speed_mps = craft.speed_kn * KNOT_MPS
    patrol = way.track(float(outward.time_s[-1]), end_s, from_entry=True)
    for last in range(len(patrol.time_s) - 1, -1, -1):
        place = float(patrol.x_m[last]), float(patrol.y_m[last])
        needed_s = float(np.hypot(place[0] - port[0], place[1] - port[1])) / speed_mps
        if patrol.time_s[last] + needed_s > end_s:
            continue
        home = way_by_water(sea, *place, *port, craft.keep_out)
        leaves_s, way_s = float(patrol.time_s[last]), length_m(home) / speed_mps
        if leaves_s + way_s <= end_s:
            if patrol.velocity_at(leaves_s) == (0.0, 0.0):
                leaves_s = end_s - way_s
            kept = Track(patrol.time_s[: last + 1], patrol.x_m[: last + 1], patrol.y_m[: last + 1])
            return outward.then(kept).then(sail(home, leaves_s, leaves_s + way_s))
    home = way_by_water(sea, *way.entry(), *port, craft.keep_out)
    return outward.then(sail(home, float(outward.time_s[-1]), end_s))


def _clipped(tracks: Iterable[Track], window: Window) -> Iterator[Track]:
    """Cut tracks at the ends of a window, and leave out what lies outside."""
    since_s, until_s = window
    for track in tracks:
        if track.time_s[-1] > since_s and track.time_s[0] < until_s:
            yield (track.since(since_s) if track.time_s[0] < since_s else track).until(until_s)
