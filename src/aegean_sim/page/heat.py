"""Heat maps: grids in the theatre's plane as cells of the page's, by the bins of a scale."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.page.encoding import steps
from aegean_sim.page.plane import whole
from aegean_sim.views.style import PROBABILITY_BINS, probability_colours

if TYPE_CHECKING:
    from aegean_sim.page.plane import Plane
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid

_FINER = 2.0
_NO_CELL = 0


def heat_of(stored: StoredRun, theatre: str, plane: Plane) -> list[dict[str, Any]]:
    """Give the heat maps that a run keeps of a theatre; none where no coverage was worked out."""
    grid = stored.coverage().get(theatre)
    if grid is None:
        return []
    from matplotlib.colors import to_hex  # noqa: PLC0415  (heavy)

    colours, _ = probability_colours()
    scale = {
        "name": "seen",
        "title": "Chance of being seen within an hour",
        "note": "of a boat that goes through the cell at 5 kn along the local route",
        "edges": [f"{100 * edge:.0f}" for edge in PROBABILITY_BINS],
        "unit": "%",
        "colours": [to_hex(colour) for colour in colours.colors],
    }
    return [scale | cells_of(grid, np.array(PROBABILITY_BINS), plane)]


def cells_of(grid: CoverageGrid, edges: FloatArray, plane: Plane) -> dict[str, Any]:
    """Give a grid as rows from the north, each cell by the number of its bin from 1, 0 below the first."""
    west, south, east, north = _around(grid, plane)
    columns = int(_FINER * len(grid.x_m))
    rows = max(1, round(columns * (north - south) / (east - west)))
    x = west + (np.arange(columns) + 0.5) * (east - west) / columns
    y = north - (np.arange(rows) + 0.5) * (north - south) / rows
    values = _nearest(grid, *plane.to_xy(*(each.ravel() for each in np.meshgrid(x, y))))
    return {
        "box": whole(np.array([west, south, east, north])).tolist(),
        "columns": columns,
        "cells": steps(_bins(values, edges)),
    }


def _around(grid: CoverageGrid, plane: Plane) -> tuple[float, float, float, float]:
    half_x, half_y = (0.5 * (axis[1] - axis[0]) for axis in (grid.x_m, grid.y_m))
    x_m = np.array([grid.x_m[0] - half_x, 0.5 * (grid.x_m[0] + grid.x_m[-1]), grid.x_m[-1] + half_x])
    y_m = np.array([grid.y_m[0] - half_y, 0.5 * (grid.y_m[0] + grid.y_m[-1]), grid.y_m[-1] + half_y])
    points = plane.of_xy(*(each.ravel() for each in np.meshgrid(x_m, y_m)))
    (west, south), (east, north) = points.min(axis=0), points.max(axis=0)
    return float(west), float(south), float(east), float(north)


def _nearest(grid: CoverageGrid, x_m: FloatArray, y_m: FloatArray) -> FloatArray:
    """Give the value of the cell that each point lies in; NaN beyond the grid."""
    column, row = (_place(axis, at) for axis, at in ((grid.x_m, x_m), (grid.y_m, y_m)))
    inside = (column >= 0) & (column < len(grid.x_m)) & (row >= 0) & (row < len(grid.y_m))
    values = np.full(len(x_m), np.nan)
    values[inside] = grid.probability[row[inside], column[inside]]
    return values


def _place(axis_m: FloatArray, at_m: FloatArray) -> IntArray:
    return whole((at_m - axis_m[0]) / (axis_m[1] - axis_m[0]))


def _bins(values: FloatArray, edges: FloatArray) -> IntArray:
    bins = np.minimum(np.digitize(values, edges), len(edges) - 1)
    return np.where(np.isnan(values), _NO_CELL, bins)
