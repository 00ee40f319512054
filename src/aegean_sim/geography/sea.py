"""The sea of one theatre: frame, coast, zones, sight and routes behind one door, for a real coast or none."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.geography import zones as zones_of
from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES, OpenSeaFrame
from aegean_sim.geography.sight import sight_pieces

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.geography.frame import Frame
    from aegean_sim.geography.routes import Routes
    from aegean_sim.geography.sight import Sightlines
    from aegean_sim.geography.zones import Zones
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_EDGE_STEPS = 64


@dataclass(frozen=True, slots=True, eq=False)
class Sea:
    """A theatre to sail in.

    Parameters
    ----------
    name : str
        Name of the theatre.
    frame : Frame
        Its coordinates at the door and inside.
    coast : Coastline or None
        Its land; ``None`` in a laboratory's open sea.
    zones : Zones
        Territorial seas and rescue regions.
    routes : Routes or None
        Ways round land and closed waters; ``None`` in open sea.
    bounds_m : tuple of float
        Least x, least y, greatest x, greatest y, metres.
    """

    name: str
    frame: Frame
    coast: Coastline | None
    zones: Zones
    routes: Routes | None
    bounds_m: tuple[float, float, float, float]

    def route(
        self, x0: float, y0: float, x1: float, y1: float, closed: Collection[str] = frozenset()
    ) -> FloatArray:
        """Give the shortest way by water as points, shape (n, 2), the ends first and last.

        It keeps out of the territorial seas of the states ``closed``, but for a state in whose waters one of
        the ends lies: for that way they are open.

        Raises
        ------
        GeographyError
            When there is no way by water.
        """
        if self.routes is None:
            return np.array([[x0, y0], [x1, y1]], dtype=np.float64)
        return self.routes.route(x0, y0, x1, y1, closed)

    def route_within(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        limit_m: float,
        closed: Collection[str] = frozenset(),
    ) -> FloatArray | None:
        """Give the same way unless it is longer than a limit, or there is none."""
        if self.routes is not None:
            return self.routes.route_within(x0, y0, x1, y1, limit_m, closed)
        way = self.route(x0, y0, x1, y1)
        return way if math.dist(*way) <= limit_m else None

    def afloat(self, x_m: float, y_m: float) -> bool:
        """Tell whether a point lies in the theatre's water."""
        west, south, east, north = self.bounds_m
        inside = west <= x_m <= east and south <= y_m <= north
        return inside and (self.coast is None or not self.coast.fence.holds_point(x_m, y_m))

    def crosses(self, xa: FloatArray, ya: FloatArray, xb: FloatArray, yb: FloatArray) -> BoolArray:
        """Tell of each segment whether it meets land."""
        if self.coast is None:
            return np.zeros(np.shape(xa), dtype=np.bool_)
        return self.coast.crosses(xa, ya, xb, yb)

    def clear_legs(self, x_m: FloatArray, y_m: FloatArray) -> int:
        """Count the legs of a path that come before the first that meets land."""
        return len(x_m) - 1 if self.coast is None else self.coast.fence.clear_legs(x_m, y_m)

    def bars(
        self, one: tuple[float, float], other: tuple[float, float], closed: Collection[str] = frozenset()
    ) -> bool:
        """Tell whether land, or waters of the states ``closed``, lie straight between two points."""
        limits = [self.zones.fences[state] for state in closed if state in self.zones.fences]
        shores = [] if self.coast is None else [self.coast.fence]
        return any(fence.bars(one, other) for fence in (*shores, *limits))

    def sight_pieces(
        self, lines: Sightlines, start_s: FloatArray, end_s: FloatArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        """Find when no land lies between two moving points; see `aegean_sim.geography.sight.sight_pieces`."""
        if self.coast is None:
            return np.arange(len(start_s), dtype=np.int64), start_s.copy(), end_s.copy()
        return sight_pieces(self.coast, lines, start_s, end_s)

    def waters_at(self, x: FloatArray, y: FloatArray) -> NDArray[np.str_]:
        """Give the state in whose territorial sea each point lies, else ``high_seas``."""
        return self.zones.waters_at(x, y)


@cache
def from_the_air(sea: Sea) -> Sea:
    """Give a theatre as those see it who fly: the same zones, and no land in the way."""
    return replace(sea, coast=None, routes=None)


@cache
def open_theatre(name: str) -> Sea:
    """Open a theatre with a real coast: ``aegean`` or ``central-med``.

    Raises
    ------
    GeographyError
        When there is no theatre of that name, or its data are not installed.
    """
    frame = THEATRES.get(name)
    if frame is None:
        near = get_close_matches(name, THEATRES, n=1)
        guess = f"did you mean {near[0]!r}?" if near else f"known: {', '.join(THEATRES)}"
        raise GeographyError(f"no theatre named {name!r}; {guess}")
    from aegean_sim.geography.routes import load_routes  # noqa: PLC0415  (a laboratory needs no routes)

    return Sea(
        name,
        frame,
        load_coastline(name),
        zones_of.load_zones(name),
        load_routes(name),
        _plane_bounds(frame),
    )


def open_box(name: str, box_nm: tuple[float, float, float, float]) -> Sea:
    """Open a laboratory: a box of open sea, ``(least x, least y, greatest x, greatest y)`` in nautical miles.

    Raises
    ------
    GeographyError
        When the box is empty or not finite.
    """
    west, south, east, north = box_nm
    if not (np.isfinite(box_nm).all() and west < east and south < north):
        raise GeographyError(
            f"box_nm {list(box_nm)} of {name} is no box: it must be"
            " [least x, least y, greatest x, greatest y], finite, the least below the greatest"
        )
    frame = OpenSeaFrame(name, box_nm)
    return Sea(name, frame, None, zones_of.OPEN_SEA, None, _plane_bounds(frame))


def _plane_bounds(frame: Frame) -> tuple[float, float, float, float]:
    """Give the rectangle in metres that holds the whole of the frame's box at the door."""
    west, south, east, north = frame.door_bounds
    along, up = np.linspace(west, east, _EDGE_STEPS), np.linspace(south, north, _EDGE_STEPS)
    first, second = np.meshgrid(along, up)
    x, y = frame.to_xy(first, second)
    return float(x.min()), float(y.min()), float(x.max()), float(y.max())
