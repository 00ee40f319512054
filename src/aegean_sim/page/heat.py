"""Heat maps: coverage layers as cells of the page's plane, by the bins of their scales."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.engine.coverage.layers import coverage_of
from aegean_sim.page.encoding import steps
from aegean_sim.page.plane import whole
from aegean_sim.recording.layers import Layer
from aegean_sim.views.maps.scales import scale_of
from aegean_sim.views.maps.words import colours_in_words

if TYPE_CHECKING:
    from aegean_sim.page.plane import Plane
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.views.maps.scales import Scale

ALWAYS = Layer("unit_hours")
"""The layer that every page has; it is worked out in no time."""
IF_KEPT = (
    Layer(),
    Layer(hours=6.0),
    Layer(light="day"),
    Layer(light="night"),
    Layer("in_time"),
    Layer("gap_mean"),
    Layer("gap_worst"),
)
"""Layers that a page has when they have been worked out before, those to offer first at the front."""
_FINER = 2.0


def layers_of(stored: StoredRun) -> dict[Layer, dict[str, CoverageGrid]]:
    """Give the coverage layers that the page of a run offers, each by theatre.

    Raises
    ------
    StoreError
        When the run cannot be read, or a layer cannot be kept.
    """
    kept = {layer: stored.coverage(layer) for layer in IF_KEPT}
    return {layer: grids for layer, grids in kept.items() if grids} | {ALWAYS: coverage_of(stored, ALWAYS)}


def heat_of(layer: Layer, grid: CoverageGrid, plane: Plane) -> dict[str, Any]:
    """Give one heat map: its words, its scale, and its cells as the numbers of their bins."""
    scale = scale_of(layer.metric, layer.hours)
    light = "" if layer.light == "any" else f", by {layer.light}"
    return {
        "name": layer.slug,
        "title": f"{scale.title}{light}",
        "note": f"{colours_in_words(layer)}. Without colour: {scale.clear}.",
        "edges": list(scale.ticks),
        "colours": _colours(scale),
        **_cells(grid, scale, plane),
    }


def _colours(scale: Scale) -> list[str]:
    from matplotlib.colors import to_hex  # noqa: PLC0415  (heavy)

    colours, _ = scale.colours()
    shades = colours(np.arange(colours.N)).tolist()
    beyond = [colours.get_over().tolist()] if scale.beyond else []
    return [to_hex(tuple(shade)) for shade in shades + beyond]


def _cells(grid: CoverageGrid, scale: Scale, plane: Plane) -> dict[str, Any]:
    """Give a grid as rows from the north, each cell by the number of its bin from 1; 0 has no colour."""
    west, south, east, north = _around(grid, plane)
    columns = int(_FINER * len(grid.x_m))
    rows = max(1, round(columns * (north - south) / (east - west)))
    x = west + (np.arange(columns) + 0.5) * (east - west) / columns
    y = north - (np.arange(rows) + 0.5) * (north - south) / rows
    values = _nearest(grid, *plane.to_xy(*(each.ravel() for each in np.meshgrid(x, y))))
    return {
        "box": whole(np.array([west, south, east, north])).tolist(),
        "columns": columns,
        "cells": steps(_bins(values, scale)),
    }


def _around(grid: CoverageGrid, plane: Plane) -> tuple[float, float, float, float]:
    """Give the box of the page's plane that holds all cells; edges of grids bend there."""
    edges = [np.linspace(axis[0] - half, axis[-1] + half, 9) for axis, half in _halves(grid)]
    points = plane.of_xy(*(each.ravel() for each in np.meshgrid(*edges)))
    (west, south), (east, north) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return west, south, east, north


def _halves(grid: CoverageGrid) -> list[tuple[FloatArray, float]]:
    return [(axis, 0.5 * float(axis[1] - axis[0])) for axis in (grid.x_m, grid.y_m)]


def _nearest(grid: CoverageGrid, x_m: FloatArray, y_m: FloatArray) -> FloatArray:
    """Give the value of the cell that each point lies in; NaN beyond the grid."""
    column, row = (_place(axis, at) for axis, at in ((grid.x_m, x_m), (grid.y_m, y_m)))
    inside = (column >= 0) & (column < len(grid.x_m)) & (row >= 0) & (row < len(grid.y_m))
    values = np.full(len(x_m), np.nan)
    values[inside] = grid.values[row[inside], column[inside]]
    return values


def _place(axis_m: FloatArray, at_m: FloatArray) -> IntArray:
    return whole((at_m - axis_m[0]) / (axis_m[1] - axis_m[0]))


def _bins(values: FloatArray, scale: Scale) -> IntArray:
    most = len(scale.bins) - 1 + scale.beyond
    bins = np.minimum(np.digitize(values, scale.bins), most)
    return np.where(np.isnan(values), 0, bins)
