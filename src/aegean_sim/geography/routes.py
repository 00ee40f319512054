"""Routes: the shortest ways by water, round land and round waters that are closed."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.fence import fence_of
from aegean_sim.geography.graph import RouteGraph
from aegean_sim.geography.layers import stored
from aegean_sim.geography.net import Net
from aegean_sim.geography.views import Views, read_views
from aegean_sim.geography.zones import load_zones

if TYPE_CHECKING:
    from collections.abc import Collection

    from numpy.typing import NDArray

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.geography.fence import Fence
    from aegean_sim.geography.zones import Zones
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

    BitArray = NDArray[np.uint8]

_PARTS = "", "zone_"


@dataclass(frozen=True, slots=True, eq=False)
class Corners:
    """All corners of a theatre, those of land first.

    Parameters
    ----------
    place : array, shape (n, 2)
    sides : array, shape (n, 4)
        See `aegean_sim.geography.net.Net` and `aegean_sim.geography.graph.RouteGraph`.
    owner : array, shape (n,)
        Bit of the state round whose waters each goes, 0 for those of land.
    landmark_m : array, shape (landmarks, n)
        Ways round land alone.
    edge : array, shape (edges, 2)
        Pairs in sight of each other over water.
    entered : array, shape (edges,)
        Bits of the states whose waters each edge enters.
    views : tuple of Views
        Those of land, and those of waters.
    """

    place: FloatArray
    sides: FloatArray
    owner: BitArray
    landmark_m: Float32Array
    edge: IntArray
    entered: BitArray
    views: tuple[Views, ...]

    def graph(self, obstacles: Fence, limits: tuple[Fence, ...], closed: int) -> RouteGraph:
        """Make the graph of ways round land and waters within limits, of the states whose bits are set."""
        count = len(self.owner) if closed else int(np.count_nonzero(self.owner == 0))
        usable = (self.owner[:count] & ~np.uint8(closed)) == 0
        for limit in limits:
            usable &= ~limit.holds(*self.place[:count].T)
        views = self.views if closed else self.views[:1]
        net = self._net(count, self.edge[self._open(closed)])
        return RouteGraph(obstacles, net, self.sides[:count], usable, views)

    def _net(self, count: int, edge: IntArray) -> Net:
        """Write edges down at both ends."""
        here, there = np.concatenate([edge, edge[:, ::-1]]).T
        order = np.argsort(here, kind="stable")
        here, there = here[order], there[order]
        return Net(
            np.ascontiguousarray(self.place[:count]),
            np.searchsorted(here, np.arange(count + 1)),
            there,
            np.hypot(*(self.place[here] - self.place[there]).T),
            np.ascontiguousarray(self.landmark_m[:, :count].T),
        )

    def _open(self, closed: int) -> BoolArray:
        """Tell which edges join corners of land or of closed waters, and enter none of these."""
        owners = self.owner[self.edge[:, 0]] | self.owner[self.edge[:, 1]]
        return np.asarray((owners & ~np.uint8(closed) | self.entered & np.uint8(closed)) == 0)


@dataclass(frozen=True, slots=True, eq=False)
class Routes:
    """Ways by water in one theatre, with any states' waters closed.

    Parameters
    ----------
    coast : Coastline
        The land that no route crosses.
    zones : Zones
        Territorial seas.
    states : tuple of str
        Those that may close their waters, in the order of the bits of ``corners``.
    corners : Corners
        Where ways can bend.
    """

    coast: Coastline
    zones: Zones
    states: tuple[str, ...]
    corners: Corners
    _graphs: dict[frozenset[str], RouteGraph] = field(init=False, default_factory=dict)

    def route(
        self, x0: float, y0: float, x1: float, y1: float, closed: Collection[str] = frozenset()
    ) -> FloatArray:
        """Give the shortest way as points, shape (n, 2), the ends first and last.

        It keeps out of the territorial seas of the states ``closed``, but for a state in whose waters one of
        the ends lies: for that way they are open.

        Raises
        ------
        GeographyError
            When an end lies on land, or no way leads from one to the other.
        """
        way = self.route_within(x0, y0, x1, y1, math.inf, closed)
        if way is None:
            without = f" outside the waters of {', '.join(sorted(closed))}" if closed else ""
            raise GeographyError(
                f"no way by water from x {x0:.0f} m, y {y0:.0f} m to x {x1:.0f} m, y {y1:.0f} m{without}"
            )
        return way

    def route_within(
        self,
        x0: float,
        y0: float,
        x1: float,
        y1: float,
        limit_m: float,
        closed: Collection[str] = frozenset(),
    ) -> FloatArray | None:
        """Give the shortest way if it is not longer than a limit; the search is given up beyond it."""
        start, goal = (x0, y0), (x1, y1)
        for end in (start, goal):
            self._refuse_land(*end)
        if math.dist(start, goal) > limit_m:
            return None
        return self.graph(self._closed_for(closed, start, goal)).way(start, goal, limit_m)

    def graph(self, closed: frozenset[str] = frozenset()) -> RouteGraph:
        """Give the graph of ways that keep out of the waters of some states; made once."""
        if closed not in self._graphs:
            bits = sum(1 << bit for bit, state in enumerate(self.states) if state in closed)
            shut = [state for state in self.states if state in closed]
            areas = [self.coast.land, *(self.zones.territorial[state] for state in shut)]
            obstacles = fence_of(areas) if shut else self.coast.fence
            limits = tuple(self.zones.fences[state] for state in shut)
            self._graphs[closed] = self.corners.graph(obstacles, limits, bits)
        return self._graphs[closed]

    def _closed_for(
        self, closed: Collection[str], start: tuple[float, float], goal: tuple[float, float]
    ) -> frozenset[str]:
        """Give the states whose waters are closed to a way: not those that an end of it lies in."""
        limits = {state: self.zones.fences[state] for state in closed if state in self.states}
        return frozenset(
            state
            for state, limit in limits.items()
            if not (limit.holds_point(*start) or limit.holds_point(*goal))
        )

    def _refuse_land(self, x_m: float, y_m: float) -> None:
        if self.coast.fence.holds_point(x_m, y_m):
            raise GeographyError(f"no route from or to a point on land: x {x_m:.0f} m, y {y_m:.0f} m")


@cache
def load_routes(theatre: str) -> Routes:
    """Read the stored graph of a theatre."""
    with np.load(stored(f"{theatre}-routes.npz"), allow_pickle=False) as file:
        corners = _read_corners(file)
        states = tuple(file["states"].tolist())
    return Routes(load_coastline(theatre), load_zones(theatre), states, corners)


def _read_corners(file: np.lib.npyio.NpzFile) -> Corners:
    place, before, after = (
        np.concatenate([file[part + name] for part in _PARTS]).astype(np.float64)
        for name in ("corner", "before", "after")
    )
    lands = np.zeros(len(file["corner"]), dtype=np.uint8)
    return Corners(
        place,
        np.hstack([before, after]),
        np.concatenate([lands, file["zone_owner"]]),
        np.hstack([file[f"{part}landmark_m"] for part in _PARTS]),
        np.concatenate([file[f"{part}edge"] for part in _PARTS]).astype(np.int64),
        np.concatenate([file[f"{part}entered"] for part in _PARTS]),
        tuple(read_views(file, part) for part in _PARTS),
    )
