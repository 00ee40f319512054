"""The chance that a boat in a cell is seen within some hours."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.detection.resolver import Targets, exposures
from aegean_sim.engine.coverage.moments import moments_of
from aegean_sim.engine.coverage.passage import kinds_of, passages
from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.record import CoverageGrid

if TYPE_CHECKING:
    from aegean_sim.engine.coverage.moments import Moments
    from aegean_sim.engine.coverage.passage import Kind
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.layers import Layer

_CELLS_AT_ONCE = 4000


def seen(watch: Watch, layer: Layer) -> CoverageGrid:
    """Work out the chance that a boat that is in the cell now is seen within the layer's hours.

    Notes
    -----
    The mean of ``1 - exp(-F)`` over moments at which the boat is at the cell's centre, spread evenly over the
    time that units are out: ``F`` is its exposure, by the resolver of the run itself, to all chosen sensors
    on its passage from the centre along the lane (`aegean_sim.engine.coverage.passage.passages`) for so many
    hours, or till it lands. Who has landed cannot be seen any more. Lasting cross-sections are spread over
    the moments. All that sailed is taken as it sailed, responses included.
    """
    cells, moments = watch.cells, moments_of(watch, layer.light, layer.hours * HOUR_S)
    if not len(moments.time_s):
        return CoverageGrid(cells.x_m, cells.y_m, cells.on_grid(np.full(len(cells.wet), np.nan)))
    chance = np.zeros(len(cells.wet))
    for kind in kinds_of(watch.scenario, watch.theatre, layer.boat):
        way = passages(watch, kind.speed_mps, layer.hours * HOUR_S)
        chance += kind.share * _chance(watch, layer.by, kind, way, moments)
    return CoverageGrid(cells.x_m, cells.y_m, cells.on_grid(chance))


def _chance(watch: Watch, by: str, kind: Kind, way: Legs, moments: Moments) -> FloatArray:
    """Give the mean chance of one kind of boat over the moments, shape (wet cells,)."""
    sensors, total = watch.seeing(by), np.zeros(len(watch.cells.wet))
    lasts_s = way.end_s.max(initial=0.0)
    for time_s, weight, factor in zip(*moments, strict=True):
        units = watch.legs.take((watch.legs.end_s > time_s) & (watch.legs.start_s < time_s + lasts_s))
        for first in range(0, len(total), _CELLS_AT_ONCE):
            some = way.take(slice(*np.searchsorted(way.mover, [first, first + _CELLS_AT_ONCE])))
            count = min(_CELLS_AT_ONCE, len(total) - first)
            legs = replace(
                some, mover=some.mover - first, start_s=some.start_s + time_s, end_s=some.end_s + time_s
            )
            exposure = exposures(_targets(watch, kind, legs, count, factor), units, sensors, watch.sea)
            total[first : first + count] -= weight * np.expm1(-exposure)
    return total


def _targets(watch: Watch, kind: Kind, legs: Legs, count: int, factor: FloatArray) -> Targets:
    legs, condition = watch.conditions.cut(legs)
    return Targets(
        legs,
        condition,
        np.full(len(legs), kind.target_class),
        np.zeros(count, dtype=np.uint64),
        np.tile(factor, (count, 1)),
    )
