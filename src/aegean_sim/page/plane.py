"""The plane that the page draws in: Mercator of a real sea, a laboratory's own box; units of 10 m."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.frame import LambertFrame
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray, IntArray

UNIT_M = 10.0
EARTH_M = 6_378_137.0
_EARTH = EARTH_M / UNIT_M


@dataclass(frozen=True, slots=True)
class Plane:
    """The page's plane of one theatre: x east, y north, in units of 10 m (at the equator, in Mercator)."""

    frame: Frame

    @property
    def is_mercator(self) -> bool:
        """Whether it is a map of the earth."""
        return isinstance(self.frame, LambertFrame)

    def of_door(self, first: ArrayLike, second: ArrayLike) -> FloatArray:
        """Give points at the door in the plane, shape (n, 2)."""
        one, two = np.asarray(first, np.float64), np.asarray(second, np.float64)
        if not self.is_mercator:
            return np.column_stack([one, two]) * (NM_M / UNIT_M)
        return _EARTH * np.column_stack([np.radians(one), np.arcsinh(np.tan(np.radians(two)))])

    def of_xy(self, x_m: ArrayLike, y_m: ArrayLike) -> FloatArray:
        """Give points of the theatre's own plane, metres, in the page's, shape (n, 2)."""
        return self.of_door(*self.frame.to_door(x_m, y_m))

    def to_xy(self, x: FloatArray, y: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Take points of the page's plane to the theatre's own, metres."""
        if not isinstance(self.frame, LambertFrame):
            return x * UNIT_M, y * UNIT_M
        lat = np.degrees(np.arctan(np.sinh(y / _EARTH)))
        return self.frame.project(np.degrees(x / _EARTH), lat)

    @property
    def bounds(self) -> list[int]:
        """West, south, east and north limit of the theatre."""
        west, south, east, north = self.frame.door_bounds
        return whole(self.of_door([west, east], [south, north])).ravel().tolist()


def whole(values: FloatArray) -> IntArray:
    """Round to whole numbers."""
    return np.asarray(np.rint(values), dtype=np.int64)
