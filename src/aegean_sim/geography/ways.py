"""Straight ways and what they meet, and the shortest way over corners: kernels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.geography.cells import Cells
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

_LANDMARKS = 4
_ROUNDING_M = 0.5
_UNKNOWN, _SEEN, _HIDDEN = 0, 1, 2


class Net(NamedTuple):
    """Corners and which of them see each other.

    Parameters
    ----------
    corner : array, shape (n, 2)
        Places of the corners, metres.
    first : array, shape (n + 1,)
        Where each corner's rows begin in ``there`` and ``step_m``.
    there, step_m : arrays
        Corners in its sight, and how far they are.
    landmark_m : array, shape (landmarks, n)
        Ways from a few far corners to all, none longer than over this net; 0 where there is none.
    """

    corner: FloatArray
    first: IntArray
    there: IntArray
    step_m: FloatArray
    landmark_m: Float32Array


class Bends(NamedTuple):
    """The corners that may be the bend next to an end.

    Parameters
    ----------
    place : array, shape (2,)
    corner : array, shape (n,)
    off_m : array, shape (n,)
        How far they are.
    seen : array, shape (n,)
        Whether nothing lies before them, as far as it was looked at; changed by a search.
    """

    place: FloatArray
    corner: IntArray
    off_m: FloatArray
    seen: NDArray[np.uint8]


@compiled
def _beside(one: float, other: float) -> bool:
    """Tell from two cross products whether two points lie on the same side of a line, and off it."""
    return (one > 0.0 and other > 0.0) or (one < 0.0 and other < 0.0)


@compiled
def _apart(one: float, other: float, here: float, there: float) -> bool:
    """Tell whether two stretches have no point in common."""
    return max(one, other) < min(here, there) or max(here, there) < min(one, other)


@compiled
def _meets_in_cell(cells: Cells, cell: int, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Tell whether a line meets or touches any edge of a cell."""
    along_x, along_y = x1 - x0, y1 - y0
    for place in range(cells.first[cell], cells.first[cell + 1]):
        ex0, ey0, ex1, ey1 = cells.edge[place]
        one = along_x * (ey0 - y0) - along_y * (ex0 - x0)
        other = along_x * (ey1 - y0) - along_y * (ex1 - x0)
        if _beside(one, other):
            continue
        here = (ex1 - ex0) * (y0 - ey0) - (ey1 - ey0) * (x0 - ex0)
        there = (ex1 - ex0) * (y1 - ey0) - (ey1 - ey0) * (x1 - ex0)
        if _beside(here, there):
            continue
        if not (_apart(ex0, ex1, x0, x1) or _apart(ey0, ey1, y0, y1)):
            return True
    return False


@compiled
def _stretch(origin: float, extent: float, start: float, along: float) -> tuple[float, float]:
    """Give the shares of a line between which a coordinate is within bounds; never where the first is more."""
    if along == 0.0:
        return (0.0, 1.0) if origin <= start <= origin + extent else (1.0, 0.0)
    one, other = (origin - start) / along, (origin + extent - start) / along
    return max(0.0, min(one, other)), min(1.0, max(one, other))


@compiled
def _sides(origin: float, size_m: float, cell: int, start: float, along: float) -> tuple[int, float, float]:
    """Give which way a line goes on an axis, and the shares of it to the next side and from side to side."""
    if along == 0.0:
        return 0, math.inf, math.inf
    step = 1 if along > 0.0 else -1
    side = origin + (cell + (1 if along > 0.0 else 0)) * size_m
    return step, (side - start) / along, size_m / abs(along)


@compiled
def _cell_of(place: float, origin: float, size_m: float, count: int) -> int:
    return min(count - 1, max(0, math.floor((place - origin) / size_m)))


@compiled
def meets(cells: Cells, x0: float, y0: float, x1: float, y1: float) -> bool:
    """Tell whether a straight way meets or touches an edge, cell by cell (Amanatides and Woo 1987)."""
    (rows, columns), (west_m, south_m, size_m) = cells.inside.shape, cells.grid
    along_x, along_y = x1 - x0, y1 - y0
    begin_x, end_x = _stretch(west_m, columns * size_m, x0, along_x)
    begin_y, end_y = _stretch(south_m, rows * size_m, y0, along_y)
    begin, end = max(begin_x, begin_y), min(end_x, end_y)
    if begin > end:
        return False
    column = _cell_of(x0 + begin * along_x, west_m, size_m, columns)
    row = _cell_of(y0 + begin * along_y, south_m, size_m, rows)
    step_x, next_x, whole_x = _sides(west_m, size_m, column, x0, along_x)
    step_y, next_y, whole_y = _sides(south_m, size_m, row, y0, along_y)
    while 0 <= column < columns and 0 <= row < rows:
        if _meets_in_cell(cells, row * columns + column, x0, y0, x1, y1):
            return True
        if min(next_x, next_y) > end:
            return False
        if next_x < next_y:
            column, next_x = column + step_x, next_x + whole_x
        else:
            row, next_y = row + step_y, next_y + whole_y
    return False


@compiled
def meets_each(cells: Cells, xa: FloatArray, ya: FloatArray, xb: FloatArray, yb: FloatArray) -> BoolArray:
    """Tell of each way from (xa, ya) to (xb, yb) whether it meets an edge."""
    met = np.empty(len(xa), dtype=np.bool_)
    for number in range(len(xa)):
        met[number] = meets(cells, xa[number], ya[number], xb[number], yb[number])
    return met


@compiled
def _sees(cells: Cells, bends: Bends, number: int, x_m: float, y_m: float) -> bool:
    """Tell whether nothing lies before a bend; looked at once."""
    if bends.seen[number] == _UNKNOWN:
        blocked = meets(cells, bends.place[0], bends.place[1], x_m, y_m)
        bends.seen[number] = _HIDDEN if blocked else _SEEN
    return bends.seen[number] == _SEEN


@compiled
def _before(one: FloatArray, other: FloatArray) -> bool:
    """Tell which of two entries of a queue is first, by all their columns in order."""
    for column in range(4):
        if one[column] != other[column]:
            return one[column] < other[column]
    return False


@compiled
def _push(queue: FloatArray, count: int, bound_m: float, here_m: float, here: int, before: int) -> FloatArray:
    """Put an entry into a heap of so many; the heap moves when it has no room."""
    if count == len(queue):
        queue = np.concatenate((queue, np.empty_like(queue)))
    queue[count, 0], queue[count, 1], queue[count, 2], queue[count, 3] = bound_m, here_m, here, before
    at = count
    while at and _before(queue[at], queue[(at - 1) // 2]):
        for column in range(4):
            above = queue[(at - 1) // 2, column]
            queue[(at - 1) // 2, column] = queue[at, column]
            queue[at, column] = above
        at = (at - 1) // 2
    return queue


@compiled
def _pop(queue: FloatArray, count: int) -> tuple[float, float, int, int]:
    """Take the first entry from a heap of so many."""
    bound_m, here_m, here, before = queue[0]
    last, at = queue[count - 1].copy(), 0
    while 2 * at + 1 < count - 1:
        below = 2 * at + 1
        if below + 1 < count - 1 and _before(queue[below + 1], queue[below]):
            below += 1
        if not _before(queue[below], last):
            break
        queue[at] = queue[below]
        at = below
    queue[at] = last
    return bound_m, here_m, int(here), int(before)


@compiled
def _told(net: Net, goal: Bends, nearest: int) -> tuple[IntArray, FloatArray, FloatArray]:
    """Choose the landmarks that tell most of a corner; give the least and greatest way from them to the goal."""
    count = len(net.landmark_m)
    told_m, least_m, most_m = np.empty(count), np.full(count, np.inf), np.full(count, -np.inf)
    for mark in range(count):
        for number in range(len(goal.corner)):
            way_m = net.landmark_m[mark, goal.corner[number]]
            least_m[mark] = min(least_m[mark], way_m + goal.off_m[number])
            most_m[mark] = max(most_m[mark], way_m - goal.off_m[number])
        there_m = net.landmark_m[mark, nearest]
        told_m[mark] = max(least_m[mark] - there_m, there_m - most_m[mark])
    return np.argsort(told_m)[-_LANDMARKS:], least_m, most_m


@compiled
def _ahead_m(
    net: Net, goal: Bends, marks: IntArray, least_m: FloatArray, most_m: FloatArray, here: int
) -> float:
    """Bound the way from a corner to the goal from below, by landmarks and by the straight line."""
    across, up = net.corner[here, 0] - goal.place[0], net.corner[here, 1] - goal.place[1]
    bound_m = math.sqrt(across * across + up * up)
    for mark in marks:
        there_m = net.landmark_m[mark, here]
        bound_m = max(bound_m, least_m[mark] - there_m, there_m - most_m[mark])
    return bound_m - _ROUNDING_M


@compiled
def _traced(came_from: IntArray, last: int) -> IntArray:
    """Give the corners of a way found, from the first to the last."""
    count, corner = 1, last
    while came_from[corner] >= 0:
        count, corner = count + 1, came_from[corner]
    corners, corner = np.empty(count, dtype=np.int64), last
    for place in range(count - 1, -1, -1):
        corners[place] = corner
        corner = came_from[corner]
    return corners


@compiled
def shortest(cells: Cells, net: Net, start: Bends, goal: Bends, limit_m: float) -> IntArray:
    """Give the corners of the shortest way from end to end; none without one that is within a limit.

    Notes
    -----
    A* with landmarks (Goldberg and Harrelson 2005). To look whether an end sees a corner costs the most, so
    that waits until the corner's turn has come. In the queue, numbers below 0 stand for the bends of the
    start, and one more than there are corners for the goal.
    """
    none, count = np.empty(0, dtype=np.int64), len(net.corner)
    if not (len(start.corner) and len(goal.corner)):
        return none
    marks, least_m, most_m = _told(net, goal, start.corner[np.argmin(start.off_m)])
    cost_m, came_from = np.full(count, np.inf), np.full(count, -1)
    last = np.full(count, -1)
    last[goal.corner] = np.arange(len(goal.corner))
    queue, waiting = np.empty((256, 4)), 0
    for number in range(len(start.corner)):
        here, here_m = start.corner[number], start.off_m[number]
        bound_m = here_m + _ahead_m(net, goal, marks, least_m, most_m, here)
        queue, waiting = _push(queue, waiting, bound_m, here_m, here, -1 - number), waiting + 1
    while waiting:
        bound_m, here_m, here, before = _pop(queue, waiting)
        waiting -= 1
        if bound_m > limit_m:
            break
        if here == count:
            if _sees(cells, goal, last[before], net.corner[before, 0], net.corner[before, 1]):
                return _traced(came_from, before)
            continue
        if before >= 0:
            if here_m > cost_m[here]:
                continue
        elif here_m >= cost_m[here] or not _sees(
            cells, start, -1 - before, net.corner[here, 0], net.corner[here, 1]
        ):
            continue
        cost_m[here], came_from[here] = here_m, before
        if last[here] >= 0:
            whole_m = here_m + goal.off_m[last[here]]
            queue, waiting = _push(queue, waiting, whole_m, whole_m, count, here), waiting + 1
        for place in range(net.first[here], net.first[here + 1]):
            there, there_m = net.there[place], here_m + net.step_m[place]
            if there_m < cost_m[there]:
                cost_m[there] = there_m
                bound_m = there_m + _ahead_m(net, goal, marks, least_m, most_m, there)
                if bound_m <= limit_m:
                    queue, waiting = _push(queue, waiting, bound_m, there_m, there, here), waiting + 1
    return none
