"""How far one sees over water: rays from a point to the nearest shore, and the cells of the sea they pass."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

RAYS = 4096
STEPS_A_CELL = 5


@dataclass(frozen=True, slots=True)
class Shore:
    """Edges of all rings, as rows of ``points`` from ``first`` to ``second``."""

    points: np.ndarray
    first: np.ndarray
    second: np.ndarray
    reach_m: float

    @classmethod
    def of(cls, boundary: shapely.Geometry) -> Shore:
        """Take the rings of a geometry apart; sight ends at the diagonal of its box."""
        points, ring = shapely.get_coordinates(shapely.get_parts(boundary), return_index=True)
        first = np.flatnonzero(ring[1:] == ring[:-1])
        return cls(points, first, first + 1, float(np.hypot(*np.ptp(points, axis=0))))

    def sight_m(self, eye: np.ndarray) -> np.ndarray:
        """Give the distance to the nearest edge along each ray; ray k goes at the angle 2 pi k / RAYS."""
        away = self.points - eye
        turn = np.arctan2(away[:, 1], away[:, 0]) * (RAYS / (2.0 * np.pi))
        span = turn[self.second] - turn[self.first]
        span -= RAYS * np.round(span / RAYS)
        low = turn[self.first] + np.minimum(span, 0.0)
        met = np.floor(low + np.abs(span)).astype(np.int64) - np.floor(low).astype(np.int64)
        edge = np.repeat(np.arange(len(met)), met)
        nth = np.arange(len(edge)) - np.repeat(np.cumsum(met) - met, met)
        ray = (np.floor(low[edge]).astype(np.int64) + 1 + nth) % RAYS
        start, along = away[self.first[edge]], (self.points[self.second] - self.points[self.first])[edge]
        towards = DIRECTIONS[ray]
        metres = cross(start, along) / cross(towards, along)
        sight = np.full(RAYS, self.reach_m)
        np.minimum.at(sight, ray, np.where(metres > 0.0, metres, self.reach_m))
        return sight


@dataclass(frozen=True, slots=True)
class Cells:
    """Squares of the sea, numbered row by row from the south-west."""

    west_m: float
    south_m: float
    size_m: float
    columns: int
    rows: int

    @classmethod
    def over(cls, bounds: tuple[float, float, float, float], size_m: float) -> Cells:
        """Cover a rectangle."""
        west, south, east, north = bounds
        columns, rows = int(np.ceil((east - west) / size_m)), int(np.ceil((north - south) / size_m))
        return cls(west, south, size_m, columns, rows)

    def passed(self, eye: np.ndarray, rays: np.ndarray, sight_m: np.ndarray) -> np.ndarray:
        """Give the numbers of the cells that rays from a point pass."""
        step_m = self.size_m / STEPS_A_CELL
        steps = np.floor(sight_m / step_m).astype(np.int64) + 2
        ray = np.repeat(np.arange(len(rays)), steps)
        nth = np.arange(len(ray)) - np.repeat(np.cumsum(steps) - steps, steps)
        metres = np.minimum(nth * step_m, sight_m[ray])
        x, y = (eye + metres[:, np.newaxis] * DIRECTIONS[rays[ray]]).T
        column = np.floor((x - self.west_m) / self.size_m).astype(np.int64)
        row = np.floor((y - self.south_m) / self.size_m).astype(np.int64)
        within = (column >= 0) & (column < self.columns) & (row >= 0) & (row < self.rows)
        touched = np.zeros(self.rows * self.columns, dtype=bool)
        touched[row[within] * self.columns + column[within]] = True
        return np.flatnonzero(touched)

    def count(self, numbers: np.ndarray) -> np.ndarray:
        """Count how often each cell is among some, shape (rows, columns)."""
        return np.bincount(numbers, minlength=self.rows * self.columns).reshape(self.rows, self.columns)


def cross(one: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Give the cross product of vectors in the plane, row by row."""
    return one[..., 0] * other[..., 1] - one[..., 1] * other[..., 0]


def directions() -> np.ndarray:
    """Give the unit vectors of all rays."""
    angle = np.arange(RAYS) * (2.0 * np.pi / RAYS)
    return np.column_stack([np.cos(angle), np.sin(angle)])


DIRECTIONS = directions()
