"""Jurisdiction: whose desks may act on a boat, by where it will be when a responder gets there."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.geography.fence import fence_of, holders
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.quantities import NM_M
from aegean_sim.ragged import distinct

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
    _states: tuple[str, ...] = field(init=False)
    _fences: tuple[Fence, ...] = field(init=False)
    _territorial: int = field(init=False)
    _answers: dict[int, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        zones = self.sea.zones
        fences = list(zones.fences.items())
        object.__setattr__(self, "_territorial", (1 << len(fences)) - 1)
        for state, several in zones.regions_in_force(self.day).items():
            fences += [(state, fence) for fence in several]
        if self.rules.disputed is not None:
            fences.append((DISPUTED, _east_of(self.sea, self.rules.disputed)))
        object.__setattr__(self, "_states", tuple(state for state, _ in fences))
        object.__setattr__(self, "_fences", tuple(fence for _, fence in fences))

    def courts_at(self, x_m: FloatArray, y_m: FloatArray) -> tuple[IntArray, list[str]]:
        """Tell who answers at each point.

        Returns
        -------
        which : array
            Place in the names.
        names : list of str
            States, several joined by "/", ``disputed``, or ``high_seas``.
        """
        found, which = distinct(holders(self._fences, x_m, y_m, self._territorial))
        return which, [self._court(held) for held in found.tolist()]

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

    def _court(self, held: int) -> str:
        """Name who answers where some of the fences hold a point: bits, the first fence in the lowest."""
        states = [state for number, state in enumerate(self._states) if held >> number & 1]
        if held & self._territorial:
            return states[0]
        disputed = self.rules.disputed
        if disputed is not None and DISPUTED in states and disputed.region in states:
            return DISPUTED
        return "/".join(dict.fromkeys(state for state in states if state != DISPUTED)) or HIGH_SEAS

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
