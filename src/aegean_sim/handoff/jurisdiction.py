"""Jurisdiction: whose desks may act on a boat, by where it will be when a responder gets there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.geography.fence import fence_of
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.quantities import NM_M

if TYPE_CHECKING:
    from datetime import datetime

    from aegean_sim.geography.fence import Fence
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.scenario.jurisdiction import Disputed, Jurisdiction
    from aegean_sim.streams import Streams

DISPUTED = "disputed"
_BOTH, _REGION, _CLAIMANT, _NEITHER = range(4)
_STEPS = 400


@dataclass(frozen=True, slots=True, eq=False)
class Courts:
    """The rules of jurisdiction over one theatre's sea.

    Parameters
    ----------
    day : datetime
        Day on which rescue regions are looked up.
    """

    rules: Jurisdiction
    sea: Sea
    day: datetime
    streams: Streams
    _claimed: Fence | None = field(init=False)
    _answers: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        disputed = self.rules.disputed
        object.__setattr__(self, "_claimed", _east_of(self.sea, disputed) if disputed else None)

    def courts_at(self, x_m: FloatArray, y_m: FloatArray) -> tuple[IntArray, list[str]]:
        """Tell who answers at each point.

        Returns
        -------
        which : array
            Place in the names.
        names : list of str
            States, several joined by "/", ``disputed``, or ``high_seas``.
        """
        which, names = np.zeros(len(x_m), dtype=np.int64), [HIGH_SEAS]
        at_large = np.arange(len(x_m))
        for state, fence in self.sea.zones.fences.items():
            inside = fence.holds(x_m[at_large], y_m[at_large])
            if inside.any():
                which[at_large[inside]] = len(names)
                names.append(state)
                at_large = at_large[~inside]
        if self.sea.zones.rescue_regions and len(at_large):
            region, more = self._regions_at(x_m[at_large], y_m[at_large])
            which[at_large] = len(names) + region
            names += more
        return which, names

    def desks_of(self, court: str, boat: int) -> tuple[str, ...]:
        """Name the desks that act there on a boat; ``boat`` is its identity, so that all hear the same."""
        if court == DISPUTED and self.rules.disputed is not None:
            return self._in_dispute(self.rules.disputed, boat)
        if court == HIGH_SEAS:
            return self.rules.elsewhere
        return tuple(dict.fromkeys(desk for state in court.split("/") for desk in self._of(state)))

    def may_act(self, desk: str, x_m: FloatArray, y_m: FloatArray, boat: int) -> BoolArray:
        """Tell of each point whether a desk may act on a boat there."""
        which, names = self.courts_at(x_m, y_m)
        return self.open_to(desk, names, boat)[which]

    def open_to(self, desk: str, courts: list[str], boat: int) -> BoolArray:
        """Tell of each court whether a desk may act on a boat there."""
        return np.array([desk in self.desks_of(court, boat) for court in courts], dtype=np.bool_)

    def other_side(self, desk: str, x_m: float, y_m: float, boat: int) -> str | None:
        """Name the other state's desk with which a case there goes to and fro; ``None`` if it does not."""
        disputed = self.rules.disputed
        if disputed is None or self._answer(disputed, boat) != _NEITHER:
            return None
        which, names = self.courts_at(np.array([x_m]), np.array([y_m]))
        if names[which.item()] != DISPUTED:
            return None
        paper, claimant = self._of(disputed.region), self._of(disputed.claimant)
        return next(iter(paper if desk in claimant else claimant), None)

    def _regions_at(self, x_m: FloatArray, y_m: FloatArray) -> tuple[IntArray, list[str]]:
        """Tell who is answerable for rescue at points on the high seas."""
        which, states = self.sea.zones.rescue_regions_at(x_m, y_m, self.day)
        names = [state or HIGH_SEAS for state in states]
        disputed = self.rules.disputed
        if disputed is not None and self._claimed is not None:
            theirs = [place for place, name in enumerate(names) if disputed.region in name.split("/")]
            claimed = np.isin(which, theirs) & self._claimed.holds(x_m, y_m)
            which[claimed] = len(names)
            names.append(DISPUTED)
        return which, names

    def _of(self, state: str) -> tuple[str, ...]:
        return next((desks for name, desks in self.rules.desks.items() if name == state), ())

    def _in_dispute(self, disputed: Disputed, boat: int) -> tuple[str, ...]:
        paper, claimant = self._of(disputed.region), self._of(disputed.claimant)
        answer = self._answer(disputed, boat)
        return paper if answer == _REGION else claimant if answer == _CLAIMANT else paper + claimant

    def _answer(self, disputed: Disputed, boat: int) -> int:
        """Draw who answers for a boat: of ``both``, ``region``, ``claimant`` and ``neither`` which."""
        if boat not in self._answers:
            answers, draw = disputed.answers, self.streams.one("who answers", boat)
            edges = accumulate((answers.both, answers.region, answers.claimant))
            self._answers[boat] = sum(draw >= edge for edge in edges)
        return self._answers[boat]


def _east_of(sea: Sea, disputed: Disputed) -> Fence:
    """Give the part of a theatre east of a meridian, in its plane."""
    west, south, east, north = sea.frame.door_bounds
    lat = np.linspace(south, north, _STEPS)
    line = np.column_stack(sea.frame.to_xy(np.full(_STEPS, np.clip(disputed.east_of_lon, west, east)), lat))
    x_max = sea.bounds_m[2] + NM_M
    return fence_of([shapely.Polygon([*line, (x_max, line[-1, 1]), (x_max, line[0, 1])])])
