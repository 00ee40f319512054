"""Foretelling: how many runs a sweep is, how long they will take, and what disk they need."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import mean
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import AegeanError, StoreError
from aegean_sim.study.statistics.stopping import Rule
from aegean_sim.study.sweeps.driving import tasks_of
from aegean_sim.study.sweeps.folder import check_may_hold
from aegean_sim.study.sweeps.layout import MANIFEST
from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.sampling import greatest_correlation
from aegean_sim.study.sweeps.scanning import Runs, scan
from aegean_sim.study.sweeps.sweeping import (
    check_replications,
    manifest_of,
    order_of,
    repeating,
    replications_in,
    table_of,
)
from aegean_sim.study.sweeps.work import Task, work

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.study.sweeps.model import Until
    from aegean_sim.study.sweeps.planning import Plan
    from aegean_sim.study.sweeps.sweeping import Wishes

_BYTES_A_NUMBER = 5.0
_MEGABYTE = 1e6
_PILOTS_A_CELL = 2


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a sweep will be.

    Parameters
    ----------
    replications : int
        Of each cell; where a sweep runs until an interval is narrow enough, those of the first look.
    runs, there : int
        Runs of this plan to be made, and those that its folder has.
    refusal : str
        Why the folder will not have this sweep; empty where it will.
    run_s : float
        Of one run, the mean of some pilots.
    correlation : float or None
        Greatest of two sampled columns, by amount; ``None`` where fewer vary.
    """

    cells: int
    replications: int
    runs: int
    there: int
    refusal: str
    run_s: float
    wall_s: float
    megabytes: float
    correlation: float | None


def foretell(plan: Plan, folder: Path, wishes: Wishes) -> Foretold:
    """Count what the folder lacks, and make a few pilot runs to reckon with their time.

    Raises
    ------
    AegeanError
        When a pilot fails.
    """
    until = plan.sweep.until
    replications = plan.sweep.replications if until is None else first_count(until, folder)
    refusal = _refusal(plan, folder, replications, extend=wishes.extend or until is not None)
    runs, there = _counts(plan, folder, replications, wishes)
    pilots = _pilots(plan, replications)
    run_s = mean(each.cpu_s for each in pilots)
    megabytes = (runs + there) * max(len(each.numbers) for each in pilots) * _BYTES_A_NUMBER / _MEGABYTE
    return Foretold(
        cells=len(plan.cells),
        replications=replications,
        runs=runs,
        there=there,
        refusal=refusal,
        run_s=run_s,
        wall_s=runs * run_s / wishes.workers,
        megabytes=megabytes,
        correlation=_correlation(plan),
    )


def first_count(until: Until, folder: Path) -> int:
    """Give the replications of the first look: of those there may be, as many as are there, or the rule's."""
    return min(max(Rule(until.half_width).first, replications_in(folder)), until.most)


def _refusal(plan: Plan, folder: Path, replications: int, *, extend: bool) -> str:
    try:
        check_may_hold(folder, manifest_of(plan), table_of(plan.cells), extend=extend)
        check_replications(folder, replications, extend=extend)
    except StoreError as error:
        return str(error)
    return ""


def _counts(plan: Plan, folder: Path, replications: int, wishes: Wishes) -> tuple[int, int]:
    """Count this plan's own runs that are to be made, and those that are there."""
    found = scan(folder) if (folder / MANIFEST).is_file() else Runs()
    made = found.done if wishes.retry else found.done | found.failed
    runs, wanted = (
        sum(1 for _ in tasks_of(plan.cells, range(replications), known, wishes.shard))
        for known in (made, frozenset[Run]())
    )
    return runs, wanted - runs


def _pilots(plan: Plan, replications: int) -> list[Done]:
    """Run the first and the last cell twice each, after one more: the first of a process reads the coast."""
    ends = {cell.id: cell for cell in (plan.cells[0], plan.cells[-1])}.values()
    count = min(replications, _PILOTS_A_CELL)
    tasks = tuple(
        Task(Run(cell.id, replication), tuple(cell.overrides))
        for replication in range(count)
        for cell in ends
    )
    pilots = work(order_of(plan), (tasks[0], *tasks))
    failed = next((each for each in pilots if isinstance(each, Failed)), None)
    if failed is not None:
        again = repeating(plan, failed.command)
        raise AegeanError(f"a pilot run fails: {failed.message} (again: {again})")
    return [each for each in pilots[1:] if isinstance(each, Done)]


def _correlation(plan: Plan) -> float | None:
    names = [*plan.assumed.spreads, *plan.sweep.uncertainties]
    columns = [[cell.settings[name] for cell in plan.cells] for name in names]
    numbers = [column for column in columns if all(isinstance(value, (int, float)) for value in column)]
    varied = [column for column in numbers if len(set(column)) > 1]
    return greatest_correlation(np.array(varied, dtype=np.float64).T) if len(varied) > 1 else None
