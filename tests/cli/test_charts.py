"""The command charts: what it leaves, and what it refuses."""

import json
from collections.abc import Callable
from pathlib import Path

from tests.cli.conftest import Answer

CHARTS = ["delays", "outcomes", "over-time"]


def test_replications_are_drawn_together_and_one_of_them_alone(
    aegean_sim: Callable[..., Answer], laboratory: Path, tmp_path: Path
) -> None:
    run = aegean_sim("run", str(laboratory), "--replications", "2", "--no-map", "--no-pairs", "--out", "lab")
    assert run.returncode == 0
    answer = aegean_sim("charts", "lab", "--json")
    assert (answer.returncode, answer.stderr) == (0, "")
    pictures = [tmp_path / path for path in json.loads(answer.stdout)["charts"]]
    assert sorted(path.stem for path in pictures) == CHARTS
    assert all(path.parent == tmp_path / "lab" / "charts" and path.is_file() for path in pictures)
    alone = aegean_sim("charts", "lab/r001", "--format", "svg", "--out", "figures")
    assert alone.returncode == 0
    assert "Chart: figures/delays.svg" in alone.stdout


def test_what_is_no_result_folder_is_refused_in_a_line(
    aegean_sim: Callable[..., Answer], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    answer = aegean_sim("charts", "empty")
    assert answer.returncode == 2
    assert answer.stderr == "aegean-sim: error: empty is not a result folder: it has no manifest.json\n"
    assert aegean_sim("charts", "empty", "--format", "gif").returncode == 2
