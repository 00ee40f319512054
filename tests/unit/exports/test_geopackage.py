"""Read back by SQLite and shapely; GDAL wrote it."""

import sqlite3
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely
from tests.unit.exports.made_up import BOATS, FORMULA, GREEK, MARKUP, request, rows, scenario, stored

from aegean_sim.exports.geopackage.layers import LAYERS
from aegean_sim.exports.geopackage.writing import write_gpkg
from aegean_sim.exports.request import Request

ENVELOPE_BYTES = {0: 0, 1: 32, 2: 48, 3: 48, 4: 64}


def shape_of(blob: bytes) -> shapely.Geometry:
    assert blob[:2] == b"GP"
    assert int.from_bytes(blob[4:8], "little" if blob[3] & 1 else "big") == 4326
    return shapely.from_wkb(blob[8 + ENVELOPE_BYTES[(blob[3] >> 1) & 7] :])


class Package:
    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path)
        self.database.row_factory = sqlite3.Row

    def rows(self, layer: str) -> list[dict[str, Any]]:
        return [dict(row) for row in self.database.execute(f"SELECT * FROM {layer}")]  # noqa: S608

    def shapes(self, layer: str) -> list[Any]:
        return [row["geom"] and shape_of(row["geom"]) for row in self.rows(layer)]


@pytest.fixture(scope="module")
def package(asked: Request, tmp_path_factory: pytest.TempPathFactory) -> Package:
    path = tmp_path_factory.mktemp("gpkg") / "made-up.gpkg"
    write_gpkg(asked, path)
    return Package(path)


def test_every_layer_is_listed_and_every_feature_has_both_times(package: Package) -> None:
    contents = {row["table_name"]: row for row in package.rows("gpkg_contents")}
    assert set(contents) == {layer.name for layer in LAYERS} | {"layer_styles"}
    assert contents["layer_styles"]["data_type"] == "attributes"
    for layer in LAYERS:
        rows = package.rows(layer.name)
        assert rows, layer.name
        assert all(row["t_start"] <= row["t_end"] for row in rows)
        assert all(row["t_start"].endswith("Z") and row["t_start"] >= "2016-06-01T22" for row in rows)
    assert "indicative only" in contents["territorial_seas"]["description"]


def test_styles_are_taken_by_themselves_with_times_from_the_fields(package: Package) -> None:
    styles = {row["f_table_name"]: row for row in package.rows("layer_styles")}
    assert set(styles) == {layer.name for layer in LAYERS}
    for name, row in styles.items():
        assert row["useAsDefault"] == 1
        assert row["f_geometry_column"] == "geom"
        root = ET.fromstring(row["styleQML"])  # noqa: S314
        temporal = root.find("temporal")
        assert temporal is not None
        asked = {key: temporal.get(key) for key in ("enabled", "mode", "startField", "endField")}
        assert asked == {"enabled": "1", "mode": "2", "startField": "t_start", "endField": "t_end"}
        renderer = root.find("renderer-v2")
        assert renderer is not None
        field = renderer.get("attr")
        assert field is None or field in package.rows(name)[0]


def test_a_category_is_drawn_in_the_colour_of_its_owner_on_maps(package: Package) -> None:
    (style,) = [row for row in package.rows("layer_styles") if row["f_table_name"] == "unit_tracks"]
    root = ET.fromstring(style["styleQML"])  # noqa: S314
    categories = {each.get("value"): each.get("symbol") for each in root.iter("category")}
    assert list(categories) == ["NATO", "HCG", ""]
    colours = {
        symbol.get("name"): option.get("value")
        for symbol in root.iter("symbol")
        for option in symbol.iter("Option")
        if option.get("name") == "line_color"
    }
    assert colours[categories["NATO"]] == "0,114,178,255"
    assert colours[categories["HCG"]] == "0,158,115,255"


def test_legs_are_those_that_were_sailed_and_none_joins_two_pieces(package: Package) -> None:
    legs = [row for row in package.rows("unit_tracks") if row["mover"] == "frigate"]
    lines = [shape_of(row["geom"]) for row in legs]
    assert [row["t_start"][11:16] for row in legs] == ["22:00", "00:00", "06:00"]
    assert [row["t_end"][11:16] for row in legs] == ["00:00", "02:00", "08:00"]
    np.testing.assert_allclose(lines[0].coords, [(26.0, 38.5), (26.2, 38.5)], atol=1e-9)
    np.testing.assert_allclose(lines[2].coords, [(26.2, 38.7), (26.0, 38.5)], atol=1e-9)


def test_what_lies_still_is_a_point(package: Package) -> None:
    (site,) = package.rows("unit_stays")
    assert (site["mover"], site["owner"]) == ("site", "HCG")
    np.testing.assert_allclose(shape_of(site["geom"]).coords[0], (26.1, 38.2), atol=1e-9)


def test_boats_are_in_distress_from_when_they_are(package: Package) -> None:
    states = [(row["mover"], row["state"]) for row in package.rows("boat_tracks")]
    assert states == [
        (name, state) for name in BOATS
        for state in ("under way", "in distress" if name == GREEK else "under way")
    ]  # fmt: skip


def test_awkward_names_stay_as_they_are(package: Package) -> None:
    assert [row["voyage"] for row in package.rows("voyages")] == [MARKUP, FORMULA, GREEK]


def test_a_boat_is_first_seen_once_and_harmless_craft_never(package: Package) -> None:
    (first,) = package.rows("first_sightings")
    assert (first["voyage"], first["contact"]) == (MARKUP, 1)
    assert first["t_start"].startswith("2016-06-01T23:30:00")
    assert first["t_end"].startswith("2016-06-02T01:00:00")
    assert len(package.rows("contacts")) == 3


def test_reports_stand_where_the_boat_was_that_they_tell_of(package: Package) -> None:
    at = [shape.coords[0] for shape in package.shapes("handoffs")]
    np.testing.assert_allclose(at, [(26.225, 38.31), (26.3, 38.26), (26.25, 38.3)], atol=1e-4)
    assert package.rows("handoffs")[2]["t_end"].startswith("2016-06-02T10:00:00")


def test_a_response_is_the_way_of_the_unit_and_none_where_it_stayed(package: Package) -> None:
    way, nothing = package.shapes("responses")
    np.testing.assert_allclose(way.coords, [(26.1, 38.5), (26.2, 38.5), (26.2, 38.6)], atol=2e-4)
    assert nothing is None


def test_cells_of_the_coverage_grid_where_boats_can_be(package: Package) -> None:
    chances = [row["probability"] for row in package.rows("coverage")]
    np.testing.assert_allclose(chances, np.linspace(0, 1, 12)[1:])
    cells = package.shapes("coverage")
    width = cells[0].bounds[2] - cells[0].bounds[0]
    assert width == pytest.approx(5000 / 111_320 / np.cos(np.radians(38.2)), rel=0.01)


def test_the_file_says_where_it_comes_from(package: Package, asked: Request) -> None:
    told = " ".join(row["metadata"] for row in package.rows("gpkg_metadata"))
    assert asked.run.manifest.fingerprint in told
    assert "GSHHG" in told
    assert "simulated" in told


def test_without_a_map_there_are_no_cells(tmp_path: Path) -> None:
    path = tmp_path / "bare.gpkg"
    write_gpkg(request(stored(tmp_path / "bare", rows(), scenario())), path)
    assert Package(path).rows("coverage") == []
