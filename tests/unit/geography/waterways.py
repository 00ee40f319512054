"""Ways by water found independently: over a raster, and over all corners that an end sees."""

import csv
import math
from collections.abc import Collection
from functools import cache

import numpy as np
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import dijkstra
from skimage.graph import MCP_Geometric

from aegean_sim.geography.coastline import Coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.graph import RouteGraph
from aegean_sim.geography.layers import stored
from aegean_sim.geography.places import locate
from aegean_sim.geography.sea import Sea, open_theatre
from aegean_sim.quantities import BoolArray, FloatArray

OPEN_SEA = {"aegean": (25.0, 38.2), "central-med": (15.0, 34.5)}
BOXES = {"aegean": (24.0, 28.5, 35.8, 40.0), "central-med": (10.5, 18.5, 32.5, 38.0)}
with stored("sea_points.csv").open(encoding="utf-8", newline="") as file:
    SEA_POINTS = list(csv.DictReader(file))
WINDOW_M = 60_000.0
GREATEST_CELLS = 1200


def sea_point(theatre: str, name: str) -> FloatArray:
    return np.array(locate(THEATRES[theatre], name))


def length(path: FloatArray) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def coast_of(sea: Sea) -> Coastline:
    assert sea.coast is not None
    return sea.coast


def crosses_land(coast: Coastline, path: FloatArray) -> bool:
    return bool(coast.crosses(*path[:-1].T, *path[1:].T).any())


def barred(sea: Sea, closed: Collection[str], starts: FloatArray, ends: FloatArray) -> BoolArray:
    """Tell of each straight leg whether it meets land or closed waters."""
    met = coast_of(sea).crosses(*starts.T, *ends.T)
    for state in closed:
        lines = shapely.linestrings(np.stack([starts, ends], axis=1))
        met |= shapely.intersects(sea.zones.territorial[state], lines)
    return met


def by_raster(sea: Sea, start: FloatArray, goal: FloatArray, closed: Collection[str] = ()) -> FloatArray:
    """Search the cheapest path over cells without land and closed waters, in a window round both ends."""
    west, south = np.minimum(start, goal) - WINDOW_M
    east, north = np.maximum(start, goal) + WINDOW_M
    cell = max(200.0, max(east - west, north - south) / GREATEST_CELLS)
    shape = int((north - south) / cell) + 1, int((east - west) / cell) + 1
    window = shapely.box(west, south, east, north)
    polygons = coast_of(sea).polygons
    land = polygons[shapely.intersects(polygons, window)]
    shut = [*land, *(sea.zones.territorial[state] for state in closed)]
    dry = rasterize(shut, shape, transform=from_origin(west, north, cell, cell), all_touched=True)
    ends = [(int((north - y) / cell), int((x - west) / cell)) for x, y in (start, goal)]
    search = MCP_Geometric(np.where(dry > 0, -1.0, 1.0))
    search.find_costs([ends[0]], [ends[1]])
    rows, columns = np.array(search.traceback(ends[1])).T
    path = np.column_stack([west + (columns + 0.5) * cell, north - (rows + 0.5) * cell])
    return np.concatenate([[start], path[1:-1], [goal]])


def pulled(sea: Sea, path: FloatArray, closed: Collection[str] = ()) -> FloatArray:
    """Pull a path tight: from each vertex kept, go on to the farthest one in clear water."""
    kept, here = [0], 0
    while here < len(path) - 1:
        ahead = np.arange(here + 1, len(path))
        start = np.broadcast_to(path[here], (len(ahead), 2))
        clear = ahead[~barred(sea, closed, start, path[ahead])]
        here = int(clear.max()) if len(clear) else here + 1
        kept.append(here)
    return path[kept]


def pulled_tight(sea: Sea, path: FloatArray, closed: Collection[str] = ()) -> FloatArray:
    """Pull from both ends, with vertices between: a cell's corner is not where the best path bends."""
    for _ in range(3):
        path = pulled(sea, path, closed)
        path = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(path), 400.0))[::-1]
    return pulled(sea, path, closed)


def open_water(sea: Sea, closed: Collection[str], margin_m: float) -> shapely.Geometry:
    """Give the waters so far off all land and closed waters, piece by piece."""
    shut = [*coast_of(sea).polygons, *(sea.zones.territorial[state] for state in closed)]
    return shapely.difference(
        shapely.box(*sea.bounds_m), shapely.union_all(shapely.buffer(shut, margin_m, quad_segs=4))
    )


@cache
def waters(theatre: str, off_m: float) -> FloatArray:
    """Give random points at sea, so far off land and in reach of the open sea along water 200 m wide."""
    sea = open_theatre(theatre)
    box = BOXES[theatre]
    rng = np.random.default_rng(7)
    x, y = sea.frame.to_xy(rng.uniform(*box[:2], 3000), rng.uniform(*box[2:], 3000))
    points = shapely.points(x, y)
    seas = shapely.get_parts(open_water(sea, (), 100.0))
    open_sea = seas[np.argmax(shapely.area(seas))]
    shapely.prepare(open_sea)
    fit = shapely.intersects(open_sea, points) & ~shapely.dwithin(coast_of(sea).land, points, off_m)
    return np.column_stack([x, y])[fit]


def by_all_corners(
    sea: Sea, graph: RouteGraph, closed: Collection[str], start: FloatArray, goal: FloatArray
) -> float:
    """Give the shortest way's length with every corner that each end sees, by an independent search."""
    corner, count = graph.net.corner, len(graph.net.corner)
    shut = [shapely.boundary(coast_of(sea).land), *(sea.zones.territorial[state] for state in closed)]
    shapely.prepare(shut)
    seen = []
    for end in (start, goal):
        lines = shapely.linestrings(np.stack([np.broadcast_to(end, (count, 2)), corner], axis=1))
        seen.append(graph.usable & ~np.any([shapely.intersects(each, lines) for each in shut], 0))
    off_m = [np.hypot(*(corner - end).T) for end in (start, goal)]
    from_start = np.where(seen[0], off_m[0], 0.0)[np.newaxis]
    network = csr_array((graph.net.step_m, graph.net.there, graph.net.first), shape=(count, count))
    whole = block_array([[network, None], [csr_array(from_start), csr_array((1, 1))]], format="csr")
    ways_m = dijkstra(whole, indices=count)[:count]
    return float((ways_m + np.where(seen[1], off_m[1], math.inf)).min())
