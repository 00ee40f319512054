"""The round table: officers of several desks on one ship, who tell each other by word of mouth."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.agenda import after
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

    from aegean_sim.handoff.desks import Hop
    from aegean_sim.scenario.desks import RoundTable
    from aegean_sim.streams import Streams


@dataclass(slots=True, eq=False)
class Table:
    """A round table at work.

    Parameters
    ----------
    at_sea : callable
        Whether the ship that carries it is at sea now.
    deliver : callable
        Called with what has been told, at the receiver's desk.
    """

    env: simpy.Environment
    rules: RoundTable
    streams: Streams
    at_sea: Callable[[], bool]
    deliver: Callable[[Hop], None]
    _free: dict[str, int] = field(init=False)
    _waiting: dict[str, deque[Hop]] = field(init=False)

    def __post_init__(self) -> None:
        self._free = dict(self.rules.seats)
        self._waiting = {desk: deque() for desk in self.rules.seats}

    def joins(self, one: str, other: str) -> bool:
        """Tell whether officers of two desks sit at the table now."""
        seats = self.rules.seats
        seated = bool(seats.get(one)) and bool(seats.get(other))
        return self.rules.switched_on and seated and self.at_sea()

    def tell(self, hop: Hop) -> None:
        """Tell the receiver's officer there, as soon as one is free."""
        if self._free[hop.receiver]:
            self._free[hop.receiver] -= 1
            self._speak(hop)
        else:
            self._waiting[hop.receiver].append(hop)

    def word_s(self, hop: Hop) -> float:
        """Draw how long it takes to tell."""
        key = identity("table", hop.sender, hop.receiver)
        return minutes_s(self.rules.word_min, self.streams, "word", key, hop.report.key)

    def _speak(self, hop: Hop) -> None:
        after(self.env, self.word_s(hop), self._told, hop)

    def _told(self, hop: Hop) -> None:
        waiting = self._waiting[hop.receiver]
        if waiting:
            self._speak(waiting.popleft())
        else:
            self._free[hop.receiver] += 1
        self.deliver(hop)
