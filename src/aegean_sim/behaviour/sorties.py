"""Sorties: an aircraft flies out, searches, and turns for home while its endurance lasts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from aegean_sim.behaviour.courses import open_to
from aegean_sim.behaviour.patrol import box
from aegean_sim.behaviour.ways import Round
from aegean_sim.errors import GeographyError
from aegean_sim.kinematics.intercept import first_meeting_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import HOUR_S, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aegean_sim.behaviour.turns import Window
    from aegean_sim.behaviour.ways import Way
    from aegean_sim.entities.unit import Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.scenario.forces import Craft, Search

_HALVINGS = 40
Place = tuple[float, float]


class Base(Protocol):
    """Where an aircraft takes off and lands."""

    def at(self, time_s: float) -> Place | None:
        """Tell where it would take off; ``None`` when it cannot."""
        ...

    def landing(self, here: Place, leaves_s: float, speed_mps: float) -> tuple[float, Place]:
        """Tell when and where it lands at the earliest, if it leaves a place now; infinity for never."""
        ...


@dataclass(frozen=True, slots=True)
class Airfield:
    """A base on land."""

    place: Place

    def at(self, time_s: float) -> Place | None:  # noqa: ARG002
        """Give the place, at any time."""
        return self.place

    def landing(self, here: Place, leaves_s: float, speed_mps: float) -> tuple[float, Place]:
        """Tell when it is there."""
        return leaves_s + math.dist(here, self.place) / speed_mps, self.place


@dataclass(frozen=True, slots=True, eq=False)
class Deck:
    """A ship at sea, where its own plan has it."""

    ship: Unit

    def at(self, time_s: float) -> Place | None:
        """Tell where the ship is; ``None`` in port."""
        track = self._under_way(time_s)
        place = None if track is None else track.at(time_s)
        return None if place == self.ship.port else place

    def landing(self, here: Place, leaves_s: float, speed_mps: float) -> tuple[float, Place]:
        """Tell when and where it meets the ship under way."""
        track = self._under_way(leaves_s)
        if track is None:
            return math.inf, here
        landing_s = first_meeting_s(track, *here, speed_mps, leaves_s)
        return landing_s, track.at(landing_s)

    def _under_way(self, time_s: float) -> Track | None:
        pieces = (piece for piece in self.ship.plan if piece.time_s[0] <= time_s < piece.time_s[-1])
        return next(pieces, None)


class Hunt(Protocol):
    """What is searched in a sortie."""

    def way(self, place: Place) -> Way | None:
        """Give the way of a sortie that takes off at a place; ``None`` when nothing is open to it."""
        ...


@dataclass(frozen=True, slots=True)
class Usual:
    """The same patrol in every sortie."""

    patrol: Way

    def way(self, place: Place) -> Way | None:  # noqa: ARG002
        """Give the patrol."""
        return self.patrol


@dataclass(frozen=True, slots=True)
class AboutShip:
    """A box round where the aircraft takes off, without the corners that closed waters keep it from."""

    search: Search
    craft: Craft
    sea: Sea

    def way(self, place: Place) -> Way | None:
        """Give the round, from the place of take-off and back."""
        corners = np.concatenate([[place], box(self.search, *place)])
        kept = open_to(self.sea, corners, self.craft.keep_out)
        if len(kept) == 1:
            return None
        return Round(np.concatenate([kept, kept[:1]]), self.craft.speed_kn * KNOT_MPS, 0.0)


@dataclass(frozen=True, slots=True)
class Flight:
    """An aircraft, where it flies from, and what it searches; ``name`` is for messages."""

    name: str
    craft: Craft
    sea: Sea
    base: Base
    hunt: Hunt

    def sorties(self, windows: Iterable[Window]) -> Iterator[Track]:
        """Fly a sortie in each window; none while the ship it flies from lies in port, or is too far away.

        Raises
        ------
        GeographyError
            When no sortie from an airfield can come to its patrol and back, or one enters closed waters.
        """
        for window in windows:
            place = self.base.at(window[0])
            way = None if place is None else self.hunt.way(place)
            if place is None or way is None:
                continue
            self._see_that_it_is_near(place, way)
            flown = _sortie(self.base, place, way, self.craft.speed_kn * KNOT_MPS, window)
            if flown is not None and self._may_fly(flown):
                yield flown

    def _see_that_it_is_near(self, place: Place, way: Way) -> None:
        """Raise an error when a patrol is out of an airfield's reach; a ship may come nearer."""
        there_and_back_h = 2.0 * math.dist(place, way.entry()) / (self.craft.speed_kn * KNOT_MPS * HOUR_S)
        endurance_h = self.craft.availability.sortie_h or 0.0
        if isinstance(self.base, Airfield) and there_and_back_h > endurance_h:
            raise GeographyError(
                f"{self.name} needs {there_and_back_h:.1f} h to its patrol and back,"
                f" more than its sortie_h of {endurance_h:g}"
            )

    def _may_fly(self, flown: Track) -> bool:
        """Tell whether a sortie keeps out of closed waters; raise an error for one from an airfield."""
        closed = self.craft.keep_out
        if not self.sea.zones.enters(np.column_stack([flown.x_m, flown.y_m]), closed):
            return True
        if isinstance(self.base, Airfield):
            raise GeographyError(
                f"a sortie of {self.name} leads over waters it keeps out of ({', '.join(sorted(closed))})"
            )
        return False


def _sortie(base: Base, place: Place, way: Way, speed_mps: float, window: Window) -> Track | None:
    """Fly straight out, search, and be back by the window's end; ``None`` when the way is too long.

    Notes
    -----
    The earliest landing never moves forward while the aircraft flies on: who could land sooner from a later
    place could have gone there first. So the moment to turn for home is found by halving.
    """
    start_s, end_s = window
    entry = way.entry()
    there_s = start_s + math.dist(place, entry) / speed_mps
    if base.landing(entry, there_s, speed_mps)[0] > end_s:
        return None
    search = way.track(there_s, end_s, from_entry=True)
    turns_s, late_s = there_s, end_s
    for _ in range(_HALVINGS):
        middle_s = 0.5 * (turns_s + late_s)
        in_time = base.landing(search.at(middle_s), middle_s, speed_mps)[0] <= end_s
        turns_s, late_s = (middle_s, late_s) if in_time else (turns_s, middle_s)
    here = search.at(turns_s)
    landing_s, home = base.landing(here, turns_s, speed_mps)
    out, back = (
        sail(np.array([place, entry]), start_s, there_s),
        sail(np.array([here, home]), turns_s, landing_s),
    )
    return out.then(search.until(turns_s)).then(back)
