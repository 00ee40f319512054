"""Which state is nearest: the plane parted among states by the Voronoi cells of points along their land."""

from __future__ import annotations

import numpy as np
import shapely


def points_along(land: shapely.Geometry, step_m: float) -> np.ndarray:
    """Give the vertices of all rings of a geometry, at most ``step_m`` apart, without doubles."""
    rings = shapely.segmentize(shapely.boundary(land), step_m)
    return np.unique(shapely.get_coordinates(rings), axis=0)


def nearest_regions(sites: dict[str, np.ndarray], envelope: shapely.Geometry) -> dict[str, shapely.Geometry]:
    """Part an envelope into the regions nearest to each state's points; neighbours share their edges."""
    states = sorted(sites)
    every = np.concatenate([sites[state] for state in states])
    owners = np.repeat(np.arange(len(states)), [len(sites[state]) for state in states])
    every, first = np.unique(every, axis=0, return_index=True)
    owners = owners[first]
    cells = shapely.get_parts(
        shapely.voronoi_polygons(shapely.MultiPoint(every), extend_to=envelope, ordered=True)
    )
    return {
        state: shapely.intersection(shapely.coverage_union_all(cells[owners == number]), envelope)
        for number, state in enumerate(states)
    }
