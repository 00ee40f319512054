"""Graphs of sea routes: corners to bend at, which of them see each other, and what no way may touch."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.geography.ends import end_at
from aegean_sim.geography.search import Search

if TYPE_CHECKING:
    from aegean_sim.geography.views import Views
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class RouteGraph:
    """Corners a little off land and off closed waters, and which of them see each other.

    Parameters
    ----------
    obstacles : tuple of shapely.Geometry
        Shores, and closed waters, that no way meets; prepared.
    corner : array, shape (n, 2)
        Places of the corners, metres.
    before, after : arrays, shape (n, 2)
        Vectors from each corner to its neighbours on its ring, which has what it goes round on its left.
    first : array, shape (n + 1,)
        Where each corner's rows begin in ``there`` and ``step_m``.
    there, step_m : arrays
        Corners in its sight along lines that touch what both go round, and how far they are.
    landmark_m : array, shape (landmarks, n)
        Ways from a few far corners to all, none longer than over this graph; 0 where there is none.
    usable : array, shape (n,)
        Which corners a way may bend at.
    views : tuple of Views
        Corners that can be the bend next to an end.
    """

    obstacles: tuple[shapely.Geometry, ...]
    corner: FloatArray
    before: FloatArray
    after: FloatArray
    first: IntArray
    there: IntArray
    step_m: FloatArray
    landmark_m: Float32Array
    usable: BoolArray
    views: tuple[Views, ...]
    coarse: Float32Array = field(init=False)
    _steps: dict[int, list[tuple[int, float]]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "coarse", np.ascontiguousarray(self.corner.T, dtype=np.float32))

    def way(self, start: FloatArray, goal: FloatArray, limit_m: float) -> FloatArray | None:
        """Give the shortest way between two points as points, shape (n, 2), if it is not beyond a limit.

        The straight line is taken where it is clear. Else the first and last bend are sought among the
        corners in view of the ends' cells.
        """
        if self.clear(start, goal):
            return np.stack([start, goal])
        bends = Search(self, end_at(self, *start.tolist()), end_at(self, *goal.tolist()), limit_m).run()
        return np.concatenate([[start], self.corner[bends], [goal]]) if bends else None

    def clear(self, one: FloatArray, other: FloatArray) -> bool:
        """Tell whether nothing lies between two points at sea."""
        line = shapely.linestrings(np.array([one, other]))
        return not any(shapely.intersects(obstacle, line) for obstacle in self.obstacles)

    def steps_from(self, here: int) -> list[tuple[int, float]]:
        """Give the corners in sight of one, with how far they are."""
        steps = self._steps.get(here)
        if steps is None:
            rows = slice(self.first[here], self.first[here + 1])
            steps = list(zip(self.there[rows].tolist(), self.step_m[rows].tolist(), strict=True))
            self._steps[here] = steps
        return steps
