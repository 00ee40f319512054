"""Routes: the shortest ways by water, over a stored graph of the corners of land."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import shapely

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.layers import stored

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import Float32Array, FloatArray, IntArray

    CornerArray: TypeAlias = NDArray[np.uint16]

_START, _GOAL = -1, -2
_ROUNDING_M = np.float32(0.5)


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Which corners can be seen from somewhere in each cell of the sea and be a bend from there.

    Parameters
    ----------
    west_m, south_m, size_m : float
        South-western corner of the grid of square cells, and their side.
    columns, rows : int
        How many cells there are each way.
    first : array, shape (columns * rows + 1,)
        Where each cell's corners begin in ``corners``; cells go row by row from the south-west.
    corners : array
        Corners, cell by cell.
    """

    west_m: float
    south_m: float
    size_m: float
    columns: int
    rows: int
    first: IntArray
    corners: CornerArray

    def at(self, place: FloatArray) -> CornerArray:
        """Give the corners seen from the cell of a point; none outside the grid."""
        column = int((place[0] - self.west_m) // self.size_m)
        row = int((place[1] - self.south_m) // self.size_m)
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return self.corners[:0]
        cell = row * self.columns + column
        return self.corners[self.first[cell] : self.first[cell + 1]]


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """Corners of land, a little offshore, and which of them see each other.

    Parameters
    ----------
    coast : Coastline
        The land that no route crosses.
    corner : array, shape (n, 2)
        Places of the corners, metres.
    coarse : array, shape (2, n)
        The same in single precision, for bounds.
    before, after : arrays, shape (n, 2)
        Vectors from each corner to its neighbours on its ring, which has the land on its left.
    first : array, shape (n + 1,)
        Where each corner's rows begin in ``there`` and ``step_m``.
    there, step_m : arrays
        Corners in its sight along lines that touch the land at both, and how far they are.
    landmark_m : array, shape (landmarks, n)
        Shortest ways from a few far corners to all, 0 where there is none.
    views : Views
        Corners that can be the bend next to an end.
    """

    coast: Coastline
    corner: FloatArray
    coarse: Float32Array
    before: FloatArray
    after: FloatArray
    first: IntArray
    there: IntArray
    step_m: FloatArray
    landmark_m: Float32Array
    views: Views

    def route(self, x0: float, y0: float, x1: float, y1: float) -> FloatArray:
        """Give the shortest way as points, shape (n, 2), the ends first and last.

        The straight line is taken where it is clear. Else the first and last bend are sought among the
        corners in view of the ends' cells.

        Raises
        ------
        GeographyError
            When an end lies on land, or no way leads from one to the other.
        """
        way = self.route_within(x0, y0, x1, y1, math.inf)
        if way is None:
            raise GeographyError(
                f"no way by water from x {x0:.0f} m, y {y0:.0f} m to x {x1:.0f} m, y {y1:.0f} m"
            )
        return way

    def route_within(self, x0: float, y0: float, x1: float, y1: float, limit_m: float) -> FloatArray | None:
        """Give the shortest way if it is not longer than a limit; the search is given up beyond it."""
        start, goal = np.array([x0, y0]), np.array([x1, y1])
        for end in (start, goal):
            self._refuse_land(end)
        if math.dist(start, goal) > limit_m:
            return None
        if self.clear(start, goal):
            return np.stack([start, goal])
        search = _Search(self, start, goal, limit_m)
        bends = search.run(self._bends_near(start), self._bends_near(goal))
        return np.concatenate([[start], self.corner[bends], [goal]]) if bends else None

    def clear(self, one: FloatArray, other: FloatArray) -> bool:
        """Tell whether no shore lies between two points at sea."""
        return not shapely.intersects(self.coast.boundary, shapely.linestrings([one, other]))

    def off_m(self, end: FloatArray, corners: CornerArray) -> FloatArray:
        """Give the distances of corners from a point."""
        away = self.corner[corners] - end
        return np.hypot(away[:, 0], away[:, 1])

    def _refuse_land(self, end: FloatArray) -> None:
        if shapely.intersects_xy(self.coast.land, *end):
            raise GeographyError(f"no route from or to a point on land: x {end[0]:.0f} m, y {end[1]:.0f} m")

    def _bends_near(self, end: FloatArray) -> CornerArray:
        """Give the corners that an end may see, but for those into whose land the line would run on."""
        corners = self.views.at(end)
        x, y = (self.corner[corners] - end).T
        before, after = self.before[corners], self.after[corners]
        ashore = (after[:, 0] * y > after[:, 1] * x) & (x * before[:, 1] > y * before[:, 0])
        return np.asarray(corners[~ashore])


@dataclass(slots=True, eq=False)
class _Search:
    """A* with landmarks (Goldberg and Harrelson 2005) from one end of a way to the other.

    To look whether an end sees a corner costs the most, so that waits until the corner's turn has come.
    """

    graph: RouteGraph
    start: FloatArray
    goal: FloatArray
    limit_m: float
    ahead_m: memoryview = field(init=False)
    cost_m: list[float] = field(init=False)
    came_from: dict[int, int] = field(default_factory=dict)
    queue: list[tuple[float, float, int, int]] = field(default_factory=list)

    def run(self, firsts: CornerArray, lasts: CornerArray) -> list[int]:
        """Give the corners of the shortest way between these first and last bends; none without one."""
        if not (len(firsts) and len(lasts)):
            return []
        first_m, last_m = self.graph.off_m(self.start, firsts), self.graph.off_m(self.goal, lasts)
        bound_m = self._bound_m(lasts, last_m)
        self.ahead_m, self.cost_m = bound_m.data, [math.inf] * len(bound_m)
        whole_m = (first_m + bound_m[firsts]).tolist()
        self.queue = sorted(zip(whole_m, first_m.tolist(), firsts.tolist(), repeat(_START), strict=False))
        return self._ways_end(dict(zip(lasts.tolist(), last_m.tolist(), strict=True)))

    def _ways_end(self, onward_m: dict[int, float]) -> list[int]:
        while self.queue:
            bound_m, here_m, here, before = heapq.heappop(self.queue)
            if bound_m > self.limit_m:
                break
            if here == _GOAL:
                if self.graph.clear(self.graph.corner[before], self.goal):
                    return self._traced(before)
            elif self._reaches(here, here_m, before):
                self.cost_m[here], self.came_from[here] = here_m, before
                if here in onward_m:
                    whole_m = here_m + onward_m[here]
                    heapq.heappush(self.queue, (whole_m, whole_m, _GOAL, here))
                self._go_on(here, here_m)
        return []

    def _reaches(self, here: int, here_m: float, before: int) -> bool:
        """Tell whether this way to a corner is still the best known, and clear."""
        if before != _START:
            return here_m <= self.cost_m[here]
        return here_m < self.cost_m[here] and self.graph.clear(self.start, self.graph.corner[here])

    def _go_on(self, here: int, here_m: float) -> None:
        graph, cost_m, ahead_m, queue = self.graph, self.cost_m, self.ahead_m, self.queue
        limit_m = self.limit_m
        rows = slice(graph.first[here], graph.first[here + 1])
        for there, step_m in zip(graph.there[rows].tolist(), graph.step_m[rows].tolist(), strict=True):
            there_m = here_m + step_m
            if there_m < cost_m[there]:
                cost_m[there] = there_m
                bound_m = there_m + ahead_m[there]
                if bound_m <= limit_m:
                    heapq.heappush(queue, (bound_m, there_m, there, here))

    def _bound_m(self, lasts: CornerArray, last_m: FloatArray) -> Float32Array:
        """Bound the way from each corner to the goal from below, by landmarks and by the straight line."""
        mark_m, (x, y) = self.graph.landmark_m, self.graph.coarse
        off_m = last_m.astype(np.float32)
        least_m = (mark_m[:, lasts] + off_m).min(axis=1, keepdims=True)
        most_m = (mark_m[:, lasts] - off_m).max(axis=1, keepdims=True)
        bound_m = np.maximum(least_m - mark_m, mark_m - most_m).max(axis=0)
        across, up = x - np.float32(self.goal[0]), y - np.float32(self.goal[1])
        return np.asarray(np.maximum(bound_m, np.sqrt(across * across + up * up)) - _ROUNDING_M)

    def _traced(self, last: int) -> list[int]:
        bends = [last]
        while self.came_from[bends[-1]] != _START:
            bends.append(self.came_from[bends[-1]])
        return bends[::-1]


@cache
def load_routes(theatre: str) -> RouteGraph:
    """Read the stored graph of a theatre."""
    with np.load(stored(f"{theatre}-routes.npz"), allow_pickle=False) as file:
        corner, before, after = (file[name].astype(np.float64) for name in ("corner", "before", "after"))
        edge, landmark_m, views = file["edge"].astype(np.int64), file["landmark_m"], _views(file)
    here, there = np.concatenate([edge, edge[:, ::-1]]).T
    order = np.argsort(here, kind="stable")
    here, there = here[order], there[order]
    step_m = np.hypot(*(corner[here] - corner[there]).T)
    first = np.searchsorted(here, np.arange(len(corner) + 1))
    coarse = np.ascontiguousarray(corner.T, dtype=np.float32)
    return RouteGraph(
        load_coastline(theatre), corner, coarse, before, after, first, there, step_m, landmark_m, views
    )


def _views(file: np.lib.npyio.NpzFile) -> Views:
    west_m, south_m, size_m = file["grid_m"].tolist()
    rows, columns = file["seen"].shape
    first = np.concatenate([[0], np.cumsum(file["seen"], dtype=np.int64)])
    return Views(west_m, south_m, size_m, columns, rows, first, file["view"])
