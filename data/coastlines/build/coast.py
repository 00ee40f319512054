"""Build the coasts of both theatres: GSHHG land clipped, simplified, labelled, split and stored."""

from __future__ import annotations

import argparse
import csv
from dataclasses import dataclass, replace
from pathlib import Path

import geopandas as gpd
import numpy as np
import pyproj
import shapely

from aegean_sim.geography.frame import AEGEAN, CENTRAL_MED, LambertFrame
from cells import nearest_regions, points_along
from sources import Box, Sources, fetch, read_countries, read_land

HERE = Path(__file__).resolve().parent
STORE = HERE.parent
DOWNLOADS = HERE.parents[2] / "build" / "coast-sources"

TOLERANCE_M = 50.0
MARGIN_DEG = 0.3
EDGE_STEP_DEG = 0.02
CUT_ALLOWANCE_DEG = np.array([-0.1, -0.1, 0.1, 0.1])
BORDER_STEP_M = 250.0
BORDER_TOLERANCE_M = 200.0
INLAND_M = 500.0
SLIVER_M2 = 1.0
COUNTRIES = {
    "aegean": ("GR", "TR", "BG", "MK"),
    "central-med": ("IT", "MT", "LY", "TN", "DZ", "GR"),
}
DISPUTED = {"Imia / Kardak west": (27.1500, 37.0449), "Imia / Kardak east": (27.1541, 37.0474)}
DISPUTED_REACH_M = 100.0
STRONGYLI = (29.637, 36.114)
STRONGYLI_M2 = 0.87e6


@dataclass(frozen=True, slots=True)
class Land:
    """One polygon of land in metres, and what is known of it."""

    polygon: shapely.Polygon
    state: str
    gshhg_number: str
    disputed: bool = False
    approximate: bool = False


def wide_box(frame: LambertFrame) -> Box:
    """Give the theatre's bounds with a margin, so that land just outside still counts for the median line."""
    west, south, east, north = frame.door_bounds
    return west - MARGIN_DEG, south - MARGIN_DEG, east + MARGIN_DEG, north + MARGIN_DEG


def project(geometry: shapely.Geometry, frame: LambertFrame, *, inverse: bool = False) -> shapely.Geometry:
    """Take a geometry from lon/lat to the theatre's plane, or back."""
    transformer = pyproj.Transformer.from_crs("EPSG:4326", frame.projection, always_xy=True)
    direction = "INVERSE" if inverse else "FORWARD"
    return shapely.transform(
        geometry, lambda x, y: transformer.transform(x, y, direction=direction), interleaved=False
    )


def box_in_plane(frame: LambertFrame, box: Box) -> shapely.Polygon:
    """Give a lon/lat box in metres, its parallels followed closely."""
    return project(shapely.segmentize(shapely.box(*box), EDGE_STEP_DEG), frame)


def polygons_of(geometry: shapely.Geometry) -> list[shapely.Polygon]:
    """Give the polygons in a geometry that are more than slivers."""
    parts = shapely.get_parts(geometry)
    return [part for part in parts if part.geom_type == "Polygon" and part.area > SLIVER_M2]


def wide_coast(frame: LambertFrame, sources: Sources) -> list[Land]:
    """Build the labelled, simplified land of a theatre, up to the margin outside its bounds."""
    box = wide_box(frame)
    countries = {
        code: project(land, frame)
        for code, land in read_countries(sources.dcw_grid, COUNTRIES[frame.theatre], box).items()
    }
    overrides = _read_overrides(frame)
    disputed = [project(shapely.Point(point), frame) for point in DISPUTED.values()]
    found = []
    for number, whole in read_land(sources.gshhg_wheel, box):
        for clipped in polygons_of(_clip(whole, box, frame)):
            override = _override_of(clipped, overrides)
            simple = shapely.simplify(clipped, TOLERANCE_M, preserve_topology=True)
            near_dispute = clipped.area < 1e6 and shapely.dwithin(disputed, clipped, DISPUTED_REACH_M).any()
            found += [
                Land(part, override or state, number, disputed=bool(near_dispute))
                for state, part in _label(simple, countries)
            ]
    if frame.theatre == AEGEAN.theatre:
        found.append(_strongyli(frame))
    return found


def _clip(whole: shapely.Polygon, box: Box, frame: LambertFrame) -> shapely.Geometry:
    """Clip in lon/lat and project; parallels along the cut get vertices so that they stay where they are."""
    if shapely.box(*box).contains(whole):
        return project(whole, frame)
    rough = shapely.make_valid(shapely.clip_by_rect(whole, *(np.array(box) + CUT_ALLOWANCE_DEG)))
    return shapely.intersection(project(rough, frame), box_in_plane(frame, box))


def _label(
    land: shapely.Polygon, countries: dict[str, shapely.Geometry]
) -> list[tuple[str, shapely.Polygon]]:
    """Name the state of land: the DCW country that covers most of it, else the nearest; split shared land."""
    covers = {code: shapely.intersection(land, country).area for code, country in countries.items()}
    shared = [code for code, area in covers.items() if area > 0.05 * land.area or area > 50e6]
    if len(shared) > 1:
        return _split(land, {code: countries[code] for code in shared})
    best = max(covers, key=lambda code: covers[code])
    if covers[best] == 0.0:
        best = min(countries, key=lambda code: land.distance(countries[code]))
    return [(best, land)]


def _split(
    land: shapely.Polygon, countries: dict[str, shapely.Geometry]
) -> list[tuple[str, shapely.Polygon]]:
    """Part shared land along the line midway between the countries' borders, each drawn inland a little."""
    sites = {
        code: points_along(shapely.buffer(shapely.intersection(country, land), -INLAND_M), BORDER_STEP_M)
        for code, country in countries.items()
    }
    regions = nearest_regions(sites, shapely.buffer(shapely.envelope(land), 1000.0))
    parts = [
        (code, part)
        for code, region in regions.items()
        for part in polygons_of(shapely.intersection(land, region))
    ]
    smooth = shapely.coverage_simplify(
        [part for _, part in parts], BORDER_TOLERANCE_M, simplify_boundary=False
    )
    return [(code, part) for (code, _), part in zip(parts, smooth, strict=True)]


def _read_overrides(frame: LambertFrame) -> list[tuple[shapely.Point, str]]:
    with (HERE / "label_overrides.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    west, south, east, north = frame.door_bounds
    return [
        (project(shapely.Point(float(row["lon"]), float(row["lat"])), frame), row["correct"])
        for row in rows
        if west < float(row["lon"]) < east and south < float(row["lat"]) < north
    ]


def _override_of(land: shapely.Polygon, overrides: list[tuple[shapely.Point, str]]) -> str | None:
    return next((state for point, state in overrides if land.intersects(point)), None)


def _strongyli(frame: LambertFrame) -> Land:
    """Give the islet missing from GSHHG as a 32-sided polygon of its known area round its known position."""
    angles = np.linspace(0.0, 2.0 * np.pi, 32, endpoint=False)
    ring = np.column_stack([np.cos(angles), np.sin(angles)])
    radius_m = np.sqrt(STRONGYLI_M2 / shapely.Polygon(ring).area)
    centre = shapely.get_coordinates(project(shapely.Point(STRONGYLI), frame))
    return Land(shapely.Polygon(centre + radius_m * ring), "GR", "", approximate=True)


def clip_to_bounds(coast: list[Land], frame: LambertFrame) -> list[Land]:
    """Cut the land at the theatre's bounds, largest piece first."""
    bounds = box_in_plane(frame, frame.door_bounds)
    clipped = [
        replace(land, polygon=part)
        for land in coast
        for part in polygons_of(shapely.intersection(land.polygon, bounds))
    ]
    return sorted(clipped, key=lambda land: (-land.polygon.area, land.polygon.bounds))


def check_no_overlaps(coast: list[Land]) -> None:
    """Stop the build when two polygons overlap, or one is invalid."""
    polygons = np.array([land.polygon for land in coast])
    if not shapely.is_valid(polygons).all():
        raise SystemExit("a polygon of the coast is invalid")
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b]
    overlaps = [(a, b) for a, b in pairs if polygons[a].intersection(polygons[b]).area > SLIVER_M2]
    if overlaps:
        raise SystemExit(f"polygons of the coast overlap: {overlaps}")


def write_coast(coast: list[Land], frame: LambertFrame) -> Path:
    """Store a theatre's coast in lon/lat."""
    table = gpd.GeoDataFrame(
        {
            "state": [land.state for land in coast],
            "area_km2": [round(land.polygon.area / 1e6, 4) for land in coast],
            "disputed": [land.disputed for land in coast],
            "approximate": [land.approximate for land in coast],
            "gshhg_number": [land.gshhg_number for land in coast],
        },
        geometry=[project(land.polygon, frame, inverse=True) for land in coast],
        crs="EPSG:4326",
    )
    path = STORE / f"{frame.theatre}-coast.parquet"
    table.to_parquet(path, index=False, compression="zstd")
    return path


def main() -> None:
    """Build both coasts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--downloads", type=Path, default=DOWNLOADS, help="folder of the source packages")
    sources = fetch(parser.parse_args().downloads)
    for frame in (AEGEAN, CENTRAL_MED):
        coast = clip_to_bounds(wide_coast(frame, sources), frame)
        check_no_overlaps(coast)
        path = write_coast(coast, frame)
        states = sorted({land.state for land in coast})
        print(f"{path.name}: {len(coast)} polygons of {', '.join(states)}, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
