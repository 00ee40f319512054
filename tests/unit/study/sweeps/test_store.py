"""What is added to a sweep folder is there, once, and nothing else gets in."""

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from tests.unit.study.sweeps.folders import (
    CELLS,
    MANIFEST,
    all_done,
    cells,
    done,
    failed,
    filled,
    opened,
    parts,
)

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.reading import read_sweep
from aegean_sim.study.sweeps.runs import Done, Run


def test_what_is_added_is_read_back_by_replication_and_cell(tmp_path: Path) -> None:
    runs = all_done()
    np.random.default_rng(5).shuffle(runs)  # type: ignore[arg-type]
    data = read_sweep(filled(tmp_path / "sweep", runs[:7], runs[7:]))
    assert list(data.replications.columns) == ["cell", "replication", "deaths", "delay_h", "in_vain_dark"]
    assert (data.replications.dtypes.iloc[2:] == np.float64).all()
    for row, run in zip(data.replications.to_dict("records"), all_done(), strict=True):
        assert (row.pop("cell"), row.pop("replication")) == run.run
        assert {name: value for name, value in row.items() if not np.isnan(value)} == run.numbers
    assert data.manifest == MANIFEST
    assert data.cells["fleet.ships"].tolist() == [0, 2, 4, 6, 8]
    assert data.timings["cpu_s"].tolist() == [0.25] * 20
    assert data.failures.empty


def test_replications_are_given_with_what_is_varied(tmp_path: Path) -> None:
    wide = read_sweep(filled(tmp_path / "sweep", [done(3, 0), done(1, 0)])).with_cells()
    assert list(wide.columns) == ["cell", "replication", "number", "fleet.ships", "deaths", "delay_h"]
    assert wide["fleet.ships"].tolist() == [2, 6]
    assert wide["deaths"].tolist() == [1.0, 3.0]


def test_a_store_knows_its_runs_and_takes_each_once(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    filled(folder, [done(0, 0), failed(1, 0)])
    with opened(folder) as store:
        assert store.done == {Run(CELLS[0], 0)}
        assert store.failed == {Run(CELLS[1], 0)}
        store.add([done(0, 0), failed(0, 0), done(1, 0)])
        assert store.done == {Run(CELLS[0], 0), Run(CELLS[1], 0)}
        assert store.failed == set()
    data = read_sweep(folder)
    assert len(pd.read_parquet(folder / "replications")) == len(data.replications) == 2
    assert data.failures.empty
    assert data.timings["cpu_s"].tolist() == [0.25, 0.25]
    with opened(folder) as store:
        assert (len(store.done), store.failed) == (2, set())


def test_a_failure_is_kept_with_all_that_is_known(tmp_path: Path) -> None:
    failures = read_sweep(filled(tmp_path / "sweep", [failed(2, 7)])).failures
    assert failures.to_dict("records") == [
        {
            "cell": CELLS[2],
            "replication": 7,
            "status": "failed",
            "error": "ValueError",
            "message": "no such coast",
            "traceback": "Traceback ...",
            "command": "aegean-sim run",
        }
    ]


def test_numbers_that_are_not_are_empty(tmp_path: Path) -> None:
    run = replace(done(0, 0), numbers={"deaths": float("nan"), "delay_h": float("inf")})
    filled(tmp_path / "sweep", [run])
    table = pd.read_parquet(tmp_path / "sweep" / "replications", dtype_backend="pyarrow")
    assert table["deaths"].isna().tolist() == [True]
    assert table["delay_h"].tolist() == [np.inf]


def test_an_empty_sweep_can_be_read(tmp_path: Path) -> None:
    data = read_sweep(filled(tmp_path / "sweep"))
    assert list(data.replications.columns) == ["cell", "replication"]
    assert data.with_cells().empty


def test_a_run_of_no_cell_is_refused_and_nothing_of_its_batch_is_kept(tmp_path: Path) -> None:
    with opened(tmp_path / "sweep") as store, pytest.raises(StoreError, match="has no cell ffff"):
        store.add([done(0, 0), Done(Run("ffff", 0), {}, 0.0)])
    assert read_sweep(tmp_path / "sweep").replications.empty


def test_sessions_are_noted(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep", [done(0, 0), failed(1, 0)])
    (session,) = (json.loads(path.read_text()) for path in (folder / "sessions").iterdir())
    assert (session["done"], session["failed"], session["workers"]) == (1, 1, 1)
    assert session["started_utc"] <= session["ended_utc"]
    assert set(read_sweep(folder).timings["session"]) == {session["id"]}


@pytest.mark.parametrize(
    ("identity", "told"),
    [
        ({"seed": 2, "vary": {"fleet.ships": "grid"}}, "seed is 1 there and 2 here"),
        ({"seed": 1, "vary": {"fleet.boats": "grid"}}, 'vary.fleet.ships is "grid" there and nothing here'),
        ({"seed": 1, "vary": {"fleet.ships": "sobol"}}, 'vary.fleet.ships is "grid" there and "sobol" here'),
    ],
)
def test_another_sweep_is_refused_with_what_differs(
    tmp_path: Path, identity: dict[str, Any], told: str
) -> None:
    folder = filled(tmp_path / "sweep", [done(0, 0)])
    before = (folder / "sweep.json").read_bytes()
    with (
        pytest.raises(StoreError, match=r"holds another sweep: .*--out") as caught,
        opened(folder, manifest=SweepManifest(identity, {}), extend=True),
    ):
        pass
    assert told in str(caught.value)
    assert (folder / "sweep.json").read_bytes() == before


def test_of_many_differences_three_are_told(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep")
    other = SweepManifest(dict.fromkeys("abcdef", 0), {})
    with pytest.raises(StoreError, match="; 5 more differ"), opened(folder, manifest=other):
        pass


def test_tuples_and_lists_are_the_same_identity(tmp_path: Path) -> None:
    for levels in ([1, 2], (1, 2)):
        with opened(tmp_path / "sweep", manifest=SweepManifest({"levels": levels}, {})):
            pass


def test_cells_can_be_added_when_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with opened(folder, cells=cells(3)) as store:
        store.add([done(0, 0)])
    with (
        pytest.raises(StoreError, match=r"3 cells, and this sweep has 2 more: .*--extend"),
        opened(folder),
    ):
        pass
    with opened(folder, extend=True, manifest=replace(MANIFEST, about={"text": "more"})) as store:
        assert store.done == {Run(CELLS[0], 0)}
        store.add([done(4, 0)])
    data = read_sweep(folder)
    assert (len(data.cells), len(data.replications), data.manifest.about) == (5, 2, {"text": "more"})


@pytest.mark.parametrize("extend", [False, True])
def test_fewer_or_other_cells_are_refused(tmp_path: Path, *, extend: bool) -> None:
    folder = filled(tmp_path / "sweep")
    with (
        pytest.raises(StoreError, match="has 5 cells, of which 2 are not in this sweep"),
        opened(folder, cells=cells(3), extend=extend),
    ):
        pass


def test_a_folder_of_something_else_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(StoreError, match=r"it holds letter\.txt, and no sweep\.json"), opened(tmp_path):
        pass
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "sweep").write_text("")
    with pytest.raises(StoreError, match="is no folder"), opened(tmp_path / "sweep"):
        pass


def test_a_folder_whose_making_was_killed_is_made(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep")
    for path in folder.iterdir():
        if path.is_dir() and path.name != ".tmp":
            for file in path.iterdir():
                file.unlink()
            path.rmdir()
    (folder / "sweep.json").unlink()
    assert len(read_sweep(filled(folder, [done(0, 0)])).replications) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("{", "cannot be read"),
        ("[]", "is not a sweep folder of aegean-sim"),
        ('{"program": "aegean-sim", "format": 2}', "of format 2, and this aegean-sim reads 1"),
        ('{"program": "aegean-sim", "format": 1, "identity": 3}', "identity and about must be mappings"),
    ],
)
def test_a_broken_manifest_is_told(tmp_path: Path, text: str, told: str) -> None:
    folder = filled(tmp_path / "sweep")
    (folder / "sweep.json").write_text(text)
    with pytest.raises(StoreError, match=told):
        read_sweep(folder)


def test_no_sweep_folder_and_broken_cells_are_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no such folder"):
        read_sweep(tmp_path / "nothing")
    with pytest.raises(StoreError, match=r"it has no sweep\.json"):
        read_sweep(tmp_path)
    folder = filled(tmp_path / "sweep")
    (folder / "cells.parquet").write_bytes(b"PAR1")
    with pytest.raises(StoreError, match=r"cells\.parquet cannot be read"):
        read_sweep(folder)


def test_rows_of_a_strange_cell_are_told(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep", all_done())
    pa.parquet.write_table(cells(4), folder / "cells.parquet")
    with pytest.raises(StoreError, match=f"holds runs of cell {CELLS[4]}, which is not one"):
        read_sweep(folder)


def test_parts_are_committed_one_a_batch(tmp_path: Path) -> None:
    folder = filled(tmp_path / "sweep", [done(0, 0), done(1, 0)], [], [done(2, 0)])
    assert len(parts(folder)) == len(parts(folder, "timings")) == 2
    assert not list((folder / ".tmp").iterdir())
