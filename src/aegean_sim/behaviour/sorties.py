"""Sorties: an aircraft flies out, searches, and turns for home while its endurance lasts."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.courses import open_to
from aegean_sim.behaviour.patrol import box
from aegean_sim.behaviour.ways import Round
from aegean_sim.errors import GeographyError
from aegean_sim.kinematics.intercept import first_meeting_s
from aegean_sim.kinematics.legs import Track, sail
from aegean_sim.quantities import HOUR_S, KNOT_MPS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from aegean_sim.behaviour.turns import Window
    from aegean_sim.behaviour.ways import Way
    from aegean_sim.entities.unit import Unit
    from aegean_sim.geography.sea import Sea
    from aegean_sim.scenario.forces import Craft, Search

_HALVINGS = 40
Place = tuple[float, float]
Landing = tuple[float, Place]


def from_airfield(
    name: str, craft: Craft, air: Sea, airfield: Place, patrol: Way, windows: Iterable[Window]
) -> Iterator[Track]:
    """Fly a sortie to a patrol in each window.

    Parameters
    ----------
    name : str
        Who flies, for messages.
    air : Sea
        The theatre as `aegean_sim.geography.sea.from_the_air` gives it.

    Raises
    ------
    GeographyError
        When no sortie can come to its patrol and back, or one enters waters, or land, of a state kept out of.
    """
    speed_mps = craft.speed_kn * KNOT_MPS
    there_and_back_h = 2.0 * math.dist(airfield, patrol.entry()) / (speed_mps * HOUR_S)
    endurance_h = craft.availability.sortie_h or 0.0
    if there_and_back_h > endurance_h:
        raise GeographyError(
            f"{name} needs {there_and_back_h:.1f} h to its patrol and back,"
            f" more than its sortie_h of {endurance_h:g}"
        )

    def landing(here: Place, leaves_s: float) -> Landing:
        return leaves_s + math.dist(here, airfield) / speed_mps, airfield

    for window in windows:
        flown = _sortie(airfield, patrol, landing, speed_mps, window)
        if flown is None:
            continue
        if _enters(air, flown, craft):
            closed = ", ".join(sorted(craft.keep_out))
            raise GeographyError(f"a sortie of {name} leads over waters it keeps out of ({closed})")
        yield flown


def from_ship(
    craft: Craft, air: Sea, ship: Unit, search: Search, windows: Iterable[Window]
) -> Iterator[Track]:
    """Fly a sortie round a ship in each window in which she is at sea and closed waters leave room for it."""
    deck, speed_mps = _Deck(ship, craft.speed_kn * KNOT_MPS), craft.speed_kn * KNOT_MPS
    for window in windows:
        place = deck.place(window[0])
        way = None if place is None else _round_ship(craft, air, place, search)
        if place is None or way is None:
            continue
        flown = _sortie(place, way, deck.landing, speed_mps, window)
        if flown is not None and not _enters(air, flown, craft):
            yield flown


@dataclass(frozen=True, slots=True, eq=False)
class _Deck:
    """A ship where her own plan has her, and how fast the aircraft comes back to her."""

    ship: Unit
    speed_mps: float

    def place(self, time_s: float) -> Place | None:
        """Tell where the ship is; ``None`` in port."""
        track = self._under_way(time_s)
        place = None if track is None else track.at(time_s)
        return None if place == self.ship.port else place

    def landing(self, here: Place, leaves_s: float) -> Landing:
        """Tell when and where the ship is met under way; infinity for never."""
        track = self._under_way(leaves_s)
        if track is None:
            return math.inf, here
        landing_s = first_meeting_s(track, *here, self.speed_mps, leaves_s)
        return landing_s, track.at(landing_s)

    def _under_way(self, time_s: float) -> Track | None:
        pieces = (piece for piece in self.ship.plan if piece.time_s[0] <= time_s < piece.time_s[-1])
        return next(pieces, None)


def _round_ship(craft: Craft, air: Sea, place: Place, search: Search) -> Round | None:
    """Give the round of a box about a place, without corners that closed waters bar; ``None`` without any."""
    corners = np.concatenate([[place], box(search, *place)])
    kept = open_to(air, corners, craft.keep_out)
    if len(kept) == 1:
        return None
    return Round(np.concatenate([kept, kept[:1]]), craft.speed_kn * KNOT_MPS, 0.0)


def _sortie(
    place: Place, way: Way, landing: Callable[[Place, float], Landing], speed_mps: float, window: Window
) -> Track | None:
    """Fly straight out, search, and be back by the window's end; ``None`` when the way is too long.

    Parameters
    ----------
    landing : callable
        Tells when and where it lands at the earliest, if it leaves a place at a moment.

    Notes
    -----
    The earliest landing never moves forward while the aircraft flies on: who could land sooner from a later
    place could have gone there first. So the moment to turn for home is found by halving.
    """
    start_s, end_s = window
    entry = way.entry()
    there_s = start_s + math.dist(place, entry) / speed_mps
    if landing(entry, there_s)[0] > end_s:
        return None
    search = way.track(there_s, end_s, from_entry=True)
    turns_s, late_s = there_s, end_s
    for _ in range(_HALVINGS):
        middle_s = 0.5 * (turns_s + late_s)
        in_time = landing(search.at(middle_s), middle_s)[0] <= end_s
        turns_s, late_s = (middle_s, late_s) if in_time else (turns_s, middle_s)
    here = search.at(turns_s)
    landing_s, home = landing(here, turns_s)
    out = sail(np.array([place, entry]), start_s, there_s)
    back = sail(np.array([here, home]), turns_s, landing_s)
    return out.then(search.until(turns_s)).then(back)


def _enters(air: Sea, flown: Track, craft: Craft) -> bool:
    return air.zones.enters(np.column_stack([flown.x_m, flown.y_m]), craft.keep_out)
