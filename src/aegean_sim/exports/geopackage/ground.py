"""Layers of the ground: coast, territorial seas, and the chance of being seen, where it was worked out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.exports.geopackage.material import CRS
from aegean_sim.geography.layers import stored

if TYPE_CHECKING:
    import geopandas as gpd

    from aegean_sim.exports.geopackage.material import Material
    from aegean_sim.geography.frame import Frame
    from aegean_sim.recording.record import CoverageGrid

INDICATIVE = "model boundary, indicative only"


def coast(material: Material) -> gpd.GeoDataFrame:
    """Give the land that was sailed round, by state."""
    return _stored(material, "coast")


def territorial_seas(material: Material) -> gpd.GeoDataFrame:
    """Give the land of each state with its territorial sea."""
    seas = _stored(material, "territorial")
    return seas.assign(note=INDICATIVE)


def coverage(material: Material) -> gpd.GeoDataFrame:
    """Give the cells of the coverage grids that some boat can be in; none when no map was made."""
    import pandas as pd  # noqa: PLC0415  (heavy)

    grids = material.request.run.coverage()
    here = [theatre for theatre in material.request.theatres if theatre in grids]
    cells = [_cells(material.request.run.frames[theatre], grids[theatre]) for theatre in here]
    names = np.repeat(here, [len(shapes) for shapes, _ in cells])
    shapes = np.concatenate([np.empty(0, dtype=object), *(shapes for shapes, _ in cells)])
    chances = np.concatenate([np.empty(0), *(chances for _, chances in cells)])
    return material.always(pd.DataFrame({"theatre": names, "probability": chances}), shapes)


def _cells(frame: Frame, grid: CoverageGrid) -> tuple[Any, Any]:
    """Give the cells as boxes of the plane, and their probabilities."""
    half_x, half_y = (0.5 * float(np.diff(centres[:2])[0]) for centres in (grid.x_m, grid.y_m))
    rows, columns = np.nonzero(np.isfinite(grid.values))
    x, y = grid.x_m[columns], grid.y_m[rows]
    boxes = shapely.box(x - half_x, y - half_y, x + half_x, y + half_y)
    on_earth = shapely.transform(boxes, lambda xy: np.column_stack(frame.to_door(*xy.T)))
    return on_earth, grid.values[rows, columns]


def _stored(material: Material, what: str) -> gpd.GeoDataFrame:
    import geopandas as gpd  # noqa: PLC0415  (heavy)
    import pandas as pd  # noqa: PLC0415

    theatres = material.request.run.scenario.theatres
    parts = [
        gpd.read_parquet(stored(f"{theatres[name].coast}-{what}.parquet")).assign(theatre=name)
        for name in material.request.theatres
    ]
    shapes = pd.concat(parts, ignore_index=True).to_crs(CRS)
    return material.always(shapes[["theatre", "state"]], shapes.geometry.to_numpy())
