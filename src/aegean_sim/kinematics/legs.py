"""Tracks as a table of legs: who moves, from when to when, from where, how fast."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Track:
    """One mover's vertices in time: shape (n,) each, times not decreasing; a jump at one time is a gap."""

    time_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    def until(self, time_s: float) -> Track:
        """Cut the track at a moment, with a vertex there; one that has ended before stays whole."""
        if self.time_s[-1] <= time_s:
            return self
        keep = self.time_s < time_s
        x_m, y_m = self.at(time_s)
        return Track(
            np.append(self.time_s[keep], time_s),
            np.append(self.x_m[keep], x_m),
            np.append(self.y_m[keep], y_m),
        )

    def since(self, time_s: float) -> Track:
        """Give the rest of the track from a moment on, with a vertex where the mover then is."""
        keep = self.time_s > time_s
        x_m, y_m = self.at(time_s)
        return Track(
            np.insert(self.time_s[keep], 0, time_s),
            np.insert(self.x_m[keep], 0, x_m),
            np.insert(self.y_m[keep], 0, y_m),
        )

    def then(self, later: Track) -> Track:
        """Join a track that goes on where this one ends."""
        return Track(
            np.concatenate([self.time_s, later.time_s]),
            np.concatenate([self.x_m, later.x_m]),
            np.concatenate([self.y_m, later.y_m]),
        )

    def at(self, time_s: float) -> tuple[float, float]:
        """Tell where the mover is; before the first vertex and after the last it stays there."""
        return float(np.interp(time_s, self.time_s, self.x_m)), float(
            np.interp(time_s, self.time_s, self.y_m)
        )

    def velocity_at(self, time_s: float) -> tuple[float, float]:
        """Tell the velocity in m/s on the leg that holds or starts at ``time_s``; zero outside the track."""
        leg = int(np.searchsorted(self.time_s, time_s, side="right")) - 1
        if leg < 0 or leg >= len(self.time_s) - 1:
            return 0.0, 0.0
        span = self.time_s[leg + 1] - self.time_s[leg]
        return float((self.x_m[leg + 1] - self.x_m[leg]) / span), float(
            (self.y_m[leg + 1] - self.y_m[leg]) / span
        )


def sail(path_xy: FloatArray, start_s: float, end_s: float) -> Track:
    """Give the track along a path, shape (points, 2), at one speed from ``start_s`` to ``end_s``."""
    steps_m = np.hypot(*np.diff(path_xy, axis=0).T)
    share = np.concatenate([[0.0], np.cumsum(steps_m)])
    whole = share[-1] if share[-1] > 0.0 else 1.0
    time_s = start_s + (end_s - start_s) * share / whole
    time_s[-1] = end_s
    return Track(time_s, path_xy[:, 0].copy(), path_xy[:, 1].copy())


def length_m(path_xy: FloatArray) -> float:
    """Give the length of a path, shape (points, 2)."""
    return float(np.hypot(*np.diff(path_xy, axis=0).T).sum())


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

    def take(self, chosen: IntArray | BoolArray | slice) -> Legs:
        """Give the chosen rows, in their order."""
        return Legs(*(getattr(self, field.name)[chosen] for field in fields(self)))


def legs_of(tracks: Sequence[Track], movers: IntArray | None = None) -> Legs:
    """Cut tracks into legs; stretches of no duration are left out.

    Parameters
    ----------
    tracks : sequence of Track
        One track a mover.
    movers : IntArray, optional
        Row numbers of the movers, rising; 0, 1, 2 ... by default.
    """
    rows = np.arange(len(tracks)) if movers is None else movers
    counts = np.array([len(track.time_s) for track in tracks], dtype=np.int64)
    if not len(counts):
        return no_legs()
    time = np.concatenate([track.time_s for track in tracks])
    x = np.concatenate([track.x_m for track in tracks])
    y = np.concatenate([track.y_m for track in tracks])
    mover = np.repeat(rows, counts)
    span = np.diff(time)
    real = (span > 0.0) & (mover[1:] == mover[:-1])
    here = np.flatnonzero(real)
    return Legs(
        mover[here], time[here], time[here + 1], x[here], y[here],
        (x[here + 1] - x[here]) / span[here], (y[here + 1] - y[here]) / span[here],
    )  # fmt: skip


def joined(some: Sequence[Legs]) -> Legs:
    """Put tables together whose movers rise from one to the next."""
    if not some:
        return no_legs()
    return Legs(*(np.concatenate([getattr(each, field.name) for each in some]) for field in fields(Legs)))


def no_legs() -> Legs:
    """Give a table without rows."""
    nothing = np.empty(0)
    return Legs(np.empty(0, dtype=np.int64), *([nothing] * 6))
