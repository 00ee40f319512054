"""Orders: what units may do, as their force's operation goes from phase to phase."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from aegean_sim.scenario.forces import Craft, Duty
    from aegean_sim.scenario.operations import Operation


@dataclass(frozen=True, slots=True)
class Orders:
    """The operations of a run that starts at a moment."""

    operations: Sequence[Operation]
    start: datetime
    _changes_s: list[float] = field(init=False)

    def __post_init__(self) -> None:
        days = (phase.since for operation in self.operations for phase in operation.phases)
        since_s = sorted((day - self.start.date()).total_seconds() for day in days)
        begun_s = (self.start - self.start.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
        object.__setattr__(self, "_changes_s", [each - begun_s for each in since_s])

    def period(self, now_s: float) -> int:
        """Count the phases of all operations that have begun: while it stays, so do the duties."""
        return bisect_right(self._changes_s, now_s)

    def duties(self, craft: Craft, now_s: float) -> frozenset[Duty]:
        """Tell what a unit may do now: before the first phase of its force's operation it may not board."""
        operation = next((each for each in self.operations if each.force == craft.owner), None)
        if operation is None:
            return craft.duties
        phase = operation.phase_on((self.start + timedelta(seconds=now_s)).date())
        if phase is None:
            return craft.duties - {"intercept"}
        return craft.duties if phase.duties is None else craft.duties & phase.duties
