"""Shadows: when edges of shore lie between two points in straight motion, in closed form; kernels.

The line from A to B passes a vertex V where ``(A - V) x (B - V) = 0``, a quadratic in time. It meets an edge
while the edge's vertices lie on different sides of the line, and A and B on different sides of the edge. A
quadratic ``constant + slope t + bend t²`` is a tuple of the three. ``place``, at time 0, and ``speed`` are
x and y of A and then of B.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, TypeAlias, cast

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.geography.cells import Cells
    from aegean_sim.quantities import FloatArray, IntArray

    Quadratic: TypeAlias = tuple[float, float, float]
    Pair: TypeAlias = tuple[float, float, float, float]

_LEAST_S = 1e-6
_ROUNDING_M = 1e-3
_NONE = cast("int", np.int64(0))
"""A plain 0 would have Numba compile what it is given to once more."""


@compiled
def _cross(one_x: float, one_y: float, other_x: float, other_y: float) -> float:
    return one_x * other_y - one_y * other_x


@compiled
def _at(curve: Quadratic, time_s: float) -> float:
    return curve[0] + time_s * (curve[1] + time_s * curve[2])


@compiled
def _side(off: Pair, speed: Pair) -> Quadratic:
    """Tell on which side of the line between two points a vertex lies, given both as seen from it."""
    slope = _cross(off[0], off[1], speed[2], speed[3]) + _cross(speed[0], speed[1], off[2], off[3])
    return _cross(off[0], off[1], off[2], off[3]), slope, _cross(speed[0], speed[1], speed[2], speed[3])


@compiled
def _changes_sign(curve: Quadratic, first_s: float, last_s: float) -> bool:
    """Tell whether there is a root between two moments."""
    early = _at(curve, first_s)
    if early * _at(curve, last_s) <= 0.0:
        return True
    turn_s = -0.5 * curve[1] / curve[2]
    return first_s < turn_s < last_s and early * _at(curve, turn_s) <= 0.0


@compiled
def _clipped(time_s: float, first_s: float, last_s: float) -> float:
    """Bring a moment into a stretch; one that is none comes to its beginning."""
    return min(time_s, last_s) if time_s > first_s else first_s


@compiled
def _roots(curve: Quadratic, first_s: float, last_s: float) -> tuple[float, float]:
    """Give both roots, each without the loss of digits, brought into a stretch."""
    square = curve[1] * curve[1] - 4.0 * curve[2] * curve[0]
    whole = -0.5 * (curve[1] + math.copysign(math.sqrt(square), curve[1])) if square >= 0.0 else math.nan
    return _clipped(whole / curve[2], first_s, last_s), _clipped(curve[0] / whole, first_s, last_s)


@compiled
def _add_roots(curve: Quadratic, first_s: float, last_s: float, moment_s: FloatArray, count: int) -> int:
    """Add a curve's roots, if any is within a stretch."""
    if not _changes_sign(curve, first_s, last_s):
        return count
    moment_s[count], moment_s[count + 1] = _roots(curve, first_s, last_s)
    return count + 2


@compiled
def _grown(rows: FloatArray, count: int) -> FloatArray:
    """Give a table with room for one row more than so many."""
    return rows if count < len(rows) else np.concatenate((rows, np.empty_like(rows)))


@compiled
def _sort(few: FloatArray) -> None:
    """Sort a few numbers in place, by insertion."""
    for place in range(1, len(few)):
        value, at = few[place], place
        while at and few[at - 1] > value:
            few[at] = few[at - 1]
            at -= 1
        few[at] = value


@compiled
def _sort_stretches(hidden: FloatArray, count: int) -> None:
    """Sort so many stretches by their beginning, in place, by insertion: there are few."""
    for place in range(1, count):
        begin, end, at = hidden[place, 0], hidden[place, 1], place
        while at and hidden[at - 1, 0] > begin:
            hidden[at, 0], hidden[at, 1] = hidden[at - 1, 0], hidden[at - 1, 1]
            at -= 1
        hidden[at, 0], hidden[at, 1] = begin, end


@compiled
def _lies_between(one: Quadratic, other: Quadratic, here: Quadratic, there: Quadratic, time_s: float) -> bool:
    """Tell whether the first two have different signs at a moment, and so have the last two."""
    return _at(one, time_s) * _at(other, time_s) < 0.0 and _at(here, time_s) * _at(there, time_s) < 0.0


@compiled
def _between(
    one: Quadratic, other: Quadratic, here: Quadratic, there: Quadratic,
    first_s: float, last_s: float, hidden: FloatArray, count: int,
) -> tuple[FloatArray, int]:  # fmt: skip
    """Add when, within a stretch, an edge lies between; see `_lies_between`."""
    moment_s, moments = np.empty(10), _NONE
    for curve in (one, other, here, there):
        moments = _add_roots(curve, first_s, last_s, moment_s, moments)
    moment_s[moments], moment_s[moments + 1] = first_s, last_s
    moment_s = moment_s[: moments + 2]
    _sort(moment_s)
    for place in range(len(moment_s) - 1):
        early_s, late_s = moment_s[place], moment_s[place + 1]
        if early_s < late_s and _lies_between(one, other, here, there, 0.5 * (early_s + late_s)):
            hidden = _grown(hidden, count)
            hidden[count, 0], hidden[count, 1] = early_s, late_s
            count += 1
    return hidden, count


@compiled
def _stay_beside(here: Quadratic, there: Quadratic, first_s: float, last_s: float) -> bool:
    """Tell from two lines in time whether both points stay on one and the same side of an edge."""
    signs = _at(here, first_s), _at(here, last_s), _at(there, first_s), _at(there, last_s)
    return min(signs) > 0.0 or max(signs) < 0.0


@compiled
def _seen_from(place: Pair, x_m: float, y_m: float) -> Pair:
    return place[0] - x_m, place[1] - y_m, place[2] - x_m, place[3] - y_m


@compiled
def _after(place: Pair, speed: Pair, time_s: float) -> Pair:
    """Tell where two points are at a moment."""
    return (
        place[0] + speed[0] * time_s, place[1] + speed[1] * time_s,
        place[2] + speed[2] * time_s, place[3] + speed[3] * time_s,
    )  # fmt: skip


@compiled
def _behind(
    edge: Pair, place: Pair, speed: Pair, first_s: float, last_s: float,
    hidden: FloatArray, count: int,
) -> tuple[FloatArray, int]:  # fmt: skip
    """Add the stretches in which an edge lies between two points."""
    off, later = _seen_from(place, edge[0], edge[1]), _seen_from(place, edge[2], edge[3])
    along_x, along_y = off[0] - later[0], off[1] - later[1]
    here = _cross(along_x, along_y, off[0], off[1]), _cross(along_x, along_y, speed[0], speed[1]), 0.0
    there = _cross(along_x, along_y, off[2], off[3]), _cross(along_x, along_y, speed[2], speed[3]), 0.0
    if _stay_beside(here, there, first_s, last_s):
        return hidden, count
    one, other = _side(off, speed), _side(later, speed)
    parts = _at(one, first_s) * _at(other, first_s) < 0.0
    if not (parts or _changes_sign(one, first_s, last_s) or _changes_sign(other, first_s, last_s)):
        return hidden, count
    return _between(one, other, here, there, first_s, last_s, hidden, count)


@compiled
def _across(line: Pair, early: Pair, late: Pair) -> Pair:
    """Give the direction at right angles to a line, and between what an area swept lies along it."""
    x, y = line[1] - line[3], line[2] - line[0]
    one, other = early[0] * x + early[1] * y, early[2] * x + early[3] * y
    here, there = late[0] * x + late[1] * y, late[2] * x + late[3] * y
    wide = _ROUNDING_M * (abs(x) + abs(y))
    return x, y, min(one, other, here, there) - wide, max(one, other, here, there) + wide


@compiled
def _off_square(side: Pair, x_m: float, y_m: float, half_m: float) -> bool:
    """Tell whether a square, given by its middle and half its side, lies off an area along a direction."""
    off, wide = side[0] * x_m + side[1] * y_m, half_m * (abs(side[0]) + abs(side[1]))
    return off - wide > side[3] or off + wide < side[2]


@compiled
def _off_edge(side: Pair, edge: Pair) -> bool:
    """Tell whether an edge lies off an area along a direction."""
    one, other = edge[0] * side[0] + edge[1] * side[1], edge[2] * side[0] + edge[3] * side[1]
    return (one > side[3] and other > side[3]) or (one < side[2] and other < side[2])


@compiled
def _first_cell(least: float, origin: float, size_m: float) -> int:
    return max(0, math.floor((least - origin) / size_m))


@compiled
def _shadows(
    cells: Cells, place: Pair, speed: Pair, first_s: float, last_s: float, hidden: FloatArray
) -> tuple[FloatArray, int]:
    """Write down all stretches in which an edge lies between two points; some more than once."""
    (rows, columns), (west_m, south_m, size_m, _) = cells.inside.shape, cells.grid
    early, late = _after(place, speed, first_s), _after(place, speed, last_s)
    west = _first_cell(min(early[0], early[2], late[0], late[2]), west_m, size_m)
    south = _first_cell(min(early[1], early[3], late[1], late[3]), south_m, size_m)
    east = min(columns - 1, math.floor((max(early[0], early[2], late[0], late[2]) - west_m) / size_m))
    north = min(rows - 1, math.floor((max(early[1], early[3], late[1], late[3]) - south_m) / size_m))
    first, last, count = _across(early, early, late), _across(late, early, late), _NONE
    for row in range(south, north + 1):
        for column in range(west, east + 1):
            begin, end = cells.first[row * columns + column], cells.first[row * columns + column + 1]
            x_m, y_m = west_m + (column + 0.5) * size_m, south_m + (row + 0.5) * size_m
            half_m = 0.5 * size_m
            if begin == end or _off_square(first, x_m, y_m, half_m) or _off_square(last, x_m, y_m, half_m):
                continue
            for number in range(begin, end):
                edge = (
                    cells.edge[number, 0], cells.edge[number, 1], cells.edge[number, 2], cells.edge[number, 3]
                )  # fmt: skip
                if not (_off_edge(first, edge) or _off_edge(last, edge)):
                    hidden, count = _behind(edge, place, speed, first_s, last_s, hidden, count)
    return hidden, count


@compiled
def _added(
    row: IntArray, seen: FloatArray, found: int, pair: int, from_s: float, to_s: float
) -> tuple[IntArray, FloatArray, int]:
    """Put down one more piece in sight."""
    if found == len(row):
        row, seen = np.concatenate((row, np.empty_like(row))), np.concatenate((seen, np.empty_like(seen)))
    row[found], seen[found, 0], seen[found, 1] = pair, from_s, to_s
    return row, seen, found + 1


@compiled
def unhidden(
    cells: Cells,
    at_s: FloatArray,
    place: FloatArray,
    speed: FloatArray,
    start_s: FloatArray,
    end_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when no edge lies between two points, one pair a row; see `aegean_sim.geography.sight`."""
    row, seen, found = np.empty(len(at_s) + 1, dtype=np.int64), np.empty((len(at_s) + 1, 2)), _NONE
    hidden = np.empty((16, 2))
    for pair in range(len(at_s)):
        here = place[0, pair], place[1, pair], place[2, pair], place[3, pair]
        moves = speed[0, pair], speed[1, pair], speed[2, pair], speed[3, pair]
        at, start, end = at_s[pair], start_s[pair], end_s[pair]
        hidden, count = _shadows(cells, here, moves, start - at, end - at, hidden)
        until = start
        _sort_stretches(hidden, count)
        for number in range(count):
            begin, last = max(hidden[number, 0] + at, start), min(hidden[number, 1] + at, end)
            if begin - until > _LEAST_S:
                row, seen, found = _added(row, seen, found, pair, until, begin)
            until = max(until, last)
        if end - until > _LEAST_S:
            row, seen, found = _added(row, seen, found, pair, until, end)
    return row[:found], seen[:found, 0].copy(), seen[:found, 1].copy()
