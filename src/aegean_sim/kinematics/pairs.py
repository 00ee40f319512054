"""Which legs of two tables share time and come near each other."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.kinematics.reach import Motion

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray, IntArray

_MARGIN_M = 1.0


@dataclass(frozen=True, slots=True)
class LegPairs:
    """Pairs of a boat's leg and a unit's leg, sorted by unit, boat and time.

    Parameters
    ----------
    boat_leg, unit_leg : array
        Rows of the two tables of legs.
    motion : Motion
        The boat as seen from the unit while both legs last.
    """

    boat_leg: IntArray
    unit_leg: IntArray
    motion: Motion

    def __len__(self) -> int:
        return len(self.boat_leg)


def pair_legs(boats: Legs, units: Legs, reach_m: FloatArray) -> LegPairs:
    """Pair each boat's legs with those of every unit whose waters it enters.

    Parameters
    ----------
    boats, units : Legs
        The two tables, neither empty.
    reach_m : array
        By the units' ``mover``: how far the unit sees at most. With 0 a unit has no pairs.

    Notes
    -----
    Not every pair comes within reach, but every pair that does is there: a boat is only looked at while it is
    inside the box of all the unit's legs, widened by the reach. Some may share no more than a moment.
    """
    boat_leg, unit_leg, motion = _paired(_columns(boats), _columns(units), reach_m, _MARGIN_M)
    return LegPairs(boat_leg, unit_leg, Motion(*motion))


def batches(boats: Legs, units: Legs, most: int) -> list[slice]:
    """Cut the boats' legs, between boats, into slices of about ``most`` pairs of legs that share time."""
    if len(boats) * len(units) <= most:
        return [slice(0, len(boats))]
    begun_s, over_s = units.start_s, units.end_s
    if units.mover[0] != units.mover[-1]:
        begun_s, over_s = np.sort(begun_s), np.sort(over_s)
    cuts = _cuts(boats.mover, boats.start_s, boats.end_s, begun_s, over_s, most)
    return [slice(start, stop) for start, stop in pairwise([*cuts.tolist(), len(boats)])]


@compiled
def _cuts(
    mover: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
    begun_s: FloatArray,
    over_s: FloatArray,
    most: int,
) -> IntArray:
    """Give the legs at which slices begin; ``begun_s`` and ``over_s``: when legs of the other table are."""
    cuts, count, gathered = np.empty(len(mover), dtype=np.int64), 0, most
    for leg in range(len(mover)):
        if gathered >= most and (leg == 0 or mover[leg] != mover[leg - 1]):
            cuts[count], count, gathered = leg, count + 1, 0
        gathered += np.searchsorted(begun_s, end_s[leg], side="left")
        gathered -= np.searchsorted(over_s, start_s[leg], side="right")
    return cuts[:count].copy()


class _Columns(NamedTuple):
    """The columns of a table of legs."""

    mover: IntArray
    start_s: FloatArray
    end_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    vx_mps: FloatArray
    vy_mps: FloatArray


def _columns(legs: Legs) -> _Columns:
    return _Columns(legs.mover, legs.start_s, legs.end_s, legs.x_m, legs.y_m, legs.vx_mps, legs.vy_mps)


@compiled
def _paired(
    boats: _Columns, units: _Columns, reach_m: FloatArray, margin_m: float
) -> tuple[IntArray, IntArray, FloatArray]:
    """Give the pairs' legs, and their relative motion, shape (6, n)."""
    nothing = np.empty((0, 2), dtype=np.int64)
    found = np.empty((_pairs(boats, units, reach_m, margin_m, nothing), 2), dtype=np.int64)
    _pairs(boats, units, reach_m, margin_m, found)
    motion = np.empty((6, len(found)))
    for place in range(len(found)):
        _relative(boats, found[place, 0], units, found[place, 1], motion, place)
    return found[:, 0].copy(), found[:, 1].copy(), motion


@compiled
def _pairs(boats: _Columns, units: _Columns, reach_m: FloatArray, margin_m: float, found: IntArray) -> int:
    """Write down the pairs as far as there is room, and count them all."""
    count, last, waters = 0, 0, np.empty(4)
    while last < len(units.mover):
        first, unit = last, units.mover[last]
        while last < len(units.mover) and units.mover[last] == unit:
            last += 1
        if reach_m[unit] > 0.0:
            _enclose(units, first, last, reach_m[unit] + margin_m, waters)
            for boat_leg in range(len(boats.mover)):
                enter_s, leave_s = _within_waters(boats, boat_leg, waters)
                if enter_s < leave_s:
                    unit_leg = first + np.searchsorted(units.end_s[first:last], enter_s, side="right")
                    while unit_leg < last and units.start_s[unit_leg] < leave_s:
                        if count < len(found):
                            found[count, 0], found[count, 1] = boat_leg, unit_leg
                        count, unit_leg = count + 1, unit_leg + 1
    return count


@compiled
def _enclose(units: _Columns, first: int, last: int, grow_m: float, waters: FloatArray) -> None:
    """Put down the box of a unit's waters: least and greatest x, then y."""
    waters[0], waters[1], waters[2], waters[3] = np.inf, -np.inf, np.inf, -np.inf
    for leg in range(first, last):
        lasts_s = units.end_s[leg] - units.start_s[leg]
        x_m, y_m = units.x_m[leg], units.y_m[leg]
        there_x, there_y = x_m + units.vx_mps[leg] * lasts_s, y_m + units.vy_mps[leg] * lasts_s
        waters[0], waters[1] = min(waters[0], x_m, there_x), max(waters[1], x_m, there_x)
        waters[2], waters[3] = min(waters[2], y_m, there_y), max(waters[3], y_m, there_y)
    waters[0], waters[1] = waters[0] - grow_m, waters[1] + grow_m
    waters[2], waters[3] = waters[2] - grow_m, waters[3] + grow_m


@compiled
def _stretch_s(least: float, greatest: float, place: float, speed: float) -> tuple[float, float]:
    """Tell from when to when a coordinate is within bounds; never: from infinity on."""
    if speed == 0.0:
        return (-np.inf, np.inf) if least <= place <= greatest else (np.inf, -np.inf)
    one, other = (least - place) / speed, (greatest - place) / speed
    return min(one, other), max(one, other)


@compiled
def _within_waters(boats: _Columns, leg: int, waters: FloatArray) -> tuple[float, float]:
    """Tell from when to when a boat's leg is within a box."""
    start_s = boats.start_s[leg]
    west_s, east_s = _stretch_s(waters[0], waters[1], boats.x_m[leg], boats.vx_mps[leg])
    south_s, north_s = _stretch_s(waters[2], waters[3], boats.y_m[leg], boats.vy_mps[leg])
    enter_s = start_s + max(west_s, south_s, 0.0)
    return enter_s, min(start_s + min(east_s, north_s), boats.end_s[leg])


@compiled
def _relative(
    boats: _Columns, boat_leg: int, units: _Columns, unit_leg: int, motion: FloatArray, place: int
) -> None:
    """Put down the motion of a boat as seen from a unit while both legs last."""
    start_s = max(boats.start_s[boat_leg], units.start_s[unit_leg])
    boat_s, unit_s = start_s - boats.start_s[boat_leg], start_s - units.start_s[unit_leg]
    bvx, bvy = boats.vx_mps[boat_leg], boats.vy_mps[boat_leg]
    uvx, uvy = units.vx_mps[unit_leg], units.vy_mps[unit_leg]
    motion[0, place], motion[1, place] = start_s, min(boats.end_s[boat_leg], units.end_s[unit_leg])
    motion[2, place] = (boats.x_m[boat_leg] + bvx * boat_s) - (units.x_m[unit_leg] + uvx * unit_s)
    motion[3, place] = (boats.y_m[boat_leg] + bvy * boat_s) - (units.y_m[unit_leg] + uvy * unit_s)
    motion[4, place], motion[5, place] = bvx - uvx, bvy - uvy
