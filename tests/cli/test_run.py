import json
import os
import pty
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import TABLES

Aegean = Callable[..., subprocess.CompletedProcess[str]]
RUN_FILES = {*(f"{name}.parquet" for name in TABLES), "manifest.json", "kpis.csv", "summary.md"}


def names(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


def document(answer: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    said: dict[str, Any] = json.loads(answer.stdout)
    return said


def test_a_run_leaves_a_result_folder_and_says_what_became_of_all(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    answer = aegean_sim("run", str(laboratory), "--no-map")
    assert answer.returncode == 0, answer.stderr
    folder = tmp_path / "results" / "small-lab"
    assert names(folder) == RUN_FILES
    assert names(folder.parent) == {"small-lab"}
    lines = [line.split() for line in answer.stdout.splitlines()]
    assert ["persons", "who", "set", "out", "400"] in lines
    assert answer.stdout.index("dead") < answer.stdout.index("boats that set out")
    assert answer.stdout.endswith("Result folder: results/small-lab\n")
    assert "small-lab declares 4 for an honest answer (--replications 4)" in answer.stderr
    assert len(read_run(folder).table("voyages")) == 40


GUARDED = """
  - id: guard
    owner: CG
    theatre: lab
    side: destination
    duties: [intercept]
    max_speed_kn: 40
    patrol: {kind: station, at: [-5, 4]}
handoffs:
  desks: [{id: coast, officers: 40, handling_min: 1, hears: [NATO], commands: [CG]}]
  response: {contact_needed: false, bring_ashore: false}
"""


@pytest.fixture
def guarded(laboratory: Path) -> Path:
    """Put a guard into the laboratory, who is sent to one boat as soon as the ship tells of it."""
    text = laboratory.read_text()
    units, voyages = text.index("units:"), text.index("voyages:")
    guard, handoffs = GUARDED.split("handoffs:")
    laboratory.write_text(
        text[units:voyages] + guard + text[:units] + text[voyages:] + "handoffs:" + handoffs
    )
    return laboratory


def test_a_run_tells_what_the_reports_of_those_who_only_watch_changed(
    aegean_sim: Aegean, guarded: Path, tmp_path: Path
) -> None:
    said = document(aegean_sim("run", str(guarded), "--no-map", "--json"))["kpis"]
    assert said["boats_decisive_NATO"] == said["boats_met"] > 0
    assert said["boats_changed_NATO_from_landed_to_met"] == said["boats_met"]
    assert said["persons_decisive_NATO"] == 10 * said["boats_met"]
    assert said["deaths_averted_NATO"] == 0
    assert not [name for name in said if name.endswith("_decisive_CG")]
    folder = tmp_path / "results" / "small-lab"
    table = read_run(folder).table("decisive")
    assert table["outcome"].tolist() == ["met"] * int(said["boats_met"])
    assert "\n\nNATO's reports changed what became of " in (folder / "summary.md").read_text()


def test_pairs_can_be_left_out(aegean_sim: Aegean, guarded: Path, tmp_path: Path) -> None:
    said = document(aegean_sim("run", str(guarded), "--no-map", "--no-pairs", "--json"))["kpis"]
    assert said["boats_met"] > 0
    assert not [name for name in said if "decisive" in name]
    folder = tmp_path / "results" / "small-lab"
    assert not len(read_run(folder).table("decisive"))
    assert "NATO's reports" not in (folder / "summary.md").read_text()


@pytest.mark.slow
def test_two_runs_give_identical_tables(aegean_sim: Aegean, laboratory: Path, tmp_path: Path) -> None:
    for out in ("one", "two"):
        document(aegean_sim("run", str(laboratory), "--no-map", "--out", out, "--json"))
    for name in sorted(RUN_FILES - {"manifest.json"}):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes(), name


@pytest.mark.slow
def test_another_replication_or_seed_has_other_chance(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    changes = {"base": [], "other": ["--replication", "3"], "seed": ["--set", "seed=6"]}
    contacts = {}
    for out, change in changes.items():
        said = document(aegean_sim("run", str(laboratory), "--no-map", "--out", out, "--json", *change))
        assert said["replications"] == ([3] if out == "other" else [0])
        assert said["seed"] == (6 if out == "seed" else 5)
        contacts[out] = read_run(tmp_path / out).table("contacts")["start_s"].tolist()
    assert contacts["base"] != contacts["other"]
    assert contacts["base"] != contacts["seed"]


def test_json_is_the_only_thing_printed(aegean_sim: Aegean, laboratory: Path, tmp_path: Path) -> None:
    said = document(
        aegean_sim("run", str(laboratory), "--no-map", "--json", "--set", "voyages.boat.copies=7")
    )
    assert said["folder"] == "results/small-lab"
    assert said["kpis"]["boats"] == 7
    assert said["kpis"]["reports_timely_share"] is None
    assert said["maps"] == []
    assert said["fingerprint"] == read_run(tmp_path / said["folder"]).manifest.fingerprint


@pytest.mark.slow
def test_a_result_folder_is_not_overwritten_unless_asked(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    arguments = ("run", str(laboratory), "--no-map")
    aegean_sim(*arguments)
    again = aegean_sim(*arguments)
    assert again.returncode == 2
    assert again.stderr == (
        "aegean-sim: error: result folder results/small-lab is there already: choose another with --out,"
        " or replace it with --overwrite\n"
    )
    assert aegean_sim(*arguments, "--overwrite", "--set", "voyages.boat.copies=3").returncode == 0
    assert len(read_run(tmp_path / "results" / "small-lab").table("voyages")) == 3


@pytest.mark.slow
def test_replications_lie_below_one_parent_with_intervals(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    said = document(
        aegean_sim("run", str(laboratory), "--replications", "3", "--no-map", "--json", "--out", "all")
    )
    parent = tmp_path / "all"
    assert names(parent) == {"manifest.json", "kpis.csv", "summary.md", "r000", "r001", "r002"}
    assert (said["kind"], said["replications"]) == ("replications", [0, 1, 2])
    seen = said["kpis"]["boats_seen_share_NATO"]
    assert seen["low"] < seen["mean"] < seen["high"]
    alone = document(
        aegean_sim("run", str(laboratory), "--replication", "2", "--no-map", "--json", "--out", "two")
    )
    rows = [line.split(",") for line in (parent / "kpis.csv").read_text().splitlines()]
    assert [row[0] for row in rows] == ["replication", "0", "1", "2"]
    assert (
        float(dict(zip(rows[0], rows[3], strict=True))["boats_seen_share"])
        == alone["kpis"]["boats_seen_share"]
    )
    for table in TABLES:
        name = f"{table}.parquet"
        assert (parent / "r002" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()
    told = aegean_sim("run", str(laboratory), "--replications", "3", "--no-map", "--out", "again").stdout
    assert "95 % interval" in told


@pytest.mark.slow
def test_a_map_is_drawn_and_can_be_drawn_again(aegean_sim: Aegean, laboratory: Path, tmp_path: Path) -> None:
    said = document(aegean_sim("run", str(laboratory), "--json"))
    picture = tmp_path / "results" / "small-lab" / "coverage.png"
    assert said["maps"] == ["results/small-lab/coverage.png"]
    assert picture.read_bytes().startswith(b"\x89PNG")
    again = document(aegean_sim("map", "results/small-lab", "--out", "again.png", "--json"))
    assert again == {"run": "results/small-lab", "map": "again.png"}
    assert (tmp_path / "again.png").read_bytes() == picture.read_bytes()


@pytest.mark.slow
def test_a_run_without_a_map_gets_the_same_one_later(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    document(aegean_sim("run", str(laboratory), "--json", "--out", "with"))
    document(aegean_sim("run", str(laboratory), "--json", "--out", "without", "--no-map"))
    assert names(tmp_path / "without") == RUN_FILES
    aegean_sim("map", "without")
    assert names(tmp_path / "without") == RUN_FILES | {"coverage", "coverage.png"}
    early, late = (read_run(tmp_path / name).coverage()["lab"] for name in ("with", "without"))
    assert early.values == pytest.approx(late.values, abs=0.0, nan_ok=True)


def interrupted(
    laboratory: Path, number: signal.Signals, *, when: Callable[[], bool]
) -> subprocess.Popen[str]:
    command = [
        sys.executable,
        "-m",
        "aegean_sim.cli.main",
        "run",
        str(laboratory),
        "--no-map",
        "--replications",
        "500",
    ]
    run = subprocess.Popen(
        command, cwd=laboratory.parent, stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    deadline = time.monotonic() + 60
    while not when():
        assert run.poll() is None, run.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    run.send_signal(number)
    return run


def test_ctrl_c_leaves_nothing_and_exits_with_130(laboratory: Path) -> None:
    results = laboratory.parent / "results"
    run = interrupted(laboratory, signal.SIGINT, when=lambda: any(results.glob(".aegean-sim-*/r001")))
    out, told = run.communicate(timeout=30)
    assert run.returncode == 130
    assert (out, told) == ("", "aegean-sim: stopped; nothing was left half-written\n")
    assert names(results) == set()


def test_a_killed_run_does_not_block_the_next(aegean_sim: Aegean, laboratory: Path) -> None:
    results = laboratory.parent / "results"
    run = interrupted(laboratory, signal.SIGKILL, when=lambda: any(results.glob(".aegean-sim-*/r001")))
    run.communicate(timeout=30)
    assert not (results / "small-lab").exists()
    assert aegean_sim("run", str(laboratory), "--no-map").returncode == 0


def test_a_terminal_sees_progress(laboratory: Path) -> None:
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "aegean_sim.cli.main", "run", str(laboratory), "--no-map"]
    environment = {**os.environ, "TERM": "xterm-256color"}
    run = subprocess.Popen(
        command, cwd=laboratory.parent, env=environment, stderr=theirs, stdout=subprocess.PIPE, text=True
    )
    os.close(theirs)
    out, _ = run.communicate(timeout=60)
    seen = b""
    while True:
        try:
            part = os.read(ours, 4096)
        except OSError:
            break
        if not part:
            break
        seen += part
    os.close(ours)
    assert run.returncode == 0
    assert b"run 0" in seen
    assert "run 0" not in out
