"""Driving a sweep: order, pieces, and a clean end."""

import os
import signal
from collections.abc import Iterator

import pytest
from tests.unit.study.sweeps.toy_work import ORDER, toil

from aegean_sim.study.sweeps.cells import Cell
from aegean_sim.study.sweeps.driving import Stop, Tally, drive, stoppable, tasks_of
from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.work import Order, Task

CELLS = [Cell(f"{n:012x}", n, 0, {}, {"seed": n}) for n in range(3)]


class Here:
    """A runner in this process."""

    def __init__(self) -> None:
        self.sizes: list[int] = []

    def run(self, order: Order, pieces: Iterator[tuple[Task, ...]]) -> Iterator[list[Done | Failed]]:
        for piece in pieces:
            self.sizes.append(len(piece))
            yield toil(order, piece)

    def close(self) -> None:
        """Nothing to let go of."""


class Kept(list[Done | Failed]):
    """A keeper in memory."""

    def add(self, results: object) -> None:
        self.extend(results)  # type: ignore[arg-type]


def test_replications_are_the_outer_loop_and_what_is_made_is_left_out() -> None:
    made = {Run(CELLS[1].id, 0), Run(CELLS[0].id, 1)}
    tasks = [(each.run.replication, each.overrides) for each in tasks_of(CELLS, range(2), made)]
    assert tasks == [(0, ("seed=0",)), (0, ("seed=2",)), (1, ("seed=1",)), (1, ("seed=2",))]


def test_pieces_grow_to_a_second_or_two_of_work() -> None:
    runner, kept, tally = Here(), Kept(), Tally(900)
    drive(ORDER, tasks_of(CELLS, range(300), set()), runner, kept, tally, Stop(), lambda _: None)
    assert len(kept) == tally.made == 900
    assert runner.sizes[0] == 1
    # Each toy run says that it took 0.02 s.
    assert set(runner.sizes[1:-1]) == {75}


def test_a_wish_to_stop_ends_after_the_pieces_under_way_and_loses_nothing() -> None:
    runner, kept, stop, tally = Here(), Kept(), Stop(), Tally(900)

    def look(tally: Tally) -> None:
        if tally.made > 100:
            os.kill(os.getpid(), signal.SIGINT)

    with stoppable(stop):
        drive(ORDER, tasks_of(CELLS, range(300), set()), runner, kept, tally, stop, look)
    assert stop.asked
    assert len(kept) == tally.made == 1 + 2 * 75


def test_the_second_wish_ends_at_once_and_keeps_what_has_come_back() -> None:
    kept, stop = Kept(), Stop()
    with pytest.raises(KeyboardInterrupt), stoppable(stop):
        drive(
            ORDER,
            tasks_of(CELLS, range(300), set()),
            Here(),
            kept,
            Tally(900),
            stop,
            lambda _: [os.kill(os.getpid(), signal.SIGTERM) for _ in range(2)] and None,
        )
    assert len(kept) == 1
