"""Drift: where current and wind take what floats, as straight pieces between changes of weather and jibes.

The leeway of an object is its motion through the water. Downwind and crosswind it is a line in the wind
at 10 m, ``a U + b``, from field trials (Allen and Plourde 1999, Breivik and Allen 2008, as in OpenDrift's
``OBJECTPROP.DAT``). An object keeps its own departure from that line: ``a + eps / 20`` and ``b + eps / 2``
with ``eps ~ N(0, S)``, hence a spread of ``S`` at 10 m/s. It drifts to the right or to the left of the wind,
with equal chance, and changes over now and then. The stokes drift of wind waves is within the slopes.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.scenario.perils import LeewayClass
    from aegean_sim.streams import Streams

JIBES_PER_H = 0.04
GREATEST_WIND_MPS = 20.0
"""The trials reach no further; in stronger wind an object drifts as in this one."""


@dataclass(frozen=True, slots=True)
class Line:
    """One component of leeway: slope in % of the wind, offset and spread in cm/s, as in the tables."""

    slope_pct: float
    offset_cmps: float
    spread_cmps: float

    def speed_mps(self, wind_mps: FloatArray, normal: float) -> FloatArray:
        """Give the speed in each wind of an object that departs so many standard deviations."""
        own_cmps = self.spread_cmps * normal * (wind_mps / 20.0 + 0.5)
        return np.asarray(0.01 * (self.slope_pct * wind_mps + self.offset_cmps + own_cmps))


@dataclass(frozen=True, slots=True)
class Leeway:
    """A class of objects; ``right`` and ``left`` are crosswind, positive to the right of the wind's way."""

    downwind: Line
    right: Line
    left: Line


@dataclass(frozen=True, slots=True)
class Luck:
    """What one object draws for good: standard normal numbers, and the branch it begins on."""

    downwind: float
    right: float
    left: float
    begins_left: bool


def _mirrored(downwind: Line, right: Line) -> Leeway:
    return Leeway(downwind, right, Line(-right.slope_pct, -right.offset_cmps, right.spread_cmps))


LEEWAY: Mapping[LeewayClass, Leeway] = {
    # PIW-1, PIW-3
    "person-unknown": _mirrored(Line(0.96, 0.0, 12.0), Line(0.54, 0.0, 9.4)),
    "person-sitting": _mirrored(Line(1.60, -3.98, 2.42), Line(0.13, 0.33, 2.11)),
    # DB-10, SB-6, NB-2, NB-1
    "raft-deep-ballast": Leeway(Line(3.52, -2.5, 6.1), Line(0.62, -3.0, 3.5), Line(-0.45, -0.2, 3.6)),
    "raft-shallow-ballast": _mirrored(Line(2.68, 0.0, 12.0), Line(1.10, 0.0, 9.4)),
    "raft-open": _mirrored(Line(5.34, 9.91, 9.82), Line(2.26, 1.04, 9.08)),
    "raft-no-ballast": _mirrored(Line(3.70, 0.0, 12.0), Line(1.98, 0.0, 9.4)),
    # SKIFF-1, SKIFF-2, SKIFF-3
    "skiff-outboard": _mirrored(Line(3.15, 0.0, 2.2), Line(1.29, 0.0, 2.2)),
    "skiff-v-hull": Leeway(Line(2.87, 3.98, 3.33), Line(0.32, -2.93, 2.53), Line(-0.62, 1.03, 3.05)),
    "skiff-swamped": _mirrored(Line(1.65, 0.0, 3.1), Line(0.39, 0.0, 2.9)),
    # RR-1, RR-2, FV-1
    "refugee-raft": _mirrored(Line(1.56, 8.30, 1.53), Line(0.078, 2.70, 1.52)),
    "refugee-raft-sail": _mirrored(Line(6.43, -3.47, 3.63), Line(2.22, 0.0, 7.12)),
    "fishing-vessel": _mirrored(Line(2.47, 0.0, 12.0), Line(2.76, 0.0, 9.4)),
}


def drift_luck(streams: Streams, key: int) -> Luck:
    """Draw what an object keeps for good."""
    first, second, angle, other, branch = (streams.one("drift", key, number) for number in range(5))
    radius = math.sqrt(-2.0 * math.log(first))
    return Luck(
        radius * math.cos(2.0 * math.pi * angle),
        radius * math.sin(2.0 * math.pi * angle),
        math.sqrt(-2.0 * math.log(second)) * math.cos(2.0 * math.pi * other),
        branch < 0.5,
    )


def drift_velocity(
    leeway: Leeway, luck: Luck, weather: WeatherTable, row: IntArray, left: BoolArray
) -> tuple[FloatArray, FloatArray]:
    """Give an object's velocity over ground, m/s to the east and to the north.

    Parameters
    ----------
    row : array
        Rows of the weather that hold.
    left : array
        Whether it is then on the branch to the left of the wind.
    """
    wind_mps, to_rad = np.minimum(weather.wind_mps[row], GREATEST_WIND_MPS), weather.wind_to_rad[row]
    along = leeway.downwind.speed_mps(wind_mps, luck.downwind)
    across = np.where(
        left, leeway.left.speed_mps(wind_mps, luck.left), leeway.right.speed_mps(wind_mps, luck.right)
    )
    east, north = np.sin(to_rad), np.cos(to_rad)
    return (
        np.asarray(weather.current_x_mps[row] + along * east + across * north),
        np.asarray(weather.current_y_mps[row] + along * north - across * east),
    )


def drift_track(
    leeway: Leeway,
    weather: WeatherTable,
    streams: Streams,
    key: int,
    start: tuple[float, float, float],
    until_s: float,
    *,
    jibes_per_h: float = JIBES_PER_H,
) -> Track:
    """Let an object drift.

    Parameters
    ----------
    key : int
        Its identity for draws.
    start : tuple of float
        Time, x and y where it begins, seconds and metres.
    until_s : float
        When it ends; later than the start.

    Returns
    -------
    Track
        With a vertex wherever the weather changes or it jibes.
    """
    since_s, x_m, y_m = start
    luck = drift_luck(streams, key)
    jibe_s = np.array(list(_jibes(streams, key, since_s, until_s, jibes_per_h)))
    inner = weather.time_s[(weather.time_s > since_s) & (weather.time_s < until_s)]
    time_s = np.concatenate([[since_s], np.sort(np.concatenate([inner, jibe_s])), [until_s]])
    row = np.searchsorted(weather.time_s, time_s[:-1], side="right") - 1
    jibed = np.searchsorted(jibe_s, time_s[:-1], side="right")
    velocity = drift_velocity(leeway, luck, weather, row.clip(0), jibed % 2 != luck.begins_left)
    step_s = np.diff(time_s)
    x, y = (np.cumsum(np.append(at, v * step_s)) for at, v in zip((x_m, y_m), velocity, strict=True))
    return Track(time_s, x, y)


def _jibes(streams: Streams, key: int, since_s: float, until_s: float, per_h: float) -> Iterator[float]:
    """Give the moments at which an object changes its branch."""
    time_s, number = since_s, 0
    while per_h > 0.0:
        time_s -= math.log(streams.one("jibe", key, number)) * HOUR_S / per_h
        if time_s >= until_s:
            return
        yield time_s
        number += 1
