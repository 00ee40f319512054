"""Ctrl-C while workers run."""

import os
import signal
import subprocess
import sys
import time

import pytest

PROGRAM = """
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.study import replays
from aegean_sim.study.worth import worth
replays._ALONE_S = 0.0
def stage(name):
    print(name, flush=True)
    return lambda done: print(done, flush=True)
worth(load_scenario("aegean-2016", ["duration_h=240"]), 8, workers=2, progress=stage)
"""


@pytest.mark.slow
def test_ctrl_c_ends_all_workers_and_says_no_more_than_once() -> None:
    command = [sys.executable, "-c", PROGRAM]
    run = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    assert run.stdout is not None
    assert run.stdout.readline() == "8 runs with all\n"
    run.stdout.readline()
    run.stdout.readline()
    os.killpg(run.pid, signal.SIGINT)
    out, told = run.communicate(timeout=60)
    assert "1.0" not in out
    assert told.count("KeyboardInterrupt") == 1
    assert told.count("Traceback") == 1
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline and _alive(run.pid):
        time.sleep(0.1)
    assert not _alive(run.pid)


def _alive(group: int) -> bool:
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
