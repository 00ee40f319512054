"""When one mover is within reach of another: in a disc, or in a wedge of it, that goes along; kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias, TypeVar

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Columns
    from aegean_sim.kinematics.views import Views
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

    _Course: TypeAlias = tuple[float, float, float, float, float, float]
    """A row of `Motion`."""
    _Stretch: TypeAlias = tuple[float, float]

Table = TypeVar("Table", "IntArray", "FloatArray")
_OPEN = 1.0 - 1e-12
"""The square of a range counts this much short, so that rounding never makes touching into entering."""
_LEAST_S = 1e-6
_MARGIN_M = 1.0
_ROOM = 1024


@dataclass(frozen=True, slots=True)
class Motion:
    """Straight motion of one mover as seen from another, one stretch of time a row.

    All fields have shape (n,); positions are those at ``start_s``.
    """

    start_s: FloatArray
    end_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    vx_mps: FloatArray
    vy_mps: FloatArray

    def __len__(self) -> int:
        return len(self.start_s)

    def take(self, rows: IntArray | BoolArray) -> Motion:
        """Give the chosen rows, in their order."""
        return Motion(
            self.start_s[rows], self.end_s[rows], self.x_m[rows], self.y_m[rows],
            self.vx_mps[rows], self.vy_mps[rows],
        )  # fmt: skip

    def within(
        self, range_m: FloatArray, wedge: FloatArray, which: IntArray
    ) -> tuple[IntArray, FloatArray, FloatArray]:
        """Find the stretches in which the distance is below a range and the bearing in a wedge.

        Parameters
        ----------
        range_m : array
            One range a row; may be infinite.
        wedge : array, shape (m, 5)
            See `aegean_sim.kinematics.views.wedges`.
        which : array
            The wedge of each row.

        Returns
        -------
        row, start_s, end_s : array
            Sorted by row and time, none of them empty.
        """
        motion = self.start_s, self.end_s, self.x_m, self.y_m, self.vx_mps, self.vy_mps
        return _within(motion, range_m, wedge, which)


@compiled
def _in_disc(course: _Course, range_m: float) -> _Stretch:
    """Find the stretch within the open disc: where there is none, its end is not after its start.

    The roots of ``|p + v t| = range``, written with the cross product ``p x v`` for the sake of tangents.
    """
    start_s, end_s, x, y, vx, vy = course
    square = range_m * range_m * _OPEN
    speed2, along, across = vx * vx + vy * vy, x * vx + y * vy, x * vy - y * vx
    half2, enter, leave = speed2 * square - across * across, np.inf, -np.inf
    if speed2 == 0.0:
        if x * x + y * y < square:
            enter, leave = 0.0, np.inf
    elif half2 >= 0.0:
        half = np.sqrt(half2)
        enter, leave = -(along + half) / speed2, (half - along) / speed2
    return start_s + max(enter, 0.0), min(start_s + leave, end_s)


@compiled
def _in_wedge(course: _Course, wedge: FloatArray, start_s: float, end_s: float) -> tuple[_Stretch, _Stretch]:
    """Give what is in a wedge of a stretch: at most two parts, before and after a blind wedge."""
    never = np.inf, np.inf
    if wedge[4] == 0.0:
        return (start_s, end_s), never
    enter_s, leave_s = _between(course, wedge)
    if wedge[4] > 0.0:
        return (max(start_s, enter_s), min(end_s, leave_s)), never
    if leave_s > enter_s:
        return (start_s, min(end_s, enter_s)), (max(start_s, leave_s), end_s)
    return (start_s, end_s), never


@compiled
def _between(course: _Course, wedge: FloatArray) -> _Stretch:
    """Find the stretch between a wedge's edges, at most half a circle apart; ends before it starts: none.

    With ``d`` along an edge, ``d x p`` tells the side; both edges ask for ``f + g t >= -margin``.
    """
    start_s, end_s, x, y, vx, vy = course
    enter_s, leave_s = start_s, end_s
    for edge in range(2):
        east, north = wedge[2 * edge], wedge[2 * edge + 1]
        beyond, rate = north * x - east * y + wedge[4], north * vx - east * vy
        if rate > 0.0:
            enter_s = max(enter_s, start_s - beyond / rate)
        elif rate < 0.0:
            leave_s = min(leave_s, start_s - beyond / rate)
        elif beyond < 0.0:
            enter_s = np.inf
    return enter_s, leave_s


@compiled
def _within(
    motion: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray],
    range_m: FloatArray,
    wedge: FloatArray,
    which: IntArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    rows, times, count = np.empty(2 * len(range_m), dtype=np.int64), np.empty((2, 2 * len(range_m))), 0
    start_s, end_s, x, y, vx, vy = motion
    for row in range(len(range_m)):
        course = start_s[row], end_s[row], x[row], y[row], vx[row], vy[row]
        enter_s, leave_s = _in_disc(course, range_m[row])
        if leave_s > enter_s:
            one, other = _in_wedge(course, wedge[which[row]], enter_s, leave_s)
            for begin_s, over_s in (one, other):
                if over_s > begin_s:
                    rows[count], times[0, count], times[1, count] = row, begin_s, over_s
                    count += 1
    return rows[:count].copy(), times[0, :count].copy(), times[1, :count].copy()


@compiled
def _relative(boats: Columns, boat_leg: int, units: Columns, unit_leg: int) -> _Course:
    """Give the motion of a boat as seen from a unit while both legs last."""
    start_s = max(boats.start_s[boat_leg], units.start_s[unit_leg])
    boat_s, unit_s = start_s - boats.start_s[boat_leg], start_s - units.start_s[unit_leg]
    bvx, bvy = boats.vx_mps[boat_leg], boats.vy_mps[boat_leg]
    uvx, uvy = units.vx_mps[unit_leg], units.vy_mps[unit_leg]
    x_m = (boats.x_m[boat_leg] + bvx * boat_s) - (units.x_m[unit_leg] + uvx * unit_s)
    y_m = (boats.y_m[boat_leg] + bvy * boat_s) - (units.y_m[unit_leg] + uvy * unit_s)
    return start_s, min(boats.end_s[boat_leg], units.end_s[unit_leg]), x_m, y_m, bvx - uvx, bvy - uvy


@compiled
def near_legs(boats: Columns, kind: IntArray, units: Columns, views: Views) -> tuple[IntArray, FloatArray]:
    """Find when boats are in the units' views.

    Parameters
    ----------
    boats, units : Columns
        Two tables of legs.
    kind : array
        Of what kind each of the boats' legs is.
    views : Views
        What the units, by their ``mover``, look out with.

    Returns
    -------
    legs : array, shape (n, 3)
        Boat's leg, unit's leg, and view, sorted by unit, boat, time and view.
    seen : array, shape (n, 7)
        When the boat comes into view and when it leaves; when both legs have begun, and x, y, vx and vy of
        the boat then, as seen from the unit. Stretches shorter than a microsecond are left out.

    Notes
    -----
    A boat is only looked at while it is inside the box of all the unit's legs, widened by the reach.
    """
    pairs = _pairs(boats, units, views.greatest_m)
    legs, seen, row = np.empty((_ROOM, 3), dtype=np.int64), np.empty((_ROOM, 7)), 0
    for pair in range(len(pairs)):
        boat_leg, unit_leg = pairs[pair, 0], pairs[pair, 1]
        course = _relative(boats, boat_leg, units, unit_leg)
        first, many = views.first[units.mover[unit_leg]], views.carried[units.mover[unit_leg]]
        if row + 2 * many > len(legs):
            legs, seen = _with_room(legs, row + 2 * many), _with_room(seen, row + 2 * many)
        for view in range(first, first + many):
            start_s, end_s = _in_disc(course, views.reach_m[view, kind[boat_leg]])
            if end_s - start_s > _LEAST_S:
                one, other = _in_wedge(course, views.wedge[view], start_s, end_s)
                for begin_s, over_s in (one, other):
                    if over_s - begin_s > _LEAST_S:
                        legs[row, 0], legs[row, 1], legs[row, 2] = boat_leg, unit_leg, view
                        seen[row, 0], seen[row, 1], seen[row, 2] = begin_s, over_s, course[0]
                        seen[row, 3], seen[row, 4], seen[row, 5], seen[row, 6] = course[2:]
                        row += 1
    return legs[:row].copy(), seen[:row].copy()


@compiled
def _pairs(boats: Columns, units: Columns, reach_m: FloatArray) -> IntArray:
    """Pair legs that share time and may come within reach, sorted by unit, boat and time; shape (n, 2)."""
    pairs, row, last, waters = np.empty((_ROOM, 2), dtype=np.int64), 0, 0, np.empty(4)
    _, start_s, end_s, x, y, vx, vy = boats
    while last < len(units.mover):
        first, unit = last, units.mover[last]
        while last < len(units.mover) and units.mover[last] == unit:
            last += 1
        if reach_m[unit] > 0.0:
            _enclose(units, first, last, reach_m[unit] + _MARGIN_M, waters)
            for leg in range(len(start_s)):
                course = start_s[leg], end_s[leg], x[leg], y[leg], vx[leg], vy[leg]
                enter_s, leave_s = _within_waters(course, waters)
                if enter_s < leave_s:
                    unit_leg = first + np.searchsorted(units.end_s[first:last], enter_s, side="right")
                    while unit_leg < last and units.start_s[unit_leg] < leave_s:
                        if row == len(pairs):
                            pairs = _with_room(pairs, row + 1)
                        pairs[row, 0], pairs[row, 1] = leg, unit_leg
                        row, unit_leg = row + 1, unit_leg + 1
    return pairs[:row]


@compiled
def _with_room(table: Table, rows: int) -> Table:
    """Give a table with room for so many rows."""
    while rows > len(table):
        table = np.concatenate((table, np.empty_like(table)))
    return table


@compiled
def _enclose(units: Columns, first: int, last: int, grow_m: float, waters: FloatArray) -> None:
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
def _within_waters(course: _Course, waters: FloatArray) -> _Stretch:
    """Tell from when to when a boat's leg is within a box."""
    start_s, end_s, x, y, vx, vy = course
    west_s, east_s = _stretch_s(waters[0], waters[1], x, vx)
    south_s, north_s = _stretch_s(waters[2], waters[3], y, vy)
    enter_s = start_s + max(west_s, south_s, 0.0)
    return enter_s, min(start_s + min(east_s, north_s), end_s)
