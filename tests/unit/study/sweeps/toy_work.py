"""Work without a simulation, for tests of those who hand it out; some of it is deadly."""

from __future__ import annotations

import os
import signal
import time

from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.work import Order, Task

ORDER = Order("{}", "none.yaml", "aegean-sim run none.yaml")


def task(number: int, *words: str) -> Task:
    """Make a task; words tell what happens in it: ``die``, ``raise``, ``sleep``."""
    return Task(Run(f"{number:012x}", 0), words)


def toil(order: Order, tasks: tuple[Task, ...]) -> list[Done | Failed]:
    """Do what the tasks say."""
    return [_done(each) for each in tasks]


def _done(each: Task) -> Done | Failed:
    if "die" in each.overrides:
        os.kill(os.getpid(), signal.SIGKILL)
    if "sleep" in each.overrides:
        time.sleep(0.02)
    if "raise" in each.overrides:
        return Failed(each.run, "failed", "ValueError", "so it says", "", "again", 0.001)
    return Done(each.run, {"number": float(int(each.run.cell, 16)), "process": float(os.getpid())}, 0.02)
