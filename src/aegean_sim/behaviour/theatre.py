"""A theatre at run time: everything that moves in one sea area, and who looks at whom."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.behaviour.lookout import Lookout
    from aegean_sim.behaviour.passing import Passing
    from aegean_sim.entities.boat import Fleet
    from aegean_sim.entities.stranger import Stranger
    from aegean_sim.entities.unit import Unit
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Track


@dataclass(frozen=True, slots=True, eq=False)
class Scene:
    """What one theatre holds during a run.

    Parameters
    ----------
    sensor_names : tuple of str
        One a row of the lookout's sensors.
    passing : sequence of Passing
        Merchant ships that may be called to a boat in distress.
    strangers : list of Stranger
        Craft that are taken for migrant boats. Where a boat is asked for below, they go by -1, -2, -3 ...
    """

    name: str
    sea: Sea
    conditions: Conditions
    units: list[Unit]
    fleet: Fleet
    lookout: Lookout
    sensor_names: tuple[str, ...]
    passing: Sequence[Passing] = ()
    strangers: list[Stranger] = field(default_factory=list)

    def stranger(self, boat: int) -> Stranger | None:
        """Give the stranger of a number, unless it is a boat's."""
        return self.strangers[-1 - boat] if boat < 0 else None

    def under_way(self, boat: int) -> bool:
        """Tell whether it can still be met."""
        return self.fleet.under_way(boat) if boat >= 0 else not self.strangers[-1 - boat].looked_into

    def dealt_with(self, boat: int) -> bool:
        """Tell whether somebody has met it."""
        stranger = self.stranger(boat)
        return bool(self.fleet.ended_by[boat]) if stranger is None else stranger.looked_into

    def track(self, boat: int) -> Track:
        """Give its way, known to nobody but those who hold it."""
        if boat < 0:
            return self.strangers[-1 - boat].track
        track: Track = self.fleet.boats.tracks[boat]
        return track

    def key(self, boat: int) -> int:
        """Give its identity for draws."""
        return self.fleet.boats.key.item(boat) if boat >= 0 else self.strangers[-1 - boat].key

    def persons(self, boat: int, now_s: float) -> int:
        """Tell how many persons have to be taken aboard now."""
        return self.fleet.aboard(boat, now_s) if boat >= 0 else 0
