"""Writing the layers, and the table of styles that QGIS takes by itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.exports.geopackage.layers import LAYERS
from aegean_sim.exports.geopackage.material import material_of

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.exports.request import Request

_STYLES = """
CREATE TABLE layer_styles (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    f_table_catalog TEXT(256), f_table_schema TEXT(256), f_table_name TEXT(256), f_geometry_column TEXT(256),
    styleName TEXT(30), styleQML TEXT, styleSLD TEXT, useAsDefault BOOLEAN, description TEXT, owner TEXT(30),
    ui TEXT(30), update_time DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ', 'now'))
)
"""
_LISTED = """
INSERT INTO gpkg_contents (table_name, data_type, identifier, description, srs_id)
VALUES ('layer_styles', 'attributes', 'layer_styles', 'how QGIS draws the layers', 0)
"""
_STYLE = """
INSERT INTO layer_styles (
    f_table_catalog, f_table_schema, f_table_name, f_geometry_column, styleName, styleQML, styleSLD,
    useAsDefault, description, owner
) VALUES ('', '', ?, 'geom', ?, ?, '', 1, ?, '')
"""


def write_gpkg(request: Request, path: Path) -> None:
    """Write a GeoPackage that is not there yet.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    import pyogrio  # noqa: PLC0415  (heavy)

    material, about = material_of(request), request.about()
    try:
        for layer in LAYERS:
            pyogrio.write_dataframe(
                layer.make(material), path, layer=layer.name, driver="GPKG", geometry_type=layer.shape,
                promote_to_multi=layer.shape == "MultiPolygon", dataset_metadata=about,
                layer_metadata=about, DESCRIPTION=layer.about, VERSION="1.3",
            )  # fmt: skip
        _add_styles(request, path)
    except (pyogrio.errors.DataSourceError, sqlite3.Error) as error:
        raise StoreError(f"cannot write {path.name}: {error}") from error


def _add_styles(request: Request, path: Path) -> None:
    rows = [(layer.name, layer.name, layer.qml(request), layer.about) for layer in LAYERS]
    with closing(sqlite3.connect(path)) as database, database:
        database.execute(_STYLES)
        database.execute(_LISTED)
        database.executemany(_STYLE, rows)
