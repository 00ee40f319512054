"""Lines in the picture of a network: links as curves between desks, with a place for each label.

Lengths are inches, from the left and from the top.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.quantities import BoolArray, FloatArray

    Pair = tuple[str, str]

WIDTH = 10.8
"""Of the whole picture; the channel of the links is in the middle."""
_FARTHEST = 2.3
_SAMPLES, _ENDS, _BEST = 81, 8, 0.4
_ANCHORS = (0.5, 0.15, 0.85)
_ROOM, _HEAD, _SEAT_ROOM = 0.03, 0.16, 0.2


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle."""

    left: float
    top: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.left + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    @property
    def middle(self) -> tuple[float, float]:
        """Its centre."""
        return self.left + 0.5 * self.width, self.top + 0.5 * self.height

    def meets(self, other: Box, room: float = 0.0) -> bool:
        """Tell whether it comes nearer to another than some room."""
        across = self.left < other.right + room and other.left < self.right + room
        return across and self.top < other.bottom + room and other.top < self.bottom + room


def curves_between(pairs: Sequence[Pair], desks: Mapping[str, Box]) -> dict[Pair, FloatArray]:
    """Lead links from the inner edge of one desk to that of another, each from a point of its own."""
    ports = {}
    for name, box in desks.items():
        ends = sorted(
            (pair for pair in pairs if name in pair), key=lambda pair: _turn(pair, name, desks, pairs)
        )
        for place, pair in enumerate(ends):
            ports[pair, name] = box.top + box.height * (place + 1) / (len(ends) + 1)
    return {
        (sender, receiver): _curve(
            desks[sender],
            desks[receiver],
            ports[(sender, receiver), sender],
            ports[(sender, receiver), receiver],
        )
        for sender, receiver in pairs
    }


def _turn(pair: Pair, name: str, desks: Mapping[str, Box], pairs: Sequence[Pair]) -> tuple[float, ...]:
    """Rank a link's end on a desk's edge from the top, so that links cross as little as may be."""
    own, other = desks[name], desks[pair[1] if pair[0] == name else pair[0]]
    away, order = other.top - own.top, float(pairs.index(pair))
    if own.left != other.left:
        return 0.0, other.top, order
    return (-1.0, -away, order) if away < 0 else (1.0, -away, -order)


def _curve(one: Box, other: Box, out_y: float, in_y: float) -> FloatArray:
    """Give a curve that leaves and enters level; between desks of one column it bulges into the channel."""
    out_x, in_x = _inner_edge(one), _inner_edge(other)
    inward = 1.0 if _is_left(one) else -1.0
    if one.left == other.left:
        lead = inward * min(_FARTHEST, 0.55 + 0.5 * abs(in_y - out_y))
        return np.array([(out_x, out_y), (out_x + lead, out_y), (in_x + lead, in_y), (in_x, in_y)])
    lead = 0.4 * (in_x - out_x)
    return np.array([(out_x, out_y), (out_x + lead, out_y), (in_x - lead, in_y), (in_x, in_y)])


def _is_left(desk: Box) -> bool:
    return desk.middle[0] < 0.5 * WIDTH


def _inner_edge(desk: Box) -> float:
    return desk.right if _is_left(desk) else desk.left


def head_of(curve: FloatArray) -> Box:
    """Give the room of an arrow's head."""
    x, y = curve[3]
    return Box(x - _HEAD if curve[2][0] < x else x, y - 0.3 * _HEAD, _HEAD, 0.6 * _HEAD)


def seat_curve(table: Box, desk: Box) -> FloatArray:
    """Give a curve from under a table to the inner upper edge of a desk, down through the channel."""
    outward, edge_x, end_y = (-1.0 if _is_left(desk) else 1.0), _inner_edge(desk), desk.top + 0.1
    room = outward * (edge_x - table.middle[0]) - _SEAT_ROOM
    start_x = table.middle[0] + outward * min(max(room, -0.25 * table.width), 0.25 * table.width)
    corner = (start_x, end_y)
    return np.array([(start_x, table.middle[1]), corner, corner, (edge_x, end_y)])


def _along(curve: FloatArray, shares: FloatArray) -> FloatArray:
    """Give points of a cubic curve, shape (n, 2), by the share of its parameter."""
    t = shares[:, None]
    return np.asarray(
        (1 - t) ** 3 * curve[0]
        + 3 * (1 - t) ** 2 * t * curve[1]
        + 3 * (1 - t) * t**2 * curve[2]
        + t**3 * curve[3]
    )


def placed_labels(
    sizes: Mapping[Pair, tuple[float, float]], curves: Mapping[Pair, FloatArray], obstacles: Sequence[Box]
) -> tuple[dict[Pair, Box], bool]:
    """Put each label on its link, where it hides least of others; tell whether one found no free place."""
    shares = np.linspace(0.0, 1.0, _SAMPLES)
    points = {pair: _along(curve, shares) for pair, curve in curves.items()}
    taken, labels, crowded = [_corners(box) for box in obstacles], {}, False
    for pair in sorted(sizes, key=lambda pair: np.ptp(points[pair], axis=0).sum()):
        others = np.concatenate([np.empty((0, 2)), *(each for key, each in points.items() if key != pair)])
        places = _places(points[pair][_ENDS:-_ENDS], *sizes[pair])
        free = places[~_touched(places, np.array(taken))]
        crowded |= not len(free)
        left, top, right, bottom = _clearest(free if len(free) else places, others).tolist()
        labels[pair] = Box(left, top, right - left, bottom - top)
        taken.append((left, top, right, bottom))
    return labels, crowded


def _corners(box: Box) -> tuple[float, float, float, float]:
    return box.left, box.top, box.right, box.bottom


def _places(points: FloatArray, width: float, height: float) -> FloatArray:
    """Give the places for a label on its link, shape (n, 4): left, top, right, bottom.

    Centred on the link before lopsided, and a little before its middle first.
    """
    near = points[np.argsort(np.abs(np.arange(len(points)) - _BEST * len(points)), kind="stable")]
    low = np.concatenate([near - np.array([share * width, 0.5 * height]) for share in _ANCHORS])
    return np.hstack([low, low + np.array([width, height])])


def _touched(places: FloatArray, taken: FloatArray) -> BoolArray:
    """Tell of each place whether it comes near what is taken, shape (m, 4)."""
    below = places[:, None, :2] < taken[None, :, 2:] + _ROOM
    above = places[:, None, 2:] > taken[None, :, :2] - _ROOM
    meets = np.asarray((below & above).all(axis=2))
    return np.asarray(meets.any(axis=1))


def _clearest(places: FloatArray, points: FloatArray) -> FloatArray:
    """Give the first of the places that hold the fewest points."""
    inside = (points[None] > places[:, None, :2]) & (points[None] < places[:, None, 2:])
    return np.asarray(places[inside.all(axis=2).sum(axis=1).argmin()])
