"""Ways: how each kind of patrol is sailed, as a track for a window of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np
import shapely

from aegean_sim.errors import GeographyError
from aegean_sim.kinematics.legs import Track, sail

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import BoolArray, FloatArray

_TRIES = 1250
_AT_A_TIME = 8


class Way(Protocol):
    """How a patrol is sailed."""

    def entry(self) -> tuple[float, float]:
        """Give the point at which a unit from port joins."""
        ...

    def path(self) -> FloatArray | None:
        """Give all of the way, shape (points, 2), where it is known ahead."""
        ...

    def track(self, start_s: float, end_s: float, *, from_entry: bool) -> Track:
        """Give the track of a window: from the entry, or from wherever the patrol then is."""
        ...


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A closed way, shape (points, 2), sailed over and over; ``phase``: share of it behind at time zero."""

    path_xy: FloatArray
    speed_mps: float
    phase: float

    def entry(self) -> tuple[float, float]:
        """Give the first point."""
        return float(self.path_xy[0, 0]), float(self.path_xy[0, 1])

    def path(self) -> FloatArray | None:
        """Give the round."""
        return self.path_xy

    def track(self, start_s: float, end_s: float, *, from_entry: bool) -> Track:
        """Sail round from the entry, or from where the phase puts the patrol."""
        behind = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(self.path_xy, axis=0).T))])
        whole = behind[-1]
        first = 0.0 if from_entry else (self.phase * whole + self.speed_mps * start_s) % whole
        last = first + self.speed_mps * (end_s - start_s)
        laps = int(last // whole) + 1
        corners = (behind[:-1] + whole * np.arange(laps)[:, np.newaxis]).ravel()
        inside = corners[(corners > first) & (corners < last)]
        distance = np.concatenate([[first], inside, [last]])
        time_s = start_s + (distance - first) / self.speed_mps
        time_s[-1] = end_s
        on_lap = distance % whole
        return Track(
            time_s,
            np.interp(on_lap, behind, self.path_xy[:, 0]),
            np.interp(on_lap, behind, self.path_xy[:, 1]),
        )


@dataclass(frozen=True, slots=True)
class Still:
    """At rest."""

    x_m: float
    y_m: float

    def entry(self) -> tuple[float, float]:
        """Give the point."""
        return self.x_m, self.y_m

    def path(self) -> FloatArray | None:
        """Give the point, twice."""
        return np.array([[self.x_m, self.y_m]] * 2)

    def track(self, start_s: float, end_s: float, *, from_entry: bool) -> Track:  # noqa: ARG002
        """Stay there."""
        return Track(np.array([start_s, end_s]), np.full(2, self.x_m), np.full(2, self.y_m))


@dataclass(frozen=True, slots=True, eq=False)
class Wandering:
    """Straight legs between points drawn evenly in an area, its own draws for each window."""

    sea: Sea
    area: shapely.Geometry
    longest_m: float
    speed_mps: float
    draws: Callable[[float], np.random.Generator]

    def entry(self) -> tuple[float, float]:
        """Give a point within the area, at sea."""
        x_m, y_m = self._first(self.draws(0.0))
        return float(x_m), float(y_m)

    def path(self) -> FloatArray | None:
        """Give nothing: it is drawn anew each time."""
        return None

    def track(self, start_s: float, end_s: float, *, from_entry: bool) -> Track:
        """Draw points until their legs fill the window."""
        draws = self.draws(start_s)
        here = np.array(self.entry()) if from_entry else self._first(draws)
        path, left_m = [here], self.speed_mps * (end_s - start_s)
        while left_m > 0.0:
            there = self._next(draws, path[-1])
            left_m -= float(np.hypot(*(there - path[-1])))
            path.append(there)
        whole_m = self.speed_mps * (end_s - start_s) - left_m
        return sail(np.array(path), start_s, start_s + whole_m / self.speed_mps).until(end_s)

    def _first(self, draws: np.random.Generator) -> FloatArray:
        return self._drawn(draws, lambda points: ~self._dry(points))

    def _next(self, draws: np.random.Generator, here: FloatArray) -> FloatArray:
        def reachable(points: FloatArray) -> BoolArray:
            near = np.hypot(*(points - here).T) <= self.longest_m
            starts = np.repeat(here[np.newaxis], len(points), axis=0)
            return np.asarray(near & ~self.sea.crosses(*starts.T, *points.T))

        return self._drawn(draws, reachable)

    def _dry(self, points: FloatArray) -> BoolArray:
        if self.sea.coast is None:
            return np.zeros(len(points), dtype=np.bool_)
        return self.sea.coast.on_land(*points.T)

    def _drawn(self, draws: np.random.Generator, fits: Callable[[FloatArray], BoolArray]) -> FloatArray:
        west, south, east, north = shapely.bounds(self.area)
        for _ in range(_TRIES):
            points = draws.uniform((west, south), (east, north), (_AT_A_TIME, 2))
            good = np.flatnonzero(shapely.contains_xy(self.area, *points.T) & fits(points))
            if len(good):
                return np.asarray(points[good[0]])
        raise GeographyError("a random patrol finds no water to sail to in its area; widen area or leg_nm")


@dataclass(frozen=True, slots=True, eq=False)
class Script:
    """A track given in full; windows cut nothing off it."""

    whole: Track

    def entry(self) -> tuple[float, float]:
        """Give the first point."""
        return float(self.whole.x_m[0]), float(self.whole.y_m[0])

    def path(self) -> FloatArray | None:
        """Give the track's places."""
        return np.column_stack([self.whole.x_m, self.whole.y_m])

    def track(self, start_s: float, end_s: float, *, from_entry: bool) -> Track:  # noqa: ARG002
        """Give all of it."""
        return self.whole
