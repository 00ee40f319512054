"""A Dask cluster of real processes on this machine."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parents[4]


def dask(held: ExitStack, *words: str) -> subprocess.Popen[bytes]:
    """Start a part of Dask that ends with the test."""
    environment = {**os.environ, "PYTHONPATH": f"{HERE}{os.pathsep}{os.environ.get('PYTHONPATH', '')}"}
    command = [sys.executable, "-m", *words]
    quiet = subprocess.DEVNULL
    started = held.enter_context(subprocess.Popen(command, env=environment, stdout=quiet, stderr=quiet))
    held.callback(started.kill)
    return started


@contextmanager
def cluster_in(folder: Path) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start a scheduler and two workers; give the scheduler's file and its process."""
    file, loopback = str(folder / "scheduler.json"), ["--host", "127.0.0.1"]
    with ExitStack() as held:
        at = ["--port", "0", "--no-dashboard", "--scheduler-file", file]
        scheduler = dask(held, "distributed.cli.dask_scheduler", *loopback, *at)
        for number in range(2):
            local = ["--local-directory", str(folder / str(number)), "--no-dashboard", "--nthreads", "1"]
            dask(held, "distributed.cli.dask_worker", "--scheduler-file", file, *loopback, *local)
        while not Path(file).exists():
            time.sleep(0.05)
        yield file, scheduler
