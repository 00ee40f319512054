"""The laws of detection as `reference/physics.md` writes them, in nautical miles and hours."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.integrate import cumulative_simpson

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Exposure = Callable[["Approach", Floats], Floats]
    Rate = Callable[[Floats], Floats]

GRID = 40_001


@dataclass(frozen=True)
class Approach:
    """Straight motion of a boat as seen from a ship: place at hour 0, velocity, and how long it lasts."""

    x: float
    y: float
    vx: float
    vy: float
    hours: float

    @property
    def speed(self) -> float:
        return math.hypot(self.vx, self.vy)

    def inside(self, reach: float) -> tuple[float, float]:
        """Give the hours between which the boat is within reach, equal where it never is."""
        along = self.x * self.vx + self.y * self.vy
        gap = self.x**2 + self.y**2 - reach**2
        if self.speed == 0.0:
            return 0.0, self.hours if gap < 0.0 else 0.0
        root = math.sqrt(max(0.0, along**2 - self.speed**2 * gap))
        begin, end = (-along - root) / self.speed**2, (-along + root) / self.speed**2
        begin, end = max(0.0, begin), min(self.hours, end)
        return begin, max(begin, end)

    def distance(self, hours: Floats) -> Floats:
        return np.hypot(self.x + self.vx * hours, self.y + self.vy * hours)


@dataclass(frozen=True)
class Law:
    """A sensor of the scenario file, its rate by range, and its exposure from hour 0 along an approach."""

    sensor: dict[str, Any]
    rate: Rate
    exposure: Exposure


def inverse_cube(b: float, reach: float = math.inf, height: float = 0.0, **by_width: float) -> Law:
    sensor: dict[str, Any] = {"law": "inverse_cube", **(by_width or {"b_nm3_per_h": b})}
    if height:
        sensor["height_nm"] = height
    if math.isfinite(reach):
        sensor["max_range_nm"] = reach

    def rate(distance: Floats) -> Floats:
        return np.where(distance < reach, b / (distance**2 + height**2) ** 1.5, 0.0)

    def exposure(approach: Approach, hours: Floats) -> Floats:
        begin, end = approach.inside(reach) if math.isfinite(reach) else (0.0, approach.hours)
        return _cube_exposure(approach, b, height, np.array(begin), np.clip(hours, begin, end))

    return Law(sensor, rate, exposure)


def _cube_exposure(approach: Approach, b: float, height: float, begin: Floats, end: Floats) -> Floats:
    """Koopman: ``F = (b / (w M²)) (x2 / R2 - x1 / R1)``; at rest, head-on and through the ship apart."""
    w = approach.speed
    if w == 0.0:
        return b * (end - begin) / math.hypot(approach.x, approach.y, height) ** 3
    along = (approach.x * approach.vx + approach.y * approach.vy) / w
    across = (approach.x * approach.vy - approach.y * approach.vx) / w
    square = across**2 + height**2
    first, last = along + w * begin, along + w * end
    if square == 0.0:
        met = (first < 0.0) & (last >= 0.0)
        with np.errstate(divide="ignore"):
            apart = 0.5 * b / w * np.abs(1.0 / last**2 - 1.0 / first**2)
        return np.asarray(np.where(met, np.inf, apart))
    return b / (w * square) * (last / np.sqrt(last**2 + square) - first / np.sqrt(first**2 + square))


def by_width(width: float, speed: float) -> Law:
    """Koopman: ``b = w W² / (8 pi)``."""
    b = speed * width**2 / (8.0 * math.pi)
    return inverse_cube(b, sweep_width_nm=width, at_speed_kn=speed)


def disc_rate(reach: float, per_hour: float) -> Law:
    def exposure(approach: Approach, hours: Floats) -> Floats:
        begin, end = approach.inside(reach)
        return per_hour * (np.clip(hours, begin, end) - begin)

    sensor = {"law": "disc_rate", "range_nm": reach, "rate_per_h": per_hour}
    return Law(sensor, lambda distance: np.where(distance < reach, per_hour, 0.0), exposure)


def radar(r50: float, reach: float, false_alarm: float = 1e-6, look_s: float = 30.0) -> Law:
    """Skolnik: Swerling 1, ``Pd = Pfa^(1 / (1 + SNR))``, a look each ``look_s``, by Simpson's rule."""
    middle = math.log(false_alarm) / math.log(0.5) - 1.0

    def rate(distance: Floats) -> Floats:
        signal = middle * (r50 / np.maximum(distance, 1e-6)) ** 4
        missed = -np.expm1(math.log(false_alarm) / (1.0 + signal))
        return np.where(distance < reach, -np.log(missed) / (look_s / 3600.0), 0.0)

    def exposure(approach: Approach, hours: Floats) -> Floats:
        begin, end = approach.inside(reach)
        if end <= begin:
            return np.zeros_like(hours)
        grid = np.linspace(begin, end, GRID)
        inside = rate(np.minimum(approach.distance(grid), reach * (1.0 - 1e-12)))
        return np.interp(hours, grid, cumulative_simpson(inside, x=grid, initial=0.0))

    sensor = {
        "law": "radar",
        "r50_nm": r50,
        "false_alarm": false_alarm,
        "look_s": look_s,
        "max_range_nm": reach,
    }
    return Law(sensor, rate, exposure)
