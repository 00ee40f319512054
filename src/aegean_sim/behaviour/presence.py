"""Presence: how many ships that may rescue are at sea on each day, as their timetables say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import DAY_S

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.entities.unit import Unit
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.reactions import RescueResponse


def ships_at_sea(units: Sequence[Unit], days: int) -> FloatArray:
    """Give ship-days on each day of the run, of all that may rescue."""
    edges_s = np.arange(days + 1) * DAY_S
    total = np.zeros(days)
    for unit in units:
        if "rescue" in unit.craft.duties:
            for piece in unit.plan:
                total += np.diff(np.clip(edges_s, piece.time_s.item(0), piece.time_s.item(-1))) / DAY_S
    return total


def raised_m(rules: RescueResponse | None, units: Sequence[Unit], duration_s: float) -> FloatArray | None:
    """Give by how much the wave height that halves launches is raised on each day; ``None`` for not."""
    if rules is None:
        return None
    ships = ships_at_sea(units, int(np.ceil(duration_s / DAY_S)))
    return np.asarray(rules.wave_half_m_per_ship * (ships - rules.reference_ships))
