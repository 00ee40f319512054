"""Ends of ways: at which corners a way from there may bend first, and which of them can be seen."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.geography.graph import RouteGraph
    from aegean_sim.geography.views import CornerArray
    from aegean_sim.quantities import FloatArray

_MOST_KEPT = 1024


@dataclass(slots=True, eq=False)
class End:
    """A point at sea where ways begin or end.

    Parameters
    ----------
    corners : array, shape (n,)
        Those that it may see, but for those into whose land the line would run on.
    off_m : array, shape (n,)
        How far they are.
    """

    graph: RouteGraph
    place: FloatArray
    corners: CornerArray = field(init=False)
    off_m: FloatArray = field(init=False)
    _seen: dict[int, bool] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        graph = self.graph
        corners = np.concatenate([views.at(self.place) for views in graph.views])
        x, y = (graph.corner[corners] - self.place).T
        before, after = graph.before[corners], graph.after[corners]
        ashore = (after[:, 0] * y > after[:, 1] * x) & (x * before[:, 1] > y * before[:, 0])
        chosen = ~ashore & graph.usable[corners]
        self.corners, self.off_m = corners[chosen], np.hypot(x[chosen], y[chosen])

    def sees(self, corner: int) -> bool:
        """Tell whether nothing lies before a corner; looked at once."""
        seen = self._seen.get(corner)
        if seen is None:
            seen = self._seen[corner] = self.graph.clear(self.place, self.graph.corner[corner])
        return seen


@lru_cache(maxsize=_MOST_KEPT)
def end_at(graph: RouteGraph, x_m: float, y_m: float) -> End:
    """Give the end at a point; the latest are kept, as many ways go to the same few ports."""
    return End(graph, np.array([x_m, y_m]))
