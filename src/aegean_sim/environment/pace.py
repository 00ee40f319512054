"""Pace: how waves slow a boat down, along a way and through changing weather."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.legs import Track

if TYPE_CHECKING:
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import FloatArray


@dataclass(frozen=True, slots=True)
class Way:
    """A way by water.

    Parameters
    ----------
    behind_m : array, shape (points,)
        How much of it lies behind each point, rising from 0.
    x_m, y_m : array, shape (points,)
        Its points.
    """

    behind_m: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    @classmethod
    def of(cls, points: FloatArray) -> Way:
        """Measure a way, shape (points, 2); points that repeat the one before are left out."""
        step_m = np.hypot(*np.diff(points, axis=0).T)
        kept = np.append(True, step_m > 0.0)
        behind_m = np.append(0.0, np.cumsum(step_m))
        return cls(behind_m[kept], points[kept, 0], points[kept, 1])

    @property
    def length_m(self) -> float:
        """The whole way."""
        return self.behind_m.item(-1)


@dataclass(frozen=True, slots=True)
class Pace:
    """What waves leave of the speed that boats make in a flat calm.

    Parameters
    ----------
    change_s : array
        When each piece of weather begins, the first not after any departure.
    share : array
        Share of the speed that is left in it.
    calm_s : array
        Time under way in a flat calm that would lead as far, up to each change.
    """

    change_s: FloatArray
    share: FloatArray
    calm_s: FloatArray

    @classmethod
    def of(cls, weather: WeatherTable, stopping_wave_m: float | None, least_share: float) -> Pace:
        """Let speed fall in a line with waves, to 0 at ``stopping_wave_m``, but no lower than a share."""
        share = np.ones(len(weather.time_s))
        if stopping_wave_m is not None:
            share = np.maximum(least_share, 1.0 - weather.wave_m / stopping_wave_m)
        new = np.append(True, np.diff(share) != 0.0)
        change_s, share = weather.time_s[new], share[new]
        return cls(change_s, share, np.append(0.0, np.cumsum(np.diff(change_s) * share[:-1])))

    def gone_m(self, speed_mps: float, since_s: float, until_s: float) -> float:
        """Tell how far a boat of some speed in a flat calm gets between two moments."""
        return speed_mps * (self._calm_s(until_s) - self._calm_s(since_s))

    def sail(self, way: Way, speed_mps: float, since_s: float, begin_m: float, end_m: float) -> Track:
        """Sail from one place on a way to another, with a vertex at each corner and change of speed."""
        calm_s = self._calm_s(since_s)
        corners = slice(bisect_right(way.behind_m.data, begin_m), bisect_left(way.behind_m.data, end_m))
        at_m = np.concatenate([[begin_m], way.behind_m[corners], [end_m]])
        if len(self.change_s) > 1:
            changes_m = begin_m + speed_mps * (self.calm_s - calm_s)
            at_m = np.union1d(at_m, changes_m[(changes_m > begin_m) & (changes_m < end_m)])
        time_s = self._clock_s(calm_s + (at_m - begin_m) / speed_mps)
        time_s[0] = since_s
        x_m, y_m = (np.interp(at_m, way.behind_m, axis) for axis in (way.x_m, way.y_m))
        return Track(time_s, x_m, y_m)

    def _calm_s(self, time_s: float) -> float:
        row = bisect_right(self.change_s.data, time_s) - 1
        return self.calm_s.item(row) + (time_s - self.change_s.item(row)) * self.share.item(row)

    def _clock_s(self, calm_s: FloatArray) -> FloatArray:
        row = np.searchsorted(self.calm_s, calm_s, side="right") - 1
        return np.asarray(self.change_s[row] + (calm_s - self.calm_s[row]) / self.share[row])
