"""Who reports, under which number, and where they are at the moments of their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.exports.ais.messages import NAME_LETTERS, Reports, six_bit
from aegean_sim.exports.ways import ways_of
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.scenario.rescue import PassingShips
from aegean_sim.scenario.taking_part import in_theatre

if TYPE_CHECKING:
    from aegean_sim.exports.request import Request
    from aegean_sim.exports.ways import Way
    from aegean_sim.quantities import FloatArray

# 776 to 799 are given to no state, so no real ship begins with them; 111 begins those of aircraft.
_NOBODYS = 799
_SHIPS = _NOBODYS * 1_000_000
_AIRCRAFT = 111_000_000 + _NOBODYS * 1_000
_STEP_M = 50.0


@dataclass(frozen=True, slots=True)
class Station:
    """A unit that reports: its number, whether it flies, and its way."""

    mmsi: int
    flies: bool
    way: Way

    @property
    def name(self) -> str:
        """Name as AIS writes it, marked as simulated."""
        return six_bit(f"SIM {self.way.mover}")[:NAME_LETTERS]

    @property
    def call_sign(self) -> str:
        """A call sign that no station has."""
        return f"SIM{self.mmsi % 1000:03}"


def stations_of(request: Request) -> list[Station]:
    """Give the units of a request that move; a number hangs on the place in the scenario alone."""
    ways = ways_of(request.tracks(), request.run.frames)
    scenario = request.run.scenario
    crafts = [each for theatre in scenario.theatres for each in in_theatre(scenario, theatre).items()]
    return [
        Station((_AIRCRAFT if craft.flies else _SHIPS) + number, craft.flies, ways[name])
        for number, (name, craft) in enumerate(crafts, start=1)
        if name in ways and ways[name].moves and not isinstance(craft, PassingShips)
    ]


def reports_of(station: Station, time_s: FloatArray, start_utc_s: int) -> Reports:
    """Give a station's reports at those moments, rising, at which it is at sea.

    Speed and course are those of the leg that it is on, or is about to begin.
    """
    way = station.way
    leg = np.searchsorted(way.time_s, time_s, side="right") - 1
    later = np.minimum(leg + 1, len(way.time_s) - 1)
    there = (leg >= 0) & ((way.piece[leg] == way.piece[later]) | (way.time_s[leg] == time_s))
    there &= time_s <= way.time_s[-1]
    time_s, leg, later = time_s[there], leg[there], later[there]
    x, y = way.at(time_s)
    goes_on = way.piece[leg] == way.piece[later]
    passed = [np.where(goes_on, axis[later] - axis[leg], 0.0) for axis in (way.x_m, way.y_m, way.time_s)]
    lon, lat = way.frame.to_door(x, y)
    return Reports(
        np.full(len(x), station.mmsi),
        start_utc_s + np.rint(time_s).astype(np.int64),
        lon, lat,
        np.hypot(*passed[:2]) / np.where(passed[2] > 0.0, passed[2], 1.0) / KNOT_MPS,
        _courses(way, x, y, *passed[:2]),
        np.full(len(x), station.flies),
    )  # fmt: skip


def _courses(way: Way, x: FloatArray, y: FloatArray, dx: FloatArray, dy: FloatArray) -> FloatArray:
    """Give true courses, degrees, from a short step in the plane; NaN at rest."""
    length = np.hypot(dx, dy)
    ahead = _STEP_M / np.where(length > 0.0, length, np.nan)
    lon, lat = way.frame.to_door(x - dx * ahead, y - dy * ahead)
    to_lon, to_lat = way.frame.to_door(x + dx * ahead, y + dy * ahead)
    east = (to_lon - lon) * np.cos(np.radians(0.5 * (lat + to_lat)))
    return np.degrees(np.arctan2(east, to_lat - lat)) % 360.0
