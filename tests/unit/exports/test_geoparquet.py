"""Read back by MovingPandas, and by DuckDB and PyArrow without geopandas."""

import json
import warnings
from pathlib import Path

import duckdb
import geopandas as gpd
import numpy as np
import pyarrow.parquet as pq
import pytest
import shapely
from tests.unit.exports.made_up import BOATS, MARKUP

from aegean_sim.exports.geoparquet import FILES, write_parquet
from aegean_sim.exports.request import Request

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # it tells of optional parts that are not installed
    import movingpandas as mpd


@pytest.fixture(scope="module")
def folder(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("parquet")
    write_parquet(asked, folder)
    return folder


def test_movingpandas_takes_the_tracks_as_they_are(folder: Path) -> None:
    tracks = gpd.read_parquet(folder / "tracks.parquet")
    with warnings.catch_warnings():
        warnings.simplefilter("error", UserWarning)
        collection = mpd.TrajectoryCollection(tracks, "trajectory")
    frigate = collection.get_trajectory("frigate:0")
    assert len(collection) == 4 + len(BOATS)
    assert f"{frigate.get_start_time():%Y-%m-%d %H:%M}" == "2016-06-01 22:00"
    assert frigate.get_duration().total_seconds() == 4 * 3600
    assert frigate.get_length() == pytest.approx(39_660, rel=2e-3)
    assert collection.get_trajectory(f"{MARKUP}:0").size() == 3


def test_other_readers_find_points_times_and_the_header(folder: Path) -> None:
    header = json.loads(pq.read_metadata(folder / "tracks.parquet").metadata[b"geo"])
    assert header["primary_column"] == "geometry"
    assert header["columns"]["geometry"]["geometry_types"] == ["Point"]
    query = (
        f"SELECT mover, t, geometry FROM read_parquet('{folder}/tracks.parquet') ORDER BY t, mover LIMIT 1"  # noqa: S608
    )
    with duckdb.connect() as database:
        database.execute("SET enable_geoparquet_conversion = false")
        mover, moment, point = database.execute(query).fetchone() or ()
    assert (mover, f"{moment:%H:%M}") == ("frigate", "22:00")
    np.testing.assert_allclose(shapely.from_wkb(bytes(point)).coords[0], (26.0, 38.5), atol=1e-9)


def test_contacts_and_voyages_are_points(folder: Path, asked: Request) -> None:
    contacts, voyages = (gpd.read_parquet(folder / f"{name}.parquet") for name in ("contacts", "voyages"))
    assert contacts.crs == voyages.crs == "OGC:CRS84"
    np.testing.assert_allclose(contacts.geometry[0].coords[0], (26.25, 38.3), atol=1e-9)
    np.testing.assert_allclose(voyages.geometry[0].coords[0], (26.3, 38.3), atol=1e-9)
    np.testing.assert_allclose(voyages["ended"][0].coords[0], (26.2, 38.32), atol=1e-9)
    assert voyages["voyage"].tolist() == list(BOATS)
    assert voyages.attrs["fingerprint"] == asked.run.manifest.fingerprint


def test_a_laboratory_has_nautical_miles_and_no_reference_system(lab: Request, tmp_path: Path) -> None:
    write_parquet(lab, tmp_path)
    tables = [gpd.read_parquet(tmp_path / name) for name in FILES]
    assert all(table.crs is None for table in tables)
    np.testing.assert_allclose(tables[0].geometry.iloc[1].coords[0], (1.0, 2.0))
