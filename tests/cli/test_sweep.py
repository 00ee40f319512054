"""`aegean-sim sweep` and `status` by real processes: stopped, killed, sharded, with runs that fail."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pandas as pd
import pytest

if TYPE_CHECKING:
    from pathlib import Path

SWEEP = {
    "name": "toy",
    "scenario": "small-lab.yaml",
    "levers": {"seed": "1..4"},
    "replications": 6,
}
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE")}


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "aegean_sim.cli.main", *words]


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command(*words), cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=120
    )


def started(folder: Path, *words: str) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen(command(*words), cwd=folder, env=ENVIRONMENT, stdout=pipe, stderr=pipe, text=True)


@pytest.fixture
def here(tmp_path: Path, laboratory: Path) -> Path:
    assert laboratory.parent == tmp_path
    (tmp_path / "toy.yaml").write_text(json.dumps(SWEEP), encoding="utf-8")
    return tmp_path


def parts(folder: Path) -> dict[str, bytes]:
    files = sorted((folder / "replications").glob("*.parquet"))
    return {file.name: file.read_bytes() for file in files}


def undisturbed(here: Path) -> dict[str, bytes]:
    done = run(here, "sweep", "toy.yaml", "--out", "whole", "--workers", "2")
    assert done.returncode == 0, done.stderr
    return parts(here / "whole")


def test_however_it_is_cut_and_killed_the_same_bytes_come_out(here: Path) -> None:
    whole = undisturbed(here)
    assert len(whole) == 1
    for share in ("2/2", "1/2"):
        assert run(here, "sweep", "toy.yaml", "--out", "shards", "--shard", share).returncode == 0
    assert run(here, "sweep", "toy.yaml", "--out", "shards", "--workers", "1").returncode == 0
    assert parts(here / "shards") == whole
    for wait_s in (1.2, 1.6):
        with started(here, "sweep", "toy.yaml", "--out", "killed", "--workers", "2") as driver:
            time.sleep(wait_s)
            driver.kill()
    assert run(here, "sweep", "toy.yaml", "--out", "killed").returncode == 0
    assert parts(here / "killed") == whole


def test_ctrl_c_ends_cleanly_and_the_same_command_goes_on(here: Path) -> None:
    words = ("sweep", "toy.yaml", "--out", "stopped", "--replications", "4000", "--workers", "2")
    with started(here, *words) as driver:
        while not list((here / "stopped").glob("sessions/*.json")):
            time.sleep(0.05)
        time.sleep(1.5)
        driver.send_signal(signal.SIGINT)
        _, told = driver.communicate(timeout=60)
    assert driver.returncode == 130
    assert "the same command goes on" in told
    status = json.loads(run(here, "status", "stopped", "--json").stdout)
    assert 0 < status["done"] < 16_000
    assert status["failed"] == 0
    assert status["most"] - status["least"] <= 1 + 200 // 4


def test_ctrl_c_again_and_again_ends_at_once_and_quietly(here: Path) -> None:
    words = command("sweep", "toy.yaml", "--out", "pressed", "--replications", "4000", "--workers", "2")
    pipe = subprocess.PIPE
    with subprocess.Popen(
        words,
        cwd=here,
        env=ENVIRONMENT,
        stdout=pipe,
        stderr=pipe,
        text=True,
        start_new_session=True,
    ) as driver:
        while driver.poll() is None and not list((here / "pressed").glob("sessions/*.json")):
            time.sleep(0.01)
        for wait_s in (0.2, 0.02, 0.2):
            time.sleep(wait_s)
            with contextlib.suppress(ProcessLookupError):
                os.killpg(driver.pid, signal.SIGINT)
        _, told = driver.communicate(timeout=60)
    assert driver.returncode == 130
    assert set(told.splitlines()) <= {
        "Stopped: the same command goes on where it ended.",
        "aegean-sim: stopped; nothing was left half-written",
    }


def test_a_second_driver_is_refused(here: Path) -> None:
    words = ("sweep", "toy.yaml", "--out", "busy", "--replications", "4000", "--workers", "1")
    with started(here, *words) as driver:
        while not (here / "busy" / "sweep.json").exists():
            time.sleep(0.05)
        second = run(here, *words)
        driver.kill()
    assert second.returncode == 2
    assert str(driver.pid) in second.stderr
    assert len(second.stderr.splitlines()) == 1


def test_a_changed_scenario_is_refused_and_more_replications_are_asked_for(here: Path) -> None:
    undisturbed(here)
    changed = run(here, "sweep", "toy.yaml", "--out", "whole", "--set", "duration_h=4")
    assert changed.returncode == 2
    assert "scenario" in changed.stderr
    more = run(here, "sweep", "toy.yaml", "--out", "whole", "--replications", "8")
    assert more.returncode == 2
    assert "--extend" in more.stderr
    extended = run(here, "sweep", "toy.yaml", "--out", "whole", "--replications", "8", "--extend")
    assert extended.returncode == 0, extended.stderr
    rows = pd.read_parquet(here / "whole" / "replications")
    assert len(rows) == 32
    assert rows.groupby("cell")["replication"].apply(sorted).map(len).eq(8).all()


def test_a_run_that_fails_is_a_row_with_the_command_that_repeats_it(here: Path) -> None:
    done = run(here, "sweep", "toy.yaml", "--out", "hasty", "--timeout", "0.002")
    assert done.returncode == 3
    assert "timeout" in done.stderr
    assert f"again: aegean-sim run {here / 'small-lab.yaml'} --set seed=1 --replication 0" in done.stderr
    failures = pd.read_parquet(here / "hasty" / "failures")
    assert failures["command"].str.startswith("aegean-sim run small-lab.yaml --set seed=").all()
    done_too = list((here / "hasty" / "replications").glob("part-*.parquet"))
    assert len(failures) + sum(len(pd.read_parquet(part)) for part in done_too) == 24
    assert len(failures) > 12
    again = run(here, "sweep", "toy.yaml", "--out", "hasty")
    assert again.returncode == 3
    assert "0 runs made" in again.stdout


def test_a_run_of_a_sweep_is_exactly_repeated_by_its_command(here: Path) -> None:
    undisturbed(here)
    rows = pd.read_parquet(here / "whole" / "replications")
    cells = pd.read_parquet(here / "whole" / "cells.parquet").set_index("cell")
    row = rows[rows["replication"] == 3].iloc[1]
    seed = cells.loc[row["cell"], "seed"]
    words = ("--set", f"seed={seed}", "--replication", "3", "--no-map", "--json")
    told = json.loads(run(here, "run", "small-lab.yaml", *words).stdout)["kpis"]
    same = {name: value for name, value in told.items() if name in rows.columns and value is not None}
    assert len(same) > 20
    assert {name: row[name] for name in same} == same


def test_a_dry_run_tells_and_leaves_nothing(here: Path) -> None:
    told = run(here, "sweep", "toy.yaml", "--dry-run", "--out", "dry")
    assert told.returncode == 0, told.stderr
    assert "4 cells x 6 replications" in told.stdout
    assert "refused" not in told.stdout
    assert not (here / "dry").exists()


def test_a_sweep_runs_until_its_differences_are_known_as_well_as_asked(here: Path) -> None:
    words = ("sweep", "small-lab.yaml", "--vary", "units.ship.sensors.0.rate_per_h=1,3")
    done = run(here, *words, "--until-half-width", "boats_seen_share:0.03")
    assert done.returncode == 0, done.stderr
    looks = [line for line in done.stderr.splitlines() if "replications: boats_seen_share" in line]
    assert looks[0].startswith("30 replications")
    assert looks[-1].endswith("reached")
    rows = pd.read_parquet(here / "results" / "sweeps" / "small-lab" / "replications")
    assert len(rows) == 2 * int(looks[-1].split()[0])
    beyond = run(here, *words, "--until-half-width", "boats_seen_share:0.001", "--out", "beyond")
    assert beyond.returncode == 2
    assert "there may be 400" in beyond.stderr
    assert len(pd.read_parquet(here / "beyond" / "replications")) == 60
    most = run(
        here, *words, "--until-half-width", "boats_seen_share:0.001", "--most", "30", "--out", "beyond"
    )
    assert most.returncode == 0
    assert "not reached: after 30 replications, with 30 at most (--most), boats_seen_share" in most.stderr


def test_what_differences_cannot_be_known_of_is_refused_before_anything_is_kept(here: Path) -> None:
    for words, told in (
        (("--until-half-width", "boats_seen_share:0.03"), "none is varied"),
        (("--vary", "seed=1,2", "--until-half-width", "boats_sen_share:0.03"), "did you mean"),
    ):
        refused = run(here, "sweep", "small-lab.yaml", *words, "--out", "refused")
        assert refused.returncode == 2
        assert told in " ".join(refused.stderr.split())
        assert not (here / "refused").exists()
