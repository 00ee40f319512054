"""Straight ways and what they meet, and the shortest way over corners: kernels."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.compiled import compiled

if TYPE_CHECKING:
    from aegean_sim.geography.cells import Cells
    from aegean_sim.geography.net import Bends, Net
    from aegean_sim.quantities import BoolArray, Float32Array, FloatArray, IntArray

_LANDMARKS = 4
_ROUNDING_M = 0.5
_UNKNOWN, _SEEN, _HIDDEN = 0, 1, 2


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
    """Give the shares of a line between which a coordinate is within bounds: never, if the first is more."""
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
    (rows, columns), (west_m, south_m, size_m, _) = cells.inside.shape, cells.grid
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
def clear_legs(cells: Cells, x_m: FloatArray, y_m: FloatArray) -> int:
    """Count the legs of a path that come before the first that meets an edge."""
    for leg in range(len(x_m) - 1):
        if meets(cells, x_m[leg], y_m[leg], x_m[leg + 1], y_m[leg + 1]):
            return leg
    return len(x_m) - 1


@compiled
def _sees(cells: Cells, net: Net, end: Bends, number: int) -> bool:
    """Tell whether nothing lies before a bend; looked at once."""
    if end.seen[number] == _UNKNOWN:
        x_m, y_m = net.corner[end.corner[number]]
        end.seen[number] = _HIDDEN if meets(cells, end.place[0], end.place[1], x_m, y_m) else _SEEN
    return bool(end.seen[number] == _SEEN)


@compiled
def _push(queue: FloatArray, count: int, bound_m: float, what: int) -> FloatArray:
    """Put a thing into a heap of so many, shape (room, 2), least bound first; it may move for more room."""
    if count == len(queue):
        queue = np.concatenate((queue, np.empty_like(queue)))
    at = count
    while at and bound_m < queue[(at - 1) // 2, 0]:
        queue[at, 0], queue[at, 1] = queue[(at - 1) // 2, 0], queue[(at - 1) // 2, 1]
        at = (at - 1) // 2
    queue[at, 0], queue[at, 1] = bound_m, what
    return queue


@compiled
def _pop(queue: FloatArray, count: int) -> tuple[float, int]:
    """Take the first thing from a heap of so many."""
    bound_m, what, last, at = queue[0, 0], int(queue[0, 1]), count - 1, 0
    while 2 * at + 1 < last:
        below = 2 * at + 1
        if below + 1 < last and queue[below + 1, 0] < queue[below, 0]:
            below += 1
        if queue[last, 0] <= queue[below, 0]:
            break
        queue[at, 0], queue[at, 1] = queue[below, 0], queue[below, 1]
        at = below
    queue[at, 0], queue[at, 1] = queue[last, 0], queue[last, 1]
    return bound_m, what


@compiled
def _guide(net: Net, goal: Bends, nearest: int) -> FloatArray:
    """Choose what bounds all ways to a goal: the landmarks that tell most of the corner nearest to the start.

    Returns
    -------
    guide : array, shape (1 + landmarks, 3)
        The goal's x and y; then landmarks, with the least and the greatest that a way from there may be.
    """
    guide, told_m = np.zeros((1 + _LANDMARKS, 3)), np.full(1 + _LANDMARKS, -np.inf)
    guide[0, 0], guide[0, 1] = goal.place[0], goal.place[1]
    for mark in range(net.landmark_m.shape[1]):
        least_m, most_m, there_m = np.inf, -np.inf, net.landmark_m[nearest, mark]
        for number in range(len(goal.corner)):
            way_m = net.landmark_m[goal.corner[number], mark]
            least_m = min(least_m, way_m + goal.off_m[number])
            most_m = max(most_m, way_m - goal.off_m[number])
        told, place = max(least_m - there_m, there_m - most_m), 1 + np.argmin(told_m[1:])
        if told > told_m[place]:
            told_m[place] = told
            guide[place, 0], guide[place, 1], guide[place, 2] = mark, least_m, most_m
    return guide


@compiled
def _ahead_m(corner: FloatArray, landmark_m: Float32Array, guide: FloatArray, here: int) -> float:
    """Bound the way from a corner to the goal from below, by landmarks and by the straight line."""
    across, up = corner[here, 0] - guide[0, 0], corner[here, 1] - guide[0, 1]
    bound_m = math.sqrt(across * across + up * up)
    for place in range(1, len(guide)):
        there_m = landmark_m[here, int(guide[place, 0])]
        bound_m = max(bound_m, guide[place, 1] - there_m, there_m - guide[place, 2])
    return bound_m - _ROUNDING_M


@compiled
def _bend_at(end: Bends, corners: int) -> IntArray:
    """Tell of each of so many corners which bend of an end it is; -1 for none."""
    bend = np.full(corners, -1)
    for number in range(len(end.corner)):
        bend[end.corner[number]] = number
    return bend


@compiled
def _set_out(net: Net, guide: FloatArray, start: Bends) -> FloatArray:
    """Give the queue with all bends of the start, whose numbers follow on the corners'."""
    queue = np.empty((1024, 2))
    for bend in range(len(start.corner)):
        bound_m = start.off_m[bend] + _ahead_m(net.corner, net.landmark_m, guide, start.corner[bend])
        queue = _push(queue, bend, bound_m, len(net.corner) + bend)
    return queue


@compiled
def _go_on(
    net: Net, guide: FloatArray, cost_m: FloatArray, before: IntArray, ahead_m: FloatArray,
    here: int, limit_m: float, queue: FloatArray, waiting: int,
) -> tuple[FloatArray, int]:  # fmt: skip
    """Put all corners into the queue that are reached by a shorter way over this one than before."""
    for place in range(net.first[here], net.first[here + 1]):
        there, way_m = net.there[place], cost_m[here] + net.step_m[place]
        if way_m < cost_m[there]:
            cost_m[there], before[there] = way_m, here
            if ahead_m[there] < 0.0:
                ahead_m[there] = max(0.0, _ahead_m(net.corner, net.landmark_m, guide, there))
            if way_m + ahead_m[there] <= limit_m:
                queue, waiting = _push(queue, waiting, way_m + ahead_m[there], there), waiting + 1
    return queue, waiting


@compiled
def _traced(before: IntArray, last: int) -> IntArray:
    """Give the corners of a way found, from the first to the last."""
    count, corner = 1, last
    while before[corner] >= 0:
        count, corner = count + 1, before[corner]
    corners, corner = np.empty(count, dtype=np.int64), last
    for place in range(count - 1, -1, -1):
        corners[place] = corner
        corner = before[corner]
    return corners


@compiled
def shortest(cells: Cells, net: Net, start: Bends, goal: Bends, limit_m: float) -> IntArray:
    """Give the corners of the shortest way from end to end; none without one that is within a limit.

    Notes
    -----
    A* with landmarks (Goldberg and Harrelson 2005). To look whether an end sees a corner costs the most, so
    that waits until its turn has come: numbers after the corners' stand for the bends of the start in the
    queue, and those after these for the goal's.
    """
    none, corners, bends = np.empty(0, dtype=np.int64), len(net.corner), len(start.corner)
    if not (bends and len(goal.corner)):
        return none
    guide = _guide(net, goal, start.corner[np.argmin(start.off_m)])
    cost_m, before, ahead_m = np.full(corners, np.inf), np.full(corners, -1), np.full(corners, -1.0)
    last, queue, waiting = _bend_at(goal, corners), _set_out(net, guide, start), bends
    while waiting:
        bound_m, what = _pop(queue, waiting)
        waiting -= 1
        if bound_m > limit_m:
            break
        if what >= corners + bends:
            if _sees(cells, net, goal, what - corners - bends):
                return _traced(before, goal.corner[what - corners - bends])
        elif what >= corners:
            here, off_m = start.corner[what - corners], start.off_m[what - corners]
            if off_m < cost_m[here] and _sees(cells, net, start, what - corners):
                cost_m[here], before[here], ahead_m[here] = off_m, -1, max(0.0, bound_m - off_m)
                queue, waiting = _push(queue, waiting, bound_m, here), waiting + 1
        elif bound_m <= cost_m[what] + ahead_m[what]:
            if last[what] >= 0:
                whole_m = cost_m[what] + goal.off_m[last[what]]
                queue, waiting = _push(queue, waiting, whole_m, corners + bends + last[what]), waiting + 1
            queue, waiting = _go_on(net, guide, cost_m, before, ahead_m, what, limit_m, queue, waiting)
    return none
