"""A mission: what a unit that has been sent to a boat works with."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import simpy

    from aegean_sim.behaviour.tasking import Doctrine, Owner, Tasking
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.unit import Pieces, Unit
    from aegean_sim.scenario.response import Response
    from aegean_sim.streams import Streams


class Mission(NamedTuple):
    """What a response works with."""

    env: simpy.Environment
    scene: Scene
    tasking: Tasking
    doctrine: Doctrine
    streams: Streams
    owner: Owner

    @property
    def policy(self) -> Response:
        """Rules of responses."""
        return self.doctrine.response

    @property
    def holders(self) -> set[str] | None:
        """Units that tell where the boat is; ``None`` where that is always known."""
        return self.doctrine.holders(self.tasking.case, {self.unit.id})

    @property
    def unit(self) -> Unit:
        """The one that was sent."""
        return self.tasking.unit

    @property
    def boat(self) -> int:
        """Row of the boat."""
        return self.tasking.report.boat

    def divert(self, course: Pieces, back_s: float) -> None:
        """Put the unit on a course that ends with its return."""
        self.scene.lookout.divert(self.unit, course, back_s)

    def taken(self, persons: int) -> int:
        """Tell how many of those aboard the boat are taken off: all, or as many as there is room for."""
        return min(persons, self.unit.room) if self.policy.bring_ashore else persons
