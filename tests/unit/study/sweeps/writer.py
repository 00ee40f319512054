"""A process that writes a made-up sweep, notes each batch when it is reported as done, and is killed."""

import json
import multiprocessing
import os
import time
from pathlib import Path
from typing import Any
from unittest import mock

from tests.unit.study.sweeps.folders import all_done, opened

from aegean_sim.study.sweeps.runs import Shard

REPLICATIONS = 200


def write(folder: Path, reported: Path, shard: Shard | None = None) -> None:
    """Do what has not been done yet, a replication at a time; a shard of two does every other one."""
    mine = range(REPLICATIONS) if shard is None else range(shard.number - 1, REPLICATIONS, shard.of)
    with opened(folder, shard=shard) as store, reported.open("a", encoding="utf-8") as notes:
        for replication in mine:
            batch = [run for run in all_done([replication]) if run.run not in store.done]
            if batch:
                store.add(batch)
                notes.write(json.dumps([run.run for run in batch]) + "\n")
                notes.flush()


def batches_told(reported: Path) -> list[Any]:
    """Read what was reported as done; a note that was cut off is none."""
    return [json.loads(line) for line in reported.read_text().splitlines() if line.endswith("]]")]


def started(folder: Path, reported: Path, shard: Shard | None = None) -> Any:
    """Start a writer and wait until it has reported something, or has ended."""
    forkserver = multiprocessing.get_context("forkserver")
    forkserver.set_forkserver_preload([__name__])
    length = reported.stat().st_size if reported.exists() else 0
    writer = forkserver.Process(target=write, args=(folder, reported, shard))
    with mock.patch.dict(os.environ):  # one that is killed would leave half a file of measured coverage
        for name in [name for name in os.environ if name.startswith("COVERAGE_")]:
            del os.environ[name]
        writer.start()
    while writer.is_alive() and not (reported.exists() and reported.stat().st_size > length):
        time.sleep(0.001)
    return writer


def write_and_be_killed(folder: Path, reported: Path, after_s: float) -> None:
    """Have a process write, and kill it so long after its first batch."""
    writer = started(folder, reported)
    time.sleep(after_s)
    writer.kill()
    writer.join()
    with reported.open("a", encoding="utf-8") as notes:
        notes.write("\n")
