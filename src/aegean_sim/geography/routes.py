"""Routes: the shortest ways by water, over a stored graph of the corners of land."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import load_coastline, segments
from aegean_sim.geography.layers import stored

if TYPE_CHECKING:
    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

_AT_A_TIME = 32
_MOST_TRIES = 2048
_SLACK_M = 0.1


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
        Vectors from each corner to its neighbours on its ring: a way can bend at a corner only round the land
        between them.
    landmark_m : array, shape (landmarks, n)
        Shortest ways from a few corners to all, which bound the way between any two from below.
    first_edge, seen, step_m : arrays
        Corners in sight of corner ``i`` along lines that touch the land at both, and how far they are: rows
        ``first_edge[i]`` to ``first_edge[i + 1]`` of ``seen`` and ``step_m``.
    """

    coast: Coastline
    corner: FloatArray
    before: FloatArray
    after: FloatArray
    landmark_m: Float32Array
    first_edge: list[int]
    seen: IntArray
    step_m: FloatArray

    def route(self, x0: float, y0: float, x1: float, y1: float) -> FloatArray:
        """Give the shortest way as points, shape (n, 2), the ends first and last.

        Raises
        ------
        GeographyError
            When an end lies on land, or no way leads from one to the other.
        """
        ends = np.array([[x0, y0], [x1, y1]])
        if not self.coast.crosses(ends[:1, 0], ends[:1, 1], ends[1:, 0], ends[1:, 1])[0]:
            return ends
        self._refuse_land(ends)
        return np.concatenate([ends[:1], self.corner[self._bends(ends)], ends[1:]])

    def _refuse_land(self, ends: FloatArray) -> None:
        dry = self.coast.on_land(ends[:, 0], ends[:, 1])
        if dry.any():
            x_m, y_m = ends[np.argmax(dry)]
            raise GeographyError(f"no route from or to a point on land: x {x_m:.0f} m, y {y_m:.0f} m")

    def _bends(self, ends: FloatArray) -> list[int]:
        """Give the corners of the shortest way.

        A way over the nearest corner in sight of each end bounds the shortest from above; the landmarks bound
        the ways over all other corners from below (A* with landmarks: Goldberg and Harrelson 2005). The most
        promising corners are tried as first and last bend, then all that could still shorten the way.
        """
        start, goal = self._end(ends[0]), self._end(ends[1])
        firsts, lasts = {start.corner: start.off_m}, {goal.corner: goal.off_m}
        best_m, bends = self._search(firsts, lasts, goal.ahead_m(), math.inf)
        for tries in (_AT_A_TIME, None):
            firsts |= self._in_sight(start, goal, best_m, tries)
            lasts |= self._in_sight(goal, start, best_m, tries)
            better_m, others = self._search(firsts, lasts, self._ahead_m(goal, lasts), best_m)
            if better_m < best_m:
                best_m, bends = better_m, others
        return bends

    def _end(self, end: FloatArray) -> _End:
        """Find the nearest corner in sight of an end."""
        away = self.corner - end
        distance_m = np.hypot(away[:, 0], away[:, 1])
        order = np.argpartition(distance_m, _MOST_TRIES)[:_MOST_TRIES] if len(away) > _MOST_TRIES else None
        nearest = np.arange(len(away)) if order is None else order
        nearest = nearest[np.argsort(distance_m[nearest])]
        for first in range(0, len(nearest), _AT_A_TIME):
            some = nearest[first : first + _AT_A_TIME]
            seen = some[self._sees(end, some)]
            if len(seen):
                return _End(self, end, away, distance_m, int(seen[0]))
        raise GeographyError(f"no way to the open sea from x {end[0]:.0f} m, y {end[1]:.0f} m")

    def _sees(self, end: FloatArray, corners: IntArray) -> BoolArray:
        x, y = np.broadcast_to(end, (len(corners), 2)).T
        return ~self.coast.hides(segments(x, y, *self.corner[corners].T))

    def _in_sight(self, end: _End, other: _End, limit_m: float, tries: int | None) -> dict[int, float]:
        """Give distances to corners in sight of an end over which a way could be shorter than the limit."""
        bound_m = end.distance_m + other.ahead_m()
        useful = np.flatnonzero(bound_m < limit_m - _SLACK_M)
        useful = useful[end.rounds(useful)]
        if tries is not None and len(useful) > tries:
            useful = useful[np.argpartition(bound_m[useful], tries)[:tries]]
        seen = useful[self._sees(end.place, useful)]
        return dict(zip(seen.tolist(), end.distance_m[seen].tolist(), strict=True))

    def _ahead_m(self, goal: _End, lasts: dict[int, float]) -> FloatArray:
        """Bound the way from each corner to the goal from below, knowing all its last bends."""
        if not lasts:
            return goal.distance_m
        some = list(lasts)
        off_m = np.array(list(lasts.values()), dtype=np.float32)
        from_landmark_m = (self.landmark_m[:, some] + off_m).min(axis=1)
        bound_m = np.abs(self.landmark_m - from_landmark_m[:, np.newaxis]).max(axis=0)
        return np.asarray(np.maximum(goal.distance_m, bound_m))

    def _search(
        self,
        firsts: dict[int, float],
        lasts: dict[int, float],
        ahead_m: FloatArray,
        limit_m: float,
    ) -> tuple[float, list[int]]:
        """Search from the first bends to the last ones (A*); infinity where no way is within the limit."""
        ahead = ahead_m.tolist()
        best_m, last = limit_m, -1
        cost = dict(firsts)
        came_from: dict[int, int] = {}
        queue = [(cost[corner] + ahead[corner], corner) for corner in firsts]
        heapq.heapify(queue)
        done: set[int] = set()
        while queue and queue[0][0] < best_m:
            _, here = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            here_m = cost[here]
            if here in lasts and here_m + lasts[here] < best_m:
                best_m, last = here_m + lasts[here], here
            edges = slice(self.first_edge[here], self.first_edge[here + 1])
            for there, step_m in zip(self.seen[edges].tolist(), self.step_m[edges].tolist(), strict=True):
                there_m = here_m + step_m
                bound_m = there_m + ahead[there]
                if bound_m < best_m and there_m < cost.get(there, math.inf):
                    cost[there], came_from[there] = there_m, here
                    heapq.heappush(queue, (bound_m, there))
        return (best_m, _traced(last, came_from)) if last >= 0 else (math.inf, [])


@dataclass(slots=True, eq=False)
class _End:
    """One end of a way: vectors and distances to all corners, and the nearest corner in sight."""

    graph: RouteGraph
    place: FloatArray
    away: FloatArray
    distance_m: FloatArray
    corner: int
    _ahead_m: FloatArray | None = None

    @property
    def off_m(self) -> float:
        """Distance to the nearest corner in sight."""
        return float(self.distance_m[self.corner])

    def ahead_m(self) -> FloatArray:
        """Bound the way from each corner to this end from below, knowing one corner in its sight."""
        if self._ahead_m is None:
            landmark_m = self.graph.landmark_m
            bound_m = np.abs(landmark_m - landmark_m[:, self.corner, np.newaxis]).max(axis=0) - self.off_m
            self._ahead_m = np.maximum(self.distance_m, bound_m)
        return self._ahead_m

    def rounds(self, corners: IntArray) -> BoolArray:
        """Tell of each corner whether a way from this end can bend round its land."""
        away, before, after = self.away[corners], self.graph.before[corners], self.graph.after[corners]
        one = away[:, 0] * before[:, 1] - away[:, 1] * before[:, 0]
        other = away[:, 0] * after[:, 1] - away[:, 1] * after[:, 0]
        return np.asarray(one * other >= 0.0)


def _traced(last: int, came_from: dict[int, int]) -> list[int]:
    bends = [last]
    while bends[-1] in came_from:
        bends.append(came_from[bends[-1]])
    return bends[::-1]


@cache
def load_routes(theatre: str) -> RouteGraph:
    """Read the stored graph of a theatre."""
    with np.load(stored(f"{theatre}-routes.npz"), allow_pickle=False) as file:
        corner, before, after = (file[name].astype(np.float64) for name in ("corner", "before", "after"))
        landmark_m = file["landmark_m"]
        edge = file["edge"].astype(np.int64)
    both = np.concatenate([edge, edge[:, ::-1]])
    both = both[np.argsort(both[:, 0], kind="stable")]
    step_m = np.hypot(*(corner[both[:, 0]] - corner[both[:, 1]]).T)
    first_edge = np.searchsorted(both[:, 0], np.arange(len(corner) + 1)).tolist()
    return RouteGraph(
        load_coastline(theatre), corner, before, after, landmark_m, first_edge, both[:, 1], step_m
    )
