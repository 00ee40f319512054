"""Officers at work: so many messages at a time, the others wait, first come first served."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Generic, TypeVar

from aegean_sim.agenda import after

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

T = TypeVar("T")


@dataclass(slots=True, eq=False)
class Officers(Generic[T]):
    """Those who do one kind of work.

    Parameters
    ----------
    present : callable
        How many are there now; who goes ends what is in hand.
    begin : callable
        Called when a piece of work is taken up; tells how many seconds it takes.
    done : callable
        Called when it is done, before the officer takes up more.
    """

    env: simpy.Environment
    present: Callable[[], int]
    begin: Callable[[T], float]
    done: Callable[[T], None]
    busy: int = 0
    waiting: deque[T] = field(default_factory=deque)

    def take(self, work: T) -> None:
        """Take a piece of work up, or let it wait."""
        self.waiting.append(work)
        self.take_more()

    def take_more(self) -> None:
        """Give officers who are free what has waited longest."""
        while self.waiting and self.busy < self.present():
            self.busy += 1
            work = self.waiting.popleft()
            after(self.env, self.begin(work), self._end, work)

    def _end(self, work: T) -> None:
        self.done(work)
        self.busy -= 1
        self.take_more()
