"""`map`: every picture is drawn, twice the same; what cannot be drawn is told in one line."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pyogrio
import pytest
from matplotlib.image import imread
from typer.testing import CliRunner

from aegean_sim.cli.main import app
from aegean_sim.engine.run import simulate
from aegean_sim.errors import AegeanError
from aegean_sim.recording.manifest import read_manifest
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.store import write_run
from aegean_sim.scenario.loading import load_scenario

Answer = subprocess.CompletedProcess[str]
Aegean = Callable[..., Answer]
SHOWS = ("seen", "unit-hours", "gap-mean", "gap-worst", "in-time", "outcomes", "unseen")


def mapped(*arguments: object) -> dict[str, list[str]]:
    """Draw without a process of its own, and give the document."""
    answer = CliRunner().invoke(app, ["map", *map(str, arguments), "--json"], catch_exceptions=False)
    assert answer.exit_code == 0, answer.output
    document: dict[str, list[str]] = json.loads(answer.stdout)
    return document


@pytest.fixture(scope="module")
def lab(tmp_path_factory: pytest.TempPathFactory) -> Path:
    loaded = load_scenario("lab-crossing", ["voyages.boat.copies=40"])
    folder = tmp_path_factory.mktemp("maps") / "lab"
    return write_run(simulate(loaded, 0), folder, inputs=loaded.folder, overwrite=False)


@pytest.fixture(scope="module")
def aegean(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two days of the Aegean: a real coast, all forces."""
    loaded = load_scenario("aegean-2016", ["duration_h=48", "seed=3"])
    folder = tmp_path_factory.mktemp("maps") / "aegean"
    return write_run(simulate(loaded, 0), folder, inputs=loaded.folder, overwrite=False)


@pytest.mark.parametrize("show", SHOWS)
def test_every_picture_of_a_laboratory_is_drawn_twice_the_same(lab: Path, tmp_path: Path, show: str) -> None:
    for suffix in (".png", ".svg", ".pdf") if show == "seen" else (".png",):
        first, second = (tmp_path / f"{name}{suffix}" for name in "ab")
        for path in (first, second):
            assert mapped(lab, "--show", show, "--out", path)["maps"] == [str(path)]
        assert first.read_bytes() == second.read_bytes()
        assert len(first.read_bytes()) > 8_000
        assert b"Software" not in first.read_bytes()[:2000]
    size = imread(tmp_path / "a.png").shape
    assert size[1] == 1650
    assert 700 < size[0] < 1700


def test_a_real_coast_is_drawn_with_points_and_stretches_behind(aegean: Path, tmp_path: Path) -> None:
    rows = {}
    for show in ("outcomes", "unseen"):
        picture, data = tmp_path / f"{show}.png", tmp_path / f"{show}.gpkg"
        mapped(aegean, "--show", show, "--out", picture, "--data", data)
        pixels = imread(picture)[..., :3]
        land = np.abs(pixels - np.array([0xDF, 0xDA, 0xCB]) / 255).max(axis=2) < 0.03
        assert 0.1 < land.mean() < 0.6
        rows[show] = {
            name: len(pyogrio.read_dataframe(data, layer=name)) for name, _ in pyogrio.list_layers(data)
        }
    boats = read_manifest(aegean).rows["voyages"]
    assert rows["outcomes"]["ended"] == boats >= rows["outcomes"]["first_seen"] > 0
    ended = pyogrio.read_dataframe(tmp_path / "outcomes.gpkg", layer="ended")
    assert (ended["persons"] > 0).all()
    assert ended["persons_dead"].sum() == read_run(aegean).table("voyages")["persons_dead"].sum()
    assert rows["unseen"]["stretches"] % 12 == 0
    stretches = pyogrio.read_dataframe(tmp_path / "unseen.gpkg")
    assert stretches.total_bounds.tolist() == pytest.approx([26.5, 37.5, 27.0, 39.5], abs=3.5)
    assert ((stretches["unseen_share"].dropna() >= -1e-9) & (stretches["unseen_share"].dropna() <= 1)).all()


def test_owners_have_a_panel_each(aegean: Path, tmp_path: Path) -> None:
    path = tmp_path / "owners.png"
    mapped(aegean, "--show", "unit-hours", "--by", "owners", "--out", path)
    assert imread(path).shape[1] == 1650


def test_runs_stand_side_by_side(lab: Path, tmp_path: Path) -> None:
    loaded = load_scenario("lab-crossing", ["voyages.boat.copies=40", "seed=9"])
    other = write_run(simulate(loaded, 0), tmp_path / "other", inputs=loaded.folder, overwrite=False)
    path = tmp_path / "pair.svg"
    mapped(lab, other, "--out", path)
    assert path.read_text().count("<!-- seed 9 -->") == 1
    assert path.read_text().count("replication 0") == 1
    for show in ("outcomes", "unseen"):
        mapped(lab, other, "--show", show, "--out", tmp_path / f"{show}.png")


def test_levels_of_a_sweep_are_sailed_once_and_drawn(
    aegean_sim: Aegean, laboratory: Path, tmp_path: Path
) -> None:
    swept = aegean_sim(
        "sweep", str(laboratory), "--vary", "voyages.boat.copies=1..3", "--replications", "2", "--out", "sw"
    )
    assert swept.returncode == 0, swept.stderr
    before = {path.name for path in (tmp_path / "sw").iterdir()}
    first = mapped(tmp_path / "sw", "--replications", "2", "--out", tmp_path / "one.png")
    runs = sorted((tmp_path / "sw" / "maps").glob("*/r*"))
    assert len(runs) == 6
    assert {path.name for path in (tmp_path / "sw").iterdir()} == before | {"maps"}
    kept = {run: (run / "tracks.parquet").stat().st_mtime_ns for run in runs}
    mapped(tmp_path / "sw", "--replications", "2", "--out", tmp_path / "two.png")
    assert {run: (run / "tracks.parquet").stat().st_mtime_ns for run in runs} == kept
    assert first["maps"] == [str(tmp_path / "one.png")]
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    assert aegean_sim("compare", "sw").returncode == 0


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--show", "sen"], "--show sen: no such map; did you mean 'seen'?"),
        (["--by", "shp"], "--by shp: neither an owner nor a unit in lab; did you mean 'ship'?"),
        (["--boat", "rubbr"], "--boat rubbr: .* did you mean 'rubber'?"),
        (["--theatre", "lob"], "has no such theatre; did you mean 'lab'?"),
        (["--hours", "0"], "--hours 0: must be above 0"),
        (["--hours", "3", "--show", "gap-mean"], "--hours goes with --show seen, not with gap-mean"),
        (["--light", "dusk"], "--light dusk: no such light"),
        (["--out", "/nowhere/map.png"], "cannot write /nowhere/map.png"),
        (["--data", "cells.gpkg", "--show", "outcomes"], "lab is a laboratory, which is nowhere on Earth"),
    ],
)
def test_what_cannot_be_drawn_is_told(lab: Path, tmp_path: Path, arguments: list[str], said: str) -> None:
    out = [] if "--out" in arguments else ["--out", str(tmp_path / "map.png")]
    with pytest.raises(AegeanError, match=said.replace("?", r"\?")):
        CliRunner().invoke(app, ["map", str(lab), *arguments, *out], catch_exceptions=False)


def test_a_run_is_not_compared_with_itself(lab: Path, tmp_path: Path) -> None:
    answer = CliRunner().invoke(app, ["map", str(lab), f"{lab}/.", "--out", str(tmp_path / "a.png")])
    assert answer.exit_code == 2
    assert not (tmp_path / "a.png").exists()


def test_wrong_usage_ends_with_two(aegean_sim: Aegean, tmp_path: Path) -> None:
    answer = aegean_sim("map", "nowhere", "--out", "x.bmp")
    assert answer.returncode == 2
    assert len(answer.stderr.splitlines()) == 1
    assert "x.bmp must end in .png or .pdf or .svg" in answer.stderr
