"""The command compare: what it prints, what it leaves, and what it refuses."""

import csv
import json
from collections.abc import Callable
from pathlib import Path

import matplotlib.image as mpl_image
import numpy as np
import pytest
from tests.cli.conftest import Answer
from tests.unit.study.comparison.made_up import ships_save_lives, write_sweep


@pytest.fixture
def ships(tmp_path: Path) -> Path:
    return write_sweep(tmp_path / "ships", {"ships": [0, 2, 4, 6]}, ships_save_lives, replications=24)


def test_text_table_and_charts_are_left(aegean_sim: Callable[..., Answer], ships: Path) -> None:
    answer = aegean_sim("compare", "ships", "--worth", "persons_dead:5")
    assert (answer.returncode, answer.stderr) == (0, "")
    assert "Deaths, persons\n  0" in answer.stdout
    assert max(map(len, answer.stdout.splitlines())) <= 80
    folder = ships / "comparison"
    assert sorted(path.name for path in folder.iterdir()) == [
        "comparison.csv", "comparison.md", "gains-all.png", "levels-all.png", "pareto-all.png",
    ]  # fmt: skip
    text = (folder / "comparison.md").read_text()
    for heading in ("What may be concluded", "What may not", "What to hold against it", "Cost"):
        assert f"### {heading}" in text
    assert "going beyond 4 is shown to gain less than the 5 by unit that are worth having" in text
    rows = list(csv.DictReader((folder / "comparison.csv").open()))
    (row,) = [
        row
        for row in rows
        if (row["measure"], row["kind"], row["cell"]) == ("persons_dead", "difference", "4")
    ]
    assert (row["verdict"], row["n"], row["against"]) == ("better", "24", "0")
    assert float(row["low"]) < -40.0 + 1.0
    for picture in folder.glob("*.png"):
        assert mpl_image.imread(picture)[..., :3].std() > 0.02


def test_the_same_again_gives_the_same_and_takes_old_pictures_away(
    aegean_sim: Callable[..., Answer], ships: Path
) -> None:
    aegean_sim("compare", "ships")
    folder = ships / "comparison"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert aegean_sim("compare", "ships").returncode == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert aegean_sim("compare", "ships", "--measure", "persons_dead").returncode == 0
    assert not (folder / "pareto-all.png").exists()
    assert aegean_sim("status", "ships", "--verify").returncode == 0


def test_json_has_every_number_and_the_words(aegean_sim: Callable[..., Answer], ships: Path) -> None:
    answer = aegean_sim("compare", "ships", "--json", "--baseline", "6", "--out", "elsewhere")
    document = json.loads(answer.stdout)
    assert document["lever"] == "ships"
    (stratum,) = document["strata"]
    assert stratum["replications"] == 24
    assert any(said.startswith("Deaths: 0") for said in stratum["may_be_concluded"])
    assert {row["kind"] for row in document["rows"]} == {"level", "difference", "step", "gain", "best"}
    assert {row["against"] for row in document["rows"] if row["kind"] == "difference"} == {"6"}
    assert (ships.parent / "elsewhere" / "comparison.csv").is_file()
    assert not (ships / "comparison").exists()


def test_what_cannot_be_compared_is_refused_in_one_line(
    aegean_sim: Callable[..., Answer], ships: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    for arguments, told in (
        (["ships", "--vary", "ship"], "did you mean 'ships'?"),
        (["mine"], "mine is not a sweep folder: it has no sweep.json"),
        (["nowhere"], "nowhere is not a sweep folder: there is no such folder"),
        (["ships", "--worth", "persons_dead:-1"], "must be a measure and a number above 0"),
        (["ships", "--out", "mine"], "is no comparison (it holds letter.txt)"),
    ):
        answer = aegean_sim("compare", *arguments)
        assert (answer.returncode, answer.stdout) == (2, "")
        assert told in answer.stderr
        assert answer.stderr.count("\n") == 1
    assert [path.name for path in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_too_many_strata_are_told_of_and_left_to_the_document(
    aegean_sim: Callable[..., Answer], tmp_path: Path
) -> None:
    def law(label: dict, chance: np.random.Generator) -> dict[str, float]:
        return {"persons_dead": float(chance.poisson(9)) - label["ships"]}

    write_sweep(tmp_path / "s", {"ships": [0, 1], "month": list("abcdefgh")}, law, replications=3)
    answer = aegean_sim("compare", "s", "--vary", "ships")
    assert "2 more strata are in s/comparison/comparison.md" in answer.stdout
    text = (tmp_path / "s" / "comparison" / "comparison.md").read_text()
    assert all(f"## month {name}\n" in text for name in "abcdefgh")


def test_a_real_sweep_of_a_laboratory(aegean_sim: Callable[..., Answer]) -> None:
    """A ship with a farther reach sees more of the same boats: each replication has its own luck."""
    made = aegean_sim(
        "sweep", "lab-crossing", "--set", "voyages.boat.copies=400", "--set", "units.ship.owner=NATO",
        "--vary", "units.ship.sensors.0.b_nm3_per_h=6,12,24", "--replications", "8", "--workers", "1",
        "--out", "lab",
    )  # fmt: skip
    assert made.returncode == 0, made.stderr
    answer = aegean_sim("compare", "lab", "--measure", "boats_seen_share", "--json")
    assert answer.returncode == 0, answer.stderr
    rows = json.loads(answer.stdout)["rows"]
    steps = [row for row in rows if row["kind"] == "step"]
    assert [row["verdict"] for row in steps] == ["better", "better"]
    assert all(row["estimate"] > 0.05 and row["variance_ratio"] > 1.0 for row in steps)
    levels = [row["estimate"] for row in rows if row["kind"] == "level"]
    assert levels == pytest.approx(sorted(levels))


def test_runs_are_compared_by_the_number_of_their_replication(
    aegean_sim: Callable[..., Answer], laboratory: Path
) -> None:
    for name, overrides in (("one", []), ("other", ["--set", "units.ship.sensors.0.rate_per_h=6"])):
        aegean_sim("run", str(laboratory), "--replications", "4", "--no-map", "--out", name, *overrides)
    answer = aegean_sim("compare", "one", "other", "--measure", "boats_seen_share")
    assert answer.returncode == 0, answer.stderr
    assert "different seeds" not in answer.stdout
    assert (laboratory.parent / "results" / "comparison" / "comparison.md").is_file()
    aegean_sim("run", str(laboratory), "--replications", "4", "--no-map", "--out", "third", "--set", "seed=6")
    unpaired = aegean_sim("compare", "one", "third", "--out", "unpaired")
    assert "The runs have different seeds (5, 6)" in unpaired.stdout
    alone = aegean_sim("compare", "one", "one/r000")
    assert (alone.returncode, "holds a single run" in alone.stderr) == (2, True)
