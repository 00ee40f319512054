"""Driving: which runs are still to be made, in what order, and what is kept of them when."""

from __future__ import annotations

import signal
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.work import Task

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

    from aegean_sim.study.sweeps.cells import Cell
    from aegean_sim.study.sweeps.runner import Runner
    from aegean_sim.study.sweeps.runs import Shard
    from aegean_sim.study.sweeps.work import Order

_PIECE_S = 1.5
_WISHES = (signal.SIGINT, signal.SIGTERM)
_ROWS_A_PART, _SECONDS_A_PART = 200, 10.0


class Keeper(Protocol):
    """Where results are kept."""

    def add(self, results: Sequence[Done | Failed]) -> None:
        """Keep some; when it returns they are safe."""
        ...


@dataclass(slots=True)
class Tally:
    """How far a sweep is.

    Parameters
    ----------
    wanted : int
        Runs to be made by this command.
    made : int
        Of these, those that have come back.
    errors : Counter of str
        Runs that failed, by their error.
    """

    wanted: int
    made: int = 0
    cpu_s: float = 0.0
    errors: Counter[str] = field(default_factory=Counter)
    begun_s: float = field(default_factory=monotonic)

    @property
    def failed(self) -> int:
        """How many failed."""
        return self.errors.total()

    def count(self, results: Sequence[Done | Failed]) -> None:
        """Take some results into account."""
        self.made += len(results)
        self.cpu_s += sum(result.cpu_s for result in results)
        self.errors.update(f"{each.error}: {each.message}" for each in results if isinstance(each, Failed))


@dataclass(slots=True)
class Stop:
    """Whether somebody has asked the sweep to end after the pieces under way."""

    asked: bool = False


def tasks_of(
    cells: Sequence[Cell], replications: range, made: Collection[Run], shard: Shard | None = None
) -> Iterator[Task]:
    """Give what is still to be run, replication by replication, so that a sweep cut short is balanced.

    A shard is every so manieth run, whatever has been made of them.
    """
    told = [(cell.id, tuple(cell.overrides)) for cell in cells]
    number, of = (0, 1) if shard is None else (shard.number - 1, shard.of)
    runs = ((Run(name, replication), overrides) for replication in replications for name, overrides in told)
    return (Task(run, overrides) for run, overrides in islice(runs, number, None, of) if run not in made)


def drive(
    order: Order,
    tasks: Iterator[Task],
    runner: Runner,
    keeper: Keeper,
    tally: Tally,
    stop: Stop,
    look: Callable[[Tally], None],
) -> None:
    """Make runs until there are none left or somebody asks to stop, and keep what comes back.

    Parameters
    ----------
    look : callable
        Called several times a second.
    """
    basket: list[Done | Failed] = []
    emptied_s = monotonic()
    try:
        for results in runner.run(order, _pieces(tasks, tally, stop)):
            basket += results
            tally.count(results)
            look(tally)
            if len(basket) >= _ROWS_A_PART or (basket and monotonic() - emptied_s > _SECONDS_A_PART):
                keeper.add(basket)
                basket, emptied_s = [], monotonic()
    finally:
        if basket:
            keeper.add(basket)


def _pieces(tasks: Iterator[Task], tally: Tally, stop: Stop) -> Iterator[tuple[Task, ...]]:
    """Cut the tasks into pieces of a second or two, by what runs have taken so far."""
    while not stop.asked:
        size = 1
        if tally.made:
            size = max(1, min(_ROWS_A_PART, round(_PIECE_S * tally.made / max(tally.cpu_s, 1e-6))))
        piece = tuple(task for _, task in zip(range(size), tasks, strict=False))
        if not piece:
            return
        yield piece


@contextmanager
def stoppable(stop: Stop) -> Iterator[None]:
    """Take the first Ctrl-C, or request to end, as a wish to end cleanly; the second ends at once.

    Further ones do not disturb that.
    """

    def ask(_number: int, _frame: object) -> None:
        if stop.asked:
            for each in _WISHES:
                signal.signal(each, signal.SIG_IGN)
            raise KeyboardInterrupt
        stop.asked = True

    before = {number: signal.signal(number, ask) for number in _WISHES}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
