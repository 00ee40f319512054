"""Build the territorial seas of both theatres: belts along each state's land, parted at the median line."""

from __future__ import annotations

import argparse
from pathlib import Path

import geopandas as gpd
import numpy as np
import shapely

from aegean_sim.geography.frame import AEGEAN, CENTRAL_MED, LambertFrame
from cells import nearest_regions, points_along
from coast import DOWNLOADS, STORE, Land, box_in_plane, project, wide_coast
from sources import fetch

NM_M = 1852.0
BREADTH_NM = {"GR": 6.0, "TR": 6.0, "IT": 12.0, "MT": 12.0, "LY": 12.0, "TN": 12.0}
STEP_M = 250.0
GRID_M = 0.01
TOLERANCE_M = 20.0


def belts(coast: list[Land], frame: LambertFrame) -> dict[str, shapely.Geometry]:
    """Give each state's land with its territorial sea; neighbours share the median line vertex for vertex."""
    lands: dict[str, list[shapely.Polygon]] = {}
    for land in coast:
        lands.setdefault(land.state, []).append(land.polygon)
    bounds = box_in_plane(frame, frame.door_bounds)
    sites = {
        state: np.round(points_along(shapely.multipolygons(parts), STEP_M)) for state, parts in lands.items()
    }
    regions = nearest_regions(sites, shapely.buffer(bounds, 100e3))
    reach = shapely.union_all(
        [
            shapely.union_all(shapely.buffer(parts, BREADTH_NM[state] * NM_M))
            for state, parts in sorted(lands.items())
            if state in BREADTH_NM
        ]
    )
    whole = shapely.intersection(reach, bounds)
    states = [state for state in sorted(lands) if state in BREADTH_NM]
    cut = [shapely.intersection(regions[state], whole, grid_size=GRID_M) for state in states]
    if not shapely.coverage_is_valid(cut):
        raise SystemExit("the territorial seas do not fit together")
    return dict(zip(states, shapely.coverage_simplify(cut, TOLERANCE_M), strict=True))


def check_no_overlaps(areas: dict[str, shapely.Geometry]) -> None:
    """Stop the build when two states' belts overlap by more than rounding."""
    shapes = list(areas.values())
    for first, one in enumerate(shapes):
        for other in shapes[:first]:
            if shapely.intersection(one, other).area > 1.0:
                raise SystemExit("two territorial seas overlap")


def write_territorial(areas: dict[str, shapely.Geometry], frame: LambertFrame) -> Path:
    """Store the belts in lon/lat."""
    table = gpd.GeoDataFrame(
        {"state": list(areas), "breadth_nm": [BREADTH_NM[state] for state in areas]},
        geometry=[
            shapely.multipolygons(shapely.get_parts(project(area, frame, inverse=True)))
            for area in areas.values()
        ],
        crs="EPSG:4326",
    )
    path = STORE / f"{frame.theatre}-territorial.parquet"
    table.to_parquet(path, index=False, compression="zstd")
    return path


def main() -> None:
    """Build the territorial seas of both theatres."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--downloads", type=Path, default=DOWNLOADS, help="folder of the source packages")
    sources = fetch(parser.parse_args().downloads)
    for frame in (AEGEAN, CENTRAL_MED):
        coast = wide_coast(frame, sources)
        areas = belts(coast, frame)
        check_no_overlaps(areas)
        path = write_territorial(areas, frame)
        land = shapely.union_all([piece.polygon for piece in coast])
        sea_km2 = {state: round(shapely.difference(area, land).area / 1e6) for state, area in areas.items()}
        print(f"{path.name}: {sea_km2} km2, {path.stat().st_size // 1024} KiB")


if __name__ == "__main__":
    main()
