"""Benchmark `sweeps`: two workers against one, what driving costs, big plans and big comparisons."""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import NamedTuple

import numpy as np
import pyarrow as pa
from pyarrow import parquet

import report
from aegean_sim.study.sweeps import ledger
from aegean_sim.study.sweeps.driving import Tally, tasks_of
from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.layout import REPLICATIONS
from aegean_sim.study.sweeps.parts import write_part
from aegean_sim.study.sweeps.planning import Changes, Plan, plan_sweep
from aegean_sim.study.sweeps.runner import LocalRunner
from aegean_sim.study.sweeps.store import open_sweep
from aegean_sim.study.sweeps.sweeping import Wishes, order_of, run_sweep
from aegean_sim.study.sweeps.work import work

SCENARIO, DAYS, ROUNDS = "aegean-2016", 6, 2
LEVELS, RUNS_EACH = "deployments.nato.ships=2..6", 24
MANY_CELLS = ("deployments.nato.ships=0..7", "handoffs.desks.hcg.officers=1..10", "seed=1..1250")
LEVERS, STRATA, PAIRS, FIGURES = 10, 10, 10_000, 20


class Swept(NamedTuple):
    """A sweep's time on the clock, until the first runs were done and in all, and CPU time of each run."""

    wall_s: float
    first_s: float
    first: int
    runs_s: list[float]

    def beyond(self) -> float:
        """Give the share of time beyond that of the runs, from the first ones done to the end."""
        return (self.wall_s - self.first_s) / sum(self.runs_s[self.first :]) - 1


def main() -> None:
    changes = Changes(vary=[LEVELS], fixed=[f"duration_h={24 * DAYS}"], replications=RUNS_EACH)
    plan = plan_sweep(SCENARIO, changes)
    plain = [_in_fresh_process(_loop, plan) for _ in range(ROUNDS)]
    swept = [(_in_fresh_process(_swept, plan, 1), _in_fresh_process(_swept, plan, 2)) for _ in range(ROUNDS)]
    side_by_side = [_side_by_side(plan) for _ in range(ROUNDS)]
    planning, comparing = _in_fresh_process(_planned), _compared()
    rows = [_cores(swept, side_by_side), _driving(swept, plain), planning, comparing]
    page = report.table(["what", "measured", "wanted"], rows)
    report.publish("sweeps", "What driving many runs costs", [page, _what(plan, plain)])


def _in_fresh_process(task, *given):
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
        return alone.submit(task, *given).result()


def _loop(plan: Plan) -> Swept:
    """Make all runs in a plain loop, after one to warm up."""
    order, tasks = order_of(plan), tuple(tasks_of(plan.cells, range(RUNS_EACH), set(), None))
    work(order, tasks[:1])
    begun = perf_counter()
    done = work(order, tasks)
    return Swept(perf_counter() - begun, 0.0, 0, [each.cpu_s for each in done])


def _side_by_side(plan: Plan) -> float:
    """Tell how many times the work of one plain loop two of them do in the same time, side by side."""
    alone = _in_fresh_process(_loop, plan).wall_s
    with ProcessPoolExecutor(2, mp_context=get_context("spawn")) as both:
        together = [each.result().wall_s for each in [both.submit(_loop, plan) for _ in range(2)]]
    return 2 * alone / max(together)


def _swept(plan: Plan, workers: int) -> Swept:
    folder, firsts, begun = Path(tempfile.mkdtemp(prefix="sweep-")), [], perf_counter()

    def look(tally: Tally) -> None:
        if tally.made and not firsts:
            firsts.append((perf_counter() - begun, tally.made))

    try:
        outcome = run_sweep(plan, folder / "sweep", LocalRunner(workers), Wishes(workers), look)
        assert outcome.failed == 0
        return Swept(perf_counter() - begun, *firsts[0], _runs_s(folder / "sweep"))
    finally:
        shutil.rmtree(folder)


def _runs_s(folder: Path) -> list[float]:
    """Give the CPU time of each run, in the order in which one worker makes them."""
    timings = parquet.read_table(folder / "timings").to_pandas()
    numbers = parquet.read_table(folder / "cells.parquet").to_pandas().set_index("cell")["number"]
    ordered = timings.assign(number=timings["cell"].map(numbers)).sort_values(["replication", "number"])
    return ordered["cpu_s"].to_list()


def _cores(swept, side_by_side) -> list[str]:
    gains = [one.wall_s / two.wall_s for one, two in swept]
    told = ", ".join(f"{gain:.2f}" for gain in gains)
    return [
        "the same sweep with two workers against one",
        f"{median(gains):.2f} times as fast ({told}); the machine's two cores do"
        f" {median(side_by_side):.2f} times the work of one",
        "1.8",
    ]


def _driving(swept, plain) -> list[str]:
    driven, loops = [one.beyond() for one, _ in swept], [each.beyond() for each in plain]
    starts = median(one.first_s for one, _ in swept)
    return [
        "time on the clock beyond the CPU time of the runs, one worker, once the first are done",
        f"{median(driven):.1%} ({', '.join(f'{share:.1%}' for share in driven)}); a plain loop"
        f" {median(loops):.1%}; the first are done after {starts:.1f} s",
        "5 %",
    ]


def _planned() -> list[str]:
    begun = perf_counter()
    plan = plan_sweep(SCENARIO, Changes(vary=MANY_CELLS))
    spent = perf_counter() - begun
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return [f"{len(plan.cells):,} cells planned", f"{spent:.1f} s, {peak:.0f} MB at most", "5 s, 500 MB"]


def _compared() -> list[str]:
    folder = Path(tempfile.mkdtemp(prefix="million-"))
    try:
        rows = _fill(folder / "sweep")
        command = [sys.executable, "-m", "aegean_sim.cli.main", "compare", folder / "sweep"]
        begun = perf_counter()
        subprocess.run([*command, "--vary", "ships"], check=True, capture_output=True)  # noqa: S603
        spent = perf_counter() - begun
    finally:
        shutil.rmtree(folder)
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    return [
        f"{rows:,} rows of results compared, charts and all",
        f"{spent:.0f} s, {peak:.0f} MB at most",
        "30 s",
    ]


def _fill(folder: Path) -> int:
    """Write a made-up sweep of a million runs."""
    names = [f"{number:012x}" for number in range(LEVERS * STRATA)]
    numbers = np.arange(len(names))
    cells = pa.table(
        {
            "cell": names,
            "number": numbers,
            "world": np.zeros_like(numbers),
            "ships": numbers % LEVERS,
            "officers": numbers // LEVERS,
        }
    )
    about = {
        "name": "million",
        "levers": ["ships", "officers"],
        "uncertainties": [],
        "replications": PAIRS,
    }
    with open_sweep(folder, SweepManifest({"seed": 1}, about), cells):
        pass
    random, step = np.random.default_rng(1), 100_000 // len(names)
    for start in range(0, PAIRS, step):
        rows = _made_up(random, np.arange(start, start + step), names)
        ledger.enter(folder, ledger.WHOLE, [write_part(folder, REPLICATIONS, rows)])
    return PAIRS * len(names)


def _made_up(random: np.random.Generator, replications: np.ndarray, names: list[str]) -> pa.Table:
    """Give key figures of some replications of all cells, correlated within a replication."""
    cell = np.tile(np.arange(len(names)), len(replications))
    ships = cell % LEVERS

    def common(values: np.ndarray) -> np.ndarray:
        return np.repeat(values.astype(float), len(names))

    def noise() -> np.ndarray:
        return random.normal(size=len(cell))

    wrecks, boats = (
        common(random.poisson(3, len(replications)) ** 3),
        common(random.poisson(80, len(replications))),
    )
    figures = {
        "persons_dead": wrecks * (1 - 0.02 * ships) + random.poisson(1, len(cell)),
        "persons_met": 40 * boats + 10 * noise(),
        "persons_rescued": 20 * boats + 10 * noise(),
        "persons_returned": 5 * boats + noise(),
        "boats": boats,
        "boats_seen_share": 0.5 + 0.01 * ships + 0.01 * noise(),
        "boats_told_in_time_share": 0.4 + 0.01 * ships + 0.01 * noise(),
        **{f"other_{number}": noise() for number in range(FIGURES)},
    }
    keys = {"cell": np.array(names)[cell], "replication": np.repeat(replications, len(names))}
    return pa.table(keys | figures)


def _what(plan: Plan, plain) -> str:
    each = 1e3 * median(sum(loop.runs_s) for loop in plain) / (len(plan.cells) * RUNS_EACH)
    return f"""\
The sweep: {len(plan.cells)} cells ({LEVELS}) times {RUNS_EACH} replications of {DAYS} days of `{SCENARIO}`,
{each:.0f} ms a run in a plain loop. {ROUNDS} rounds, of which medians are given. Both cores at once are
slower, each, than one alone on most machines: two plain loops side by side tell what there is to be had."""


if __name__ == "__main__":
    main()
