"""Who reports, under which number, and where they are at the moments of their reports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.exports.ways import ways_of
from aegean_sim.quantities import DAY_S, KNOT_MPS
from aegean_sim.scenario.rescue import PassingShips
from aegean_sim.scenario.taking_part import in_theatre

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.exports.request import Request
    from aegean_sim.exports.ways import Way
    from aegean_sim.quantities import FloatArray

# Country digits go from 201 to 775 (https://navcen.uscg.gov/mmsi-formats), so no real ship begins with 799;
# 111 begins those of aircraft (ITU-R M.585).
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
        """Name, marked as simulated."""
        return f"SIM {self.way.mover}"

    @property
    def call_sign(self) -> str:
        """A call sign that no station has."""
        return f"SIM{self.mmsi % 1000:03}"


class Report(NamedTuple):
    """Where a station is; reports sort by time, then by number.

    Parameters
    ----------
    utc_s : int
        When, seconds since 1970.
    mmsi : int
        Whose.
    flies : bool
        Whether it is an aircraft.
    lon, lat : float
        Degrees.
    speed_kn : float
        Over ground.
    course_deg : float
        True, over ground; NaN at rest.
    """

    utc_s: int
    mmsi: int
    flies: bool
    lon: float
    lat: float
    speed_kn: float
    course_deg: float


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


def reports_of(station: Station, request: Request) -> Iterator[Report]:
    """Give a station's reports while it is at sea, by time; at most those of a day are in memory.

    All stations report at the same moments, counted from the start of the run. Speed and course are those of
    the leg that a station is on, or is about to begin.
    """
    scenario = request.run.scenario
    start_utc_s = round(scenario.start.timestamp())
    for since_s in np.arange(0.0, scenario.duration_s, DAY_S):
        until_s = min(since_s + DAY_S, scenario.duration_s)
        steps = np.arange(np.ceil(since_s / request.every_s), until_s / request.every_s)
        time_s, *columns = _positions(station.way, np.rint(steps * request.every_s))
        utc_s = start_utc_s + np.rint(time_s).astype(np.int64)
        for utc, *row in zip(utc_s.tolist(), *(column.tolist() for column in columns), strict=True):
            yield Report(utc, station.mmsi, station.flies, *row)


def _positions(way: Way, time_s: FloatArray) -> tuple[FloatArray, ...]:
    """Give moments at which it is at sea, longitudes, latitudes, speeds (knots) and courses (degrees)."""
    leg = np.searchsorted(way.time_s, time_s, side="right") - 1
    later = np.minimum(leg + 1, len(way.time_s) - 1)
    there = (leg >= 0) & ((way.piece[leg] == way.piece[later]) | (way.time_s[leg] == time_s))
    there &= time_s <= way.time_s[-1]
    time_s, leg, later = time_s[there], leg[there], later[there]
    x, y = way.at(time_s)
    goes_on = way.piece[leg] == way.piece[later]
    dx, dy, dt = (np.where(goes_on, axis[later] - axis[leg], 0.0) for axis in (way.x_m, way.y_m, way.time_s))
    speed_kn = np.hypot(dx, dy) / np.where(dt > 0.0, dt, 1.0) / KNOT_MPS
    return time_s, *way.frame.to_door(x, y), speed_kn, _courses(way, x, y, dx, dy)


def _courses(way: Way, x: FloatArray, y: FloatArray, dx: FloatArray, dy: FloatArray) -> FloatArray:
    """Give true courses, degrees, from a short step in the plane; NaN at rest."""
    length = np.hypot(dx, dy)
    ahead = _STEP_M / np.where(length > 0.0, length, np.nan)
    lon, lat = way.frame.to_door(x - dx * ahead, y - dy * ahead)
    to_lon, to_lat = way.frame.to_door(x + dx * ahead, y + dy * ahead)
    east = (to_lon - lon) * np.cos(np.radians(0.5 * (lat + to_lat)))
    return np.degrees(np.arctan2(east, to_lat - lat)) % 360.0
