"""When cells are covered: within a sensor's reach, in its sector, and no land between.

Patrols sail the same legs again and again, so each leg is looked at once, and what it covers holds for every
time that it is sailed.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.engine.coverage.passage import kinds_of
from aegean_sim.geography.sight import Sightlines
from aegean_sim.kinematics.reach import Motion
from aegean_sim.kinematics.views import wedges
from aegean_sim.ragged import ragged

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.engine.coverage.watch import Cells, Watch
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_COVERS_AT_ONCE = 1 << 18
_ALIKE = (1.0, 1.0, 1000.0, 1000.0, 1.0)
"""Legs are alike that agree to the metre, the millimetre a second, and the second."""


class Covers(NamedTuple):
    """When some wet cells are covered, and by whom is not asked; they may overlap.

    Parameters
    ----------
    first, last : int
        The first of the wet cells that these are all covers of, and the one after the last.
    cell, start_s, end_s : array, shape (n,)
    """

    first: int
    last: int
    cell: IntArray
    start_s: FloatArray
    end_s: FloatArray


@dataclass(frozen=True, slots=True)
class _Views:
    """Different legs with what is seen from them, and when each is sailed.

    Parameters
    ----------
    legs : Legs
        Beginning at time 0; shape (views,).
    sensor : array, shape (views,)
        The unit's sensor that reaches farthest: its sensors share their sector and height of flight.
    reach_m : array, shape (views,)
        How far, in the light and sea that hold.
    first, count : array, shape (views,)
        Rows of what follows.
    begin_s, start_s, end_s : array, shape (times,)
        When the leg begins, and from when to when its light and sea hold.
    """

    legs: Legs
    sensor: IntArray
    reach_m: FloatArray
    sensors: SensorTable
    first: IntArray
    count: IntArray
    begin_s: FloatArray
    start_s: FloatArray
    end_s: FloatArray


def covers_of(watch: Watch, by: str, boat: str) -> Iterator[Covers]:
    """Find all covers of the wet cells, a band of the grid at a time.

    Parameters
    ----------
    boat : str
        What is to be seen; of a mixture, the kind that most boats are.
    """
    kind = max(kinds_of(watch.scenario, watch.theatre, boat), key=lambda kind: kind.share)
    views = _views(watch, by, kind.target_class)
    for first, last, cell, view in _pairs(watch.cells, views):
        seen, start_s, end_s = _covered(watch, views, cell, view)
        yield Covers(first, last, *_each_time(views, view[seen], cell[seen], start_s, end_s))


def _views(watch: Watch, by: str, target_class: int) -> _Views:
    """Give what some units see of a class of targets."""
    whole, sensors = watch.legs, watch.seeing(by)
    pieces, condition = watch.conditions.cut(replace(whole, mover=np.arange(len(whole))))
    leg = pieces.mover
    sensor, reach_m = np.zeros(len(leg), dtype=np.int64), np.zeros(len(leg))
    for row in range(len(sensors)):
        reach = sensors.reach_m[row, target_class, condition]
        farther = (whole.mover[leg] == sensors.unit[row]) & (reach > reach_m)
        sensor[farther], reach_m[farther] = row, reach[farther]
    sees = np.flatnonzero(reach_m > 0.0)
    leg, sensor, reach_m, pieces = leg[sees], sensor[sees], reach_m[sees], pieces.take(sees)
    lasts_s = whole.end_s - whole.start_s
    shape = np.column_stack([whole.x_m, whole.y_m, whole.vx_mps, whole.vy_mps, lasts_s])
    alike = np.column_stack([np.rint(shape * _ALIKE)[leg], sensor, reach_m])
    _, chosen, view = np.unique(alike, axis=0, return_index=True, return_inverse=True)
    order = np.argsort(view, kind="stable")
    count = np.bincount(view, minlength=len(chosen))
    different = whole.take(leg[chosen])
    return _Views(
        replace(different, start_s=0.0 * different.start_s, end_s=different.end_s - different.start_s),
        sensor[chosen], reach_m[chosen], sensors, np.cumsum(count) - count, count,
        whole.start_s[leg[order]], pieces.start_s[order], pieces.end_s[order],
    )  # fmt: skip


def _pairs(cells: Cells, views: _Views) -> Iterator[tuple[int, int, IntArray, IntArray]]:
    """Pair wet cells with the legs whose box, widened by the reach, holds their centre; by rows of the grid.

    Gives the first wet cell and the one after the last, and the pairs: wet cells, and rows of ``views``.
    """
    legs = views.legs
    west, east = _spans(cells.x_m, legs.x_m, legs.vx_mps * legs.end_s, views.reach_m)
    south, north = _spans(cells.y_m, legs.y_m, legs.vy_mps * legs.end_s, views.reach_m)
    wet = np.zeros(len(cells.x_m) * len(cells.y_m), dtype=np.int64)
    wet[cells.wet] = 1
    number = np.where(wet, np.cumsum(wet) - 1, -1).reshape(len(cells.y_m), len(cells.x_m))
    before = np.append(0, np.cumsum((number >= 0).sum(axis=1))).tolist()
    for low, high in _bands(south, north, (east - west) * views.count, len(cells.y_m)):
        here = np.flatnonzero((south < high) & (north > low))
        first = np.maximum(south[here], low)
        owner, row = ragged(first, np.minimum(north[here], high) - first)
        view = here[owner]
        line, column = ragged(west[view], east[view] - west[view])
        cell = number[row[line], column]
        yield before[low], before[high], cell[cell >= 0], view[line[cell >= 0]]


def _spans(
    axis_m: FloatArray, begin_m: FloatArray, step_m: FloatArray, reach_m: FloatArray
) -> tuple[IntArray, IntArray]:
    """Give the first column or row within reach of each leg, and the one after the last."""
    least = np.minimum(begin_m, begin_m + step_m) - reach_m
    greatest = np.maximum(begin_m, begin_m + step_m) + reach_m
    return np.searchsorted(axis_m, least), np.searchsorted(axis_m, greatest, side="right")


def _bands(south: IntArray, north: IntArray, wide: IntArray, rows: int) -> Iterator[tuple[int, int]]:
    """Cut the grid into bands of whole rows, each with about so many covers."""
    edges = np.bincount(south, wide, rows + 1) - np.bincount(north, wide, rows + 1)
    block = np.cumsum(np.cumsum(edges[:-1])) // _COVERS_AT_ONCE
    cuts = [0, *(np.flatnonzero(np.diff(block)) + 1).tolist(), rows]
    yield from pairwise(cuts)


def _covered(
    watch: Watch, views: _Views, cell: IntArray, view: IntArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when the cell of each pair is covered, from the beginning of the leg: rows of pairs, two times."""
    legs = views.legs.take(view)
    x_m, y_m = watch.cells.wet_x_m[cell], watch.cells.wet_y_m[cell]
    motion = Motion(legs.start_s, legs.end_s, x_m - legs.x_m, y_m - legs.y_m, -legs.vx_mps, -legs.vy_mps)
    wedge = wedges(views.sensors.sector_rad)
    pair, start_s, end_s = motion.within(views.reach_m[view], wedge, views.sensor[view])
    low = ~views.sensors.aloft[views.sensor[view[pair]]]
    row, from_s, till_s = _in_sight(watch, legs, (x_m, y_m), pair[low], start_s[low], end_s[low])
    return (
        np.concatenate([pair[low][row], pair[~low]]),
        np.concatenate([from_s, start_s[~low]]),
        np.concatenate([till_s, end_s[~low]]),
    )


def _in_sight(
    watch: Watch,
    legs: Legs,
    place_m: tuple[FloatArray, FloatArray],
    pair: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Cut stretches at the moments when an island comes between; rows of them, and from when to when."""
    still = np.zeros(len(pair))
    places = [legs.x_m[pair], legs.y_m[pair], place_m[0][pair], place_m[1][pair]]
    speeds = [legs.vx_mps[pair], legs.vy_mps[pair], still, still]
    lines = Sightlines(still, np.stack(places), np.stack(speeds))
    return watch.sea.sight_pieces(lines, start_s, end_s)


def _each_time(
    views: _Views, view: IntArray, cell: IntArray, start_s: FloatArray, end_s: FloatArray
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Give covers, told from the beginning of a leg, for every time that it is sailed."""
    cover, time = ragged(views.first[view], views.count[view])
    from_s = np.maximum(start_s[cover] + views.begin_s[time], views.start_s[time])
    till_s = np.minimum(end_s[cover] + views.begin_s[time], views.end_s[time])
    holds: BoolArray = till_s > from_s
    return cell[cover[holds]], from_s[holds], till_s[holds]
