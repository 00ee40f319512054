"""Coverage layers as files for a geographic information system: GeoTIFF and GeoPackage."""

from __future__ import annotations

from dataclasses import asdict
from importlib import import_module
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.errors import StoreError
from aegean_sim.geography.frame import LambertFrame
from aegean_sim.recording.store import replacing

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aegean_sim.geography.frame import Frame
    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.recording.record import CoverageGrid

NODATA = -9999.0
COAST_CREDIT = "Coast: GSHHG 2.3.6 (Wessel & Smith 1996), LGPL"


def write_layer(run: StoredRun, layer: Layer, grids: Mapping[str, CoverageGrid], path: Path) -> list[Path]:
    """Write a coverage layer as GeoTIFF (``.tif``) or GeoPackage (``.gpkg``); an older file is replaced.

    Parameters
    ----------
    grids : mapping of theatre to CoverageGrid
        The answers, as `aegean_sim.engine.coverage.layers.coverage_of` gives them. A GeoTIFF holds one: the
        first is written as named, others beside it as ``-<theatre>``. A GeoPackage has a table for each.

    Returns
    -------
    list of Path
        What was written. Both are in the theatre's plane, Lambert's azimuthal equal-area projection, and in
        metres without a reference system in a laboratory. Cells without an answer are `NODATA` in a GeoTIFF,
        and left out of a GeoPackage.

    Raises
    ------
    StoreError
        When the format is another, a file cannot be written, or rasterio is missing, which GeoTIFF needs.
    """
    if path.suffix.lower() == ".gpkg":
        with replacing(path) as part:
            for theatre, grid in grids.items():
                _write_cells(part, theatre, grid, run.frames[theatre], layer, _said(run, layer, theatre))
        return [path]
    if path.suffix.lower() not in {".tif", ".tiff"}:
        raise StoreError(f"{path} must end in .tif or .gpkg: a layer is written as GeoTIFF or GeoPackage")
    paths = []
    for place, (theatre, grid) in enumerate(grids.items()):
        paths.append(path if place == 0 else path.with_name(f"{path.stem}-{theatre}{path.suffix}"))
        with replacing(paths[-1]) as part:
            _write_raster(part, grid, run.frames[theatre], layer, _said(run, layer, theatre))
    return paths


def _said(run: StoredRun, layer: Layer, theatre: str) -> dict[str, str]:
    """Give what a file says about itself."""
    manifest = run.manifest
    coast = {"credit": COAST_CREDIT} if isinstance(run.frames[theatre], LambertFrame) else {}
    return {
        **{name: str(value) for name, value in asdict(layer).items()},
        "unit": layer.unit,
        "scenario": manifest.name,
        "replication": str(manifest.replications[0]),
        "fingerprint": manifest.fingerprint,
        "theatre": theatre,
        "made_by": f"{manifest.program} {manifest.versions['aegean-sim']}",
        **coast,
    }


def _crs(frame: Frame) -> str | None:
    return frame.projection if isinstance(frame, LambertFrame) else None


def _write_raster(path: Path, grid: CoverageGrid, frame: Frame, layer: Layer, said: dict[str, str]) -> None:
    """Write a grid, north up."""
    rasterio = _rasterio()
    width_m, height_m = _cell_m(grid)
    west, north = grid.x_m[0] - 0.5 * width_m, grid.y_m[-1] + 0.5 * height_m
    values = np.where(np.isnan(grid.values), NODATA, grid.values)[::-1].astype(np.float32)
    rows, columns = values.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=columns, count=1, dtype="float32", nodata=NODATA,
        crs=_crs(frame), transform=rasterio.transform.from_origin(west, north, width_m, height_m),
        compress="deflate",
    ) as file:  # fmt: skip
        file.write(values, 1)
        file.set_band_description(1, f"{layer.metric} ({layer.unit})")
        file.update_tags(**said)


def _rasterio() -> Any:
    try:
        import_module("rasterio.transform")
        return import_module("rasterio")
    except ImportError as error:
        raise StoreError(
            "GeoTIFF needs rasterio, which is not installed: pip install 'aegean-sim[gis]'"
        ) from error


def _write_cells(
    path: Path, theatre: str, grid: CoverageGrid, frame: Frame, layer: Layer, said: dict[str, str]
) -> None:
    """Write the cells that have an answer as squares."""
    import pyogrio  # noqa: PLC0415  (heavy)
    import shapely  # noqa: PLC0415

    width_m, height_m = _cell_m(grid)
    row, column = np.nonzero(~np.isnan(grid.values))
    x_m, y_m = grid.x_m[column], grid.y_m[row]
    half_m, tall_m = 0.5 * width_m, 0.5 * height_m
    squares = shapely.box(x_m - half_m, y_m - tall_m, x_m + half_m, y_m + tall_m)
    pyogrio.raw.write(
        path, shapely.to_wkb(squares), [grid.values[row, column]], [layer.metric], driver="GPKG",
        layer=theatre, geometry_type="Polygon", crs=_crs(frame), layer_metadata=said,
    )  # fmt: skip


def _cell_m(grid: CoverageGrid) -> tuple[float, float]:
    """Give width and height of a cell; those of a single one are alike."""
    sides = [float(axis[1] - axis[0]) if len(axis) > 1 else 0.0 for axis in (grid.x_m, grid.y_m)]
    return sides[0] or sides[1], sides[1] or sides[0]
