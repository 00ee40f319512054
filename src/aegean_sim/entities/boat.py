"""Boats: rows of a table; what is known of each ahead, and what became of it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.kinematics.bundle import bundled
from aegean_sim.scenario.sensing import TARGET_CLASSES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aegean_sim.kinematics.bundle import Bundle
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray, KeyArray

LANDED, STOPPED, MET, RESCUED, LOST, AT_SEA = "landed", "stopped", "met", "rescued", "lost", "at_sea"
_SWIMMERS = TARGET_CLASSES.index("swimmers")
ASHORE = "ashore"
OUTCOMES = (LANDED, STOPPED, MET, RESCUED, LOST, AT_SEA)


@dataclass(frozen=True, slots=True)
class Boats:
    """Boats as they are known ahead; every column has one row a boat.

    Parameters
    ----------
    voyage, copy : arrays
        Name and number of an independent boat on the same track.
    key : array
        Identity for draws.
    target_class : array
        Row of the sensors' tables, before a capsize.
    tracks : array of Track
        The whole way, if nobody interferes.
    distress_s : array
        When it falls into distress; NaN when it does not.
    capsize_s : array
        When it capsizes: from then on those who live are swimmers; NaN when it does not.
    deaths_s : array of array
        When persons die if nobody comes, rising: as many numbers as deaths.
    factor : array, shape (boats, sensor kinds)
        Lasting cross-section factors.
    first : array
        Name of the voyage on which those aboard first set out, of the same copy.
    attempt : array
        1 for that voyage, 2 for the next time that those aboard may set out, and so on.
    moved : array of bool
        Whether it is a boat on another route than it was first meant for. The one on the first route has the
        same key; one of the two sets out.
    """

    voyage: NDArray[Any]
    copy: IntArray
    route: NDArray[Any]
    boat_type: NDArray[Any]
    target_class: IntArray
    persons: IntArray
    key: KeyArray
    tracks: NDArray[Any]
    distress_s: FloatArray
    capsize_s: FloatArray
    deaths_s: NDArray[Any]
    factor: FloatArray
    first: NDArray[Any]
    attempt: IntArray
    moved: BoolArray

    def __len__(self) -> int:
        return len(self.copy)

    def take(self, rows: IntArray) -> Boats:
        """Give some of the boats."""
        return Boats(*(getattr(self, each.name)[rows] for each in fields(self)))

    @property
    def undecided(self) -> BoolArray:
        """Which boats may stay ashore: later attempts, and those that may go either of two ways."""
        return np.asarray((self.attempt > 1) | np.isin(self.key, self.key[self.moved]))

    def class_at(self, rows: IntArray, time_s: FloatArray) -> IntArray:
        """Give what there is to be seen of some boats, each at a moment: after a capsize, swimmers."""
        return np.where(time_s >= self.capsize_s[rows], _SWIMMERS, self.target_class[rows])


def as_column(items: Sequence[Any]) -> NDArray[Any]:
    """Give a column of objects, whatever they are."""
    column = np.empty(len(items), dtype=object)
    column[:] = items
    return column


def merged(parts: Sequence[Boats]) -> Boats:
    """Put boats together, sorted by departure; equal departures keep their order."""
    whole = Boats(*(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Boats)))
    departed = np.array([track.time_s.item(0) for track in whole.tracks])
    return whole.take(np.argsort(departed, kind="stable"))


@dataclass(slots=True, eq=False)
class Fleet:
    """The boats of one theatre and what has become of them so far.

    Parameters
    ----------
    ways : Bundle
        All tracks.
    departed_s, due_s : array
        First and last moment of each track.
    sails : array of bool
        Whether it sets out, as far as that is decided.
    ended_s : array
        When the voyage ended; NaN while it has not.
    outcome, ended_by : list of str
        ``at_sea`` and nobody while it has not ended; ``ashore`` of a boat that does not sail.
    taken : list of mapping of outcome to persons
        Who has been taken off, and what that is called.
    """

    boats: Boats
    ways: Bundle = field(init=False)
    departed_s: FloatArray = field(init=False)
    due_s: FloatArray = field(init=False)
    sails: BoolArray = field(init=False)
    ended_s: FloatArray = field(init=False)
    outcome: list[str] = field(init=False)
    ended_by: list[str] = field(init=False)
    taken: list[dict[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        tracks = self.boats.tracks
        self.ways = bundled(tracks.tolist())
        self.departed_s = self.ways.time_s[self.ways.first[:-1]]
        self.due_s = self.ways.time_s[self.ways.first[1:] - 1]
        self.ended_s = np.full(len(tracks), np.nan)
        self.sails = ~self.boats.undecided
        self.outcome = [AT_SEA if sails else ASHORE for sails in self.sails.tolist()]
        self.ended_by = [""] * len(tracks)
        self.taken = [{} for _ in tracks]

    def sailed(self, until_s: float) -> IntArray:
        """Give the rows of those that have set out before a moment."""
        return np.flatnonzero(self.sails & (self.departed_s < until_s))

    def set_out(self, boat: int) -> None:
        """Settle that a boat sets out."""
        self.sails[boat] = True
        self.outcome[boat] = AT_SEA

    def under_way(self, boat: int) -> bool:
        """Tell whether a boat's voyage has not ended."""
        return self.outcome[boat] == AT_SEA

    def end(self, boat: int, now_s: float, outcome: str, ended_by: str = "") -> None:
        """Put down what became of a boat."""
        self.ended_s[boat] = now_s
        self.outcome[boat] = outcome
        self.ended_by[boat] = ended_by

    def dead(self, boat: int, now_s: float) -> int:
        """Count who has died on a boat by now."""
        deaths_s = self.boats.deaths_s[boat]
        return bisect_right(deaths_s.data, now_s) if len(deaths_s) else 0

    def aboard(self, boat: int, now_s: float) -> int:
        """Count who is alive on a boat, or in the water beside it, and has not been taken off."""
        taken = self.taken[boat]
        gone = self.dead(boat, now_s) + (sum(taken.values()) if taken else 0)
        return self.boats.persons.item(boat) - gone

    def take(self, boat: int, now_s: float, persons: int, word: str) -> None:
        """Take persons off a boat, those first who would die first."""
        self.taken[boat][word] = self.taken[boat].get(word, 0) + persons
        deaths_s, dead = self.boats.deaths_s[boat], self.dead(boat, now_s)
        self.boats.deaths_s[boat] = np.concatenate([deaths_s[:dead], deaths_s[dead + persons :]])

    def drown(self, boat: int, now_s: float, persons: int) -> None:
        """Let persons on a boat die now, those first who would die first."""
        if persons == 0:
            return
        deaths_s, dead = self.boats.deaths_s[boat], self.dead(boat, now_s)
        now = np.full(persons, now_s)
        self.boats.deaths_s[boat] = np.concatenate([deaths_s[:dead], now, deaths_s[dead + persons :]])

    def in_distress(self, boat: int, now_s: float) -> bool:
        """Tell whether a boat has fallen into distress by now."""
        return self.boats.distress_s.item(boat) <= now_s
