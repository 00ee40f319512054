"""Ends of ways: at which corners a way from there may bend first."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.geography.net import Bends

if TYPE_CHECKING:
    from aegean_sim.geography.graph import RouteGraph
    from aegean_sim.geography.views import CornerArray
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_MOST_KEPT = 1024


@lru_cache(maxsize=_MOST_KEPT)
def end_at(graph: RouteGraph, x_m: float, y_m: float) -> Bends:
    """Give the corners that a point at sea may see, but for those into whose land the line would run on.

    The latest are kept with what was seen from them, as many ways go to the same few ports.
    """
    place = np.array([x_m, y_m])
    corners, off_m = _bends(graph.net.corner, graph.sides, graph.usable, place, graph.in_view(place))
    return Bends(place, corners, off_m, np.zeros(len(corners), dtype=np.uint8))


@compiled
def _bends(
    corner: FloatArray, sides: FloatArray, usable: BoolArray, place: FloatArray, in_view: CornerArray
) -> tuple[IntArray, FloatArray]:
    """Leave of corners those that may be a bend, and tell how far they are."""
    chosen, off_m, count = np.empty(len(in_view), dtype=np.int64), np.empty(len(in_view)), 0
    for number in in_view:
        x, y = corner[number, 0] - place[0], corner[number, 1] - place[1]
        before_x, before_y, after_x, after_y = sides[number]
        ashore = after_x * y > after_y * x and x * before_y > y * before_x
        if not ashore and usable[number]:
            chosen[count], off_m[count], count = number, np.hypot(x, y), count + 1
    return chosen[:count].copy(), off_m[:count].copy()
