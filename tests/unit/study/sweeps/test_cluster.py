"""The cluster runner with a real scheduler and real workers, all processes of their own, some killed."""

from __future__ import annotations

import os
import signal
from typing import TYPE_CHECKING

import pytest
from tests.unit.study.sweeps.dask_cluster import cluster_in
from tests.unit.study.sweeps.toy_work import ORDER, task, toil

from aegean_sim.errors import AegeanError
from aegean_sim.study.sweeps.cluster import ClusterRunner
from aegean_sim.study.sweeps.runs import Done, Failed

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from aegean_sim.study.sweeps.work import Task

pytest.importorskip("distributed", reason="Dask distributed, an extra, is not installed")


def numbers(results: list[Done | Failed]) -> list[int]:
    return sorted(int(each.run.cell, 16) for each in results)


def test_every_run_comes_back_once_though_a_worker_dies_and_a_run_is_deadly(
    tmp_path: Path,
) -> None:
    tasks = [task(number, *(["die"] if number == 7 else ["sleep"])) for number in range(60)]
    pieces: Iterator[tuple[Task, ...]] = (tuple(tasks[first : first + 2]) for first in range(0, 60, 2))
    results: list[Done | Failed] = []
    killed = 0
    with cluster_in(tmp_path) as (file, _):
        runner = ClusterRunner(file, does=toil)
        for some in runner.run(ORDER, pieces):
            results += some
            if some and not killed and isinstance(some[0], Done):
                killed = int(some[0].numbers["process"])
                os.kill(killed, signal.SIGKILL)
        runner.close()
    assert numbers(results) == list(range(60))
    failed = [each for each in results if isinstance(each, Failed)]
    assert numbers(list(failed)) == [7]
    assert failed[0].status == "crashed"


def test_nobody_there_is_one_message() -> None:
    with pytest.raises(AegeanError, match="no scheduler file"):
        next(ClusterRunner("/nowhere/scheduler.json", does=toil).run(ORDER, iter([])))
