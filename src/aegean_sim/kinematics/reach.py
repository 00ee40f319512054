"""When one mover is within reach of another: in a disc, or in a wedge of it, that goes along; kernels."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Columns
    from aegean_sim.kinematics.views import Views
    from aegean_sim.quantities import FloatArray, IntArray

    _Course: TypeAlias = tuple[float, float, float, float, float, float]
    """A row of `Motion`."""
    _Found: TypeAlias = tuple[IntArray, FloatArray]

_OPEN = 1.0 - 1e-12
"""The square of a range counts this much short, so that rounding never makes touching into entering."""
_LEAST_S = 1e-6
_MARGIN_M = 1.0
_ROOM = 256


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
def _in_disc(course: _Course, range_m: float) -> tuple[float, float]:
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
def _in_wedge(course: _Course, wedge: FloatArray) -> tuple[float, float]:
    """Find the stretch in a wedge of at most half a circle, in the same way.

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
def _in_view(course: _Course, range_m: float, wedge: FloatArray, stretches: FloatArray) -> None:
    """Put down the stretches in a wedge of a disc: there are at most two, before and after a blind wedge."""
    start_s, end_s = _in_disc(course, range_m)
    stretches[0, 0], stretches[0, 1], stretches[1, 0], stretches[1, 1] = start_s, end_s, np.inf, np.inf
    if wedge[4] == 0.0 or not end_s > start_s:
        return
    enter_s, leave_s = _in_wedge(course, wedge)
    if wedge[4] > 0.0:
        stretches[0, 0], stretches[0, 1] = max(start_s, enter_s), min(end_s, leave_s)
    elif leave_s > enter_s:
        stretches[0, 1], stretches[1, 0], stretches[1, 1] = min(end_s, enter_s), max(start_s, leave_s), end_s


@compiled
def _within(
    motion: tuple[FloatArray, FloatArray, FloatArray, FloatArray, FloatArray, FloatArray],
    range_m: FloatArray,
    wedge: FloatArray,
    which: IntArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    rows, times, count = np.empty(2 * len(range_m), dtype=np.int64), np.empty((2, 2 * len(range_m))), 0
    start_s, end_s, x, y, vx, vy = motion
    stretches = np.empty((2, 2))
    for row in range(len(range_m)):
        course = start_s[row], end_s[row], x[row], y[row], vx[row], vy[row]
        _in_view(course, range_m[row], wedge[which[row]], stretches)
        for part in range(2):
            if stretches[part, 1] > stretches[part, 0]:
                rows[count], times[0, count], times[1, count] = row, stretches[part, 0], stretches[part, 1]
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
def motion_from(
    boats: Columns, boat_leg: IntArray, units: Columns, unit_leg: IntArray, at_s: FloatArray
) -> FloatArray:
    """Give the motion of boats as seen from units: x, y, vx and vy at a moment; shape (4, n)."""
    motion = np.empty((4, len(at_s)))
    for row in range(len(at_s)):
        start_s, _, x, y, vx, vy = _relative(boats, boat_leg[row], units, unit_leg[row])
        elapsed_s = at_s[row] - start_s
        motion[0, row], motion[1, row] = x + vx * elapsed_s, y + vy * elapsed_s
        motion[2, row], motion[3, row] = vx, vy
    return motion


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
    times_s : array, shape (n, 2)
        When the boat comes into view and when it leaves; stretches shorter than a microsecond are left out.

    Notes
    -----
    A boat is only looked at while it is inside the box of all the unit's legs, widened by the reach.
    """
    found, count = (np.empty((_ROOM, 3), dtype=np.int64), np.empty((_ROOM, 2))), 0
    last, waters = 0, np.empty(4)
    while last < len(units.mover):
        first, unit = last, units.mover[last]
        while last < len(units.mover) and units.mover[last] == unit:
            last += 1
        if views.greatest_m[unit] > 0.0:
            _enclose(units, first, last, views.greatest_m[unit] + _MARGIN_M, waters)
            for boat_leg in range(len(boats.mover)):
                enter_s, leave_s = _within_waters(boats, boat_leg, waters)
                if enter_s < leave_s:
                    unit_leg = first + np.searchsorted(units.end_s[first:last], enter_s, side="right")
                    while unit_leg < last and units.start_s[unit_leg] < leave_s:
                        found, count = _look(boats, boat_leg, kind, units, unit_leg, views, found, count)
                        unit_leg += 1
    return found[0][:count].copy(), found[1][:count].copy()


@compiled
def _look(
    boats: Columns, boat_leg: int, kind: IntArray, units: Columns, unit_leg: int, views: Views,
    found: _Found, count: int,
) -> tuple[_Found, int]:  # fmt: skip
    """Add when a boat's leg is in view of a unit's leg."""
    course, stretches = _relative(boats, boat_leg, units, unit_leg), np.empty((2, 2))
    first = views.first[units.mover[unit_leg]]
    for view in range(first, first + views.count[units.mover[unit_leg]]):
        _in_view(course, views.reach_m[view, kind[boat_leg]], views.wedge[view], stretches)
        for part in range(2):
            if stretches[part, 1] - stretches[part, 0] > _LEAST_S:
                found = _grown(found, count)
                legs, times_s = found
                legs[count, 0], legs[count, 1], legs[count, 2] = boat_leg, unit_leg, view
                times_s[count, 0], times_s[count, 1] = stretches[part, 0], stretches[part, 1]
                count += 1
    return found, count


@compiled
def _grown(found: _Found, count: int) -> _Found:
    """Give tables with room for one row more than so many."""
    legs, times_s = found
    if count < len(legs):
        return found
    return np.concatenate((legs, np.empty_like(legs))), np.concatenate((times_s, np.empty_like(times_s)))


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
def _within_waters(boats: Columns, leg: int, waters: FloatArray) -> tuple[float, float]:
    """Tell from when to when a boat's leg is within a box."""
    start_s = boats.start_s[leg]
    west_s, east_s = _stretch_s(waters[0], waters[1], boats.x_m[leg], boats.vx_mps[leg])
    south_s, north_s = _stretch_s(waters[2], waters[3], boats.y_m[leg], boats.vy_mps[leg])
    enter_s = start_s + max(west_s, south_s, 0.0)
    return enter_s, min(start_s + min(east_s, north_s), boats.end_s[leg])
