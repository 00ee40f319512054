"""Coverage layers as files, read back by libraries other than those that wrote them."""

import sqlite3
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import shapely
import tifffile
from pyproj import CRS

from aegean_sim.errors import StoreError
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.recording.layer_files import NODATA, write_layer
from aegean_sim.recording.layers import Layer
from aegean_sim.recording.reading import StoredRun, read_run
from aegean_sim.recording.record import CoverageGrid, RunRecord
from aegean_sim.recording.store import write_run

VALUES = np.array([[0.0, 1.0], [np.nan, 0.5], [0.25, 0.75]])
GRID = CoverageGrid(np.array([1000.0, 3000.0]), np.array([500.0, 2500.0, 4500.0]), VALUES)
LAYER = Layer(hours=3.0, by="NATO")


@pytest.fixture
def run(record: RunRecord, tmp_path: Path) -> StoredRun:
    return read_run(write_run(record, tmp_path / "run", inputs=Path(), overwrite=False))


def test_a_geotiff_lies_north_up_in_the_plane_and_says_what_it_is(run: StoredRun, tmp_path: Path) -> None:
    path = tmp_path / "layer.tif"
    assert write_layer(run, LAYER, {"aegean": GRID}, path) == [path]
    with tifffile.TiffFile(path) as file:
        page = file.pages.first
        values, tags = page.asarray(), {tag.name: tag.value for tag in page.tags}
    np.testing.assert_array_equal(values, np.nan_to_num(VALUES[::-1], nan=NODATA).astype(np.float32))
    assert tags["ModelPixelScaleTag"][:2] == (2000.0, 2000.0)
    assert tags["ModelTiepointTag"][3:5] == (0.0, 5500.0)
    assert float(tags["GDAL_NODATA"]) == NODATA
    told = tags["GDAL_METADATA"]
    for word in ("seen", "NATO", run.manifest.fingerprint, "GSHHG", "chance"):
        assert word in told
    centre = AEGEAN.to_door(0.0, 0.0)
    assert tags["GeoKeyDirectoryTag"]
    doubles = tags["GeoDoubleParamsTag"]
    assert all(np.isclose(doubles, float(angle)).any() for angle in centre)


def test_a_geopackage_holds_the_cells_with_an_answer(run: StoredRun, tmp_path: Path) -> None:
    path = tmp_path / "layer.gpkg"
    write_layer(
        run, LAYER, {"aegean": GRID, "east": GRID} if "east" in run.frames else {"aegean": GRID}, path
    )
    with sqlite3.connect(path) as base:
        rows = base.execute("select geom, seen from aegean").fetchall()
        (definition,) = base.execute(
            "select definition from gpkg_spatial_ref_sys join gpkg_geometry_columns using (srs_id)"
        ).fetchone()
        (told,) = base.execute("select metadata from gpkg_metadata").fetchone()
    assert "Lambert Azimuthal" in CRS(definition).coordinate_operation.method_name
    assert run.manifest.fingerprint in told
    for blob, value in rows:
        square = shapely.from_wkb(blob[40:])
        column, row = int(square.centroid.x // 2000), int((square.centroid.y + 500) // 2000)
        assert square.area == 4e6
        assert VALUES[row, column] == value
    assert len(rows) == 5


def test_each_theatre_has_its_own_file_or_table(
    make_record: Callable[..., RunRecord], tmp_path: Path
) -> None:
    record = make_record(2, box=True)
    run = read_run(write_run(record, tmp_path / "run", inputs=Path(), overwrite=False))
    grids = {"aegean": GRID, "lab": GRID}
    made = [path for name in ("a.tif", "a.gpkg") for path in write_layer(run, LAYER, grids, tmp_path / name)]
    assert [path.name for path in made] == ["a.tif", "a-lab.tif", "a.gpkg"]
    assert b"GSHHG" in made[0].read_bytes()
    assert b"GSHHG" not in made[1].read_bytes()
    with sqlite3.connect(made[2]) as base:
        tables = base.execute("select table_name, count(*) from gpkg_contents group by 1").fetchall()
    assert tables == [("aegean", 1), ("lab", 1)]


def test_other_formats_and_a_missing_library_are_told(
    run: StoredRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match=r"layer\.png must end in \.tif or \.gpkg"):
        write_layer(run, LAYER, {"aegean": GRID}, tmp_path / "layer.png")
    monkeypatch.setitem(sys.modules, "rasterio", None)
    monkeypatch.setitem(sys.modules, "rasterio.transform", None)
    with pytest.raises(StoreError, match=r"pip install 'aegean-sim\[gis\]'"):
        write_layer(run, LAYER, {"aegean": GRID}, tmp_path / "layer.tif")
    assert not list(tmp_path.glob("*layer*"))
