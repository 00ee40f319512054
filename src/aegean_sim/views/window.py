"""Windows: which part of a theatre's plane a map shows, and the lines of its grid at the door."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import BoolArray, FloatArray

_MARGIN, _LEAST_M = 0.04, 10.0 * NM_M
_SAMPLES = 201
_STEPS = (0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 50.0, 100.0, 200.0, 500.0, 1000.0, 2000.0, 5000.0)
_MOST_LINES = 8
_MOST_POINTS = 3000


@dataclass(frozen=True, slots=True)
class Window:
    """A rectangle of the plane, metres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Metres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Metres from bottom to top."""
        return self.top - self.bottom

    def corners(self) -> FloatArray:
        """Give its lower left and upper right corner, shape (2, 2)."""
        return np.array([[self.left, self.bottom], [self.right, self.top]])

    def holds(self, x_m: FloatArray, y_m: FloatArray) -> BoolArray:
        """Tell of each point whether it is inside."""
        across = (x_m >= self.left) & (x_m <= self.right)
        return np.asarray(across & (y_m >= self.bottom) & (y_m <= self.top))

    def contains(self, other: Window) -> bool:
        """Tell whether another window lies inside this one."""
        across = self.left <= other.left and other.right <= self.right
        return across and self.bottom <= other.bottom and other.top <= self.top

    def within(self, limits: Window) -> Window:
        """Move the window into limits, and cut it only where it is larger than they are."""
        left, right = _moved_in(self.left, self.right, limits.left, limits.right)
        bottom, top = _moved_in(self.bottom, self.top, limits.bottom, limits.top)
        return Window(left, bottom, right, top)


def _moved_in(low: float, high: float, least: float, most: float) -> tuple[float, float]:
    size = min(high - low, most - least)
    start = min(max(0.5 * (low + high - size), least), most - size)
    return start, start + size


def centred(middle: FloatArray, width_m: float, height_m: float) -> Window:
    """Give the window round a point, shape (2,)."""
    x_m, y_m = middle.tolist()
    return Window(x_m - width_m / 2, y_m - height_m / 2, x_m + width_m / 2, y_m + height_m / 2)


def limits_of(frame: Frame) -> Window:
    """Give the largest rectangle of the plane that lies within the frame's bounds, where its data end."""
    west, south, east, north = frame.door_bounds
    along, up = np.linspace(west, east, _SAMPLES), np.linspace(south, north, _SAMPLES)
    return Window(
        float(frame.to_xy(np.full(_SAMPLES, west), up)[0].max()),
        float(frame.to_xy(along, np.full(_SAMPLES, south))[1].max()),
        float(frame.to_xy(np.full(_SAMPLES, east), up)[0].min()),
        float(frame.to_xy(along, np.full(_SAMPLES, north))[1].min()),
    )


def fitted(points_xy: FloatArray, limits: Window, aspect: float) -> Window:
    """Give a window of a shape (width over height) that holds all points, shape (n, 2), with a margin.

    Without a point it is the whole of the limits; where these are too narrow its shape is another.
    """
    if not len(points_xy):
        return limits
    low, high = points_xy.min(axis=0), points_xy.max(axis=0)
    width, height = (1.0 + 2.0 * _MARGIN) * (high - low)
    width, height = max(width, height * aspect, _LEAST_M), max(height, width / aspect, _LEAST_M / aspect)
    return centred(0.5 * (low + high), width, height).within(limits)


def busiest(points_xy: FloatArray, width_m: float, height_m: float, limits: Window) -> Window:
    """Give the window of a size that holds most points, centred on them; of very many, some count."""
    points = points_xy[:: 1 + len(points_xy) // _MOST_POINTS]
    apart = np.abs(points[:, None, :] - points[None, :, :])
    near = (apart[..., 0] < width_m / 2) & (apart[..., 1] < height_m / 2)
    middle = points[near[near.sum(axis=1).argmax()]].mean(axis=0)
    return centred(middle, width_m, height_m).within(limits)


@dataclass(frozen=True, slots=True)
class GridLine:
    """A line of one coordinate at the door, its points in the plane, and where it meets the edge."""

    value: float
    xy: FloatArray
    edge_m: float


def grid_lines(frame: Frame, window: Window) -> tuple[list[GridLine], list[GridLine]]:
    """Give the lines of round first coordinates, to the bottom edge, and of second ones, to the left."""
    corners_x = np.array([window.left, window.right, window.left, window.right])
    corners_y = np.array([window.bottom, window.bottom, window.top, window.top])
    first, second = frame.to_door(corners_x, corners_y)
    step = next(each for each in _STEPS if max(np.ptp(first), np.ptp(second)) <= _MOST_LINES * each)
    west, south, east, north = frame.door_bounds
    up, along = np.linspace(south, north, _SAMPLES), np.linspace(west, east, _SAMPLES)
    risers = [_riser(frame, value, up, window) for value in _rounds(west, east, step)]
    levels = [_level(frame, value, along, window) for value in _rounds(south, north, step)]
    return (
        [line for line in risers if window.left <= line.edge_m <= window.right],
        [line for line in levels if window.bottom <= line.edge_m <= window.top],
    )


def _rounds(low: float, high: float, step: float) -> FloatArray:
    """Give the multiples of a step that lie between two numbers."""
    return np.arange(np.ceil(low / step - 1e-9), np.floor(high / step + 1e-9) + 1) * step


def _riser(frame: Frame, value: float, up: FloatArray, window: Window) -> GridLine:
    x, y = frame.to_xy(np.full(len(up), value), up)
    return GridLine(value, np.column_stack([x, y]), float(np.interp(window.bottom, y, x)))


def _level(frame: Frame, value: float, along: FloatArray, window: Window) -> GridLine:
    x, y = frame.to_xy(along, np.full(len(along), value))
    return GridLine(value, np.column_stack([x, y]), float(np.interp(window.left, x, y)))
