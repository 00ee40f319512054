"""Taskings: an order to one unit to go to one boat, and what has come of it so far."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Collection

    import simpy

    from aegean_sim.behaviour.boarding import Boarding
    from aegean_sim.behaviour.delivery import Delivery
    from aegean_sim.behaviour.limits import Limits
    from aegean_sim.behaviour.orders import Orders
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.party import Party
    from aegean_sim.entities.unit import Unit
    from aegean_sim.handoff.network import Report
    from aegean_sim.handoff.picture import Case
    from aegean_sim.scenario.response import Response

UNDER_WAY, NOT_FOUND, TOO_LATE, CALLED_OFF = "under_way", "not_found", "too_late", "called_off"
DUPLICATE, FALSE = "duplicate", "false"


@dataclass(frozen=True, slots=True)
class Doctrine:
    """How all taskings are carried out.

    Parameters
    ----------
    updates : bool
        Whether units that hold a boat they have reported keep those informed who took the report up.
    delivery : Delivery
        What becomes of people taken aboard.
    orders : Orders
        What units may do.
    boarding : Boarding
        What happens at a boat that is intercepted.
    """

    response: Response
    updates: bool
    delivery: Delivery
    orders: Orders
    boarding: Boarding

    def holders(self, case: Case, besides: Collection[str] = ()) -> set[str] | None:
        """Name the units that tell from moment to moment where a boat is; ``None``: it is always known."""
        if not self.response.contact_needed:
            return None
        return {*(case.units if self.updates else ()), *besides}


@dataclass(slots=True, eq=False)
class Tasking:
    """One unit sent to one boat: a row of ``responses``; a time that has not come is NaN.

    Parameters
    ----------
    case : Case
        What the desk knows of the boat.
    there_s : float
        When the unit is where it expects the boat.
    party : Party or None
        The people taken off the boat.
    forced : bool
        Whether force was used on the boat.
    known_to : set of str
        Desks that know of it.
    waiter : simpy.Process or None
        What is interrupted when there is news of the boat; ``None`` while nobody waits for any.
    """

    number: int
    report: Report
    case: Case
    desk: str
    unit: Unit
    limits: Limits
    tasked_s: float
    there_s: float
    on_scene_s: float = float("nan")
    done_s: float = float("nan")
    result: str = UNDER_WAY
    party: Party | None = None
    forced: bool = False
    waiter: simpy.Process | None = None
    known_to: set[str] = field(init=False)

    def __post_init__(self) -> None:
        self.known_to = {self.desk}

    def rouse(self) -> None:
        """Tell the unit, if it waits for news of the boat, that there is some."""
        waiter, self.waiter = self.waiter, None
        if waiter is not None:
            waiter.interrupt()


class Owner(Protocol):
    """Who keeps the taskings."""

    def ended(self, scene: Scene, boat: int, by: Tasking | None = None) -> None:
        """Hear that a boat is no longer at sea, and whose doing it was."""
        ...

    def full(self, tasking: Tasking) -> None:
        """Hear that a unit had no room for all, and that the others wait at their boat."""
        ...

    def closed(self, scene: Scene, tasking: Tasking) -> None:
        """Hear that a unit is done with its boat, whatever came of it."""
        ...

    def freed(self) -> None:
        """Hear that a unit is on its way back, or is back."""
        ...
