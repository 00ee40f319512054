"""What all engines of the open-sea benchmark are given, its tracks and rules, and what they give back."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

STEP_S = 60.0
NM_M = 1852.0
RANGE_M = 6.0 * NM_M
PURSUIT_MPS = 25.0 * NM_M / 3600.0
MESSAGE_S = 15.0 * 60.0
_LONGEST_RETURN = 1000


@dataclass(frozen=True, slots=True)
class Polyline:
    """A mover's vertices: seconds since the start, metres; at sea from the first to the last."""

    time_s: NDArray[np.float64]
    x_m: NDArray[np.float64]
    y_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Sea:
    """Tracks of ships, guards (their loops, which they leave and resume) and boats, sorted by departure."""

    ships: list[Polyline]
    guards: list[Polyline]
    boats: list[Polyline]
    horizon_s: float


@dataclass(slots=True)
class Tally:
    """What became of the boats: how many set out, were seen and were met, and how many reports there were."""

    boats: int = 0
    seen: int = 0
    reports: int = 0
    met: int = 0

    def add(self, other: Tally) -> None:
        """Add another run."""
        self.boats += other.boats
        self.seen += other.seen
        self.reports += other.reports
        self.met += other.met


def lead_s(px: float, py: float, vx: float, vy: float) -> float:
    """Give the time to meet a mover at relative place ``p`` on the collision course, if it sails straight on.

    The positive root of ``|p + v t| = V t``; every mover here is slower than a pursuer.
    """
    along = px * vx + py * vy
    faster = PURSUIT_MPS**2 - vx * vx - vy * vy
    return (along + math.sqrt(along * along + faster * (px * px + py * py))) / faster


def back_on_loop_s(loop: Polyline, x_m: float, y_m: float, now_s: float) -> float:
    """Give the first whole step at which a guard can be where its loop then is."""
    later_s = now_s + STEP_S * np.arange(1, _LONGEST_RETURN + 1)
    dx = np.interp(later_s, loop.time_s, loop.x_m) - x_m
    dy = np.interp(later_s, loop.time_s, loop.y_m) - y_m
    in_time = np.hypot(dx, dy) <= PURSUIT_MPS * (later_s - now_s)
    return float(later_s[in_time.argmax()])
