"""Hours since a cell was last covered: within a sensor's reach, in its sector, and no land between."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.coverage.covers import covers_of
from aegean_sim.quantities import HOUR_S
from aegean_sim.ragged import begins
from aegean_sim.recording.record import CoverageGrid

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.engine.coverage.covers import Covers
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.recording.layers import Layer


def gap_mean(watch: Watch, layer: Layer) -> CoverageGrid:
    """Work out how long ago, on the mean over the time that units are out, a cell was last covered.

    Notes
    -----
    The integral of the time since the last cover is half the sum of the squared gaps. What lies before the
    first cover counts from when the first unit set out, so that a cell never covered has half that time.
    """
    total_s = watch.between_s[1] - watch.between_s[0]
    squares = np.zeros(len(watch.cells.wet))
    for cell, gap_s in _gaps(watch, layer):
        squares += np.bincount(cell, gap_s * gap_s, len(squares))
    return _in_hours(watch, squares / (2.0 * total_s))


def gap_worst(watch: Watch, layer: Layer) -> CoverageGrid:
    """Work out the longest time without cover while units are out; the whole of it where there was none."""
    worst = np.zeros(len(watch.cells.wet))
    for cell, gap_s in _gaps(watch, layer):
        np.maximum.at(worst, cell, gap_s)
    return _in_hours(watch, worst)


def _in_hours(watch: Watch, seconds: FloatArray) -> CoverageGrid:
    return CoverageGrid(watch.cells.x_m, watch.cells.y_m, watch.cells.on_grid(seconds / HOUR_S))


def _gaps(watch: Watch, layer: Layer) -> Iterator[tuple[IntArray, FloatArray]]:
    """Give the gaps in the cover of all wet cells, some cells at a time: cells, and seconds."""
    for covers in covers_of(watch, layer.by, layer.boat):
        yield _between(covers, watch.between_s)


def _between(covers: Covers, between_s: tuple[float, float]) -> tuple[IntArray, FloatArray]:
    """Find the gaps between covers of each cell, and before the first and after the last."""
    everybody = np.arange(covers.first, covers.last)
    ends = [np.full(len(everybody), moment_s) for moment_s in between_s]
    cell = np.concatenate([covers.cell, everybody, everybody])
    start_s = np.concatenate([covers.start_s, *ends])
    end_s = np.concatenate([covers.end_s, *ends])
    order = np.lexsort((start_s, cell))
    cell, start_s, end_s = cell[order], start_s[order], end_s[order]
    span_s = between_s[1] - between_s[0] + 1.0
    till_s = np.maximum.accumulate(end_s - between_s[0] + cell * span_s) - cell * span_s + between_s[0]
    gap_s = np.where(begins(cell)[1:], 0.0, start_s[1:] - till_s[:-1])
    gap = np.flatnonzero(gap_s > 0.0)
    return cell[gap + 1], gap_s[gap]
