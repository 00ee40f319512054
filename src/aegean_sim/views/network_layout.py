"""Where the parts of a network stand in its picture: desks in two columns, links in the channel between them.

All lengths are inches, from the left and from the top. No two boxes meet: rows move apart until the label of
every link has a place of its own.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.views.network_curves import WIDTH, Box, curves_between, head_of, placed_labels, seat_curve

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.quantities import FloatArray

    Pair = tuple[str, str]

_FORCE_WIDTH, _FORCE_HEIGHT, _FORCE_GAP = 1.3, 0.24, 0.06
_ARROW = 0.32
_DESK_WIDTH, _DESK_HEIGHT, _LINK_ROOM = 1.95, 1.0, 0.21
_TABLE_WIDTH, _TABLE_HEIGHT, _TABLE_GAP = 2.5, 0.6, 0.35
_TABLES_ABREAST, _TABLE_ROOM = 3, 0.3
_TABLES_WIDTH = 2.0 * (_TABLE_WIDTH + _TABLE_ROOM)
_LEFT_EDGE = _FORCE_WIDTH + _ARROW + _DESK_WIDTH
_RIGHT_EDGE = WIDTH - _LEFT_EDGE
_GAPS = (0.35, 0.6, 0.9, 1.3, 1.8, 2.4)


@dataclass(frozen=True, slots=True)
class Layout:
    """Places of everything.

    Parameters
    ----------
    height : float
        Of the whole; its width is `WIDTH`.
    desks : mapping of desk name to Box
    forces : mapping of (force, desk) to Box
        Outside of the desk.
    links : mapping of (sender, receiver) to array, shape (4, 2)
        Control points of a cubic curve.
    labels : mapping of (sender, receiver) to Box
    tables : mapping of table name to Box
    seats : mapping of table name to arrays, shape (4, 2)
        Curves from a round table to the desks that sit at it.
    """

    height: float
    desks: Mapping[str, Box]
    forces: Mapping[Pair, Box]
    links: Mapping[Pair, FloatArray]
    labels: Mapping[Pair, Box]
    tables: Mapping[str, Box]
    seats: Mapping[str, Sequence[FloatArray]]


@dataclass(frozen=True, slots=True)
class Plan:
    """What there is to place.

    Parameters
    ----------
    forces : mapping of desk name to force names
        All desks, in the order of the file.
    label_sizes : mapping of (sender, receiver) to (width, height)
        All links.
    tables : mapping of table name to desk names
        All round tables, and who sits at each.
    """

    forces: Mapping[str, Sequence[str]]
    label_sizes: Mapping[Pair, tuple[float, float]]
    tables: Mapping[str, Sequence[str]]


def laid_out(plan: Plan) -> Layout:
    """Place everything, the same for the same plan."""
    columns = _columns(plan)
    for gap in _GAPS:
        layout, crowded = _attempt(plan, columns, gap)
        if not crowded:
            break
    return layout


def _attempt(plan: Plan, columns: tuple[list[str], list[str]], gap: float) -> tuple[Layout, bool]:
    """Place everything with some room between rows; tell whether a label found no place."""
    tables = _table_boxes(list(plan.tables))
    top = max((table.bottom + _TABLE_GAP for table in tables.values()), default=0.0)
    desks, forces = _boxes(plan, columns, gap, top)
    links = curves_between(list(plan.label_sizes), desks)
    heads = [head_of(curve) for curve in links.values()]
    labels, crowded = placed_labels(plan.label_sizes, links, [*desks.values(), *heads, *tables.values()])
    height = max((box.bottom for box in (*desks.values(), *forces.values(), *labels.values())), default=0.0)
    seats = {
        name: [seat_curve(tables[name], desks[desk]) for desk in seated]
        for name, seated in plan.tables.items()
    }
    return Layout(height + 0.1, desks, forces, links, labels, tables, seats), crowded


def _table_boxes(names: Sequence[str]) -> dict[str, Box]:
    """Place round tables above the channel, side by side, smaller where there are more than two in a row."""
    abreast = min(_TABLES_ABREAST, len(names))
    step = _TABLES_WIDTH / max(abreast, 2)
    width, boxes = step - _TABLE_ROOM, {}
    for place, name in enumerate(names):
        row, column = divmod(place, abreast)
        in_row = min(abreast, len(names) - row * abreast)
        left = 0.5 * (WIDTH - width) + (column - 0.5 * (in_row - 1)) * step
        boxes[name] = Box(left, 0.05 + row * (_TABLE_HEIGHT + _TABLE_ROOM), width, _TABLE_HEIGHT)
    return boxes


def _columns(plan: Plan) -> tuple[list[str], list[str]]:
    """Share desks between left and right: nearest to reporting forces left, linked ones level."""
    hops = _hops(plan)
    names = sorted(plan.forces, key=lambda name: hops[name])
    half = (len(names) + 1) // 2
    left, right = names[:half], names[half:]

    def height_of_partners(name: str) -> float:
        partners = [
            left.index(one) for pair in plan.label_sizes if name in pair for one in pair if one in left
        ]
        return sum(partners) / len(partners) if partners else float(half)

    return left, sorted(right, key=height_of_partners)


def _hops(plan: Plan) -> dict[str, int]:
    """Count the links from desks that a force reports to; desks that no link leads to come last."""
    hops = {name: 0 for name, forces in plan.forces.items() if forces}
    pending = list(hops)
    for here in pending:
        fresh = [there for sender, there in plan.label_sizes if sender == here and there not in hops]
        hops |= dict.fromkeys(fresh, hops[here] + 1)
        pending += fresh
    return {name: hops.get(name, len(plan.forces)) for name in plan.forces}


def _boxes(
    plan: Plan, columns: tuple[list[str], list[str]], gap: float, top: float
) -> tuple[dict[str, Box], dict[Pair, Box]]:
    """Place the desks, and outside of each the forces that report to it or are sent by it."""
    desks: dict[str, Box] = {}
    forces: dict[Pair, Box] = {}
    rows = [[_row_height(name, plan) for name in column] for column in columns]
    tallest = max(_column_height(each, gap) for each in rows)
    for column, heights, on_left in zip(columns, rows, (True, False), strict=True):
        down = top + 0.5 * (tallest - _column_height(heights, gap))
        for name, row in zip(column, heights, strict=True):
            height = _desk_height(name, plan)
            left = _desk_left(columns, on_left=on_left)
            desks[name] = Box(left, down + 0.5 * (row - height), _DESK_WIDTH, height)
            forces |= _force_boxes(name, plan.forces[name], desks[name], on_left=on_left)
            down += row + gap
    return desks, forces


def _row_height(desk: str, plan: Plan) -> float:
    return max(_desk_height(desk, plan), _stack(len(plan.forces[desk])))


def _desk_height(desk: str, plan: Plan) -> float:
    """Give a desk room for the ends of its links."""
    ends = sum(desk in pair for pair in plan.label_sizes)
    return max(_DESK_HEIGHT, _LINK_ROOM * (ends + 1))


def _desk_left(columns: tuple[list[str], list[str]], *, on_left: bool) -> float:
    """Give the left edge of a column of desks; a single column stands in the middle."""
    if not columns[1]:
        return 0.5 * (WIDTH - _DESK_WIDTH)
    return _LEFT_EDGE - _DESK_WIDTH if on_left else _RIGHT_EDGE


def _stack(count: int) -> float:
    return count * (_FORCE_HEIGHT + _FORCE_GAP) - _FORCE_GAP


def _column_height(rows: Sequence[float], gap: float) -> float:
    return sum(rows) + gap * max(0, len(rows) - 1)


def _force_boxes(desk: str, names: Sequence[str], box: Box, *, on_left: bool) -> dict[Pair, Box]:
    left = box.left - _ARROW - _FORCE_WIDTH if on_left else box.right + _ARROW
    top = box.middle[1] - 0.5 * _stack(len(names))
    return {
        (name, desk): Box(left, top + row * (_FORCE_HEIGHT + _FORCE_GAP), _FORCE_WIDTH, _FORCE_HEIGHT)
        for row, name in enumerate(names)
    }
