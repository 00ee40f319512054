"""Foretelling: how many runs a sweep is, how long they will take, and what disk they need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.study.sweeps.layout import MANIFEST
from aegean_sim.study.sweeps.runs import Failed, Run
from aegean_sim.study.sweeps.sampling import greatest_correlation
from aegean_sim.study.sweeps.scanning import scan
from aegean_sim.study.sweeps.sweeping import order_of
from aegean_sim.study.sweeps.work import Task, work

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.study.sweeps.planning import Plan

_BYTES_A_NUMBER = 5.0
_MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Foretold:
    """What a sweep will be.

    Parameters
    ----------
    runs, there : int
        Runs to be made, and those that its folder has.
    run_s : float
        Of one run, by two pilots.
    correlation : float or None
        Greatest of two sampled columns, by amount; ``None`` where fewer are sampled.
    """

    cells: int
    runs: int
    there: int
    run_s: float
    wall_s: float
    megabytes: float
    correlation: float | None


def foretell(plan: Plan, folder: Path, workers: int) -> Foretold:
    """Make a run of the first and of the last cell, and reckon with their time.

    Raises
    ------
    AegeanError
        When a pilot fails.
    """
    order, ends = order_of(plan), (plan.cells[0], plan.cells[-1])
    pilots = work(order, tuple(Task(Run(cell.id, 0), tuple(cell.overrides)) for cell in ends))
    failed = next((each for each in pilots if isinstance(each, Failed)), None)
    if failed is not None:
        raise AegeanError(f"a pilot run fails: {failed.message} (again: {failed.command})")
    # The first run of a process reads the coast; the second is as all later ones.
    run_s = pilots[1].cpu_s
    columns = max(len(each.numbers) for each in pilots if not isinstance(each, Failed))
    there = len(scan(folder).done) if (folder / MANIFEST).is_file() else 0
    runs = max(0, len(plan.cells) * plan.sweep.replications - there)
    megabytes = (runs + there) * columns * _BYTES_A_NUMBER / _MEGABYTE
    return Foretold(
        len(plan.cells), runs, there, run_s, runs * run_s / workers, megabytes, _correlation(plan)
    )


def _correlation(plan: Plan) -> float | None:
    names = [*plan.assumed.spreads, *plan.sweep.uncertainties]
    columns = [[cell.settings[name] for cell in plan.cells] for name in names]
    numbers = [column for column in columns if all(isinstance(value, (int, float)) for value in column)]
    if len(numbers) < 2:
        return None
    varied = np.array([column for column in numbers if len(set(column)) > 1], dtype=np.float64)
    return greatest_correlation(varied.T)
