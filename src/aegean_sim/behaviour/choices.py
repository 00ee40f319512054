"""Choices: what depends on how others fared is settled in the hour in which a boat would set out."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.entities.boat import RESCUED, STOPPED
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.quantities import DAY_S, HOUR_S

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import simpy

    from aegean_sim.behaviour.tasking import Tasking
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.party import Party
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.streams import Streams

_LATELY_S = 7.0 * DAY_S


@dataclass(slots=True, eq=False)
class Choices:
    """The boats of one theatre that may stay ashore.

    Parameters
    ----------
    bring_ashore : bool
        Whether who takes people aboard brings them ashore, so that they are aboard till then.
    taskings : sequence of Tasking
        All so far.
    set_out : callable
        Lets boats go that are about to set out.
    """

    env: simpy.Environment
    scene: Scene
    streams: Streams
    bring_ashore: bool
    taskings: Sequence[Tasking]
    set_out: Callable[[IntArray], None]
    _route: IntArray = field(init=False)
    _boats: dict[tuple[str, int, int], list[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        boats = self.scene.fleet.boats
        self._route = np.unique(boats.route.astype(str), return_inverse=True)[1]
        people = zip(boats.first, boats.copy.tolist(), boats.attempt.tolist(), strict=True)
        for row, attempt in enumerate(people):
            self._boats.setdefault(attempt, []).append(row)

    def run(self, horizon_s: float) -> simpy.events.ProcessGenerator:
        """Settle hour by hour who sets out."""
        fleet = self.scene.fleet
        rows = np.flatnonzero(~fleet.sails & (fleet.departed_s < horizon_s)).tolist()
        for _, some in groupby(rows, lambda row: fleet.departed_s.item(row) // HOUR_S):
            hour = list(some)
            yield self.env.timeout(max(0.0, fleet.departed_s.item(hour[0]) - self.env.now))
            self._settle(hour)

    def _settle(self, rows: list[int]) -> None:
        watched = self._watched_share()
        sailing = [row for row in rows if self._goes(row, watched)]
        for row in sailing:
            self.scene.fleet.set_out(row)
        if sailing:
            self.set_out(np.array(sailing))

    def _goes(self, row: int, watched: FloatArray) -> bool:
        boats = self.scene.fleet.boats
        if boats.attempt[row] == 1:
            own, other = sorted(self._same(row, 1), key=boats.moved.item)
            moves = watched[self._route[own]] > watched[self._route[other]]
            return bool(moves) == boats.moved.item(row)
        persons = sum(self._back(before) for before in self._same(row, boats.attempt.item(row) - 1))
        if persons:
            self._embark(row, persons)
        return persons > 0

    def _same(self, row: int, attempt: int) -> list[int]:
        """Give the rows of one attempt of the people of a row: two where they may go either of two ways."""
        boats = self.scene.fleet.boats
        return self._boats[boats.first[row], boats.copy.item(row), attempt]

    def _watched_share(self) -> FloatArray:
        """Give for each route the share of boats to which a unit came, of those of the last seven days."""
        fleet, now = self.scene.fleet, self.env.now
        lately = fleet.sails & (fleet.departed_s >= now - _LATELY_S) & (fleet.departed_s < now)
        rows = np.flatnonzero(lately)
        met = np.array([bool(fleet.ended_by[row]) for row in rows.tolist()], dtype=np.bool_)
        routes = int(self._route.max()) + 1
        count, dealt_with = (np.bincount(self._route[some], minlength=routes) for some in (rows, rows[met]))
        return np.asarray(dealt_with / np.maximum(count, 1))

    def _back(self, boat: int) -> int:
        """Count who is back where a boat set out: stopped, or rescued by those who take them back."""
        fleet = self.scene.fleet
        if not fleet.sails[boat]:
            return 0
        taken = fleet.taken[boat].get(STOPPED, 0)
        if fleet.outcome[boat] == STOPPED:
            taken += fleet.aboard(boat, fleet.ended_s.item(boat))
        rescued = RESCUED in fleet.taken[boat] or fleet.outcome[boat] == RESCUED
        return taken + (self._taken_back(boat) if rescued else 0)

    def _taken_back(self, boat: int) -> int:
        return sum(
            each.party.persons
            for each in self.taskings
            if each.report.boat == boat
            and each.report.theatre == self.scene.name
            and each.result == RESCUED
            and each.party is not None
            and self._is_back(each, each.party)
        )

    def _is_back(self, tasking: Tasking, party: Party) -> bool:
        """Tell whether people are ashore in the state they set out from.

        Where no state of a port is known the departure side takes them back, and others do not.
        """
        if party.brought_to in {"", HIGH_SEAS}:
            over_s = party.ashore_s if self.bring_ashore else tasking.done_s
            return tasking.unit.craft.side == "departure" and over_s <= self.env.now
        track = self.scene.track(tasking.report.boat)
        began = self.scene.sea.zones.water_at(*track.at(track.time_s.item(0)))
        return party.ashore_s <= self.env.now and party.brought_to == began

    def _embark(self, row: int, persons: int) -> None:
        """Let only so many aboard; what would have befallen the others falls away with them."""
        boats = self.scene.fleet.boats
        everybody = np.arange(boats.persons[row], dtype=np.uint64)
        luck = self.streams.uniform("aboard", boats.key.item(row), everybody)
        aboard = np.sort(np.argsort(luck)[:persons])
        deaths_s = boats.deaths_s[row]
        boats.deaths_s[row] = deaths_s[aboard[aboard < len(deaths_s)]]
        boats.persons[row] = persons
