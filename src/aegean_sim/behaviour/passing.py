"""Passing ships: merchantmen as a density, of which one that is near can be called to a boat in distress."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.behaviour.courses import first_of
from aegean_sim.entities.unit import Unit
from aegean_sim.quantities import HOUR_S, MINUTE_S, NM_M
from aegean_sim.streams import identity, mixed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.behaviour.courses import Meeting
    from aegean_sim.behaviour.limits import Limits
    from aegean_sim.kinematics.legs import Track
    from aegean_sim.scenario.rescue import PassingShips
    from aegean_sim.streams import Streams

_OTHERS_AFTER_S = 3.0 * HOUR_S


@dataclass(frozen=True, slots=True)
class Passing:
    """One kind of passing ships in one theatre.

    Parameters
    ----------
    ships : sequence of Unit
        As many as may be called off their way at a time.
    """

    rules: PassingShips
    ships: Sequence[Unit]
    streams: Streams

    def called(self, limits: Limits, believed: Track, now_s: float) -> tuple[Unit, Meeting] | None:
        """Find the nearest ship to where a boat is thought to be, and its meeting with it.

        Ships lie as a Poisson field, so that the nearest is farther than ``r`` with probability
        ``exp(-density pi r²)``; every three hours others are near. ``None``: none can come.
        """
        ship = next((each for each in self.ships if not each.busy), None)
        place = self._place(limits, believed.at(now_s), now_s)
        if ship is None or place is None:
            return None
        ship.port = place
        parts = limits.open_parts(believed, ship.craft.keep_out, now_s)
        ready_s = now_s + ship.craft.ready_min * MINUTE_S
        meeting = first_of(limits.sea, parts, place, ship.dash_mps, ready_s, closed=ship.craft.keep_out)
        if meeting is None:
            self.let_go(ship)
            return None
        return ship, meeting

    def let_go(self, ship: Unit) -> None:
        """Let a ship sail on that is not needed."""
        ship.port = None

    def _place(self, limits: Limits, boat: tuple[float, float], now_s: float) -> tuple[float, float] | None:
        """Draw where the nearest ship is; ``None`` where there are none."""
        who = mixed(identity("passing", self.rules.id), limits.boat, int(now_s // _OTHERS_AFTER_S))
        density_per_m2 = self.rules.per_1000_nm2 / (1000.0 * NM_M**2)
        range_m = math.sqrt(-math.log(self.streams.one("passing range", who)) / (math.pi * density_per_m2))
        bearing = 2.0 * math.pi * self.streams.one("passing bearing", who)
        x_m, y_m = boat[0] + range_m * math.sin(bearing), boat[1] + range_m * math.cos(bearing)
        if not limits.sea.afloat(x_m, y_m):
            return None
        waters = limits.sea.zones.water_at(x_m, y_m)
        return (x_m, y_m) if not self.rules.waters or waters in self.rules.waters else None


def passing_units(rules: PassingShips, first_row: int, duration_s: float) -> list[Unit]:
    """Give the ships of one kind that may be called at a time; nobody knows yet where they are."""
    return [
        Unit(
            name, name, first_row + number, rules.theatre, rules, (), None, ((0.0, duration_s),), passing=True
        )
        for number, name in enumerate(rules.names())
    ]
