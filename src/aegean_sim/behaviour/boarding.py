"""Boarding: force used when boats are intercepted, and boats that capsize as their people are taken off."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.handoff.chance import triangle_quantile

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.scenario.boats import BoatType
    from aegean_sim.scenario.training import Training
    from aegean_sim.streams import Streams


@dataclass(frozen=True, slots=True)
class Boarding:
    """How the crews of forces act at a boat that they intercept.

    Parameters
    ----------
    training : mapping of force to Training
        Other forces use no force.
    boat_types : mapping of name to BoatType
        What may happen alongside.
    """

    training: Mapping[str, Training]
    boat_types: Mapping[str, BoatType]
    streams: Streams

    def forced(self, owner: str, boat: int) -> bool:
        """Tell whether a force uses force on a boat, given by its identity."""
        rules = self.training.get(owner)
        return rules is not None and self.streams.one("force", boat) < rules.force_share_now

    def drowned(self, owner: str, boat: int, persons: int) -> int:
        """Tell how many of those aboard drown because the boat capsizes when it is intercepted."""
        rules = self.training.get(owner)
        if rules is None or self.streams.one("capsized", boat) >= rules.capsize_share_now:
            return 0
        share = triangle_quantile(rules.drowned_share.triangular, self.streams.one("drowned", boat))
        return round(share * persons)

    def drowned_in_panic(self, boat_type: str, boat: int, persons: int) -> int:
        """Tell how many drown because the boat turns over as somebody comes alongside to take them off."""
        if boat_type not in self.boat_types:
            return 0
        perils = self.boat_types[boat_type].perils
        if self.streams.one("panic", boat) >= perils.panic.share * persons / perils.capacity:
            return 0
        share = triangle_quantile(perils.panic.drowned_share.triangular, self.streams.one("crush", boat))
        return round(share * persons)
