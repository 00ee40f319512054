"""Conditions: the light and the sea that sensors depend on, constant between known moments."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.daylight import civil_changes_s, is_night, j2000_s
from aegean_sim.environment.weather import SEA_CLASSES, sea_class
from aegean_sim.kinematics.legs import Legs

if TYPE_CHECKING:
    from datetime import datetime

    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import FloatArray, IntArray

LIGHTS = ("day", "night")
SEAS = ("sea 0-2", "sea 3", "sea 4", "sea 5+")
CONDITIONS = tuple(f"{light}, {sea}" for light in LIGHTS for sea in SEAS)
"""All conditions; one's code is its place here: light times 4 plus the sea's class, night being light 1."""


@dataclass(frozen=True, slots=True)
class Conditions:
    """The conditions of one theatre during one run.

    Parameters
    ----------
    change_s : FloatArray
        Shape (m + 1,), rising from 0 to the run's duration.
    code : IntArray
        Shape (m,), the place in `CONDITIONS` from one change to the next; neighbours differ.
    """

    change_s: FloatArray
    code: IntArray

    def at(self, time_s: FloatArray) -> IntArray:
        """Give the code at each moment; at a change the new one, outside the run the nearest."""
        return np.asarray(self.code[np.searchsorted(self.change_s[1:-1], time_s, side="right")])

    def code_at(self, time_s: float) -> int:
        """Give the code at one moment."""
        last = len(self.code) - 1
        return self.code.item(min(max(bisect_right(self.change_s.data, time_s) - 1, 0), last))

    def cut(self, legs: Legs) -> tuple[Legs, IntArray]:
        """Cut legs at every change, and give the code of each piece, shape (pieces,).

        Legs within one stretch come back as they were; the order of the legs is kept.
        """
        inner_s = self.change_s[1:-1]
        first = np.searchsorted(inner_s, legs.start_s, side="right")
        last = np.maximum(np.searchsorted(inner_s, legs.end_s, side="left"), first)
        count = last - first + 1
        row = np.repeat(np.arange(len(legs)), count)
        stretch = np.arange(len(row)) - np.repeat(np.cumsum(count) - count - first, count)
        whole = legs.take(row)
        start_s = np.where(stretch > first[row], self.change_s[stretch], whole.start_s)
        end_s = np.where(stretch < last[row], self.change_s[stretch + 1], whole.end_s)
        return _sailed_on(whole, start_s, end_s), self.code[stretch]


def _sailed_on(legs: Legs, start_s: FloatArray, end_s: FloatArray) -> Legs:
    """Give the parts of legs between two moments each."""
    gone_s = start_s - legs.start_s
    x_m, y_m = legs.x_m + legs.vx_mps * gone_s, legs.y_m + legs.vy_mps * gone_s
    return Legs(legs.mover, start_s, end_s, x_m, y_m, legs.vx_mps, legs.vy_mps)


def build_conditions(
    point: tuple[float, float] | None, weather: WeatherTable, start: datetime, duration_s: float
) -> Conditions:
    """Work out the conditions of a run.

    Parameters
    ----------
    point : pair of float or None
        Longitude and latitude, degrees, where the sun is taken; ``None`` for daylight at all hours.
    weather : WeatherTable
        It must hold from the run's start.
    start : datetime
        The run's start, with its zone.
    duration_s : float
        Length of the run.
    """
    dusks_s = np.empty(0) if point is None else civil_changes_s(*point, start, duration_s)
    moments = np.unique(np.concatenate([[0.0], dusks_s, weather.time_s]))
    moments = moments[(moments >= 0.0) & (moments < duration_s)]
    middles = 0.5 * (moments + np.append(moments[1:], duration_s))
    row = np.searchsorted(weather.time_s, middles, side="right") - 1
    night = np.zeros(len(middles), dtype=np.bool_)
    if point is not None:
        night = is_night(*point, j2000_s(start) + middles)
    code = night * SEA_CLASSES + sea_class(weather.wave_m)[row]
    new = np.append(True, code[1:] != code[:-1])
    return Conditions(np.append(moments[new], duration_s), code[new])
