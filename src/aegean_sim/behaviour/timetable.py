"""Timetables: when a unit is on task, in transit and in port, for the whole run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.patrol import way_by_water, way_of
from aegean_sim.entities.unit import Unit
from aegean_sim.errors import GeographyError
from aegean_sim.geography.places import locate
from aegean_sim.kinematics.legs import Track, length_m, sail
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS
from aegean_sim.scenario.forces import Scripted
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.behaviour.ways import Way
    from aegean_sim.geography.sea import Sea
    from aegean_sim.scenario.forces import Availability, Craft, Patrol
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.streams import Streams

Window = tuple[float, float]


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
    """List who sails in a theatre: single units, then deployments' hulls at their stations."""
    units = [
        Assignment(each.id, each.id, each, each.patrol, f"units[{each.id}].patrol")
        for each in scenario.units
        if each.theatre == theatre
    ]
    ships = [
        Assignment(
            hull.id,
            station.id,
            hull,
            station.patrol,
            f"deployments[{deployment.id}].stations[{station.id}].patrol",
        )
        for deployment, hull, station in scenario.postings()
        if deployment.theatre == theatre
    ]
    return units + ships


def build_units(scenario: Scenario, theatre: str, sea: Sea, streams: Streams) -> list[Unit]:
    """Lay out the timetables of all units of a theatre.

    Raises
    ------
    GeographyError
        When a patrol or a way to it cannot be sailed; the message begins with the patrol's path in the file.
    """
    units = []
    for row, each in enumerate(assignments(scenario, theatre)):
        try:
            units.append(_unit(row, each, scenario, theatre, sea, streams))
        except GeographyError as error:
            raise GeographyError(f"{each.path}: {error}") from error
    return units


def _unit(row: int, who: Assignment, scenario: Scenario, theatre: str, sea: Sea, streams: Streams) -> Unit:
    craft, key = who.craft, identity("station", who.station)
    way = way_of(who.patrol, who.id, craft, sea, streams, key)
    port = None if craft.home_port is None else locate(sea.frame, craft.home_port)
    _refuse_closed_waters(who, way, sea)
    share = streams.one("cycle", key)
    cycle = _cycle(craft.availability, share, scenario.duration_s)
    watches = _shifts(craft.availability, scenario.clock_s, scenario.duration_s)
    on_task = list(_common(cycle, watches))
    if isinstance(who.patrol, Scripted):
        plan: tuple[Track, ...] = (way.track(0.0, scenario.duration_s, from_entry=True),)
    else:
        sailed = _sails_from_port(craft, port)
        pieces = (_piece(way, each, sea, craft, port if sailed else None) for each in on_task)
        plan = tuple(clipped for piece in pieces if (clipped := _clipped(piece, scenario.duration_s)))
    on_call = cycle if craft.availability.ready_in_port else on_task
    return Unit(who.id, who.station, row, theatre, craft, plan, port, tuple(on_call))


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


def _sails_from_port(craft: Craft, port: tuple[float, float] | None) -> bool:
    availability = craft.availability
    has_turns = availability.days_on is not None or availability.shift_h is not None
    return port is not None and has_turns and craft.speed_kn > 0.0


def _cycle(availability: Availability, share: float, duration_s: float) -> list[Window]:
    """Give the times away from port; the share tells how much of a cycle lies behind at time zero."""
    if availability.days_on is None or availability.days_off is None:
        return [(0.0, duration_s)]
    period_s = (availability.days_on + availability.days_off) * DAY_S
    starts = np.arange(-share * period_s, duration_s, period_s)
    return [(float(start), float(start + availability.days_on * DAY_S)) for start in starts]


def _shifts(availability: Availability, clock_s: float, duration_s: float) -> list[Window]:
    if availability.shift_start_h is None or availability.shift_h is None:
        return [(-np.inf, np.inf)]
    first_s = availability.shift_start_h * HOUR_S - clock_s - DAY_S
    starts = np.arange(first_s, duration_s, DAY_S)
    return [(float(start), float(start + availability.shift_h * HOUR_S)) for start in starts]


def _common(some: Iterable[Window], others: list[Window]) -> Iterable[Window]:
    for start, end in some:
        for begin, finish in others:
            if max(start, begin) < min(end, finish):
                yield max(start, begin), min(end, finish)


def _piece(way: Way, window: Window, sea: Sea, craft: Craft, port: tuple[float, float] | None) -> Track:
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


def _homeward(
    outward: Track, way: Way, sea: Sea, craft: Craft, port: tuple[float, float], end_s: float
) -> Track:
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


def _clipped(track: Track, duration_s: float) -> Track | None:
    """Cut a piece at the run's ends."""
    if track.time_s[-1] <= 0.0 or track.time_s[0] >= duration_s:
        return None
    inside = track.since(0.0) if track.time_s[0] < 0.0 else track
    return inside.until(duration_s)
