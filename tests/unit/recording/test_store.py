import json
import os
import pickle
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.errors import StoreError
from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import TABLES, RunRecord
from aegean_sim.recording.store import staged, write_coverage, write_run

Make = Callable[..., RunRecord]
WRITE = """
import pickle, sys
from pathlib import Path
from aegean_sim.recording.store import write_run
record = pickle.loads(Path(sys.argv[1]).read_bytes())
{before}
try:
    write_run(record, Path(sys.argv[2]), inputs=Path("."), overwrite={overwrite})
except Exception as error:
    print(type(error).__name__, error)
"""
SMALL_FILES_ONLY = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (4000, 4000))"
SLOW_DISK = """
import time
import pyarrow.parquet as pq
real = pq.write_table
def slow(*args, **kwargs):
    real(*args, **kwargs)
    print("writing", flush=True)
    time.sleep(1.0)
pq.write_table = slow
"""


def written(record: RunRecord, folder: Path, *, overwrite: bool = False) -> Path:
    return write_run(record, folder, inputs=Path(), overwrite=overwrite)


def writer(record: RunRecord, folder: Path, before: str, *, overwrite: bool = False) -> subprocess.Popen[str]:
    stored = folder.parent.parent / "record.pickle"
    stored.write_bytes(pickle.dumps(record))
    code = WRITE.format(before=before, overwrite=overwrite)
    command = [sys.executable, "-c", code, str(stored), str(folder)]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
    )


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@settings(max_examples=25, deadline=None)
@given(
    boats=st.integers(0, 12), seed=st.integers(0, 2**32), theatres=st.sampled_from([(1, 0), (0, 1), (1, 1)])
)
def test_what_is_written_is_read_back(
    make_record: Make,
    tmp_path_factory: pytest.TempPathFactory,
    boats: int,
    seed: int,
    theatres: tuple[int, int],
) -> None:
    record = make_record(boats, seed=seed, coast=bool(theatres[0]), box=bool(theatres[1]))
    run = read_run(written(record, tmp_path_factory.mktemp("runs") / "run"))
    assert run.scenario == record.scenario
    tables = {name: run.table(name) for name in TABLES[:-1]} | {"tracks": run.tracks()}
    for name, table in tables.items():
        assert (table["replication"] == 3).all()
        for column in set(COLUMNS[name]) & set(table.columns):
            expected = record.tables[name][column]
            got = table[column].to_numpy()
            if column in ("x_m", "y_m"):
                np.testing.assert_allclose(got, expected, rtol=0, atol=1e-3)
            elif expected.dtype == object:
                assert list(got) == list(expected)
            else:
                np.testing.assert_array_equal(got, expected)


def test_columns_are_in_the_order_of_the_contract_with_utc_beside_each_time(
    record: RunRecord, tmp_path: Path
) -> None:
    folder = written(record, tmp_path / "run")
    columns_of = {name: pq.read_schema(folder / f"{name}.parquet").names for name in TABLES}
    assert columns_of["tracks"] == [
        "replication",
        "theatre",
        "mover",
        "kind",
        "piece",
        "seq",
        "time_s",
        "time_utc",
        "geometry",
    ]
    assert columns_of["contacts"][-7:] == [
        "start_s",
        "start_utc",
        "end_s",
        "end_utc",
        "range_m",
        "lon",
        "lat",
    ]
    assert {columns[1] for name, columns in columns_of.items() if name != "desks"} == {"theatre"}
    for columns in columns_of.values():
        assert columns[0] == "replication"
        for place, column in enumerate(columns):
            if column.endswith("_s"):
                assert columns[place + 1] == column[:-2] + "_utc"


def test_utc_is_the_start_plus_the_seconds_and_what_did_not_happen_is_empty(
    record: RunRecord, tmp_path: Path
) -> None:
    table = read_run(written(record, tmp_path / "run")).table("voyages")
    start = np.datetime64("2016-06-01T00:00:00")
    happened = table["distress_s"].notna()
    assert 0 < happened.sum() < len(table)
    assert (table["distress_utc"].notna() == happened).all()
    assert str(table["distress_utc"].dtype.tz) == "UTC"  # type: ignore[union-attr]
    utc = table.loc[happened, "distress_utc"].dt.tz_localize(None).to_numpy()
    microseconds = (utc - start) / np.timedelta64(1, "us")
    np.testing.assert_allclose(microseconds, table.loc[happened, "distress_s"] * 1e6, rtol=0, atol=0.51)


def test_tracks_of_a_coast_are_points_in_degrees_for_geopandas(record: RunRecord, tmp_path: Path) -> None:
    tracks = geopandas.read_parquet(written(record, tmp_path / "run") / "tracks.parquet")
    assert tracks.crs == "OGC:CRS84"
    assert set(tracks.geom_type) == {"Point"}
    lon, lat = record.frames["aegean"].to_door(record.tables["tracks"]["x_m"], record.tables["tracks"]["y_m"])
    np.testing.assert_allclose(tracks.geometry.x, lon, rtol=0, atol=1e-12)
    np.testing.assert_allclose(tracks.geometry.y, lat, rtol=0, atol=1e-12)


def test_tracks_of_a_laboratory_are_points_in_nautical_miles_without_a_projection(
    make_record: Make, tmp_path: Path
) -> None:
    record = make_record(coast=False, box=True)
    folder = written(record, tmp_path / "run")
    tracks = geopandas.read_parquet(folder / "tracks.parquet")
    assert tracks.crs is None
    np.testing.assert_allclose(tracks.geometry.x * 1852.0, record.tables["tracks"]["x_m"], rtol=1e-12)
    contacts = pq.read_schema(folder / "contacts.parquet").names
    assert contacts[-2:] == ["x_nm", "y_nm"]


def test_a_coast_and_a_laboratory_in_one_run_keep_their_own_coordinates(
    make_record: Make, tmp_path: Path
) -> None:
    record = make_record(30, box=True)
    contacts = read_run(written(record, tmp_path / "run")).table("contacts")
    in_lab = contacts["theatre"] == "lab"
    assert 0 < in_lab.sum() < len(contacts)
    assert (contacts["lon"].isna() == in_lab).all()
    assert (contacts["y_nm"].notna() == in_lab).all()


def test_the_same_record_gives_the_same_bytes(record: RunRecord, tmp_path: Path) -> None:
    first = content(written(record, tmp_path / "one"))
    second = content(written(replace(record, timings_s={"simulate": 99.0}), tmp_path / "two"))
    assert len(first) == len(TABLES) + 4
    assert first.pop("manifest.json") != second.pop("manifest.json")
    assert first == second


@pytest.mark.parametrize("table", TABLES)
def test_a_record_that_breaks_the_contract_is_refused(record: RunRecord, tmp_path: Path, table: str) -> None:
    columns = dict(record.tables[table])
    first, values = next(iter(columns.items()))
    for broken in (
        {name: columns[name] for name in list(columns)[1:]},
        columns | {"surplus": values},
        columns | {first: values[1:]},
        columns | {"theatre": np.full(len(values), "atlantis", dtype=object)},
    ):
        with pytest.raises(ValueError, match=table):
            written(replace(record, tables={**record.tables, table: broken}), tmp_path / "run")
        assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_there_is_kept_unless_asked(make_record: Make, tmp_path: Path) -> None:
    folder = written(make_record(5), tmp_path / "run")
    before = content(folder)
    with pytest.raises(StoreError, match=r"run is there already: .*--overwrite"):
        written(make_record(6), folder)
    assert content(folder) == before
    written(make_record(6), folder, overwrite=True)
    assert len(read_run(folder).table("voyages")) == 6
    assert names(tmp_path) == ["run"]


@pytest.mark.parametrize("manifest", [None, "", "{}", '{"program": "other", "schema": 1}', "[1]"])
def test_a_folder_that_is_not_ours_is_never_replaced(
    record: RunRecord, tmp_path: Path, manifest: str | None
) -> None:
    folder = tmp_path / "precious"
    folder.mkdir()
    (folder / "thesis.txt").write_text("ten years of work")
    if manifest is not None:
        (folder / "manifest.json").write_text(manifest)
    before = content(folder)
    with pytest.raises(StoreError, match="is not a result folder"):
        written(record, folder, overwrite=True)
    assert content(folder) == before
    assert names(tmp_path) == ["precious"]


def test_a_file_in_the_way_is_never_replaced(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "run").write_text("a file")
    with pytest.raises(StoreError, match="is not a result folder"):
        written(record, tmp_path / "run", overwrite=True)
    assert (tmp_path / "run").read_text() == "a file"


def test_an_empty_folder_may_be_filled(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "run").mkdir()
    assert read_run(written(record, tmp_path / "run")).manifest.name == "made-up"


def test_a_link_to_a_result_folder_stays_a_link(record: RunRecord, make_record: Make, tmp_path: Path) -> None:
    written(record, tmp_path / "real")
    (tmp_path / "link").symlink_to("real")
    written(make_record(2), tmp_path / "link", overwrite=True)
    assert (tmp_path / "link").is_symlink()
    assert len(read_run(tmp_path / "real").table("voyages")) == 2


def test_a_place_that_cannot_be_written_is_told(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StoreError, match=r"cannot write .*file/run: "):
        written(record, tmp_path / "file" / "run")
    with pytest.raises(StoreError, match=r"cannot write /proc/nowhere/run: "):
        written(record, Path("/proc/nowhere/run"))
    with pytest.raises(StoreError, match="File name too long"):
        written(record, tmp_path / ("n" * 300))
    assert names(tmp_path) == ["file"]


def test_a_full_disk_is_told_and_leaves_nothing(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "run"
    told, _ = writer(make_record(400), folder, SMALL_FILES_ONLY).communicate(timeout=60)
    assert told.startswith(f"StoreError cannot write {folder}: ")
    assert names(tmp_path / "out") == []


def test_a_full_disk_leaves_the_older_run_untouched(make_record: Make, tmp_path: Path) -> None:
    folder = written(make_record(4), tmp_path / "out" / "run")
    before = content(folder)
    told, _ = writer(make_record(400), folder, SMALL_FILES_ONLY, overwrite=True).communicate(timeout=60)
    assert told.startswith("StoreError cannot write")
    assert content(folder) == before
    assert names(tmp_path / "out") == ["run"]


@pytest.mark.parametrize("there_before", [False, True])
def test_a_run_killed_while_writing_leaves_nothing_half_and_blocks_nobody(
    make_record: Make, tmp_path: Path, *, there_before: bool
) -> None:
    folder = tmp_path / "out" / "run"
    if there_before:
        written(make_record(4), folder)
    victim = writer(make_record(50), folder, SLOW_DISK, overwrite=True)
    assert victim.stdout is not None
    for _ in range(2):
        assert victim.stdout.readline() == "writing\n"
    victim.send_signal(signal.SIGKILL)
    victim.wait(timeout=10)
    assert victim.returncode == -signal.SIGKILL
    assert folder.exists() == there_before
    if there_before:
        assert len(read_run(folder).table("voyages")) == 4
    written(make_record(7), folder, overwrite=True)
    assert len(read_run(folder).table("voyages")) == 7


def test_a_run_that_is_interrupted_leaves_nothing(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "run"
    victim = writer(make_record(50), folder, SLOW_DISK)
    assert victim.stdout is not None
    assert victim.stdout.readline() == "writing\n"
    victim.send_signal(signal.SIGINT)
    victim.wait(timeout=10)
    assert names(tmp_path / "out") == []


def test_a_folder_that_appears_meanwhile_is_kept(make_record: Make, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    with pytest.raises(StoreError, match="is there already"), staged(folder, overwrite=False):
        written(make_record(3), folder)
    assert len(read_run(folder).table("voyages")) == 3
    assert names(tmp_path) == ["run"]


def test_the_older_run_comes_back_when_the_new_one_cannot_take_its_place(
    make_record: Make, tmp_path: Path
) -> None:
    folder = written(make_record(3), tmp_path / "run")
    with pytest.raises(StoreError, match="cannot write"), staged(folder, overwrite=True) as part:
        part.rmdir()
    assert len(read_run(folder).table("voyages")) == 3
    assert names(tmp_path) == ["run"]


def test_new_folders_are_as_open_to_others_as_the_user_wants(record: RunRecord, tmp_path: Path) -> None:
    before = os.umask(0o027)
    try:
        folder = written(record, tmp_path / "run")
    finally:
        os.umask(before)
    assert folder.stat().st_mode & 0o777 == 0o750


def test_the_manifest_tells_what_was_run(record: RunRecord, tmp_path: Path) -> None:
    manifest = json.loads((written(record, tmp_path / "run") / "manifest.json").read_text())
    assert manifest["schema"] == 1
    assert (manifest["name"], manifest["seed"], manifest["replications"]) == ("made-up", 7, [3])
    assert len(manifest["fingerprint"]) == 64
    assert manifest["timings_s"] == {"simulate": 0.512}
    assert manifest["rows"] == {name: len(record.tables[name][COLUMNS[name][0]]) for name in TABLES}
    assert manifest["versions"].keys() == {"aegean-sim", "python", "numpy", "shapely", "simpy", "pyarrow"}
    assert manifest["scenario"]["duration_h"] == 48
    age_s = time.time() - np.datetime64(manifest["created_utc"][:19]).astype("datetime64[s]").astype(int)
    assert 0 <= age_s < 60
    assert manifest["created_utc"].endswith("+00:00")


def test_weather_tables_travel_with_the_run(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "in" / "met").mkdir(parents=True)
    (tmp_path / "in" / "met" / "june.csv").write_text("time,wind_kn,wave_m\n")
    said = record.scenario.model_dump() | {"weather": {"aegean": {"table": "met/june.csv"}}}
    with_table = replace(record, scenario=type(record.scenario).model_validate(said))
    run = read_run(write_run(with_table, tmp_path / "run", inputs=tmp_path / "in", overwrite=False))
    assert (run.inputs / "met" / "june.csv").read_text() == "time,wind_kn,wave_m\n"


def test_coverage_is_kept_and_can_come_later(record: RunRecord, tmp_path: Path) -> None:
    folder = written(replace(record, coverage={}), tmp_path / "run")
    assert read_run(folder).coverage() == {}
    write_coverage(record.coverage, folder)
    for theatre, grid in read_run(folder).coverage().items():
        expected = record.coverage[theatre]
        np.testing.assert_array_equal(grid.x_m, expected.x_m)
        np.testing.assert_array_equal(grid.y_m, expected.y_m)
        np.testing.assert_array_equal(grid.probability, expected.probability)
    assert not list(folder.glob(".aegean-sim-*"))
