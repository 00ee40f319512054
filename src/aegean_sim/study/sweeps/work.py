"""Work: what a worker does with a piece of a sweep, wherever it is."""

from __future__ import annotations

import json
import math
import shlex
import signal
import traceback
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING

from aegean_sim.engine.pairs import simulate_pairs, that_only_tell
from aegean_sim.engine.run import simulate
from aegean_sim.recording.decisive import decisive_kpis
from aegean_sim.recording.kpis import kpis
from aegean_sim.scenario.loading import base_of
from aegean_sim.study.sweeps.runs import Done, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.scenario.loading import Base, Loaded
    from aegean_sim.study.sweeps.runs import Run, Status

_BASES_KEPT, _CELLS_KEPT = 2, 64


@dataclass(frozen=True, slots=True)
class Order:
    """What is the same for all runs of a sweep, as plain text that any worker can read.

    Parameters
    ----------
    values : str
        The base scenario's values, JSON.
    path : str
        Its file; what it names, such as weather, is beside it.
    command : str
        Start of the command that repeats a run.
    decisive : bool
        Whether each run is made again without the reports of those who only watch.
    timeout_s : float
        Longest time of a run; infinite for no limit.
    """

    values: str
    path: str
    command: str
    decisive: bool = False
    timeout_s: float = math.inf


@dataclass(frozen=True, slots=True)
class Task:
    """One run to be made, and what its cell sets."""

    run: Run
    overrides: tuple[str, ...]


class _TooLongError(Exception):
    """A run takes longer than it may."""


def work(order: Order, tasks: tuple[Task, ...]) -> list[Done | Failed]:
    """Make some runs, one after the other; one that fails does not stop the others."""
    return [_made(order, task) for task in tasks]


def command_of(order: Order, task: Task) -> str:
    """Give the command that repeats exactly a run."""
    sets = [word for text in task.overrides for word in ("--set", text)]
    return f"{order.command} {shlex.join([*sets, '--replication', str(task.run.replication)])}"


def _made(order: Order, task: Task) -> Done | Failed:
    begun = process_time()
    try:
        with _limited(order.timeout_s):
            numbers = _numbers(order, task)
    except _TooLongError as error:
        message = f"took longer than {order.timeout_s:g} s"
        return _failure(order, task, "timeout", message, error, process_time() - begun)
    except Exception as error:  # noqa: BLE001  (whatever goes wrong in a run is a row of the sweep)
        return _failure(order, task, "failed", str(error), error, process_time() - begun)
    return Done(task.run, numbers, process_time() - begun)


def _failure(
    order: Order, task: Task, status: Status, message: str, error: Exception, spent_s: float
) -> Failed:
    name, told = type(error).__name__.strip("_"), "".join(traceback.format_exception(error))
    return Failed(task.run, status, name, message, told, command_of(order, task), spent_s)


def _numbers(order: Order, task: Task) -> dict[str, float]:
    loaded = _cell(order.values, order.path, task.overrides)
    record = simulate(loaded, task.run.replication)
    numbers = kpis(record.tables, loaded.scenario)
    if not order.decisive:
        return numbers
    record = simulate_pairs(loaded, record, that_only_tell(loaded.scenario))
    return {**numbers, **decisive_kpis(record.tables, record.paired)}


@lru_cache(maxsize=_BASES_KEPT)
def _base(values: str, path: str) -> Base:
    return base_of(json.loads(values), Path(path))


@lru_cache(maxsize=_CELLS_KEPT)
def _cell(values: str, path: str, overrides: tuple[str, ...]) -> Loaded:
    return _base(values, path).varied(overrides)


@contextmanager
def _limited(timeout_s: float) -> Iterator[None]:
    """Raise an error when a block takes too long; only the main thread of a process can be limited."""
    if math.isinf(timeout_s):
        yield
        return

    def stop(_signal: int, _frame: object) -> None:
        raise _TooLongError

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, timeout_s)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0.0)
        signal.signal(signal.SIGALRM, before)
