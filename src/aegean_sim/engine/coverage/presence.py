"""Unit-hours by cell: how long units are where."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.coverage.moments import light_stretches
from aegean_sim.kinematics.legs import Legs
from aegean_sim.quantities import DAY_S, HOUR_S
from aegean_sim.ragged import ragged
from aegean_sim.recording.record import CoverageGrid

if TYPE_CHECKING:
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.recording.layers import Layer


def unit_hours(watch: Watch, layer: Layer) -> CoverageGrid:
    """Work out how many hours a day, over the run's whole length, units are in each cell.

    Notes
    -----
    Exact: every leg is cut where it goes from one cell to the next, and where day changes to night. The grid
    reaches as far as the units do, on the lattice of the other layers, so that all cells together come to
    the units' time at sea; cells on land hold the time in port. Sites on shore are left out.
    """
    everybody = watch.legs
    x_m = _reaching(watch.cells.x_m, everybody, everybody.x_m, everybody.vx_mps)
    y_m = _reaching(watch.cells.y_m, everybody, everybody.y_m, everybody.vy_mps)
    legs = everybody.take(_at_sea(watch, layer.by)[everybody.mover])
    stretches = light_stretches(watch.conditions, layer.light, *watch.between_s)
    time_s = _time_in_cells(_cut(legs, stretches), x_m, y_m)
    days = watch.scenario.duration_s / DAY_S
    return CoverageGrid(x_m, y_m, time_s / HOUR_S / days)


def _at_sea(watch: Watch, by: str) -> BoolArray:
    """Tell of each unit whether it is chosen, and no site on shore: one that cannot and does not move."""
    moves = np.zeros(len(watch.names), dtype=np.bool_)
    moves[watch.legs.mover[(watch.legs.vx_mps != 0.0) | (watch.legs.vy_mps != 0.0)]] = True
    crafts = watch.scenario.crafts()
    sails = np.array([crafts[name].dash_kn > 0.0 for name in watch.names], dtype=np.bool_)
    return watch.chosen(by) & (moves | sails | (watch.sea.coast is None))


def _reaching(axis_m: FloatArray, legs: Legs, place_m: FloatArray, speed_mps: FloatArray) -> FloatArray:
    """Extend a lattice of cells so that the legs lie within."""
    if len(axis_m) < 2 or not len(legs):
        return axis_m
    cell_m = axis_m[1] - axis_m[0]
    ends_m = np.concatenate([place_m, place_m + speed_mps * (legs.end_s - legs.start_s)])
    first = min(0, int(np.floor((ends_m.min() - axis_m[0]) / cell_m + 0.5)))
    last = max(len(axis_m) - 1, int(np.floor((ends_m.max() - axis_m[0]) / cell_m + 0.5)))
    return np.asarray(axis_m[0] + cell_m * np.arange(first, last + 1))


def _cut(legs: Legs, stretches: FloatArray) -> Legs:
    """Leave of legs what falls into some stretches of time."""
    first = np.searchsorted(stretches[:, 1], legs.start_s, side="right")
    last = np.searchsorted(stretches[:, 0], legs.end_s, side="left")
    row, stretch = ragged(first, np.maximum(last - first, 0))
    start_s = np.maximum(legs.start_s[row], stretches[stretch, 0])
    end_s = np.minimum(legs.end_s[row], stretches[stretch, 1])
    gone_s, vx, vy = start_s - legs.start_s[row], legs.vx_mps[row], legs.vy_mps[row]
    x_m, y_m = legs.x_m[row] + vx * gone_s, legs.y_m[row] + vy * gone_s
    return Legs(legs.mover[row], start_s, end_s, x_m, y_m, vx, vy)


def _time_in_cells(legs: Legs, x_m: FloatArray, y_m: FloatArray) -> FloatArray:
    """Add up the seconds of all legs by cell, shape (rows, columns)."""
    lasts_s = legs.end_s - legs.start_s
    row, cut_s = _crossings(lasts_s, (legs.x_m, legs.vx_mps, x_m), (legs.y_m, legs.vy_mps, y_m))
    order = np.lexsort((cut_s, row))
    row, cut_s = row[order], cut_s[order]
    piece = np.flatnonzero(row[1:] == row[:-1])
    leg, piece_s = row[piece], cut_s[piece + 1] - cut_s[piece]
    middle_s = cut_s[piece] + 0.5 * piece_s
    column = _cell(x_m, legs.x_m[leg] + legs.vx_mps[leg] * middle_s)
    line = _cell(y_m, legs.y_m[leg] + legs.vy_mps[leg] * middle_s)
    total = np.bincount(line * len(x_m) + column, piece_s, len(x_m) * len(y_m))
    return np.asarray(total.reshape(len(y_m), len(x_m)))


def _crossings(
    lasts_s: FloatArray, *axes: tuple[FloatArray, FloatArray, FloatArray]
) -> tuple[IntArray, FloatArray]:
    """Give for each leg 0, its end, and when it goes from cell to cell: rows of the legs, and seconds."""
    rows, cuts = [np.arange(len(lasts_s))] * 2, [np.zeros(len(lasts_s)), lasts_s]
    for place_m, speed_mps, axis_m in axes:
        edge_m, cell_m = axis_m[0] - 0.5 * (axis_m[1] - axis_m[0]), axis_m[1] - axis_m[0]
        ends = np.sort((np.stack([place_m, place_m + speed_mps * lasts_s]) - edge_m) / cell_m, axis=0)
        first = np.ceil(ends[0]).astype(np.int64)
        row, line = ragged(first, np.maximum(np.floor(ends[1]).astype(np.int64) - first + 1, 0))
        moving = speed_mps[row] != 0.0
        row, line = row[moving], line[moving]
        rows.append(row)
        cuts.append(np.clip((edge_m + line * cell_m - place_m[row]) / speed_mps[row], 0.0, lasts_s[row]))
    return np.concatenate(rows), np.concatenate(cuts)


def _cell(axis_m: FloatArray, place_m: FloatArray) -> IntArray:
    """Give the column or row of a lattice that places fall into."""
    cell = np.floor((place_m - axis_m[0]) / (axis_m[1] - axis_m[0]) + 0.5)
    return np.asarray(np.clip(cell, 0, len(axis_m) - 1).astype(np.int64))
