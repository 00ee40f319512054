"""Sweeping: a plan, a folder and workers; what is not there yet is run, and kept."""

from __future__ import annotations

import json
import math
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from aegean_sim import __version__
from aegean_sim.errors import StoreError
from aegean_sim.recording.manifest import versions
from aegean_sim.scenario.extending import built_in_scenarios
from aegean_sim.study.sweeps.cells import overrides_of
from aegean_sim.study.sweeps.driving import Stop, Tally, drive, stoppable, tasks_of
from aegean_sim.study.sweeps.folder import SweepManifest, read_sweep_manifest
from aegean_sim.study.sweeps.layout import MANIFEST
from aegean_sim.study.sweeps.store import compact, open_sweep
from aegean_sim.study.sweeps.work import Order

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from aegean_sim.study.sweeps.cells import Cell
    from aegean_sim.study.sweeps.planning import Plan
    from aegean_sim.study.sweeps.runner import Runner
    from aegean_sim.study.sweeps.runs import Shard
    from aegean_sim.study.sweeps.store import SweepStore
    from aegean_sim.study.sweeps.work import Task


_RUN = "aegean-sim run"


@dataclass(frozen=True, slots=True)
class Wishes:
    """How a sweep is to be driven.

    Parameters
    ----------
    workers : int
        For the note of the session.
    shard : Shard or None
        The share to make; ``None`` for all.
    extend : bool
        Whether the folder may get more cells or replications than it has.
    retry : bool
        Whether runs that failed are made again.
    timeout_s : float
        Longest time of a run.
    """

    workers: int = 1
    shard: Shard | None = None
    extend: bool = False
    retry: bool = False
    timeout_s: float = math.inf


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a sweep ended.

    Parameters
    ----------
    tally : Tally
        What this command has made.
    failed : int
        Runs in the folder that failed, by this command or before.
    stopped : bool
        Whether somebody asked it to stop.
    repairs : tuple of str
        What was put right when the folder was opened.
    """

    tally: Tally
    failed: int
    stopped: bool
    repairs: tuple[str, ...]


def run_sweep(
    plan: Plan, folder: Path, runner: Runner, wishes: Wishes, look: Callable[[Tally], None]
) -> Outcome:
    """Make the runs of a plan that its folder does not have yet.

    Parameters
    ----------
    look : callable
        Called several times a second with how far it is.

    Raises
    ------
    StoreError
        When the folder holds something else, or cannot be written.
    AegeanError
        When a cluster cannot be reached, or is lost.
    """
    manifest, stop = manifest_of(plan), Stop()
    check_replications(folder, plan.sweep.replications, extend=wishes.extend)
    cells, order = table_of(plan.cells), order_of(plan, wishes.timeout_s)
    opened = open_sweep(
        folder, manifest, cells, shard=wishes.shard, extend=wishes.extend, workers=wishes.workers
    )
    with opened as store, stoppable(stop):
        tally = Tally(sum(1 for _ in _tasks(plan, store, wishes)))
        try:
            drive(order, _tasks(plan, store, wishes), runner, store, tally, stop, look)
        finally:
            runner.close()
        failed = len(store.failed)
    if wishes.shard is None and not stop.asked:
        compact(folder)
    return Outcome(tally, failed, stop.asked, store.repairs)


def _tasks(plan: Plan, store: SweepStore, wishes: Wishes) -> Iterator[Task]:
    made = store.done if wishes.retry else store.done | store.failed
    return tasks_of(plan.cells, range(plan.sweep.replications), made, wishes.shard)


def order_of(plan: Plan, timeout_s: float = math.inf) -> Order:
    """Give what workers must know of a plan."""
    fixed = [word for text in overrides_of(plan.sweep.set) for word in ("--set", text)]
    command = f"{_RUN} {shlex.join([_named(plan), *fixed])}"
    return Order(json.dumps(plan.base.values()), str(plan.base.path), command, plan.sweep.decisive, timeout_s)


def repeating(plan: Plan, command: str) -> str:
    """Give the command of a failed run so that it works in any folder, with the whole path of the scenario.

    In the sweep's folder it has the file's name only: the bytes there are the same wherever it is run.
    """
    name = _named(plan)
    where = name if plan.scenario in built_in_scenarios() else Path(plan.scenario).absolute()
    rest = command.removeprefix(f"{_RUN} {shlex.quote(name)}")
    return f"{_RUN} {shlex.quote(str(where))}{rest}"


def _named(plan: Plan) -> str:
    return Path(plan.scenario).name


def manifest_of(plan: Plan) -> SweepManifest:
    """Give what a sweep folder says of its plan."""
    sweep = plan.sweep
    identity = {"program": __version__, "scenario": plan.base_print, "decisive": sweep.decisive}
    unknown = [*plan.assumed.spreads, *sweep.uncertainties]
    about = {
        "name": sweep.name,
        "title": sweep.title,
        "sweep": sweep.model_dump(mode="json"),
        "levers": [name for name in _labels(plan.cells) if name not in unknown],
        "uncertainties": unknown,
        "left_out": plan.assumed.left_out,
        "replications": sweep.replications,
        "scenario": plan.base.values(),
        "versions": versions(),
    }
    return SweepManifest(identity, about)


def table_of(cells: Sequence[Cell]) -> pa.Table:
    """Give the cells as a table: a column for each lever and each uncertain path."""
    return pa.table(
        {
            "cell": [cell.id for cell in cells],
            "number": pa.array([cell.number for cell in cells], pa.int64()),
            "world": pa.array([cell.world for cell in cells], pa.int64()),
            **{name: _column([cell.labels.get(name) for cell in cells]) for name in _labels(cells)},
        }
    )


def _labels(cells: Sequence[Cell]) -> list[str]:
    return list(dict.fromkeys(name for cell in cells for name in cell.labels))


def _column(values: Sequence[Any]) -> pa.Array:
    """Give values of one kind as they are, and a mixture as text."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {int, float} or kinds in ({str}, {bool}):
        return pa.array([float(value) if float in kinds and value is not None else value for value in values])
    return pa.array([value if isinstance(value, str) else json.dumps(value) for value in values])


def replications_in(folder: Path) -> int:
    """Tell how many replications of each cell a folder is to have; 0 where there is no sweep."""
    if not (folder / MANIFEST).is_file():
        return 0
    return int(read_sweep_manifest(folder).about.get("replications", 0))


def check_replications(folder: Path, asked: int, *, extend: bool) -> None:
    """Check that a folder is of as many replications as asked, or of fewer and may get more.

    Raises
    ------
    StoreError
        When it is not.
    """
    there = replications_in(folder)
    if there and (asked < there or (asked > there and not extend)):
        more = "--extend adds some" if asked > there else "it cannot have fewer"
        raise StoreError(f"{folder} is a sweep of {there} replications, not {asked}: {more}")
