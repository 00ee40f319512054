"""A unit: what it is, its timetable, and what it is doing now."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.legs import Legs, Track, legs_of
from aegean_sim.quantities import KNOT_MPS, MINUTE_S
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.entities.party import Party
    from aegean_sim.scenario.forces import Craft

Pieces = tuple[Track, ...]
"""Stretches of a timetable, in order and apart; between them the unit is not at sea."""


@dataclass(slots=True, eq=False)
class Unit:
    """One patrolling or responding unit.

    Parameters
    ----------
    id : str
        Name in the scenario; of a deployment, the hull's.
    station : str
        Name that keys its draws; of a deployment, the station's.
    row : int
        Its number among the units of its theatre.
    plan : tuple of Track
        The timetable it keeps when nobody sends it elsewhere.
    port : pair of float or None
        Where it lies between the pieces of its plan, metres.
    on_call : tuple of pairs of float
        Times between which it may be sent out, though it may lie in port.
    key : int
        Identity of the station.
    returning_from : int
        Number of the tasking from which it is on its way back, busy as it is; -1 for none.
    away_until_s : float
        Until when the latest course planned for it so far keeps it from its plan.
    parties : list of Party
        Who is aboard.
    passing : bool
        Whether it is a ship on its own way, which is only called when it happens to be near.
    """

    id: str
    station: str
    row: int
    theatre: str
    craft: Craft
    plan: Pieces
    port: tuple[float, float] | None
    on_call: tuple[tuple[float, float], ...]
    busy: bool = False
    returning_from: int = -1
    away_until_s: float = 0.0
    passing: bool = False
    parties: list[Party] = field(default_factory=list)
    pieces: list[Track] = field(init=False)
    dash_mps: float = field(init=False)
    key: int = field(init=False)
    _ends_s: list[float] = field(init=False)

    def __post_init__(self) -> None:
        self.dash_mps = self.craft.dash_kn * KNOT_MPS
        self.key = identity("station", self.station)
        self.pieces = list(self.plan)
        self._ends_s = [piece.time_s.item(-1) for piece in self.plan]

    @property
    def room(self) -> int:
        """How many more persons it can take aboard."""
        return self.craft.capacity - sum([party.persons for party in self.parties])

    def divert(self, now_s: float, course: Pieces) -> None:
        """Leave the timetable now for other pieces; what has been sailed stays as it was."""
        number, piece = bisect_left(self._ends_s, now_s), self.piece_at(now_s)
        begun = piece is not None and piece.time_s.item(0) < now_s
        self.pieces[number:] = (piece.until(now_s), *course) if piece is not None and begun else course
        self._ends_s[number:] = [piece.time_s.item(-1) for piece in self.pieces[number:]]

    def off_plan_until_s(self, back_s: float) -> float:
        """Tell until when its plan is left aside: till then, or to the end of a piece not rejoined."""
        number = bisect_right(self._ends_s, back_s)
        if number < len(self.pieces) and self.pieces[number].time_s.item(0) <= back_s:
            return back_s
        begun = (piece.time_s.item(-1) for piece in self.plan if piece.time_s.item(0) <= back_s)
        return max((*begun, back_s))

    def sailed(self, until_s: float) -> list[Track]:
        """Give the pieces of its timetable up to a moment."""
        number = bisect_left(self._ends_s, until_s)
        under_way = self.pieces[number : number + 1]
        return self.pieces[:number] + [
            piece.until(until_s) for piece in under_way if piece.time_s.item(0) < until_s
        ]

    def legs_within(self, since_s: float, until_s: float) -> Legs:
        """Give the legs of its timetable that share time with a stretch, whole."""
        first = bisect_left(self._ends_s, since_s)
        some = self.pieces[first : bisect_left(self._ends_s, until_s) + 1]
        for end in {0, len(some) - 1} if some else ():
            some[end] = some[end].within(since_s, until_s)
        return legs_of(some, np.full(len(some), self.row, dtype=np.int64))

    def piece_at(self, now_s: float) -> Track | None:
        """Give the piece of the timetable that holds a moment."""
        number = bisect_left(self._ends_s, now_s)
        if number == len(self.pieces) or self.pieces[number].time_s.item(0) > now_s:
            return None
        return self.pieces[number]

    def place(self, now_s: float) -> tuple[float, float] | None:
        """Tell where it is: on its timetable, else in port; ``None`` where neither is known."""
        piece = self.piece_at(now_s)
        return self.port if piece is None else piece.at(now_s)

    def start(self, now_s: float) -> tuple[tuple[float, float], float]:
        """Tell where it would start from and when: at once from sea, after getting ready from port.

        A unit that is nowhere never starts: NaN and infinity.
        """
        piece = self.piece_at(now_s)
        if piece is not None:
            return piece.at(now_s), now_s
        if self.port is None:
            return (float("nan"), float("nan")), float("inf")
        return self.port, now_s + self.craft.ready_min * MINUTE_S

    def free(self, now_s: float, *, distress: bool = False) -> bool:
        """Tell whether it may be sent out now; to a boat in distress on its way back from another, too."""
        return bool(free_of((self,), now_s, distress=distress))

    def is_on_call(self, now_s: float) -> bool:
        """Tell whether it may be sent out now, unless it is out already."""
        for start, end in self.on_call:  # noqa: SIM110  (asked of every unit that is not busy, at every decision)
            if start <= now_s < end:
                return True
        return False

    def next_call_s(self, now_s: float) -> float:
        """Tell when it is next on call after now; infinity for never."""
        return min((start for start, _ in self.on_call if start > now_s), default=float("inf"))


def free_of(units: Iterable[Unit], now_s: float, *, distress: bool) -> list[Unit]:
    """Give those of some units that may be sent out now, in their order; see `Unit.free`."""
    return [
        unit
        for unit in units
        if (not unit.busy or (distress and unit.returning_from >= 0)) and unit.is_on_call(now_s)
    ]
