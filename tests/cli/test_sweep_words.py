"""What `sweep --dry-run` and `status` say, without processes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest
import typer
from tests.unit.study.sweeps.folders import CELLS, all_done, flip, opened, parts

from aegean_sim.cli.status import status
from aegean_sim.cli.sweep import sweep
from aegean_sim.study.sweeps.folder import SweepManifest

if TYPE_CHECKING:
    from pathlib import Path

SWEEP = {"name": "toy", "scenario": "small-lab.yaml", "levers": {"seed": "1..4"}, "replications": 2}
MANIFEST = SweepManifest({"seed": 1}, {"name": "toy", "replications": 4})


def sweep_file(laboratory: Path, **parts: object) -> str:
    file = laboratory.parent / "toy.yaml"
    file.write_text(json.dumps({**SWEEP, **parts}), encoding="utf-8")
    return str(file)


def test_a_dry_run_counts_what_is_there_and_tells_a_refusal(
    laboratory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file, out = sweep_file(laboratory), laboratory.parent / "out"

    def dry(**asked: object) -> tuple[int, int, str]:
        sweep(file, out=out, dry_run=True, as_json=True, **asked)  # type: ignore[arg-type]
        told = json.loads(capsys.readouterr().out)
        return told["runs"], told["there"], told["refusal"]

    assert dry() == (8, 0, "")
    with pytest.raises(typer.Exit):
        sweep(file, out=out, workers=1)
    capsys.readouterr()
    assert dry() == (0, 8, "")
    assert dry(replications=3)[:2] == (4, 8)
    assert "--extend" in dry(replications=3)[2]
    assert dry(replications=3, extend=True) == (4, 8, "")
    runs, there, refusal = dry(vary=["seed=3..9"])
    assert (runs, there) == (5 * 2, 2 * 2)
    assert "not in this sweep" in refusal
    sweep(file, out=out, dry_run=True, until_half_width="boats_seen_share:0.03", most=90)
    shown = capsys.readouterr().out
    assert "4 cells x 30 replications at least, 90 at most" in shown
    assert "to run: 112 (8 are there)" in shown
    assert "refused" not in shown


def test_a_dry_run_shows_eight_settings_of_a_cell(
    laboratory: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = sweep_file(laboratory, levers={f"lever-{n}": {"a": {}} for n in range(11)})
    sweep(file, dry_run=True)
    shown = capsys.readouterr().out
    assert "cell 0: lever-0 a, " in shown
    assert "lever-7 a, and 3 more" in shown


def test_a_sample_of_one_world_is_foretold(laboratory: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = {"design": "nearly_orthogonal", "points": 1}
    unknown = {"voyages.boat.copies": "20..40", "units.ship.sensors.0.rate_per_h": "1~3"}
    sweep(sweep_file(laboratory, levers={}, uncertainties=unknown, sampling=sample), dry_run=True)
    assert "correlation" not in capsys.readouterr().out


def test_files_for_a_secure_scheduler_go_with_one(laboratory: Path) -> None:
    with pytest.raises(typer.BadParameter, match="--cluster"):
        sweep(sweep_file(laboratory), tls="a,b,c")


def test_status_verifies_and_tells_each_thing_that_is_wrong(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sweep"
    with opened(folder, manifest=MANIFEST) as store:
        store.add(all_done())
    status(folder, verify=True)
    (part,), (timing,) = parts(folder), parts(folder, "timings")
    flip(part, 0.5)
    timing.unlink()
    (folder / "failures" / "stray.parquet").touch()
    for as_json in (False, True):
        with pytest.raises(typer.Exit) as left:
            status(folder, verify=True, as_json=as_json)
        assert left.value.exit_code == 1
    told = capsys.readouterr()
    torn, gone, stray = (line for line in told.err.splitlines() if "wrong: " in line)
    assert f"{part} is torn" in torn
    assert f"{timing} is gone" in gone
    assert "stray.parquet is not of this sweep" in stray
    assert len(json.loads(told.out.splitlines()[-1])["problems"]) == 3


def test_what_was_set_aside_counts_as_left_only_until_it_is_repeated(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "sweep"
    with opened(folder, manifest=MANIFEST) as store:
        store.add(all_done())
    flip(parts(folder)[0], 0.5)
    with opened(folder, manifest=MANIFEST) as store:
        status(folder)
        assert "their runs count as left" in capsys.readouterr().out
        store.add(all_done())
    status(folder)
    shown = capsys.readouterr().out
    assert f"done {4 * len(CELLS)} of {4 * len(CELLS)}" in shown
    assert "their runs have been repeated" in shown
