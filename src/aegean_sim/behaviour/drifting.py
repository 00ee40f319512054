"""Drifting in a theatre: to the shore, or to the edge of the chart, where a boat then lies."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.drift import LEEWAY, drift_track
from aegean_sim.kinematics.legs import Track

if TYPE_CHECKING:
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.scenario.perils import LeewayClass
    from aegean_sim.streams import Streams

_PARTS = 64
_CUTS = 3


def drifted(
    sea: Sea,
    weather: WeatherTable,
    streams: Streams,
    leeway: LeewayClass,
    key: int,
    start: tuple[float, float, float],
    until_s: float,
) -> tuple[Track, bool]:
    """Let a boat drift from a moment and place until another moment; tell whether it came ashore first.

    A boat that comes to the edge of the theatre's chart lies there: it is still at sea.
    """
    track = drift_track(LEEWAY[leeway], weather, streams, key, start, until_s)
    leaves_s = _leaves_s(sea, track)
    if leaves_s < until_s:
        track = track.until(leaves_s)
        x_m, y_m = track.x_m[-1:], track.y_m[-1:]
        track = track.then(Track(np.array([until_s]), x_m, y_m))
    landfall_s = _landfall_s(sea, track)
    return track.until(landfall_s), landfall_s < math.inf


def _leaves_s(sea: Sea, track: Track) -> float:
    """Tell when a track first leaves the theatre's bounds; infinite when it does not."""
    west, south, east, north = sea.bounds_m
    beyond_m = np.array([west - track.x_m, track.x_m - east, south - track.y_m, track.y_m - north])
    out = np.flatnonzero((beyond_m > 0.0).any(axis=0))
    if not len(out):
        return math.inf
    row = int(out[0])
    if row == 0:
        return track.time_s.item(0)
    before, after = beyond_m[:, row - 1], beyond_m[:, row]
    over = after > 0.0
    share = float((before[over] / (before[over] - after[over])).min())
    return float(track.time_s[row - 1] + share * (track.time_s[row] - track.time_s[row - 1]))


def _landfall_s(sea: Sea, track: Track) -> float:
    """Tell when a track first meets land, cutting the leg that does ever finer; infinite when none does."""
    if sea.coast is None:
        return math.inf
    leg = _first_crossing(sea, track)
    if leg is None:
        return math.inf
    for _ in range(_CUTS):
        leg = _first_crossing(sea, _cut(leg)) or leg
    return leg.time_s.item(0)


def _first_crossing(sea: Sea, track: Track) -> Track | None:
    """Give the first leg that meets land."""
    clear = sea.clear_legs(track.x_m, track.y_m)
    if clear == len(track.x_m) - 1:
        return None
    leg = slice(clear, clear + 2)
    return Track(track.time_s[leg], track.x_m[leg], track.y_m[leg])


def _cut(leg: Track) -> Track:
    """Cut a leg into equal parts."""
    return Track(
        *(np.linspace(column[0], column[1], _PARTS + 1) for column in (leg.time_s, leg.x_m, leg.y_m))
    )
