"""What land leaves of the stretches in which a boat is near a sensor."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.geography.sight import Sightlines

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Columns
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray


def cut_by_land(
    sea: Sea, boats: Columns, units: Columns, legs: IntArray, near: FloatArray, aloft: BoolArray
) -> tuple[IntArray, FloatArray]:
    """Cut stretches at the moments when an island comes between.

    Parameters
    ----------
    boats, units : Columns
        Two tables of legs.
    legs, near : array, shapes (n, 3) and (n, 7)
        The stretches, as `aegean_sim.kinematics.reach.near_legs` gives them; views are sensors.
    aloft : array
        Of each sensor, whether it looks down on land and sea.

    Returns
    -------
    stretch : array, shape (m,)
        The stretch that each piece in sight is of, not falling.
    times_s : array, shape (m, 2)
        When the piece begins and ends; a stretch's pieces are in the order of time.
    """
    if sea.coast is None:
        return np.arange(len(legs)), near[:, :2].copy()
    hull_s, at_s, points = _hulls(boats, units, legs, near, aloft)
    row, seen_s, until_s = sea.sight_pieces(Sightlines(at_s, points[0], points[1]), hull_s[0], hull_s[1])
    return _cut(legs, near, aloft, row, seen_s, until_s)


@compiled
def _is_fresh(legs: IntArray, stretch: int, before: int) -> bool:
    """Tell whether a stretch is of other legs than an earlier one; -1 for none."""
    return before < 0 or legs[stretch, 0] != legs[before, 0] or legs[stretch, 1] != legs[before, 1]


@compiled
def _hulls(
    boats: Columns, units: Columns, legs: IntArray, near: FloatArray, aloft: BoolArray
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give what of each pair of legs has to be looked at for land.

    Returns
    -------
    hull_s : array, shape (2, n)
        From when to when.
    at_s : array, shape (n,)
        When both legs have begun.
    points : array, shape (2, 4, n)
        Places then, and speeds: x and y of the unit, then of the boat.
    """
    count, before = 0, -1
    for stretch in range(len(legs)):
        if not aloft[legs[stretch, 2]]:
            count, before = count + _is_fresh(legs, stretch, before), stretch
    hull_s, at_s, points = np.empty((2, count)), np.empty(count), np.empty((2, 4, count))
    hull, before = -1, -1
    for stretch in range(len(legs)):
        if aloft[legs[stretch, 2]]:
            continue
        if _is_fresh(legs, stretch, before):
            hull, boat_leg, unit_leg = hull + 1, legs[stretch, 0], legs[stretch, 1]
            at_s[hull] = near[stretch, 2]
            hull_s[0, hull], hull_s[1, hull] = near[stretch, 0], near[stretch, 1]
            _put_down(units, unit_leg, at_s[hull], points, 0, hull)
            _put_down(boats, boat_leg, at_s[hull], points, 2, hull)
        hull_s[0, hull] = min(hull_s[0, hull], near[stretch, 0])
        hull_s[1, hull] = max(hull_s[1, hull], near[stretch, 1])
        before = stretch
    return hull_s, at_s, points


@compiled
def _put_down(movers: Columns, leg: int, at_s: float, points: FloatArray, row: int, hull: int) -> None:
    """Put down where a mover is at a moment, and its speed, in two rows of points."""
    elapsed_s, vx_mps, vy_mps = at_s - movers.start_s[leg], movers.vx_mps[leg], movers.vy_mps[leg]
    points[0, row, hull] = movers.x_m[leg] + vx_mps * elapsed_s
    points[0, row + 1, hull] = movers.y_m[leg] + vy_mps * elapsed_s
    points[1, row, hull], points[1, row + 1, hull] = vx_mps, vy_mps


@compiled
def _cut(
    legs: IntArray,
    near: FloatArray,
    aloft: BoolArray,
    row: IntArray,
    seen_s: FloatArray,
    until_s: FloatArray,
) -> tuple[IntArray, FloatArray]:
    """Cut each stretch to what is in sight of its pair of legs; ``row`` is which of the pairs."""
    of, seen, count = np.empty(len(legs) + len(row), np.int64), np.empty((len(legs) + len(row), 2)), 0
    hull, first, last, before = -1, 0, 0, -1
    for stretch in range(len(legs)):
        if aloft[legs[stretch, 2]]:
            if count == len(of):
                of, seen = _grown(of, seen)
            of[count], seen[count, 0], seen[count, 1] = stretch, near[stretch, 0], near[stretch, 1]
            count += 1
            continue
        if _is_fresh(legs, stretch, before):
            hull, first = hull + 1, last
            while last < len(row) and row[last] == hull:
                last += 1
        before = stretch
        for window in range(first, last):
            from_s = max(near[stretch, 0], seen_s[window])
            to_s = min(near[stretch, 1], until_s[window])
            if to_s > from_s:
                if count == len(of):
                    of, seen = _grown(of, seen)
                of[count], seen[count, 0], seen[count, 1] = stretch, from_s, to_s
                count += 1
    return of[:count].copy(), seen[:count].copy()


@compiled
def _grown(of: IntArray, seen: FloatArray) -> tuple[IntArray, FloatArray]:
    """Give tables with twice the room."""
    return np.concatenate((of, np.empty_like(of))), np.concatenate((seen, np.empty_like(seen)))
