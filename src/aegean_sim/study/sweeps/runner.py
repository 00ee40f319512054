"""The local runner: a pool of processes that outlives its workers, and finds the run that kills them."""

from __future__ import annotations

import multiprocessing
import os
import signal
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import resource_tracker
from threading import Thread
from typing import TYPE_CHECKING, Protocol

from aegean_sim.study.sweeps.runs import Done, Failed
from aegean_sim.study.sweeps.work import command_of, work

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.study.sweeps.work import Order, Task

    Piece = tuple[Task, ...]
    Results = list[Done | Failed]

_LOOK_S = 0.25
_PIECES_AHEAD = 2
_DEATHS = 2
_HELD_BACK = (signal.SIGINT, signal.SIGTERM)


class Runner(Protocol):
    """Makes runs somewhere; pieces come back in any order."""

    def run(self, order: Order, pieces: Iterator[Piece]) -> Iterator[Results]:
        """Give the results of each piece, and now and then none while there is nothing new."""
        ...

    def close(self) -> None:
        """Let go of the workers at once."""
        ...


class OwnRunner:
    """Makes runs in this very process, one after the other."""

    def run(self, order: Order, pieces: Iterator[Piece]) -> Iterator[Results]:
        """Give the results of each piece."""
        return (work(order, piece) for piece in pieces)

    def close(self) -> None:
        """There are no workers to let go of."""


@dataclass(slots=True)
class LocalRunner:
    """Runs pieces in processes of this machine.

    Parameters
    ----------
    workers : int
        How many processes.
    does : callable
        What one does with a piece.
    """

    workers: int
    does: Callable[[Order, Piece], Results] = work
    _pool: ProcessPoolExecutor | None = field(init=False, default=None)

    def run(self, order: Order, pieces: Iterator[Piece]) -> Iterator[Results]:
        """Give the results of each piece; of pieces under way when a worker died, run by run and alone."""
        waiting: dict[Future[Results], Piece] = {}
        while True:
            while len(waiting) < _PIECES_AHEAD * self.workers and (piece := next(pieces, None)) is not None:
                waiting[self._submit(order, piece)] = piece
            if not waiting:
                return
            ended, _ = wait(waiting, timeout=_LOOK_S, return_when=FIRST_COMPLETED)
            suspects: list[Piece] = []
            for future in ended:
                piece = waiting.pop(future)
                if isinstance(future.exception(), BrokenProcessPool):
                    suspects.append(piece)
                else:
                    yield future.result()
            if suspects:
                suspects += waiting.values()
                waiting.clear()
                self.close()
                yield from self._one_by_one(order, suspects)
            elif not ended:
                yield []

    def close(self) -> None:
        """Kill the workers; what they were at is lost."""
        if self._pool is not None:
            processes = list(self._pool._processes.values())  # noqa: SLF001  (there is no public way to stop them)
            for process in processes:
                process.kill()
            self._pool.shutdown(wait=True, cancel_futures=True)
            self._pool = None

    def _submit(self, order: Order, piece: Piece) -> Future[Results]:
        with _undisturbed():
            if self._pool is None:
                context = multiprocessing.get_context("forkserver")
                context.set_forkserver_preload([self.does.__module__])
                self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_begin)
            try:
                return self._pool.submit(self.does, order, piece)
            except BrokenProcessPool as error:
                broken: Future[Results] = Future()
                broken.set_exception(error)
                return broken

    def _one_by_one(self, order: Order, suspects: list[Piece]) -> Iterator[Results]:
        """Run suspects alone on a fresh pool: a run in whose company a worker died may be innocent."""
        for task in (task for piece in suspects for task in piece):
            yield [self._alone(order, task)]

    def _alone(self, order: Order, task: Task) -> Done | Failed:
        for _ in range(_DEATHS):
            future = self._submit(order, (task,))
            if not isinstance(future.exception(), BrokenProcessPool):
                return future.result()[0]
            self.close()
        message = f"the worker's process died, alone and {_DEATHS} times"
        return Failed(task.run, "crashed", "WorkerDied", message, "", command_of(order, task), 0.0)


@contextmanager
def _undisturbed() -> Iterator[None]:
    """Hold signals back while processes are started; they begin with them held back too, and quietly."""
    # Python lets signals through again after it has started its tracker, so that comes first.
    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _HELD_BACK)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin() -> None:
    """Make a worker leave Ctrl-C to the driver, and end with it however it dies."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, _HELD_BACK)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
