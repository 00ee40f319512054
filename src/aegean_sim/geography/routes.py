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
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_FIRST_TRIES = 48
_SLACK_M = 1e-6


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """Corners of land, a little offshore, and which of them see each other.

    Parameters
    ----------
    coast : Coastline
        The land that no route crosses.
    corner : array, shape (n, 2)
        Places of the corners, metres.
    before, after : arrays, shape (n, 2)
        Vectors from each corner to its neighbours on its ring: a way can bend at a corner only round the land
        between them.
    neighbours : list of lists of (corner, metres)
        Corners in sight of each other along ways that could be part of a shortest one.
    """

    coast: Coastline
    corner: FloatArray
    before: FloatArray
    after: FloatArray
    neighbours: list[list[tuple[int, float]]]

    def route(self, x0: float, y0: float, x1: float, y1: float) -> FloatArray:
        """Give the shortest way as points, shape (n, 2), the ends first and last.

        The straight line is taken where it is clear. Else corners are tried as first and last bend in the order
        of the way straight to them and straight on, until no untried one could shorten the way found.

        Raises
        ------
        GeographyError
            When an end lies on land, or no way leads from one to the other.
        """
        start, goal = np.array([x0, y0]), np.array([x1, y1])
        ends = np.stack([start, goal])
        if not self.coast.crosses(ends[:1, 0], ends[:1, 1], ends[1:, 0], ends[1:, 1])[0]:
            return ends
        self._refuse_land(ends)
        bends = self._bends(start, goal)
        return np.concatenate([ends[:1], self.corner[bends], ends[1:]])

    def _refuse_land(self, ends: FloatArray) -> None:
        dry = self.coast.on_land(ends[:, 0], ends[:, 1])
        if dry.any():
            x_m, y_m = ends[np.argmax(dry)]
            raise GeographyError(f"no route from or to a point on land: x {x_m:.0f} m, y {y_m:.0f} m")

    def _bends(self, start: FloatArray, goal: FloatArray) -> list[int]:
        """Give the corners of the shortest way."""
        from_start, from_goal = self.corner - start, self.corner - goal
        to_start_m = np.hypot(from_start[:, 0], from_start[:, 1])
        to_goal_m = np.hypot(from_goal[:, 0], from_goal[:, 1])
        bound_m = to_start_m + to_goal_m
        order = np.argsort(bound_m)
        firsts = _Ends(self, start, order[self._rounds(from_start)[order]], to_start_m)
        lasts = _Ends(self, goal, order[self._rounds(from_goal)[order]], to_goal_m)
        tries = _FIRST_TRIES
        while True:
            length_m, bends = self._shortest(firsts.seen(tries), lasts.seen(tries), to_goal_m)
            useful = max(some.below(bound_m, length_m) for some in (firsts, lasts))
            if tries >= useful:
                break
            tries = min(useful, 4 * tries)
        if math.isinf(length_m):
            (x0, y0), (x1, y1) = start, goal
            raise GeographyError(
                f"no way by water from x {x0:.0f} m, y {y0:.0f} m to x {x1:.0f} m, y {y1:.0f} m"
            )
        return bends

    def _rounds(self, arrival: FloatArray) -> BoolArray:
        """Tell of each corner whether a way that arrives along these vectors can bend round its land."""
        one = arrival[:, 0] * self.before[:, 1] - arrival[:, 1] * self.before[:, 0]
        other = arrival[:, 0] * self.after[:, 1] - arrival[:, 1] * self.after[:, 0]
        return np.asarray(one * other >= 0.0)

    def _shortest(
        self, firsts: dict[int, float], lasts: dict[int, float], to_goal_m: FloatArray
    ) -> tuple[float, list[int]]:
        """Search from the first bends to the last ones (A*, straight lines as the bound)."""
        best_m, last = math.inf, -1
        cost = dict(firsts)
        came_from: dict[int, int] = {}
        ahead = {corner: float(to_goal_m[corner]) for corner in firsts}
        queue = [(cost[corner] + ahead[corner], corner) for corner in firsts]
        heapq.heapify(queue)
        done: set[int] = set()
        while queue and queue[0][0] < best_m:
            _, here = heapq.heappop(queue)
            if here in done:
                continue
            done.add(here)
            if here in lasts and cost[here] + lasts[here] < best_m:
                best_m, last = cost[here] + lasts[here], here
            for there, step_m in self.neighbours[here]:
                new_m = cost[here] + step_m
                if new_m < cost.get(there, math.inf):
                    cost[there], came_from[there] = new_m, here
                    if there not in ahead:
                        ahead[there] = float(to_goal_m[there])
                    heapq.heappush(queue, (new_m + ahead[there], there))
        return best_m, _traced(last, came_from)


@dataclass(slots=True)
class _Ends:
    """Corners that may be the bend next to one end, tried in their order."""

    graph: RouteGraph
    end: FloatArray
    candidates: IntArray
    distance_m: FloatArray
    _tried: int = 0
    _in_sight: dict[int, float] | None = None

    def seen(self, tries: int) -> dict[int, float]:
        """Give distances to those of the first so many candidates that are in sight of the end."""
        in_sight = {} if self._in_sight is None else self._in_sight
        fresh = self.candidates[self._tried : tries]
        if len(fresh):
            x, y = np.broadcast_to(self.end, (len(fresh), 2)).T
            hidden = self.graph.coast.hides(segments(x, y, *self.graph.corner[fresh].T))
            in_sight |= {int(corner): float(self.distance_m[corner]) for corner in fresh[~hidden]}
        self._tried, self._in_sight = max(self._tried, tries), in_sight
        return in_sight

    def below(self, bound_m: FloatArray, length_m: float) -> int:
        """Count the candidates over which the way could be shorter than ``length_m``."""
        return int(np.searchsorted(bound_m[self.candidates], length_m - _SLACK_M))


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
        first, second = file["edge"].T
    length_m = np.hypot(*(corner[first] - corner[second]).T)
    neighbours: list[list[tuple[int, float]]] = [[] for _ in range(len(corner))]
    for one, other, step_m in zip(first.tolist(), second.tolist(), length_m.tolist(), strict=True):
        neighbours[one].append((other, step_m))
        neighbours[other].append((one, step_m))
    return RouteGraph(load_coastline(theatre), corner, before, after, neighbours)
