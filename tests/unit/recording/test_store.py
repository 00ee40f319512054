import json
import time
from dataclasses import replace
from pathlib import Path

import geopandas
import numpy as np
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.recording.folders import Make, content, written

from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import TABLES, RunRecord
from aegean_sim.recording.store import write_run


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
    assert len(first) == len(TABLES) + 3
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


def test_gridded_weather_files_are_kept_with_the_run(record: RunRecord, tmp_path: Path) -> None:
    (tmp_path / "in" / "met").mkdir(parents=True)
    names = ("met/wind.nc", "met/waves.nc")
    for name in names:
        (tmp_path / "in" / name).write_bytes(name.encode())
    said = record.scenario.model_dump() | {"weather": {"aegean": {"netcdf": {"files": names}}}}
    with_files = replace(record, scenario=type(record.scenario).model_validate(said))
    run = read_run(write_run(with_files, tmp_path / "run", inputs=tmp_path / "in", overwrite=False))
    assert [(run.inputs / name).read_bytes().decode() for name in names] == list(names)
