"""Graphs of sea routes: corners to bend at, which of them see each other, and what no way may touch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.ends import end_at
from aegean_sim.geography.ways import shortest

if TYPE_CHECKING:
    from aegean_sim.geography.fence import Fence
    from aegean_sim.geography.net import Net
    from aegean_sim.geography.views import CornerArray, Views
    from aegean_sim.quantities import BoolArray, FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """Corners a little off land and off closed waters, and which of them see each other.

    Parameters
    ----------
    obstacles : Fence
        Shores, and limits of closed waters, that no way meets.
    net : Net
        The n corners, in whose sight others are along lines that touch what both go round.
    sides : array, shape (n, 4)
        Vectors from each corner to those before and after it on its ring, which has what it goes round on
        its left.
    usable : array, shape (n,)
        Which corners a way may bend at.
    views : tuple of Views
        Corners that can be the bend next to an end.
    """

    obstacles: Fence
    net: Net
    sides: FloatArray
    usable: BoolArray
    views: tuple[Views, ...]

    def way(self, start: tuple[float, float], goal: tuple[float, float], limit_m: float) -> FloatArray | None:
        """Give the shortest way between two points as points, shape (n, 2), if it is not beyond a limit.

        The straight line is taken where it is clear. Else the first and last bend are sought among the
        corners in view of the ends' cells.
        """
        if not self.obstacles.meets_way(*start, *goal):
            return np.array([start, goal])
        bends = shortest(self.obstacles.cells, self.net, end_at(self, *start), end_at(self, *goal), limit_m)
        return np.concatenate([[start], self.net.corner[bends], [goal]]) if len(bends) else None

    def in_view(self, place: FloatArray) -> CornerArray:
        """Give the corners that may be seen from a point's cell; shape (n,)."""
        if len(self.views) == 1:
            return self.views[0].at(place)
        return np.concatenate([views.at(place) for views in self.views])
