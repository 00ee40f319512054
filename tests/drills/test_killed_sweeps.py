"""Drivers and workers of a sweep killed at random moments, by the dozen: nothing is lost or counts twice."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

from tests.cli.conftest import SMALL_LABORATORY

if TYPE_CHECKING:
    from pathlib import Path


KILLS = 40


def started(folder: Path, out: str) -> subprocess.Popen[bytes]:
    sweep = ["sweep", "small-lab.yaml", "--vary", "seed=1..40", "--replications", "200", "--out", out]
    quiet = subprocess.DEVNULL
    command = [sys.executable, "-m", "aegean_sim.cli.main", *sweep, "--workers", "2"]
    return subprocess.Popen(command, cwd=folder, stdout=quiet, stderr=quiet)


def children(process: int) -> list[int]:
    found = subprocess.run(["pgrep", "-P", str(process)], capture_output=True, text=True, check=False)
    own = [int(word) for word in found.stdout.split()]
    return own + [grandchild for child in own for grandchild in children(child)]


def test_dozens_of_kills_lose_nothing_and_count_nothing_twice(tmp_path: Path) -> None:
    (tmp_path / "small-lab.yaml").write_text(SMALL_LABORATORY, encoding="utf-8")
    chance = random.Random(7)  # noqa: S311  (when to kill)
    assert started(tmp_path, "whole").wait() == 0
    ended = False
    for kill in range(KILLS):
        driver = started(tmp_path, "killed")
        time.sleep(chance.uniform(0.8, 3.0))
        ended = driver.poll() is not None
        victims = [driver.pid] if kill % 2 else children(driver.pid)[:1]
        for victim in victims:
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
        if kill % 2 == 0:
            time.sleep(0.5)
            driver.kill()
        driver.wait()
    assert not ended, "the sweep was over before the last kill: let it be longer"
    assert started(tmp_path, "killed").wait() == 0
    whole, killed = (
        {file.name: file.read_bytes() for file in (tmp_path / name / "replications").glob("*.parquet")}
        for name in ("whole", "killed")
    )
    assert whole == killed
    status = json.loads(
        subprocess.run(
            [sys.executable, "-m", "aegean_sim.cli.main", "status", "killed", "--verify", "--json"],
            cwd=tmp_path,
            capture_output=True,
            check=True,
        ).stdout
    )
    assert (status["done"], status["failed"], status["set_aside"]) == (8000, 0, 0)
