"""Replays: runs of one scenario with this or that silenced, on as many cores as there are."""

from __future__ import annotations

import os
import signal
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from aegean_sim.engine.pairs import without
from aegean_sim.engine.run import simulate
from aegean_sim.recording.decisive import common, fares_otherwise
from aegean_sim.recording.record import Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from aegean_sim.quantities import IntArray
    from aegean_sim.scenario.loading import Loaded

ACTED_ON = ("stopped", "met", "rescued")
_ALONE_S = 2.0


class Replay(NamedTuple):
    """One run: a replication, and what is silenced in it."""

    replication: int
    silenced: frozenset[Voice] = frozenset()


class Fates(NamedTuple):
    """What a run came to.

    Parameters
    ----------
    voyage, copy, outcome, persons, persons_dead : array, shape (boats,)
    said : Counter of Voice
        How many reports each unit and force gave, each desk got, and went from each desk to each other.
    """

    voyage: NDArray[Any]
    copy: IntArray
    outcome: NDArray[Any]
    persons: IntArray
    persons_dead: IntArray
    said: Counter[Voice]

    @property
    def boats_acted_on(self) -> int:
        """Boats that were stopped, met or rescued."""
        return int(np.isin(self.outcome, ACTED_ON).sum())

    @property
    def persons_acted_on(self) -> int:
        """Persons in boats that were stopped, met or rescued."""
        return int(self.persons[np.isin(self.outcome, ACTED_ON)].sum())

    @property
    def dead(self) -> int:
        """Persons who died."""
        return int(self.persons_dead.sum())

    def changed_from(self, other: Fates) -> int:
        """Count the boats that fare otherwise than in another run, or set out in only one of the two."""
        here, there = common(self._asdict(), other._asdict())
        one, two = self._of_boats(here), other._of_boats(there)
        alone = len(self.outcome) + len(other.outcome) - 2 * len(here)
        return int(fares_otherwise(one, two).sum()) + alone

    def _of_boats(self, rows: IntArray) -> dict[str, NDArray[Any]]:
        return {"outcome": self.outcome[rows], "persons_dead": self.persons_dead[rows]}


def replayed(
    loaded: Loaded,
    replays: Iterable[Replay],
    *,
    workers: int | None = None,
    progress: Callable[[float], None] | None = None,
) -> dict[Replay, Fates]:
    """Run each of some replays once.

    Parameters
    ----------
    loaded : Loaded
        The scenario.
    replays : iterable of Replay
        In any order; what is in it twice is run once.
    workers : int, optional
        Processes at a time, by default one a core; the result does not depend on it.
    progress : callable, optional
        Called after each run with the share that is done.
    """
    todo = list(dict.fromkeys(replays))
    done: dict[Replay, Fates] = {}
    for replay, fates in _sailed(loaded, todo, workers or len(os.sched_getaffinity(0))):
        done[replay] = fates
        if progress is not None:
            progress(len(done) / len(todo))
    return done


def _sailed(loaded: Loaded, todo: Sequence[Replay], workers: int) -> Iterator[tuple[Replay, Fates]]:
    """Run here what is quickly done, and the rest in processes of their own."""
    begun = perf_counter()
    for number, replay in enumerate(todo):
        if workers > 1 and perf_counter() - begun > _ALONE_S and len(todo) - number > workers:
            yield from _by_workers(loaded, todo[number:], workers)
            return
        yield replay, _sail(loaded, replay)


def _by_workers(loaded: Loaded, todo: Sequence[Replay], workers: int) -> Iterator[tuple[Replay, Fates]]:
    with ProcessPoolExecutor(workers, get_context("spawn"), initializer=_leave_stopping_to_parent) as pool:
        try:
            yield from zip(todo, pool.map(partial(_sail, loaded), todo), strict=True)
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise


def _leave_stopping_to_parent() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _sail(loaded: Loaded, replay: Replay) -> Fates:
    tables = simulate(without(loaded, replay.silenced), replay.replication).tables
    voyages = tables["voyages"]
    said = _said(tables["handoffs"])
    return Fates(said=said, **{name: voyages[name] for name in Fates._fields if name != "said"})


def _said(handoffs: Mapping[str, NDArray[Any]]) -> Counter[Voice]:
    first = handoffs["hop"] == 0
    pairs = zip(handoffs["sender"][~first], handoffs["receiver"][~first], strict=True)
    named = {
        "unit": handoffs["unit"][first],
        "force": handoffs["owner"][first],
        "desk": handoffs["receiver"],
        "link": [f"{sender}>{receiver}" for sender, receiver in pairs],
    }
    return Counter(Voice(kind, str(name)) for kind, names in named.items() for name in names)
