"""Jurisdiction: whose desks may act on a boat, by where it will be when a responder gets there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.zones import HIGH_SEAS

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.scenario.jurisdiction import Disputed, Jurisdiction
    from aegean_sim.streams import Streams

DISPUTED = "disputed"
_BOTH, _REGION, _CLAIMANT, _NEITHER = range(4)


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
    _regional: bool = field(init=False)

    def __post_init__(self) -> None:
        in_force = any(region.in_force(self.day.date()) for region in self.sea.zones.rescue_regions)
        object.__setattr__(self, "_regional", in_force)

    def courts_at(self, x_m: FloatArray, y_m: FloatArray) -> NDArray[np.str_]:
        """Name who answers at each point: a state, several joined by "/", ``disputed``, or ``high_seas``."""
        courts = self.sea.waters_at(x_m, y_m).astype("<U32")
        at_large = np.flatnonzero(courts == HIGH_SEAS)
        if self._regional and len(at_large):
            courts[at_large] = self._regions_at(x_m[at_large], y_m[at_large])
        return courts

    def desks_of(self, court: str, boat: int) -> tuple[str, ...]:
        """Name the desks that act there on a boat; ``boat`` is its identity, so that all hear the same."""
        if court == DISPUTED and self.rules.disputed is not None:
            return self._in_dispute(self.rules.disputed, boat)
        if court == HIGH_SEAS:
            return self.rules.elsewhere
        return tuple(dict.fromkeys(desk for state in court.split("/") for desk in self._of(state)))

    def may_act(self, desk: str, x_m: FloatArray, y_m: FloatArray, boat: int) -> BoolArray:
        """Tell of each point whether a desk may act on a boat there."""
        courts = self.courts_at(x_m, y_m)
        names = [court for court in set(courts.tolist()) if desk in self.desks_of(court, boat)]
        return np.isin(courts, names)

    def other_side(self, desk: str, x_m: float, y_m: float, boat: int) -> str | None:
        """Name the other state's desk with which a case there goes to and fro; ``None`` if it does not."""
        disputed = self.rules.disputed
        if disputed is None or self._answer(disputed, boat) != _NEITHER:
            return None
        if self.courts_at(np.array([x_m]), np.array([y_m]))[0] != DISPUTED:
            return None
        paper, claimant = self._of(disputed.region), self._of(disputed.claimant)
        return next(iter(paper if desk in claimant else claimant), None)

    def _regions_at(self, x_m: FloatArray, y_m: FloatArray) -> NDArray[np.str_]:
        """Name the states answerable for rescue at points on the high seas."""
        regions = self.sea.zones.rescue_region_at(x_m, y_m, self.day)
        courts = np.where(regions == "", HIGH_SEAS, regions)
        disputed = self.rules.disputed
        if disputed is None:
            return courts
        longitude, _ = self.sea.frame.to_door(x_m, y_m)
        claimed = np.char.find(regions, disputed.region) >= 0
        return np.where(claimed & (longitude > disputed.east_of_lon), DISPUTED, courts)

    def _of(self, state: str) -> tuple[str, ...]:
        return next((desks for name, desks in self.rules.desks.items() if name == state), ())

    def _in_dispute(self, disputed: Disputed, boat: int) -> tuple[str, ...]:
        paper, claimant = self._of(disputed.region), self._of(disputed.claimant)
        answer = self._answer(disputed, boat)
        return paper if answer == _REGION else claimant if answer == _CLAIMANT else paper + claimant

    def _answer(self, disputed: Disputed, boat: int) -> int:
        """Draw who answers for a boat: of ``both``, ``region``, ``claimant`` and ``neither`` which."""
        answers = disputed.answers
        edges = np.cumsum([answers.both, answers.region, answers.claimant])
        return int(np.searchsorted(edges, self.streams.one("who answers", boat), side="right"))
