"""Limits: on which parts of its way a unit that a desk has sent may meet a boat."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np

from aegean_sim.geography.fence import holders
from aegean_sim.ragged import firsts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from aegean_sim.geography.sea import Sea
    from aegean_sim.geography.zones import Zones
    from aegean_sim.handoff.jurisdiction import Courts
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.quantities import FloatArray

    _Along: TypeAlias = Sequence[tuple[int, Any]]

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
        spans = [(0, len(times) - 1)]
        if self.courts is not None:
            along = _courts_along(self.courts, track, now_s)
            spans = _open_spans(along, {court for _, court in along if self._may_act(court)}, len(times))
        if closed:
            free = _open_spans(_closed_along(self.sea.zones, closed, track, now_s), {False}, len(times))
            spans = [span for one in spans for other in free if (span := _shared(one, other)) is not None]
        if len(times) == 1:
            return [track] if spans else []
        return [
            track.since(times.item(first)).until(times.item(last)) for first, last in spans if last > first
        ]

    def _may_act(self, court: str) -> bool:
        return self.courts is not None and self.desk in self.courts.desks_of(court, self.boat)


def _open_spans(along: _Along, is_open: Collection[Any], count: int) -> list[tuple[int, int]]:
    """Give the first and the last of the samples in each stretch of those that are open, of so many."""
    spans: list[tuple[int, int]] = []
    for (first, what), (after, _) in pairwise((*along, (count, None))):
        if what not in is_open:
            continue
        if spans and spans[-1][1] == first - 1:
            first = spans.pop()[0]  # noqa: PLW2901
        spans.append((first, after - 1))
    return spans


def _shared(one: tuple[int, int], other: tuple[int, int]) -> tuple[int, int] | None:
    """Give the samples that two spans have in common, if any."""
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) if first <= last else None


def answerable(courts: Courts, track: Track, boat: int, now_s: float) -> tuple[str, ...]:
    """Name the desks that answer for a boat along its track from now on, in the order it comes there."""
    in_order = dict.fromkeys(court for _, court in _courts_along(courts, track, now_s))
    return tuple(dict.fromkeys(desk for court in in_order for desk in courts.desks_of(court, boat)))


@lru_cache(maxsize=_MOST_KEPT)
def _courts_along(courts: Courts, track: Track, now_s: float) -> list[tuple[int, str]]:
    """Tell who answers along a track from now on, and from which sample; several desks and units may ask."""
    _, x, y = _sampled(track, now_s)
    which, names = courts.courts_at(x, y)
    return [(first, names[which.item(first)]) for first in firsts(which).tolist()]


@lru_cache(maxsize=_MOST_KEPT)
def _closed_along(zones: Zones, closed: frozenset[str], track: Track, now_s: float) -> list[tuple[int, bool]]:
    """Tell whether a track goes through closed waters from now on, and from which sample."""
    _, x, y = _sampled(track, now_s)
    within = holders(tuple(zones.fences[state] for state in sorted(closed)), x, y)
    return [(first, within.item(first) > 0) for first in firsts(np.minimum(within, 1)).tolist()]


@lru_cache(maxsize=_MOST_KEPT)
def _sampled(track: Track, now_s: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    begin_s = max(now_s, track.time_s.item(0))
    end_s = max(begin_s, track.time_s.item(-1))
    count = int(min(_MOST_SAMPLES, np.ceil((end_s - begin_s) / _SAMPLE_S))) + 1
    times = np.arange(count, dtype=np.float64) * ((end_s - begin_s) / max(1, count - 1)) + begin_s
    times[-1] = end_s
    return times, np.interp(times, track.time_s, track.x_m), np.interp(times, track.time_s, track.y_m)
