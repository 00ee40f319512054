"""A mission: what a unit that has been sent to a boat works with."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import simpy

    from aegean_sim.behaviour.tasking import Doctrine, Owner, Tasking
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.scenario.response import Response
    from aegean_sim.streams import Streams


@dataclass(slots=True, eq=False)
class Mission:
    """What a response works with.

    Parameters
    ----------
    policy : Response
        Rules of responses.
    unit : Unit
        The one that was sent.
    boat : int
        Row of the boat.
    """

    env: simpy.Environment
    scene: Scene
    tasking: Tasking
    doctrine: Doctrine
    streams: Streams
    owner: Owner
    policy: Response = field(init=False)
    unit: Unit = field(init=False)
    boat: int = field(init=False)

    def __post_init__(self) -> None:
        self.policy = self.doctrine.response
        self.unit, self.boat = self.tasking.unit, self.tasking.report.boat

    @property
    def holders(self) -> set[str] | None:
        """Units that tell where the boat is; ``None`` where that is always known."""
        return self.doctrine.holders(self.tasking.case, {self.unit.id})

    def divert(self, course: Pieces, back_s: float) -> None:
        """Put the unit on a course that ends with its return."""
        self.scene.lookout.divert(self.unit, course, back_s)

    def taken(self, persons: int) -> int:
        """Tell how many of those aboard the boat are taken off: all, or as many as there is room for."""
        return min(persons, self.unit.room) if self.policy.bring_ashore else persons
