"""Tracks as a table of legs: who moves, from when to when, from where, how fast."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

import numpy as np

from aegean_sim.compiled import compiled
from aegean_sim.kinematics.bundle import bundled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.kinematics.bundle import Bundle
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

    _Vertices: TypeAlias = tuple[FloatArray, FloatArray, FloatArray]


@dataclass(slots=True, eq=False)
class Track:
    """One mover's vertices in time: shape (n,) each, times not decreasing; a jump at one time is a gap.

    A track does not change once it is made.
    """

    time_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    def until(self, time_s: float) -> Track:
        """Cut the track at a moment, with a vertex there; one that has ended before stays whole."""
        if self.time_s.item(-1) <= time_s:
            return self
        return Track(*_until(self.time_s, self.x_m, self.y_m, time_s))

    def within(self, since_s: float, until_s: float) -> Track:
        """Give the vertices of the legs that share time with a stretch."""
        first = max(0, bisect_right(self.time_s.data, since_s) - 1)
        some = slice(first, bisect_left(self.time_s.data, until_s) + 1)
        return Track(self.time_s[some], self.x_m[some], self.y_m[some])

    def since(self, time_s: float) -> Track:
        """Give the rest of the track from a moment on, with a vertex where the mover then is."""
        x_m, y_m = self.at(time_s)
        return Track(np.array([time_s]), np.array([x_m]), np.array([y_m])).joining(self, time_s)

    def then(self, later: Track) -> Track:
        """Join a track that goes on where this one ends."""
        return Track(
            np.concatenate([self.time_s, later.time_s]),
            np.concatenate([self.x_m, later.x_m]),
            np.concatenate([self.y_m, later.y_m]),
        )

    def joining(self, other: Track, time_s: float) -> Track:
        """Go on along another track from a moment, at which this one ends on it."""
        own, others = (self.time_s, self.x_m, self.y_m), (other.time_s, other.x_m, other.y_m)
        return Track(*_joined(own, others, time_s))

    def at(self, time_s: float) -> tuple[float, float]:
        """Tell where the mover is; before the first vertex and after the last it stays there."""
        return _at(self.time_s, self.x_m, self.y_m, time_s)

    def fastest_mps(self) -> float:
        """Tell the greatest speed on any leg."""
        vertices = zip(self.time_s.tolist(), self.x_m.tolist(), self.y_m.tolist(), strict=True)
        speeds_mps = [
            math.hypot(x1 - x0, y1 - y0) / (t1 - t0)
            for (t0, x0, y0), (t1, x1, y1) in pairwise(vertices)
            if t1 > t0
        ]
        return max(speeds_mps, default=0.0)

    def velocity_at(self, time_s: float) -> tuple[float, float]:
        """Tell the velocity in m/s on the leg that holds or starts at ``time_s``; zero outside the track."""
        return _velocity_at(self.time_s, self.x_m, self.y_m, time_s)


@compiled
def _at(times: FloatArray, x: FloatArray, y: FloatArray, time_s: float) -> tuple[float, float]:
    later = int(np.searchsorted(times, time_s, side="right"))
    before = max(0, later - 1)
    x0, y0 = x[before], y[before]
    if later == 0 or later == len(times):
        return x0, y0
    share = (time_s - times[before]) / (times[later] - times[before])
    return x0 + share * (x[later] - x0), y0 + share * (y[later] - y0)


@compiled
def _until(times: FloatArray, x: FloatArray, y: FloatArray, time_s: float) -> _Vertices:
    last = int(np.searchsorted(times, time_s))
    cut, cut_x, cut_y = times[: last + 1].copy(), x[: last + 1].copy(), y[: last + 1].copy()
    if time_s < cut[last]:
        cut[last], (cut_x[last], cut_y[last]) = time_s, _at(times, x, y, time_s)
    return cut, cut_x, cut_y


@compiled
def _joined(own: _Vertices, others: _Vertices, time_s: float) -> _Vertices:
    later = int(np.searchsorted(others[0], time_s, side="right"))
    return (
        np.concatenate((own[0], others[0][later:])),
        np.concatenate((own[1], others[1][later:])),
        np.concatenate((own[2], others[2][later:])),
    )


@compiled
def _velocity_at(times: FloatArray, x: FloatArray, y: FloatArray, time_s: float) -> tuple[float, float]:
    leg = int(np.searchsorted(times, time_s, side="right")) - 1
    if leg < 0 or leg >= len(times) - 1:
        return 0.0, 0.0
    span = times[leg + 1] - times[leg]
    return (x[leg + 1] - x[leg]) / span, (y[leg + 1] - y[leg]) / span


def sail(path_xy: FloatArray, start_s: float, end_s: float) -> Track:
    """Give the track along a path, shape (points, 2), at one speed from ``start_s`` to ``end_s``."""
    if len(path_xy) == 2:
        return Track(np.array([start_s, end_s]), path_xy[:, 0], path_xy[:, 1])
    steps_m = np.hypot(*np.diff(path_xy, axis=0).T)
    share = np.concatenate([[0.0], np.cumsum(steps_m)])
    whole = share[-1] if share[-1] > 0.0 else 1.0
    time_s = start_s + (end_s - start_s) * share / whole
    time_s[-1] = end_s
    return Track(time_s, path_xy[:, 0], path_xy[:, 1])


def length_m(path_xy: FloatArray) -> float:
    """Give the length of a path, shape (points, 2)."""
    vertices = path_xy.tolist()
    return sum(map(math.dist, vertices, vertices[1:]))


class Columns(NamedTuple):
    """The columns of a table of legs, as kernels take them."""

    mover: IntArray
    start_s: FloatArray
    end_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    vx_mps: FloatArray
    vy_mps: FloatArray


@dataclass(frozen=True, slots=True)
class Legs:
    """Legs of many movers, sorted by mover and then by start; the legs of one mover do not overlap in time.

    All fields have shape (n,): ``mover`` is a row number of whatever table the movers are in, positions are
    those at ``start_s``.
    """

    mover: IntArray
    start_s: FloatArray
    end_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray
    vx_mps: FloatArray
    vy_mps: FloatArray

    def __len__(self) -> int:
        return len(self.mover)

    @property
    def columns(self) -> Columns:
        """All columns."""
        return Columns(
            self.mover, self.start_s, self.end_s, self.x_m, self.y_m, self.vx_mps, self.vy_mps
        )  # fmt: skip

    def take(self, chosen: IntArray | BoolArray | slice) -> Legs:
        """Give the chosen rows, in their order."""
        return Legs(
            self.mover[chosen], self.start_s[chosen], self.end_s[chosen], self.x_m[chosen], self.y_m[chosen],
            self.vx_mps[chosen], self.vy_mps[chosen],
        )  # fmt: skip


def legs_of(tracks: Sequence[Track], movers: IntArray | None = None) -> Legs:
    """Cut tracks into legs; stretches of no duration are left out, and so is the time between two tracks.

    Parameters
    ----------
    tracks : sequence of Track
        Those of one mover in the order of time.
    movers : IntArray, optional
        Row number of each track's mover, not falling; 0, 1, 2 ... by default.
    """
    return legs_along(bundled(tracks), np.arange(len(tracks)) if movers is None else movers)


def legs_along(bundle: Bundle, movers: IntArray) -> Legs:
    """Cut tracks into legs; see `legs_of`."""
    mover, columns = _legs(bundle.first, bundle.time_s, bundle.x_m, bundle.y_m, movers)
    return Legs(mover, *columns)


@compiled
def _legs(
    first: IntArray, time_s: FloatArray, x_m: FloatArray, y_m: FloatArray, movers: IntArray
) -> tuple[IntArray, FloatArray]:
    """Give the movers of legs, and all other columns, shape (6, legs)."""
    many = 0
    for track in range(len(movers)):
        for here in range(first[track], first[track + 1] - 1):
            many += time_s[here + 1] > time_s[here]
    mover, columns, leg = np.empty(many, dtype=np.int64), np.empty((6, many)), 0
    for track in range(len(movers)):
        for here in range(first[track], first[track + 1] - 1):
            lasts_s = time_s[here + 1] - time_s[here]
            if lasts_s > 0.0:
                mover[leg] = movers[track]
                columns[0, leg], columns[1, leg] = time_s[here], time_s[here + 1]
                columns[2, leg], columns[3, leg] = x_m[here], y_m[here]
                columns[4, leg] = (x_m[here + 1] - x_m[here]) / lasts_s
                columns[5, leg] = (y_m[here + 1] - y_m[here]) / lasts_s
                leg += 1
    return mover, columns


def joined(some: Sequence[Legs]) -> Legs:
    """Put tables together whose movers rise from one to the next."""
    if not some:
        return no_legs()
    return Legs(*(np.concatenate(columns) for columns in zip(*(legs.columns for legs in some), strict=True)))


def no_legs() -> Legs:
    """Give a table without rows."""
    nothing = np.empty(0)
    return Legs(np.empty(0, dtype=np.int64), *([nothing] * 6))
