"""Routes against a search over a raster of the same coast, one over all corners, and known lengths."""

import csv
import math
from functools import cache

import numpy as np
import pytest
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from scipy.sparse import block_array, csr_array
from scipy.sparse.csgraph import dijkstra
from skimage.graph import MCP_Geometric

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import Coastline, build_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.layers import stored
from aegean_sim.geography.places import locate
from aegean_sim.geography.routes import RouteGraph, Views, load_routes
from aegean_sim.geography.sea import Sea, open_theatre
from aegean_sim.quantities import FloatArray

OPEN_SEA = {"aegean": (25.0, 38.2), "central-med": (15.0, 34.5)}
with stored("sea_points.csv").open(encoding="utf-8", newline="") as file:
    SEA_POINTS = list(csv.DictReader(file))
PAIRS = [
    ("aegean", "Kusadasi", "Samos (Vathy)"),
    ("aegean", "Didim", "Farmakonisi"),
    ("aegean", "Izmir", "Mytilene"),
    ("aegean", "Ayvalik", "Mytilene"),
    ("aegean", "Bodrum", "Kos"),
    ("aegean", "Marmaris", "Symi"),
    ("aegean", "Cesme", "Agathonisi"),
    ("aegean", "Kas", "Rhodes"),
    ("aegean", "Souda", "Mytilene"),
    ("aegean", "Canakkale", "Rhodes"),
    ("central-med", "Tripoli", "Pozzallo"),
    ("central-med", "Augusta", "Zarzis"),
    ("central-med", "Zuwara", "Lampedusa"),
    ("central-med", "Sfax", "Lampedusa"),
    ("central-med", "Valletta", "Benghazi"),
    ("central-med", "Catania", "Trapani"),
]
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


def by_raster(coast: Coastline, start: FloatArray, goal: FloatArray) -> FloatArray:
    """Search the cheapest path over cells without land, in a window round both ends."""
    west, south = np.minimum(start, goal) - WINDOW_M
    east, north = np.maximum(start, goal) + WINDOW_M
    cell = max(200.0, max(east - west, north - south) / GREATEST_CELLS)
    shape = int((north - south) / cell) + 1, int((east - west) / cell) + 1
    window = shapely.box(west, south, east, north)
    land = coast.polygons[shapely.intersects(coast.polygons, window)]
    dry = rasterize(list(land), shape, transform=from_origin(west, north, cell, cell), all_touched=True)
    ends = [(int((north - y) / cell), int((x - west) / cell)) for x, y in (start, goal)]
    search = MCP_Geometric(np.where(dry > 0, -1.0, 1.0))
    search.find_costs([ends[0]], [ends[1]])
    rows, columns = np.array(search.traceback(ends[1])).T
    path = np.column_stack([west + (columns + 0.5) * cell, north - (rows + 0.5) * cell])
    return np.concatenate([[start], path[1:-1], [goal]])


def pulled(coast: Coastline, path: FloatArray) -> FloatArray:
    """Pull a path tight: from each vertex kept, go on to the farthest one in clear water."""
    kept, here = [0], 0
    while here < len(path) - 1:
        ahead = np.arange(here + 1, len(path))
        start = np.broadcast_to(path[here], (len(ahead), 2))
        clear = ahead[~coast.crosses(*start.T, *path[ahead].T)]
        here = int(clear.max()) if len(clear) else here + 1
        kept.append(here)
    return path[kept]


def pulled_tight(coast: Coastline, path: FloatArray) -> FloatArray:
    """Pull from both ends, with vertices between: a cell's corner is not where the best path bends."""
    for _ in range(3):
        path = pulled(coast, path)
        path = shapely.get_coordinates(shapely.segmentize(shapely.linestrings(path), 400.0))[::-1]
    return pulled(coast, path)


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "start", "goal"), PAIRS)
def test_routes_are_about_as_long_as_those_over_a_raster(theatre: str, start: str, goal: str) -> None:
    coast = coast_of(open_theatre(theatre))
    ends = sea_point(theatre, start), sea_point(theatre, goal)
    ours = load_routes(theatre).route(*ends[0], *ends[1])
    assert not crosses_land(coast, ours)
    theirs = length(pulled_tight(coast, by_raster(coast, *ends)))
    assert -0.05 <= length(ours) / theirs - 1.0 <= 0.03


@pytest.mark.parametrize("row", SEA_POINTS, ids=lambda row: row["name"])
def test_every_sea_point_reaches_the_open_sea(row: dict[str, str]) -> None:
    theatre = row["theatre"]
    goal = np.array(THEATRES[theatre].to_xy(*OPEN_SEA[theatre]))
    path = open_theatre(theatre).route(*sea_point(theatre, row["name"]), *goal)
    assert not crosses_land(coast_of(open_theatre(theatre)), path)
    np.testing.assert_array_equal(path[-1], goal)


@cache
def waters(theatre: str, off_m: float) -> FloatArray:
    """Give random points at sea, so far off land and in reach of the open sea along water 200 m wide."""
    sea = open_theatre(theatre)
    box = (24.0, 28.5, 35.8, 40.0) if theatre == "aegean" else (10.5, 18.5, 32.5, 38.0)
    rng = np.random.default_rng(7)
    x, y = sea.frame.to_xy(rng.uniform(*box[:2], 3000), rng.uniform(*box[2:], 3000))
    points = shapely.points(x, y)
    land = shapely.union_all(shapely.buffer(coast_of(sea).polygons, 100.0, quad_segs=4))
    seas = shapely.get_parts(shapely.difference(shapely.box(*sea.bounds_m), land))
    open_sea = seas[np.argmax(shapely.area(seas))]
    shapely.prepare(open_sea)
    fit = shapely.intersects(open_sea, points) & ~shapely.dwithin(coast_of(sea).land, points, off_m)
    return np.column_stack([x, y])[fit]


@pytest.mark.parametrize("theatre", THEATRES)
def test_routes_between_any_waters_keep_off_land_and_are_as_long_both_ways(theatre: str) -> None:
    sea = open_theatre(theatre)
    points = waters(theatre, 120.0)[:300]
    bent = 0
    for one, other in zip(points[::2], points[1::2], strict=True):
        path = sea.route(*one, *other)
        assert not crosses_land(coast_of(sea), path)
        np.testing.assert_array_equal(path[[0, -1]], [one, other])
        assert length(sea.route(*other, *one)) == pytest.approx(length(path), rel=1e-9)
        bent += len(path) > 2
    assert bent > 20


def by_all_corners(graph: RouteGraph, start: FloatArray, goal: FloatArray) -> float:
    """Give the shortest way's length with every corner that each end sees, by an independent search."""
    count = len(graph.corner)
    seen = [
        ~graph.coast.crosses(*np.broadcast_to(end, (count, 2)).T, *graph.corner.T) for end in (start, goal)
    ]
    off_m = [np.hypot(*(graph.corner - end).T) for end in (start, goal)]
    from_start = np.where(seen[0], off_m[0], 0.0)[np.newaxis]
    network = csr_array((graph.step_m, graph.there, graph.first), shape=(count, count))
    whole = block_array([[network, None], [csr_array(from_start), csr_array((1, 1))]], format="csr")
    ways_m = dijkstra(whole, indices=count)[:count]
    return float((ways_m + np.where(seen[1], off_m[1], math.inf)).min())


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "pairs"), [("aegean", 6), ("central-med", 60)])
def test_stored_views_leave_out_no_shorter_way(theatre: str, pairs: int) -> None:
    graph = load_routes(theatre)
    points = waters(theatre, 120.0)[300 : 300 + 2 * pairs]
    bent = 0
    for one, other in zip(points[::2], points[1::2], strict=True):
        path = graph.route(*one, *other)
        if len(path) > 2:
            # a way that bends off a corner's land, not round it, may cut a little through its margin
            assert length(path) == pytest.approx(by_all_corners(graph, one, other), rel=1e-3)
            bent += 1
    assert bent >= 3


def test_a_way_over_a_third_point_is_never_shorter() -> None:
    sea = open_theatre("aegean")
    for a, b, c in waters("aegean", 600.0)[:90].reshape(-1, 3, 2):
        over = length(sea.route(*a, *b)) + length(sea.route(*b, *c))
        assert length(sea.route(*a, *c)) <= over * 1.001


def test_beaches_are_reached() -> None:
    sea = open_theatre("aegean")
    goal = np.array(sea.frame.to_xy(*OPEN_SEA["aegean"]))
    points = waters("aegean", 0.0)
    off_m = shapely.distance(coast_of(sea).land, shapely.points(points))
    near = points[off_m < 400.0]
    assert len(near) > 20
    for point in near:
        assert not crosses_land(coast_of(sea), sea.route(*point, *goal))


def round_a_square(land: shapely.Polygon) -> RouteGraph:
    """Give the graph of a square of land of 2 km side about the origin, its corners 141 m off; one cell."""
    corner = np.array([[-1100.0, -1100.0], [1100.0, -1100.0], [1100.0, 1100.0], [-1100.0, 1100.0]])
    there = np.array([3, 1, 0, 2, 1, 3, 2, 0])
    return RouteGraph(
        build_coastline(np.array([land]), np.array(["GR"])),
        corner,
        corner.T.astype(np.float32),
        np.roll(corner, 1, axis=0) - corner,
        np.roll(corner, -1, axis=0) - corner,
        np.array([0, 2, 4, 6, 8]),
        there,
        np.full(8, 2200.0),
        np.zeros((1, 4), dtype=np.float32),
        Views(-5e3, -5e3, 1e4, 1, 1, np.array([0, 4]), np.arange(4, dtype=np.uint16)),
    )


def test_the_way_round_a_square_is_known() -> None:
    graph = round_a_square(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0))
    path = graph.route(-3000.0, 10.0, 3000.0, 10.0)
    assert length(path) == pytest.approx(2.0 * math.hypot(1900.0, 1090.0) + 2200.0)
    np.testing.assert_array_equal(path[1:-1], [[-1100.0, 1100.0], [1100.0, 1100.0]])
    np.testing.assert_array_equal(graph.route(3000.0, 10.0, -3000.0, 10.0), path[::-1])
    np.testing.assert_array_equal(graph.route(-3000.0, 0.0, 0.0, 2000.0)[1:-1], np.empty((0, 2)))


def test_a_way_starts_at_the_very_beach() -> None:
    graph = round_a_square(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0))
    path = graph.route(-1010.0, 10.0, 1010.0, 10.0)
    assert length(path) == pytest.approx(2.0 * math.hypot(90.0, 1090.0) + 2200.0)


def test_land_and_closed_waters_are_refused() -> None:
    lake = shapely.box(-500.0, -500.0, 500.0, 500.0)
    graph = round_a_square(shapely.difference(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0), lake))
    with pytest.raises(GeographyError, match="no way by water from x 0 m, y 0 m to x 3000 m, y 0 m"):
        graph.route(0.0, 0.0, 3000.0, 0.0)
    with pytest.raises(GeographyError, match="on land: x 700 m, y 0 m"):
        graph.route(3000.0, 0.0, 700.0, 0.0)
    assert len(graph.route(0.0, 0.0, 400.0, 400.0)) == 2
