"""A round table: officers of several desks on one ship, who tell each other by word of mouth."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING

from aegean_sim.handoff.chance import minutes_s
from aegean_sim.handoff.officers import Officers
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

    from aegean_sim.handoff.hop import Hop
    from aegean_sim.scenario.desks import RoundTable
    from aegean_sim.streams import Streams


@dataclass(slots=True, eq=False)
class Table:
    """A round table at work.

    Parameters
    ----------
    at_sea : callable
        Whether the ship that carries it is at sea now.
    deliver, miss : callable
        Called with what has been told, at the receiver's desk, and with what could not be, because the ship
        has left for port meanwhile.
    """

    env: simpy.Environment
    rules: RoundTable
    streams: Streams
    at_sea: Callable[[], bool]
    deliver: Callable[[Hop], None]
    miss: Callable[[Hop], None]
    _seats: dict[str, Officers[Hop]] = field(init=False)

    def __post_init__(self) -> None:
        self._seats = {
            desk: Officers(self.env, partial(int, count), self._word_s, self._told)
            for desk, count in self.rules.seats.items()
        }

    def joins(self, one: str, other: str) -> bool:
        """Tell whether officers of two desks sit at the table now."""
        return self.rules.joins(one, other) and self.at_sea()

    def tell(self, hop: Hop) -> None:
        """Tell the receiver's officer there, as soon as one is free."""
        self._seats[hop.receiver].take(hop)

    def _told(self, hop: Hop) -> None:
        (self.deliver if self.at_sea() else self.miss)(hop)

    def _word_s(self, hop: Hop) -> float:
        """Draw how long it takes to tell."""
        key = identity("table", hop.sender, hop.receiver)
        return minutes_s(self.rules.word_min, self.streams, "word", key, hop.report.key)
