"""Hazards: rates that hang on waves and on time at sea, added up exactly over pieces of constant weather."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.scenario.perils import Hazard


@dataclass(frozen=True, slots=True)
class Danger:
    """A hazard in the weather of one theatre: ``factor * exp(wave / scale) * (1 + time at sea / ageing)``.

    Parameters
    ----------
    change_s : list of float
        When each piece of weather begins.
    sea : list of float
        What its waves multiply the hazard by.
    even_s, rising_s2 : list of float
        Integrals of ``sea``, and of ``sea`` times the run's time, up to each change.
    ageing_per_s : float
        By how much of itself the hazard grows in a second at sea.
    """

    change_s: list[float]
    sea: list[float]
    even_s: list[float]
    rising_s2: list[float]
    ageing_per_s: float

    def brought(self, since_s: float, until_s: float, departed_s: float) -> float:
        """Add up the hazard of factor 1 between two moments at sea, seconds."""
        return self._to(until_s, departed_s) - self._to(since_s, departed_s)

    def when(self, amount_s: float, since_s: float, departed_s: float) -> float:
        """Tell when so much has come together since a moment; infinite when it never does."""
        if math.isinf(amount_s):
            return math.inf
        wanted = self._to(since_s, departed_s) + amount_s
        first = max(0, bisect_right(self.change_s, since_s) - 1)
        later = bisect_left(
            range(first + 1, len(self.change_s)),
            wanted,
            key=lambda row: self._at(row, departed_s),
        )
        row = first + later
        begin_s = max(since_s, self.change_s[row])
        rest = (wanted - self._to(begin_s, departed_s)) / self.sea[row]
        grown = 1.0 + self.ageing_per_s * (begin_s - departed_s)
        return begin_s + 2.0 * rest / (grown + math.sqrt(grown**2 + 2.0 * self.ageing_per_s * rest))

    def _at(self, row: int, departed_s: float) -> float:
        """Give what has come together from the first change to another one."""
        rising = self.rising_s2[row] - departed_s * self.even_s[row]
        return self.even_s[row] + self.ageing_per_s * rising

    def _to(self, time_s: float, departed_s: float) -> float:
        row = max(0, bisect_right(self.change_s, time_s) - 1)
        begin_s, lasts_s = self.change_s[row], time_s - self.change_s[row]
        grown = 1.0 + self.ageing_per_s * (begin_s + 0.5 * lasts_s - departed_s)
        return self._at(row, departed_s) + self.sea[row] * lasts_s * grown


def danger(hazard: Hazard, weather: WeatherTable) -> Danger:
    """Put a hazard and the weather of a theatre together."""
    sea = np.ones(len(weather.time_s))
    if hazard.wave_scale_m is not None:
        sea = np.exp(weather.wave_m / hazard.wave_scale_m)
    begin_s, end_s = weather.time_s[:-1], weather.time_s[1:]
    pieces = sea[:-1] * (end_s - begin_s), sea[:-1] * (end_s**2 - begin_s**2) / 2.0
    even_s, rising_s2 = (np.concatenate([[0.0], np.cumsum(piece)]).tolist() for piece in pieces)
    ageing_per_s = 0.0 if hazard.ageing_h is None else 1.0 / (hazard.ageing_h * HOUR_S)
    return Danger(weather.time_s.tolist(), sea.tolist(), even_s, rising_s2, ageing_per_s)


def factor_per_s(hazard: Hazard, persons: int, capacity: float) -> float:
    """Give the hazard of a boat by its load, in a flat calm at departure."""
    return float(hazard.per_h / HOUR_S * (persons / capacity) ** hazard.load_power)
