"""What land leaves of the stretches in which a boat is within reach."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.geography.sight import Sightlines

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.kinematics.pairs import LegPairs
    from aegean_sim.quantities import FloatArray, IntArray

    _Ends: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray]


def cut_by_land(
    sea: Sea,
    boats: Legs,
    units: Legs,
    pairs: LegPairs,
    pair: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Cut stretches at the moments when an island comes between.

    Parameters
    ----------
    pair : array
        Row of ``pairs`` that each stretch belongs to, not falling.
    start_s, end_s : array
        The stretches, within their pair's own.

    Returns
    -------
    stretch, start_s, end_s : array
        What is in sight of each stretch, sorted by stretch and time.
    """
    if sea.coast is None:
        return np.arange(len(pair)), start_s, end_s
    hull, hull_s, at_s, place, speed = _hulls(pair, start_s, end_s, pairs, boats, units)
    row, seen_s, until_s = sea.sight_pieces(Sightlines(at_s, place, speed), hull_s[0], hull_s[1])
    return _cut(pair, start_s, end_s, hull, row, seen_s, until_s)


def _hulls(
    pair: IntArray, start_s: FloatArray, end_s: FloatArray, pairs: LegPairs, boats: Legs, units: Legs
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    """Give the pairs that have stretches, from when to when, and their two points in motion."""
    ends = _ends(units), _ends(boats)
    return _points(pair, start_s, end_s, pairs.motion.start_s, (pairs.unit_leg, pairs.boat_leg), ends)


def _ends(legs: Legs) -> _Ends:
    return legs.start_s, legs.x_m, legs.y_m, legs.vx_mps, legs.vy_mps


@compiled
def _points(
    pair: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
    begun_s: FloatArray,
    legs: tuple[IntArray, IntArray],
    ends: tuple[_Ends, _Ends],
) -> tuple[IntArray, FloatArray, FloatArray, FloatArray, FloatArray]:
    hull, count = np.empty(len(pair), dtype=np.int64), 0
    hull_s, at_s = np.empty((2, len(pair))), np.empty(len(pair))
    place, speed = np.empty((4, len(pair))), np.empty((4, len(pair)))
    for stretch in range(len(pair)):
        if stretch and pair[stretch] == pair[stretch - 1]:
            hull_s[0, count - 1] = min(hull_s[0, count - 1], start_s[stretch])
            hull_s[1, count - 1] = max(hull_s[1, count - 1], end_s[stretch])
            continue
        hull[count], at_s[count] = pair[stretch], begun_s[pair[stretch]]
        hull_s[0, count], hull_s[1, count] = start_s[stretch], end_s[stretch]
        for end in range(2):
            leg, (begun, x_m, y_m, vx_mps, vy_mps) = legs[end][pair[stretch]], ends[end]
            elapsed_s = at_s[count] - begun[leg]
            speed[2 * end, count], speed[2 * end + 1, count] = vx_mps[leg], vy_mps[leg]
            place[2 * end, count] = x_m[leg] + vx_mps[leg] * elapsed_s
            place[2 * end + 1, count] = y_m[leg] + vy_mps[leg] * elapsed_s
        count += 1
    place, speed = place[:, :count].copy(), speed[:, :count].copy()
    return hull[:count], hull_s[:, :count], at_s[:count], place, speed


@compiled
def _cut(
    pair: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
    hull: IntArray,
    row: IntArray,
    seen_s: FloatArray,
    until_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Cut each stretch to what is in sight of its pair; ``row`` is the place of a pair in ``hull``."""
    first = np.searchsorted(row, np.arange(len(hull) + 1))
    most = 0
    for place in range(len(hull)):
        most = max(most, first[place + 1] - first[place])
    stretch, seen, count, at = np.empty(most * len(pair), np.int64), np.empty((2, most * len(pair))), 0, 0
    for number in range(len(pair)):
        while hull[at] != pair[number]:
            at += 1
        for window in range(first[at], first[at + 1]):
            from_s, to_s = max(start_s[number], seen_s[window]), min(end_s[number], until_s[window])
            if to_s > from_s:
                stretch[count], seen[0, count], seen[1, count] = number, from_s, to_s
                count += 1
    return stretch[:count].copy(), seen[0, :count].copy(), seen[1, :count].copy()
