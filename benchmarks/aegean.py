"""Benchmark `aegean`: time and memory of the built-in scenarios on the real coast, and how long a user waits.

Every scenario gets an interpreter of its own, so that imports, the first look at the coast and the peak of
memory are those of a user's run.
"""

from __future__ import annotations

import resource
import tempfile
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import TYPE_CHECKING, TypeVar

import report
import start

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

T = TypeVar("T")
REPLICATIONS = {"aegean-2016": 6, "aegean-2015-10": 2}
MAPPED = "aegean-2016"
REPLICATION = "replication"


@dataclass(slots=True)
class Costs:
    """What one process spent: stages with wall-clock and CPU seconds and peak MB so far; rows by table."""

    stages: list[tuple[str, float, float, float]] = field(default_factory=list)
    rows: dict[str, int] = field(default_factory=dict)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Put down the time of a block, and the peak of memory so far."""
        wall, cpu = perf_counter(), process_time()
        yield
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
        self.stages.append((name, perf_counter() - wall, process_time() - cpu, peak_mb))


def sailed(name: str) -> Costs:
    """Sail replications of a scenario, without map and files."""
    costs = Costs()
    with costs.stage("import"):
        from aegean_sim.engine.run import simulate  # noqa: PLC0415  (the import is what is measured)
        from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415
    with costs.stage("read the scenario"):
        loaded = load_scenario(name)
    for number in range(REPLICATIONS[name]):
        with costs.stage(f"{REPLICATION} {number}"):
            record = simulate(loaded, number)
        costs.rows = {name: len(next(iter(table.values()))) for name, table in record.tables.items()}
    return costs


def mapped(name: str) -> Costs:
    """Sail a scenario once, and write and draw everything."""
    from aegean_sim.engine.coverage.layers import coverage_of  # noqa: PLC0415  (the parent stays small)
    from aegean_sim.engine.run import simulate  # noqa: PLC0415
    from aegean_sim.recording.layers import Layer  # noqa: PLC0415
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415
    from aegean_sim.recording.store import fill  # noqa: PLC0415
    from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415
    from aegean_sim.views.maps.atlas import draw_coverage  # noqa: PLC0415

    costs, loaded = Costs(), load_scenario(name)
    with costs.stage("replication 0"):
        record = simulate(loaded, 0)
    with tempfile.TemporaryDirectory() as parent:
        folder = Path(parent) / "run"
        with costs.stage("result folder"):
            fill(record, folder, inputs=loaded.folder)
        with costs.stage("coverage"):
            coverage_of(stored := read_run(folder), Layer())
        with costs.stage("picture"):
            draw_coverage(stored, folder / "coverage.png")
    return costs


def main() -> None:
    _alone(sailed, MAPPED)
    parts = [_WAITS, _waits()]
    for name in REPLICATIONS:
        parts += [f"## {name}, without map", _section(_alone(sailed, name))]
    parts += [f"## The map of {MAPPED}", _section(_alone(mapped, MAPPED))]
    report.publish("aegean", "Aegean", parts)


def _alone(work: Callable[[str], T], name: str) -> T:
    """Do some work in an interpreter of its own."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, name).result()


def _waits() -> str:
    rows = [[name, f"{median(waits):.2f}", f"{min(waits):.2f}"] for name, waits in start.waits_s().items()]
    return report.table(["fresh process", "median wall s", "least wall s"], rows)


def _section(costs: Costs) -> str:
    rows = [[name, f"{wall:.2f}", f"{cpu:.2f}", f"{peak:.0f}"] for name, wall, cpu, peak in costs.stages]
    warm = [stage for stage in costs.stages if stage[0].startswith(REPLICATION)][1:]
    if warm:
        wall, cpu = median(stage[1] for stage in warm), median(stage[2] for stage in warm)
        rows.append(["median of the warm ones", f"{wall:.2f}", f"{cpu:.2f}", ""])
    page = report.table(["stage", "wall s", "CPU s", "peak MB so far"], rows)
    counts = ", ".join(f"{count} {table}" for table, count in costs.rows.items())
    return f"{page}\n\nRows of the last: {counts}." if counts else page


_WAITS = """\
Every scenario has an interpreter of its own. Replication 0 is sailed on a coast that is not yet loaded, the
others are warm. "Under way" is a fresh process until the first event of the run. The disk's cache is warm
throughout, and kernels were compiled before."""


if __name__ == "__main__":
    main()
