"""Edges of areas in square cells, so that few are looked at to tell what lies at a point: kernels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

    Grid: TypeAlias = tuple[float, float, float, float]

_MARGIN_M = 1.0


class Cells(NamedTuple):
    """Edges sorted into the cells of a grid.

    Parameters
    ----------
    grid : array, shape (4,)
        Least x and least y of the grid, and the side of a cell, metres; and how many cells there are a metre.
    inside : array, shape (rows, columns)
        Whether the middle of each cell lies in an area; rows go from south to north.
    first : array, shape (rows * columns + 1,)
        Where each cell's edges begin in ``edge``; cells go row by row.
    edge : array, shape (n, 4)
        x and y of the one end and of the other. An edge is in every cell that it comes within a metre of.
    """

    grid: FloatArray
    inside: BoolArray
    first: IntArray
    edge: FloatArray


@compiled
def _near_cells(least: float, greatest: float, origin: float, size_m: float, count: int) -> tuple[int, int]:
    """Give the first and the last column, or row, that a stretch comes near, within the grid."""
    first = math.floor((least - _MARGIN_M - origin) / size_m)
    last = math.floor((greatest + _MARGIN_M - origin) / size_m)
    return max(first, 0), min(last, count - 1)


@compiled
def _comes_near(edge: FloatArray, x_m: float, y_m: float, half_m: float) -> bool:
    """Tell whether the line through an edge comes near a square given by its middle and half its side."""
    along_x, along_y = edge[2] - edge[0], edge[3] - edge[1]
    off = along_x * (y_m - edge[1]) - along_y * (x_m - edge[0])
    return bool(abs(off) <= (half_m + _MARGIN_M) * (abs(along_x) + abs(along_y)))


@compiled
def _entries(edges: FloatArray, grid: FloatArray, rows: int, columns: int, entry: IntArray) -> int:
    """Write down cell and edge of each pair that is near each other, as far as there is room; count all."""
    count, size_m = 0, grid[2]
    for number in range(len(edges)):
        edge = edges[number]
        west, east = _near_cells(min(edge[0], edge[2]), max(edge[0], edge[2]), grid[0], size_m, columns)
        south, north = _near_cells(min(edge[1], edge[3]), max(edge[1], edge[3]), grid[1], size_m, rows)
        for row in range(south, north + 1):
            for column in range(west, east + 1):
                x_m, y_m = grid[0] + (column + 0.5) * size_m, grid[1] + (row + 0.5) * size_m
                if _comes_near(edge, x_m, y_m, 0.5 * size_m):
                    if count < len(entry):
                        entry[count, 0], entry[count, 1] = row * columns + column, number
                    count += 1
    return count


@compiled
def edges_in_cells(edges: FloatArray, grid: FloatArray, rows: int, columns: int) -> IntArray:
    """Give cell and edge of each pair that is near each other, shape (n, 2); edges have shape (m, 4)."""
    entry = np.empty((_entries(edges, grid, rows, columns, np.empty((0, 2), np.int64)), 2), np.int64)
    _entries(edges, grid, rows, columns, entry)
    return entry


@compiled
def middles_inside(edges: FloatArray, grid: FloatArray, rows: int, columns: int) -> BoolArray:
    """Tell of each cell whether its middle lies inside the rings that edges, shape (m, 4), make up."""
    inside = np.zeros((rows, columns), dtype=np.bool_)
    for number in range(len(edges)):
        x0, y0, x1, y1 = edges[number]
        south, north = _near_cells(min(y0, y1), max(y0, y1), grid[1], grid[2], rows)
        for row in range(south, north + 1):
            y_m = grid[1] + (row + 0.5) * grid[2]
            if (y0 > y_m) != (y1 > y_m):
                x_m = x0 + (y_m - y0) / (y1 - y0) * (x1 - x0)
                east = max(0, math.ceil((x_m - grid[0]) / grid[2] - 0.5))
                for column in range(east, columns):
                    inside[row, column] = not inside[row, column]
    return inside


@compiled
def _parts(edge: FloatArray, place: int, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Tell whether an edge lies between two points; where a vertex does, just one of its two edges counts."""
    ex0, ey0, ex1, ey1 = edge[place, 0], edge[place, 1], edge[place, 2], edge[place, 3]
    one = (x1 - x0) * (ey0 - y0) - (y1 - y0) * (ex0 - x0) > 0.0
    other = (x1 - x0) * (ey1 - y0) - (y1 - y0) * (ex1 - x0) > 0.0
    here = (ex1 - ex0) * (y0 - ey0) - (ey1 - ey0) * (x0 - ex0) > 0.0
    there = (ex1 - ex0) * (y1 - ey0) - (ey1 - ey0) * (x1 - ex0) > 0.0
    return bool(one != other and here != there)


@compiled
def _holds(grid: Grid, inside: BoolArray, first: IntArray, edge: FloatArray, x_m: float, y_m: float) -> bool:
    (rows, columns), (west_m, south_m, size_m, per_m) = inside.shape, grid
    column, row = math.floor((x_m - west_m) * per_m), math.floor((y_m - south_m) * per_m)
    if not (0 <= column < columns and 0 <= row < rows):
        return False
    cell, within = row * columns + column, inside[row, column]
    middle_x, middle_y = west_m + (column + 0.5) * size_m, south_m + (row + 0.5) * size_m
    for place in range(first[cell], first[cell + 1]):
        if _parts(edge, place, x_m, y_m, middle_x, middle_y):
            within = not within
    return bool(within)


@compiled
def _grid(cells: Cells) -> Grid:
    return cells.grid[0], cells.grid[1], cells.grid[2], cells.grid[3]


@compiled
def holds(cells: Cells, x_m: float, y_m: float) -> bool:
    """Tell whether a point lies in an area: so many edges part it from the middle of its cell."""
    return _holds(_grid(cells), cells.inside, cells.first, cells.edge, x_m, y_m)


@compiled
def holds_each(cells: Cells, x_m: FloatArray, y_m: FloatArray) -> BoolArray:
    """Tell of each point whether it lies in an area."""
    grid, inside, first, edge = _grid(cells), cells.inside, cells.first, cells.edge
    held = np.empty(len(x_m), dtype=np.bool_)
    for place in range(len(x_m)):
        held[place] = _holds(grid, inside, first, edge, x_m[place], y_m[place])
    return held


@compiled
def _mark(cells: Cells, x_m: FloatArray, y_m: FloatArray, bits: IntArray, bit: int, alone: int) -> None:
    """Set a bit of the points that lie in an area, but of those that have one of the bits ``alone``."""
    grid, inside, first, edge = _grid(cells), cells.inside, cells.first, cells.edge
    for place in range(len(x_m)):
        if bits[place] & alone == 0 and _holds(grid, inside, first, edge, x_m[place], y_m[place]):
            bits[place] |= bit


@compiled
def held_bits(several: tuple[Cells, ...], x_m: FloatArray, y_m: FloatArray, alone: int) -> IntArray:
    """Tell of each point which of several areas hold it, the first of them in the lowest bit.

    A point that one of the areas in the bits ``alone`` holds is not looked for in those after it.
    """
    bits = np.zeros(len(x_m), dtype=np.int64)
    for number in range(len(several)):
        _mark(several[number], x_m, y_m, bits, 1 << number, alone)
    return bits
