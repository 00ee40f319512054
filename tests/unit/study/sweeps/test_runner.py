"""The local runner with real processes, some of which are killed."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.study.sweeps.toy_work import ORDER, task, toil

from aegean_sim.study.sweeps.runner import LocalRunner
from aegean_sim.study.sweeps.runs import Done, Failed
from aegean_sim.study.sweeps.work import Task


@pytest.fixture
def runner() -> Iterator[LocalRunner]:
    made = LocalRunner(2, toil)
    yield made
    made.close()


def pieces(tasks: list[Task], size: int) -> Iterator[tuple[Task, ...]]:
    return (tuple(tasks[first : first + size]) for first in range(0, len(tasks), size))


def numbers(results: list[Done | Failed]) -> list[int]:
    return sorted(int(each.run.cell, 16) for each in results)


def test_every_run_comes_back_once(runner: LocalRunner) -> None:
    tasks = [task(number, "sleep") for number in range(40)]
    results = [each for some in runner.run(ORDER, pieces(tasks, 3)) for each in some]
    assert numbers(results) == list(range(40))
    assert len({each.numbers["process"] for each in results if isinstance(each, Done)}) == 2


def test_only_the_run_that_kills_its_worker_is_blamed(runner: LocalRunner) -> None:
    tasks = [task(number, *(["die"] if number in {5, 17} else [])) for number in range(24)]
    results = [each for some in runner.run(ORDER, pieces(tasks, 4)) for each in some]
    assert numbers(results) == list(range(24))
    failed = [each for each in results if isinstance(each, Failed)]
    assert numbers(list(failed)) == [5, 17]
    assert {each.status for each in failed} == {"crashed"}
    assert failed[0].command == "aegean-sim run none.yaml --set die --replication 0"


def test_a_worker_killed_from_outside_costs_no_run(runner: LocalRunner) -> None:
    tasks = [task(number, "sleep") for number in range(60)]
    results: list[Done | Failed] = []
    killed: set[int] = set()
    for some in runner.run(ORDER, pieces(tasks, 2)):
        results += some
        process = next((int(each.numbers["process"]) for each in some if isinstance(each, Done)), 0)
        if process and len(killed) < 2 and process not in killed:
            os.kill(process, signal.SIGKILL)
            killed.add(process)
    assert len(killed) == 2
    assert numbers(results) == list(range(60))
    assert all(isinstance(each, Done) for each in results)


_DRIVER = """
from tests.unit.study.sweeps.toy_work import ORDER, task, toil
from aegean_sim.study.sweeps.runner import LocalRunner
if __name__ == "__main__":
    pieces = ((task(number, "sleep"),) for number in range(10**6))
    for some in LocalRunner(2, toil).run(ORDER, pieces):
        print(*(int(each.numbers["process"]) for each in some), flush=True)
"""


def test_workers_end_when_their_driver_is_killed() -> None:
    here = Path(__file__).parents[4]
    command = [sys.executable, "-c", _DRIVER]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=here) as driver:
        assert driver.stdout is not None
        workers: set[int] = set()
        while len(workers) < 2:
            workers.update(map(int, driver.stdout.readline().split()))
        driver.kill()
    until = time.monotonic() + 10.0
    while _alive(workers) and time.monotonic() < until:
        time.sleep(0.05)
    assert not _alive(workers)


def _alive(workers: set[int]) -> list[int]:
    return [worker for worker in workers if Path(f"/proc/{worker}").exists()]
