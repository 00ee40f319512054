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
    from scipy.sparse import csr_matrix

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

_AT_A_TIME = 16
_MOST_TURNS = 4
_NEAR_M = 25_000.0
_FAR_M = 4_000_000.0
_LOOK_M = 10_000.0
_UNKNOWN, _HIDDEN, _SEEN = 0, 1, 2


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
        until neither changes. Two guesses begin it: from the corner nearest to the start, and over the corner
        nearest to the straight line.
        """
        start, goal = (_end_of(self, float(x_m), float(y_m)) for x_m, y_m in ends)
        apart_m = float(np.hypot(*(ends[1] - ends[0])))
        reach_m = _NEAR_M * 2.0 ** np.ceil(np.log2(max(1.0, 1.25 * apart_m / _NEAR_M)))
        last, reach_m = self._last_bend(start.nearest_corner(), goal, reach_m)
        guesses = {last, self._on_line(start, goal, reach_m, last)}
        return min(self._settled(start, goal, guess, reach_m) for guess in guesses)[1]

    def _last_bend(self, first: int, goal: _End, reach_m: float) -> tuple[int, float]:
        """Give the best last bend on the ways from a corner, looking ever farther until there is one."""
        last = goal.best_bend(_shortest_ways(self, first, reach_m))
        while last < 0 and reach_m < _FAR_M:
            reach_m *= 4.0
            last = goal.best_bend(_shortest_ways(self, first, reach_m))
        return (last if last >= 0 else goal.nearest_corner()), reach_m

    def _on_line(self, start: _End, goal: _End, reach_m: float, otherwise: int) -> int:
        """Give the corner in sight of the goal over which straight lines from the start are the shortest."""
        corners = _shortest_ways(self, otherwise, reach_m).corner
        away_m = self.corner[corners] - start.place
        guess = goal.best_bend(_Ways(corners, np.hypot(away_m[:, 0], away_m[:, 1])))
        return guess if guess >= 0 else otherwise

    def _settled(self, start: _End, goal: _End, last: int, reach_m: float) -> tuple[float, list[int]]:
        """Better first and last bend by turns; give the length of the way and its bends."""
        for _ in range(_MOST_TURNS):
            first = start.best_bend(_shortest_ways(self, last, reach_m))
            if first < 0:
                return np.inf, []
            better = goal.best_bend(_shortest_ways(self, first, reach_m))
            if better in {last, -1}:
                break
            last = better
        bends = self._traced(first, last, _shortest_ways(self, last, reach_m))
        path = np.concatenate([[start.place], self.corner[bends], [goal.place]])
        return float(np.hypot(*np.diff(path, axis=0).T).sum()), bends

    def _traced(self, first: int, last: int, ways: _Ways) -> list[int]:
        """Follow the ways to the last bend from the first."""
        ways_m = np.full(len(self.corner), np.inf, dtype=np.float32)
        ways_m[ways.corner] = ways.length_m
        bends = [first]
        while bends[-1] != last:
            edges = slice(*self.network.indptr[bends[-1] : bends[-1] + 2])
            seen = self.network.indices[edges]
            bends.append(int(seen[np.argmin(self.network.data[edges] + ways_m[seen])]))
        return bends


@dataclass(frozen=True, slots=True)
class _Ways:
    """The corners within a reach of one, and the shortest ways to them."""

    corner: IntArray
    length_m: Float32Array | FloatArray


@lru_cache(maxsize=1024)
def _shortest_ways(graph: RouteGraph, corner: int, reach_m: float) -> _Ways:
    """Find the shortest ways from a corner to all within a reach (Dijkstra)."""
    from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415  (slow to import, needed only round land)

    length_m = dijkstra(graph.network, directed=True, indices=[corner], limit=reach_m)[0]
    reached = np.flatnonzero(np.isfinite(length_m))
    return _Ways(reached, length_m[reached].astype(np.float32))


class _End:
    """One end of a way, and which corners it is known to see."""

    def __init__(self, graph: RouteGraph, place: FloatArray) -> None:
        self.graph, self.place = graph, place
        self.sight = np.full(len(graph.corner), _UNKNOWN, dtype=np.int8)
        self.nearest = -1

    def nearest_corner(self) -> int:
        """Give the nearest corner in sight.

        Raises
        ------
        GeographyError
            When there is none: the end lies in closed waters.
        """
        if self.nearest < 0:
            away = self.graph.corner - self.place
            self.nearest = self._first_seen(np.arange(len(away)), np.hypot(away[:, 0], away[:, 1]))
        if self.nearest < 0:
            x_m, y_m = self.place
            raise GeographyError(f"no way to the open sea from x {x_m:.0f} m, y {y_m:.0f} m")
        return self.nearest

    def best_bend(self, ways: _Ways) -> int:
        """Give the corner in sight over which the way to where these ways begin is the shortest, or -1."""
        corners = ways.corner
        away = self.graph.corner[corners] - self.place
        before, after = self.graph.before[corners], self.graph.after[corners]
        one = away[:, 0] * before[:, 1] - away[:, 1] * before[:, 0]
        other = away[:, 0] * after[:, 1] - away[:, 1] * after[:, 0]
        bends = np.flatnonzero(one * other >= 0.0)
        whole_m = np.hypot(away[bends, 0], away[bends, 1]) + ways.length_m[bends]
        return self._first_seen(corners[bends], whole_m)

    def _first_seen(self, corners: IntArray, whole_m: FloatArray) -> int:
        """Give the first corner in sight, in the order of the way over them; -1 without one."""
        count, done = _AT_A_TIME, 0
        while done < len(corners):
            count = min(count, len(corners))
            order = np.argpartition(whole_m, count - 1)[:count] if count < len(corners) else np.arange(count)
            some = corners[order[np.argsort(whole_m[order], kind="stable")][done:]]
            seen = some[self._sees(some)]
            if len(seen):
                return int(seen[0])
            count, done = 4 * count, count
        return -1

    def _sees(self, corners: IntArray) -> BoolArray:
        """Tell of each corner whether it is in sight, and remember it."""
        unknown = corners[self.sight[corners] == _UNKNOWN]
        if len(unknown):
            self.sight[unknown] = np.where(self._looked(unknown), _SEEN, _HIDDEN)
        return np.asarray(self.sight[corners] == _SEEN)

    def _looked(self, corners: IntArray) -> BoolArray:
        """Look at corners; most lines are blocked near by, so that is tried first."""
        away = self.graph.corner[corners] - self.place
        near = np.minimum(1.0, _LOOK_M / np.maximum(np.hypot(away[:, 0], away[:, 1]), 1.0))[:, np.newaxis]
        seen = self._clear(self.place + near * away)
        far = np.flatnonzero(seen & (near[:, 0] < 1.0))
        seen[far] = self._clear(self.graph.corner[corners[far]])
        return seen

    def _clear(self, ends: FloatArray) -> BoolArray:
        x, y = np.broadcast_to(self.place, ends.shape).T
        return ~self.graph.coast.hides(segments(x, y, *ends.T))


@lru_cache(maxsize=512)
def _end_of(graph: RouteGraph, x_m: float, y_m: float) -> _End:
    """Give an end; ports and boats at rest are asked for again and again."""
    return _End(graph, np.array([x_m, y_m]))


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
