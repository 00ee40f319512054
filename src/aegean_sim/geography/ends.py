"""Ends of ways: at which corners a way from there may bend first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.ways import Bends

if TYPE_CHECKING:
    from aegean_sim.geography.graph import RouteGraph

_MOST_KEPT = 1024


@lru_cache(maxsize=_MOST_KEPT)
def end_at(graph: RouteGraph, x_m: float, y_m: float) -> Bends:
    """Give the corners that a point at sea may see, but for those into whose land the line would run on.

    The latest are kept with what was seen from them, as many ways go to the same few ports.
    """
    place = np.array([x_m, y_m])
    corners = np.concatenate([views.at(place) for views in graph.views])
    x, y = (graph.net.corner[corners] - place).T
    before, after = graph.before[corners], graph.after[corners]
    ashore = (after[:, 0] * y > after[:, 1] * x) & (x * before[:, 1] > y * before[:, 0])
    chosen = ~ashore & graph.usable[corners]
    corners = corners[chosen].astype(np.int64)
    return Bends(place, corners, np.hypot(x[chosen], y[chosen]), np.zeros(len(corners), dtype=np.uint8))
