"""Many tracks as one table of vertices: where many movers are, in one call."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.ragged import ragged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Bundle:
    """Vertices of tracks, one track after the other.

    Parameters
    ----------
    first : array, shape (tracks + 1,)
        Where each track begins in the other columns, and where the last ends.
    time_s, x_m, y_m : array, shape (vertices,)
    """

    first: IntArray
    time_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    @property
    def counts(self) -> IntArray:
        """How many vertices each track has."""
        return np.diff(self.first)

    def take(self, tracks: IntArray) -> Bundle:
        """Give some of the tracks, each once and in their order; a copy of nothing if these are all."""
        counts = self.counts
        if len(tracks) == len(counts):
            return self
        _, vertices = ragged(self.first[tracks], counts[tracks])
        return Bundle(_firsts(counts[tracks]), self.time_s[vertices], self.x_m[vertices], self.y_m[vertices])

    def chained(self, counts: IntArray) -> Bundle:
        """Make one track of so many that follow each other, and one of so many next; a copy of nothing."""
        return Bundle(self.first[_firsts(counts)], self.time_s, self.x_m, self.y_m)

    def at(self, track: IntArray, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Tell where the movers of some tracks are, each at its moment; see `Track.at`."""
        later = self._first_vertex(track, time_s, after=True)
        before = np.maximum(later - 1, self.first[track])
        later = np.minimum(later, self.first[track + 1] - 1)
        span = self.time_s[later] - self.time_s[before]
        share = np.where(span > 0.0, time_s - self.time_s[before], 0.0) / np.where(span > 0.0, span, 1.0)
        x, y = self.x_m, self.y_m
        return x[before] + share * (x[later] - x[before]), y[before] + share * (y[later] - y[before])

    def until(self, time_s: FloatArray) -> Bundle:
        """Cut each track, none of them empty, at its moment; see `Track.until`."""
        end = self.first[1:] - 1
        cut = np.flatnonzero(time_s < self.time_s[end])
        last = end.copy()
        last[cut] = self._first_vertex(cut, time_s[cut], after=False)
        at, x, y = self.time_s.copy(), self.x_m.copy(), self.y_m.copy()
        amid = cut[time_s[cut] < at[last[cut]]]
        x[last[amid]], y[last[amid]] = self.at(amid, time_s[amid])
        at[last[amid]] = time_s[amid]
        kept = np.arange(len(at)) <= np.repeat(last, self.counts)
        return Bundle(_firsts(last + 1 - self.first[:-1]), at[kept], x[kept], y[kept])

    def _first_vertex(self, track: IntArray, time_s: FloatArray, *, after: bool) -> IntArray:
        """Find each track's first vertex at or after a moment, or only after it; its end if there is none."""
        low, high = self.first[track], self.first[track + 1]
        while (open_ := low < high).any():
            middle = np.where(open_, (low + high) // 2, 0)
            there = self.time_s[middle]
            past = open_ & ((there <= time_s) if after else (there < time_s))
            low, high = np.where(past, middle + 1, low), np.where(past | ~open_, high, middle)
        return low


def bundled(tracks: Sequence[Track]) -> Bundle:
    """Put tracks together, in their order."""
    if not tracks:
        return Bundle(np.zeros(1, dtype=np.int64), np.empty(0), np.empty(0), np.empty(0))
    first = np.array([0, *accumulate(len(track.time_s) for track in tracks)], dtype=np.int64)
    return Bundle(
        first,
        np.concatenate([track.time_s for track in tracks]),
        np.concatenate([track.x_m for track in tracks]),
        np.concatenate([track.y_m for track in tracks]),
    )


def _firsts(counts: IntArray) -> IntArray:
    return np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(counts)])
