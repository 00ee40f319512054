"""Limits: on which parts of its way a unit that a desk has sent may meet a boat."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection

    from aegean_sim.geography.sea import Sea
    from aegean_sim.geography.zones import Zones
    from aegean_sim.handoff.jurisdiction import Courts
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_SAMPLE_S = 30.0
_MOST_SAMPLES = 600
_MOST_KEPT = 128


class Limits(NamedTuple):
    """Where a desk may act on a boat.

    Parameters
    ----------
    courts : Courts or None
        Rules of jurisdiction; ``None``: none, or none that count, as in distress.
    boat : int
        The boat's identity.
    """

    sea: Sea
    courts: Courts | None
    desk: str
    boat: int

    def open_parts(self, track: Track, keep_out: Collection[str], now_s: float) -> list[Track]:
        """Give the parts of a track, from now on, in waters where the desk and its unit may act, in order.

        A unit that must keep out of a boat's present waters waits for it where it comes out of them. The line
        is found to 30 s of the boat's way (a six-hundredth of a longer one), on the safe side.
        """
        if not keep_out and self.courts is None:
            return [track]
        closed = frozenset(state for state in self.sea.zones.territorial if state in keep_out)
        if not closed and self.courts is None:
            return [track]
        times, _, _ = _sampled(track, now_s)
        open_here = np.ones(len(times), dtype=np.bool_)
        if self.courts is not None:
            which, names = _courts_along(self.courts, track, now_s)
            open_here = self.courts.open_to(self.desk, names, self.boat)[which]
        if closed:
            open_here &= ~_within(self.sea.zones, closed, track, now_s)
        if len(times) == 1:
            return [track] if open_here.all() else []
        return [track.since(times.item(first)).until(times.item(last)) for first, last in _runs(open_here)]


def _runs(is_open: BoolArray) -> list[tuple[int, int]]:
    """Give the first and the last place of each run of more than one that is open."""
    if is_open.all():
        return [(0, len(is_open) - 1)]
    free = np.concatenate([[False], is_open, [False]])
    edges = np.flatnonzero(free[1:] != free[:-1])
    return [(first, last - 1) for first, last in edges.reshape(-1, 2).tolist() if last - first > 1]


def answerable(courts: Courts, track: Track, boat: int, now_s: float) -> tuple[str, ...]:
    """Name the desks that answer for a boat along its track from now on, in the order it comes there."""
    which, names = _courts_along(courts, track, now_s)
    in_order = dict.fromkeys(which.tolist())
    return tuple(dict.fromkeys(desk for place in in_order for desk in courts.desks_of(names[place], boat)))


@lru_cache(maxsize=_MOST_KEPT)
def _courts_along(courts: Courts, track: Track, now_s: float) -> tuple[IntArray, list[str]]:
    """Tell who answers at each sample of a track from now on; several desks may ask, for several units."""
    _, x, y = _sampled(track, now_s)
    return courts.courts_at(x, y)


@lru_cache(maxsize=_MOST_KEPT)
def _within(zones: Zones, closed: frozenset[str], track: Track, now_s: float) -> BoolArray:
    """Tell of each sample of a track from now on whether it lies in closed waters."""
    _, x, y = _sampled(track, now_s)
    return np.asarray(np.logical_or.reduce([zones.fences[state].holds(x, y) for state in sorted(closed)]))


@lru_cache(maxsize=_MOST_KEPT)
def _sampled(track: Track, now_s: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    begin_s = max(now_s, track.time_s.item(0))
    end_s = max(begin_s, track.time_s.item(-1))
    count = int(min(_MOST_SAMPLES, np.ceil((end_s - begin_s) / _SAMPLE_S))) + 1
    times = np.arange(count, dtype=np.float64) * ((end_s - begin_s) / max(1, count - 1)) + begin_s
    times[-1] = end_s
    return times, np.interp(times, track.time_s, track.x_m), np.interp(times, track.time_s, track.y_m)
