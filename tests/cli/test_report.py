"""`report`: a page of a run or of a sweep, told in words or as JSON; what is no folder of ours is told."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

Answer = subprocess.CompletedProcess[str]


def test_a_run_and_a_sweep_become_pages(
    aegean_sim: Callable[..., Answer], laboratory: Path, tmp_path: Path
) -> None:
    assert aegean_sim("run", str(laboratory), "--out", "here", "--no-map", "--no-pairs").returncode == 0
    told = json.loads(aegean_sim("report", "here", "--json").stdout)
    page = tmp_path / "here" / "page.html"
    assert told == {"folder": "here", "page": "here/page.html", "bytes": page.stat().st_size}
    assert "A ship and a crowd" in page.read_text(encoding="utf-8")
    vary = ["--vary", "units.ship.sensors.0.rate_per_h=1,2", "--replications", "3", "--workers", "1"]
    assert aegean_sim("sweep", str(laboratory), *vary, "--out", "swept").returncode == 0
    answer = aegean_sim("report", "swept", "--out", "levels.html")
    assert answer.returncode == 0, answer.stderr
    assert "Sweep small-lab" in (tmp_path / "levels.html").read_text(encoding="utf-8")


def test_what_is_no_result_is_told_in_a_line(aegean_sim: Callable[..., Answer], tmp_path: Path) -> None:
    answer = aegean_sim("report", str(tmp_path))
    assert answer.returncode == 2
    assert "is not a result folder: it has no manifest.json" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
