"""Routes: the shortest ways by water, over a stored graph of the corners of land."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache, lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import load_coastline, segments
from aegean_sim.geography.layers import stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scipy.sparse import csr_matrix

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

_AT_A_TIME = 16
_MOST_TURNS = 4
_NEAR_M = 20_000.0
_FAR_M = 400_000.0
_LOOK_M = 10_000.0


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """Corners of land, a little offshore, and which of them see each other; all are connected.

    Parameters
    ----------
    coast : Coastline
        The land that no route crosses.
    corner : array, shape (n, 2)
        Places of the corners, metres.
    before, after : arrays, shape (n, 2)
        Vectors from each corner to its neighbours on its ring: a way can bend only round the land between.
    network : scipy.sparse.csr_matrix
        Distances between corners in sight of each other along lines that touch the land at both.
    """

    coast: Coastline
    corner: FloatArray
    before: FloatArray
    after: FloatArray
    network: csr_matrix

    def route(self, x0: float, y0: float, x1: float, y1: float) -> FloatArray:
        """Give the shortest way as points, shape (n, 2), the ends first and last; the same both ways.

        Raises
        ------
        GeographyError
            When an end lies on land, or no way leads from one to the other.
        """
        ends = np.array([[x0, y0], [x1, y1]])
        if not self.coast.crosses(ends[:1, 0], ends[:1, 1], ends[1:, 0], ends[1:, 1])[0]:
            return ends
        self._refuse_land(ends)
        if (x0, y0) > (x1, y1):
            return np.concatenate([ends[:1], self.corner[self._bends(ends[::-1])[::-1]], ends[1:]])
        return np.concatenate([ends[:1], self.corner[self._bends(ends)], ends[1:]])

    def _refuse_land(self, ends: FloatArray) -> None:
        dry = self.coast.on_land(ends[:, 0], ends[:, 1])
        if dry.any():
            x_m, y_m = ends[np.argmax(dry)]
            raise GeographyError(f"no route from or to a point on land: x {x_m:.0f} m, y {y_m:.0f} m")

    def _bends(self, ends: FloatArray) -> list[int]:
        """Give the corners of the shortest way.

        With the ways from one corner to all others known, the best last bend is the first in sight of the
        goal in the order of the way over it. From that the best first bend follows likewise, and so by turns
        until neither changes.
        """
        start, goal = _End(self, ends[0]), _End(self, ends[1])
        reach_m = _NEAR_M + 2.0 * float(np.hypot(*(ends[1] - ends[0])))
        first, last = start.best_bend(None), -1
        for _ in range(_MOST_TURNS):
            ways_m, reach_m = self._ways_that_reach(first, goal, reach_m)
            better_last = goal.best_bend(ways_m)
            better_first = start.best_bend(shortest_ways_m(self, better_last, reach_m))
            if (better_first, better_last) == (first, last):
                break
            first, last = better_first, better_last
        return self._traced(first, last, shortest_ways_m(self, last, reach_m))

    def _ways_that_reach(self, corner: int, goal: _End, reach_m: float) -> tuple[Float32Array, float]:
        """Give the ways from a corner, looking ever farther until one in sight of the goal is reached."""
        near = goal.best_bend(None)
        while True:
            ways_m = shortest_ways_m(self, corner, reach_m)
            if np.isfinite(ways_m[near]) or np.isinf(reach_m):
                return ways_m, reach_m
            reach_m = 2.0 * reach_m if reach_m < _FAR_M else np.inf

    def _traced(self, first: int, last: int, ways_m: Float32Array) -> list[int]:
        """Follow the ways to the last bend from the first."""
        bends = [first]
        while bends[-1] != last:
            edges = slice(*self.network.indptr[bends[-1] : bends[-1] + 2])
            seen = self.network.indices[edges]
            bends.append(int(seen[np.argmin(self.network.data[edges] + ways_m[seen])]))
        return bends


@lru_cache(maxsize=256)
def shortest_ways_m(graph: RouteGraph, corner: int, reach_m: float) -> Float32Array:
    """Give the shortest ways between a corner and all within a reach (Dijkstra); infinity beyond it."""
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  (slow to import, needed only round land)

    ways_m = dijkstra(graph.network, directed=True, indices=[corner], limit=reach_m)[0]
    return np.asarray(ways_m, dtype=np.float32)


class _End:
    """One end of a way, with vectors and distances from it to all corners."""

    def __init__(self, graph: RouteGraph, place: FloatArray) -> None:
        self.graph, self.place = graph, place
        self.away = graph.corner - place
        self.distance_m = np.hypot(self.away[:, 0], self.away[:, 1])
        self.nearest = -1

    def best_bend(self, ways_m: Float32Array | None) -> int:
        """Give the corner in sight of this end over which the way is the shortest, or just the nearest.

        Raises
        ------
        GeographyError
            When the end sees no corner: it lies in closed waters.
        """
        if ways_m is None and self.nearest >= 0:
            return self.nearest
        whole_m = self.distance_m if ways_m is None else np.add(self.distance_m, ways_m, dtype=np.float64)
        for corners in _in_order(whole_m):
            some = corners if ways_m is None else corners[self._rounds(corners)]
            seen = some[self._sees(some)]
            if len(seen):
                self.nearest = int(seen[0]) if ways_m is None else self.nearest
                return int(seen[0])
        if ways_m is not None:
            return self.best_bend(None)
        x_m, y_m = self.place
        raise GeographyError(f"no way to the open sea from x {x_m:.0f} m, y {y_m:.0f} m")

    def _rounds(self, corners: IntArray) -> BoolArray:
        """Tell of each corner whether a way from this end can bend round its land."""
        away, before, after = self.away[corners], self.graph.before[corners], self.graph.after[corners]
        one = away[:, 0] * before[:, 1] - away[:, 1] * before[:, 0]
        other = away[:, 0] * after[:, 1] - away[:, 1] * after[:, 0]
        return np.asarray(one * other >= 0.0)

    def _sees(self, corners: IntArray) -> BoolArray:
        """Tell of each corner whether it is in sight; most lines are blocked near by: that is tried first."""
        near = np.minimum(1.0, _LOOK_M / np.maximum(self.distance_m[corners], 1.0))[:, np.newaxis]
        seen = self._clear(self.place + near * self.away[corners])
        far = np.flatnonzero(seen & (near[:, 0] < 1.0))
        seen[far] = self._clear(self.graph.corner[corners[far]])
        return seen

    def _clear(self, ends: FloatArray) -> BoolArray:
        x, y = np.broadcast_to(self.place, ends.shape).T
        return ~self.graph.coast.hides(segments(x, y, *ends.T))


def _in_order(whole_m: FloatArray) -> Iterator[IntArray]:
    """Give the corners in the order of the way over them, a few at a time, finite ones only."""
    count, done = _AT_A_TIME, 0
    while done < len(whole_m):
        count = min(count, len(whole_m))
        order = np.argpartition(whole_m, count - 1)[:count] if count < len(whole_m) else np.arange(count)
        order = order[np.argsort(whole_m[order], kind="stable")][done:]
        finite = order[np.isfinite(whole_m[order])]
        yield finite
        if len(finite) < len(order):
            return
        count, done = 4 * count, count


@cache
def load_routes(theatre: str) -> RouteGraph:
    """Read the stored graph of a theatre."""
    from scipy.sparse import csr_matrix  # noqa: PLC0415  (slow to import, needed only on a coast)

    with np.load(stored(f"{theatre}-routes.npz"), allow_pickle=False) as file:
        corner, before, after = (file[name].astype(np.float64) for name in ("corner", "before", "after"))
        edge = file["edge"].astype(np.int32)
    both = np.concatenate([edge, edge[:, ::-1]])
    length_m = np.hypot(*(corner[both[:, 0]] - corner[both[:, 1]]).T)
    network = csr_matrix((length_m, both.T), shape=(len(corner), len(corner)))
    return RouteGraph(load_coastline(theatre), corner, before, after, network)
