"""`sensitivity`: what it prints and leaves of a made-up sweep, and how it refuses."""

import csv
import json
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.study.sweeps.cells import cells_of
from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.model import Sweep
from aegean_sim.study.sweeps.runs import Done, Run
from aegean_sim.study.sweeps.store import open_sweep
from aegean_sim.study.sweeps.sweeping import table_of

Aegean = Callable[..., subprocess.CompletedProcess[str]]


def deaths(label: Mapping[str, Any], chance: np.random.Generator) -> float:
    """Ships save the more the better the radar sees; the fuel does nothing."""
    return 100.0 - 20.0 * float(label["ships"]) * float(label["radar"]) + chance.normal(0.0, 0.5)


@pytest.fixture
def sweep(tmp_path: Path) -> Path:
    file = Sweep.model_validate(
        {
            "name": "made-up",
            "scenario": "none",
            "levers": {"ships": [0, 1]},
            "uncertainties": {"radar": "0.5~1", "fuel": "0~1"},
            "sampling": {"design": "morris", "points": 4},
            "replications": 4,
        }
    )
    cells = cells_of(file, {}, "0", "made-up")
    about = {
        "name": "made-up",
        "sweep": file.model_dump(mode="json"),
        "levers": ["ships"],
        "uncertainties": ["radar", "fuel"],
        "left_out": {"crew.shares": "shares must add up to 1"},
    }
    folder = tmp_path / "made-up"
    with open_sweep(folder, SweepManifest({"seed": 1}, about), table_of(cells)) as store:
        for number in range(4):
            chance = np.random.default_rng(number)
            store.add(
                [
                    Done(Run(cell.id, number), {"persons_dead": deaths(cell.labels, chance)}, 0.1)
                    for cell in cells
                ]
            )
    return folder


def test_a_study_is_printed_and_left(aegean_sim: Aegean, sweep: Path) -> None:
    answer = aegean_sim("sensitivity", str(sweep))
    assert answer.returncode == 0, answer.stderr
    assert answer.stderr == ""
    assert "12 worlds (4 Morris trajectories), 2 uncertain paths, 4 replications" in answer.stdout
    assert "Deaths, ships 1 less 0: 1 of 2 paths told from luck: radar moves it by -" in answer.stdout
    assert "the choice survives" in " ".join(answer.stdout.split())
    assert max(map(len, answer.stdout.splitlines()[:-1])) <= 80
    out = sweep / "sensitivity"
    files = {path.name: path.read_bytes() for path in out.iterdir()}
    assert set(files) == {"sensitivity.md", "sensitivity.csv", "influences-all.png"}
    text = (out / "sensitivity.md").read_text()
    assert "![influences-all.png](influences-all.png)" in text
    assert "`crew.shares`: shares must add up to 1" in text
    rows = list(csv.DictReader((out / "sensitivity.csv").read_text().splitlines()))
    wanted = ("effect", "radar", "mu_star")
    (radar,) = (row for row in rows if (row["number"], row["path"], row["statistic"]) == wanted)
    assert float(radar["estimate"]) == pytest.approx(10.0, abs=2.0)
    assert radar["told"] == "True"
    told = json.loads(aegean_sim("sensitivity", str(sweep), "--json").stdout)
    assert (told["method"], told["lever"], told["strata"][0]["worlds"]) == ("morris", "ships", 12)
    assert len(told["rows"]) == len(rows)
    assert {path.name: path.read_bytes() for path in out.iterdir()} == files


def test_a_refusal_is_one_line(aegean_sim: Aegean, sweep: Path) -> None:
    said = json.loads((sweep / "sweep.json").read_text())
    said["about"]["uncertainties"] = []
    (sweep / "sweep.json").write_text(json.dumps(said))
    answer = aegean_sim("sensitivity", str(sweep))
    assert answer.returncode == 2
    assert "no uncertainties" in answer.stderr
    assert len(answer.stderr.splitlines()) == 1
