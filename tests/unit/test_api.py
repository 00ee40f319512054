"""The door for notebooks: what the commands do, as calls."""

from pathlib import Path

import pytest
from tests.cli.conftest import SMALL_LABORATORY

from aegean_sim.api import chart, compare, numbers, run, ship_chart, sweep, table
from aegean_sim.errors import AegeanError, StoreError


@pytest.fixture
def laboratory(tmp_path: Path) -> Path:
    path = tmp_path / "small-lab.yaml"
    path.write_text(SMALL_LABORATORY)
    return path


def test_replications_are_stored_as_the_command_stores_them(laboratory: Path, tmp_path: Path) -> None:
    runs = run(laboratory, tmp_path / "lab", {"duration_h": 2}, replications=2)
    assert [each.folder.name for each in runs] == ["r000", "r001"]
    assert {each.scenario.duration_h for each in runs} == {2.0}
    assert numbers(tmp_path / "lab")["persons"].tolist() == [400, 400]
    saved = chart(runs, "outcomes").save(tmp_path / "outcomes.png")
    assert saved.read_bytes().startswith(b"\x89PNG")


def test_a_folder_that_is_there_is_replaced_only_when_asked(laboratory: Path, tmp_path: Path) -> None:
    run(laboratory, tmp_path / "lab")
    with pytest.raises(StoreError, match="is there already"):
        run(laboratory, tmp_path / "lab")
    (again,) = run(laboratory, tmp_path / "lab", {"seed": 6}, overwrite=True)
    assert again.manifest.seed == 6


def test_a_sweep_is_compared_and_drawn(laboratory: Path, tmp_path: Path) -> None:
    folder = sweep(laboratory, tmp_path / "sweep", {"seed": [5, 6]}, replications=2)
    found = compare(folder)
    assert set(table(found)["measure"]) >= {"persons_dead", "boats_seen_share"}
    assert ship_chart(found, "levels").png.startswith(b"\x89PNG")


def test_runs_that_fail_are_told(laboratory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def break_down(*_: object) -> None:
        raise ValueError

    monkeypatch.setattr("aegean_sim.study.sweeps.work.simulate", break_down)
    with pytest.raises(AegeanError, match="4 runs failed: see `aegean-sim status"):
        sweep(laboratory, tmp_path / "sweep", {"seed": [5, 6]}, replications=2)
