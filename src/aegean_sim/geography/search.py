"""Search: the shortest way over a graph of corners, from one end to the other."""

from __future__ import annotations

import heapq
import math
from dataclasses import dataclass, field
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.geography.ends import End
    from aegean_sim.geography.graph import RouteGraph
    from aegean_sim.quantities import Float32Array

_START, _GOAL = -1, -2
_LANDMARKS = 4
_ROUNDING_M = np.float32(0.5)


@dataclass(slots=True, eq=False)
class Search:
    """A* with landmarks (Goldberg and Harrelson 2005) from one end of a way to the other.

    To look whether an end sees a corner costs the most, so that waits until the corner's turn has come.
    """

    graph: RouteGraph
    start: End
    goal: End
    limit_m: float
    ahead_m: memoryview = field(init=False)
    cost_m: list[float] = field(init=False)
    came_from: dict[int, int] = field(default_factory=dict)
    queue: list[tuple[float, float, int, int]] = field(default_factory=list)

    def run(self) -> list[int]:
        """Give the corners of the shortest way; none without one."""
        firsts, first_m, goal = self.start.corners, self.start.off_m, self.goal
        if not (len(firsts) and len(goal.corners)):
            return []
        bound_m = self._bound_m(int(firsts[first_m.argmin()]))
        self.ahead_m, self.cost_m = bound_m.data, [math.inf] * len(bound_m)
        whole_m = (first_m + bound_m[firsts]).tolist()
        self.queue = list(zip(whole_m, first_m.tolist(), firsts.tolist(), repeat(_START), strict=False))
        heapq.heapify(self.queue)
        return self._ways_end(dict(zip(goal.corners.tolist(), goal.off_m.tolist(), strict=True)))

    def _ways_end(self, onward_m: dict[int, float]) -> list[int]:
        while self.queue:
            bound_m, here_m, here, before = heapq.heappop(self.queue)
            if bound_m > self.limit_m:
                break
            if here == _GOAL:
                if self.goal.sees(before):
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
        return here_m < self.cost_m[here] and self.start.sees(here)

    def _go_on(self, here: int, here_m: float) -> None:
        cost_m, ahead_m, queue, limit_m = self.cost_m, self.ahead_m, self.queue, self.limit_m
        for there, step_m in self.graph.steps_from(here):
            there_m = here_m + step_m
            if there_m < cost_m[there]:
                cost_m[there] = there_m
                bound_m = there_m + ahead_m[there]
                if bound_m <= limit_m:
                    heapq.heappush(queue, (bound_m, there_m, there, here))

    def _bound_m(self, nearest: int) -> Float32Array:
        """Bound the way from each corner to the goal from below, by landmarks and by the straight line.

        The landmarks that tell most of the corner nearest to the start are enough for all.
        """
        mark_m, (x, y), goal = self.graph.landmark_m, self.graph.coarse, self.goal
        lasts, off_m = goal.corners, goal.off_m.astype(np.float32)
        least_m, most_m = (mark_m[:, lasts] + off_m).min(axis=1), (mark_m[:, lasts] - off_m).max(axis=1)
        told_m = np.maximum(least_m - mark_m[:, nearest], mark_m[:, nearest] - most_m)
        best = np.argsort(told_m)[-_LANDMARKS:]
        bounds_m = [np.maximum(least_m[mark] - mark_m[mark], mark_m[mark] - most_m[mark]) for mark in best]
        across, up = x - np.float32(goal.place[0]), y - np.float32(goal.place[1])
        straight_m = np.sqrt(across * across + up * up)
        return np.asarray(np.maximum.reduce([*bounds_m, straight_m]) - _ROUNDING_M)

    def _traced(self, last: int) -> list[int]:
        bends = [last]
        while self.came_from[bends[-1]] != _START:
            bends.append(self.came_from[bends[-1]])
        return bends[::-1]
