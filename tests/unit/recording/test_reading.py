import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from aegean_sim.errors import StoreError
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import TABLES, RunRecord
from aegean_sim.recording.replications import fill_parent
from aegean_sim.recording.store import write_run


@pytest.fixture
def folder(record: RunRecord, tmp_path: Path) -> Path:
    return write_run(record, tmp_path / "run", inputs=Path(), overwrite=False)


def change_manifest(folder: Path, **changes: Any) -> None:
    path = folder / "manifest.json"
    said = json.loads(path.read_text(encoding="utf-8")) | changes
    path.write_text(json.dumps({key: value for key, value in said.items() if value is not None}))


def test_a_folder_without_a_manifest_is_no_result_folder(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"it has no manifest\.json"):
        read_run(tmp_path)
    with pytest.raises(StoreError, match="there is no such folder"):
        read_run(tmp_path / "nowhere")
    (tmp_path / "manifest.json").write_text('{"name": "somebody else\'s"}')
    with pytest.raises(StoreError, match="is not a result folder of aegean-sim"):
        read_run(tmp_path)


def test_a_newer_schema_is_refused(folder: Path) -> None:
    change_manifest(folder, schema=2)
    with pytest.raises(StoreError, match=r"newer aegean-sim \(schema 2; this one reads up to 1\)"):
        read_run(folder)


@pytest.mark.parametrize(
    "changes",
    [
        {"schema": "one"},
        {"schema": 0},
        {"seed": None},
        {"rows": 5},
        {"replications": "all"},
        {"replications": []},
        {"replications": [None]},
        {"replications": ["x"]},
        {"kind": "sweep"},
    ],
)
def test_a_manifest_with_wrong_values_is_refused(folder: Path, changes: dict[str, Any]) -> None:
    if changes == {"seed": None}:
        change_manifest(folder, seed=None)
    else:
        change_manifest(folder, **changes)
    with pytest.raises(StoreError, match=rf"manifest\.json is broken: {next(iter(changes))}"):
        read_run(folder)


@pytest.mark.parametrize("keep", [0, 1, 100, -1, -3])
def test_half_a_manifest_is_refused(folder: Path, keep: int) -> None:
    text = (folder / "manifest.json").read_bytes()
    (folder / "manifest.json").write_bytes(text[:keep] if keep >= 0 else text[: len(text) + keep])
    if keep == -1:
        assert read_run(folder).manifest.seed == 7
        return
    with pytest.raises(StoreError, match=r"manifest\.json cannot be read"):
        read_run(folder)


def test_a_manifest_whose_scenario_breaks_a_rule_is_refused(folder: Path) -> None:
    said = json.loads((folder / "manifest.json").read_text())["scenario"]
    change_manifest(folder, scenario=said | {"duration_h": -1})
    with pytest.raises(StoreError, match=r"scenario in the manifest of .* is broken: duration_h"):
        read_run(folder)


@pytest.mark.parametrize("name", TABLES)
def test_a_missing_half_or_foreign_table_is_refused(
    folder: Path, tmp_path: Path, make_record: Callable[..., RunRecord], name: str
) -> None:
    path = folder / f"{name}.parquet"
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    with pytest.raises(StoreError, match=rf"{name}\.parquet cannot be read"):
        read_run(folder)
    other = write_run(make_record(2), tmp_path / "other", inputs=Path(), overwrite=False)
    shutil.copy(other / f"{name}.parquet", path)
    with pytest.raises(StoreError, match=rf"{name}\.parquet has \d+ rows, but the manifest tells of \d+"):
        read_run(folder)
    path.unlink()
    with pytest.raises(StoreError, match=rf"{name}\.parquet is missing"):
        read_run(folder)


def test_a_flipped_bit_is_found(folder: Path) -> None:
    path = folder / "contacts.parquet"
    content = bytearray(path.read_bytes())
    content[len(content) // 3] ^= 1
    path.write_bytes(content)
    with pytest.raises(StoreError, match=r"contacts\.parquet cannot be read"):
        read_run(folder).table("contacts")


def test_an_unknown_table_is_refused(folder: Path) -> None:
    with pytest.raises(StoreError, match="no table 'boats'; it has voyages, contacts"):
        read_run(folder).table("boats")


def test_the_parent_of_several_runs_is_told_from_a_run(record: RunRecord, tmp_path: Path) -> None:
    run = write_run(record, tmp_path / "r000", inputs=Path(), overwrite=False)
    numbers = [dict(zip(*[line.split(",") for line in (run / "kpis.csv").read_text().split()], strict=True))]
    runs = [{name: float(value or "nan") for name, value in row.items()} for row in numbers]
    fill_parent(record.scenario, runs * 2, tmp_path, inputs=Path())
    with pytest.raises(StoreError, match=r"holds 2 runs: give one of them, such as .*r000"):
        read_run(tmp_path)
    assert read_run(tmp_path / "r000").manifest.replications == (3,)


def test_a_table_in_another_ones_place_is_told(make_record: Callable[..., RunRecord], tmp_path: Path) -> None:
    record = make_record(12)
    folder = write_run(record, tmp_path / "run", inputs=tmp_path, overwrite=False)
    shutil.copy(folder / "voyages.parquet", folder / "contacts.parquet")
    with pytest.raises(StoreError, match=r"contacts\.parquet"):
        read_run(folder).table("contacts")
