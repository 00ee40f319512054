"""Fences: areas at sea or ashore, to be asked often what they hold and whether a way meets their edges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.geography.cells import (
    Cells,
    edges_in_cells,
    held_bits,
    holds,
    holds_each,
    middles_inside,
)
from aegean_sim.geography.ways import clear_legs, meets, meets_each

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import ArrayLike

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_CELL_M = 2000.0
_MOST_CELLS_A_SIDE = 1000
_OFF = 0.618034
"""How many cells the grid begins outside the areas, so that no middle lies on an edge of round numbers."""


@dataclass(frozen=True, slots=True, eq=False)
class Fence:
    """Areas and their edges, in cells.

    Parameters
    ----------
    cells : Cells
        The edges; see there.
    """

    cells: Cells

    def holds(self, x_m: ArrayLike, y_m: ArrayLike) -> BoolArray:
        """Tell of each point whether it lies in an area; shape (n,). On an edge it may count as either."""
        return holds_each(self.cells, *_columns(x_m, y_m))

    def holds_point(self, x_m: float, y_m: float) -> bool:
        """Tell the same of one point."""
        return holds(self.cells, x_m, y_m)

    def meets(self, xa: ArrayLike, ya: ArrayLike, xb: ArrayLike, yb: ArrayLike) -> BoolArray:
        """Tell of each way from (xa, ya) straight to (xb, yb) whether it meets an edge; shape (n,)."""
        return meets_each(self.cells, *_columns(xa, ya, xb, yb))

    def meets_way(self, x0: float, y0: float, x1: float, y1: float) -> bool:
        """Tell the same of one way."""
        return meets(self.cells, x0, y0, x1, y1)

    def clear_legs(self, x_m: FloatArray, y_m: FloatArray) -> int:
        """Count the legs of a path that come before the first that meets an edge or begins in an area."""
        return 0 if self.holds_point(x_m[0], y_m[0]) else clear_legs(self.cells, x_m, y_m)

    def bars(self, one: tuple[float, float], other: tuple[float, float]) -> bool:
        """Tell whether a straight way from one point to another meets an edge or begins in an area."""
        return meets(self.cells, *one, *other) or holds(self.cells, *one)


def holders(fences: Sequence[Fence], x_m: FloatArray, y_m: FloatArray, alone: int = 0) -> IntArray:
    """Tell of each point which of some fences hold it, the first of them in the lowest bit; shape (n,).

    A point that one of the fences in the bits ``alone`` holds is not looked for in those after it.
    """
    if not fences:
        return np.zeros(len(x_m), dtype=np.int64)
    x_m, y_m = _columns(x_m, y_m)
    return held_bits(tuple(fence.cells for fence in fences), x_m, y_m, alone)


def _columns(*columns: ArrayLike) -> list[FloatArray]:
    return [np.ascontiguousarray(column, dtype=np.float64) for column in columns]


def fence_of(areas: Sequence[shapely.Geometry]) -> Fence:
    """Sort the edges of polygons, which do not overlap, into cells."""
    edges = _edges(areas)
    least = np.minimum(edges[:, :2], edges[:, 2:]).min(axis=0) - _OFF * _CELL_M
    extent = np.maximum(edges[:, :2], edges[:, 2:]).max(axis=0) + _CELL_M - least
    size_m = max(_CELL_M, extent.max() / _MOST_CELLS_A_SIDE)
    columns, rows = np.ceil(extent / size_m).astype(np.int64).tolist()
    grid = np.array([*least, size_m, 1.0 / size_m])
    cell, number = edges_in_cells(edges, grid, rows, columns).T
    order = np.argsort(cell, kind="stable")
    first = np.searchsorted(cell[order], np.arange(rows * columns + 1))
    inside = middles_inside(edges, grid, rows, columns)
    return Fence(Cells(grid, inside, first, np.ascontiguousarray(edges[number[order]])))


def _edges(areas: Sequence[shapely.Geometry]) -> FloatArray:
    """Give the edges of all rings of areas, shape (n, 4)."""
    rings = shapely.get_rings(shapely.get_parts(np.array(areas, dtype=object)))
    place, ring = shapely.get_coordinates(rings, return_index=True)
    follows = ring[1:] == ring[:-1]
    return np.concatenate([place[:-1][follows], place[1:][follows]], axis=1)
