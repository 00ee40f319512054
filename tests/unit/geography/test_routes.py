"""Routes against an independent search over a raster of the same coast, and what every route must keep to."""

import csv
from functools import cache

import numpy as np
import pytest
import shapely
from rasterio.features import rasterize
from rasterio.transform import from_origin
from skimage.graph import MCP_Geometric

from aegean_sim.errors import GeographyError
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.layers import stored
from aegean_sim.geography.places import locate
from aegean_sim.geography.sea import Sea, open_theatre
from aegean_sim.quantities import FloatArray

OPEN_SEA = {"aegean": (25.0, 38.2), "central-med": (15.0, 34.5)}
with stored("sea_points.csv").open(encoding="utf-8", newline="") as file:
    SEA_POINTS = list(csv.DictReader(file))
PAIRS = [
    ("aegean", "Kusadasi", "Samos (Vathy)"),
    ("aegean", "Didim", "Farmakonisi"),
    ("aegean", "Izmir", "Mytilene"),
    ("aegean", "Souda", "Mytilene"),
    ("aegean", "Canakkale", "Rhodes"),
    ("aegean", "Bodrum", "Kos"),
    ("aegean", "Kas", "Rhodes"),
    ("aegean", "Cesme", "Leros"),
    ("central-med", "Tripoli", "Pozzallo"),
    ("central-med", "Augusta", "Zarzis"),
    ("central-med", "Sfax", "Lampedusa"),
    ("central-med", "Valletta", "Benghazi"),
    ("central-med", "Catania", "Trapani"),
]


def sea_point(theatre: str, name: str) -> tuple[float, float]:
    return locate(THEATRES[theatre], name)


def length(path: FloatArray) -> float:
    return float(np.hypot(*np.diff(path, axis=0).T).sum())


def crosses_land(sea: Sea, path: FloatArray) -> bool:
    return bool(sea.crosses(*path[:-1].T, *path[1:].T).any())


@cache
def raster(theatre: str) -> tuple[FloatArray, float, float, float]:
    """Water as cost 1 and land as -1, in cells of a size that keeps the straits open."""
    sea = open_theatre(theatre)
    assert sea.coast is not None
    cell = 400.0 if theatre == "aegean" else 500.0
    west, south, east, north = sea.bounds_m
    shape = int((north - south) / cell), int((east - west) / cell)
    corner = from_origin(west, north, cell, cell)
    land = rasterize([sea.coast.land], shape, transform=corner, all_touched=True)
    return np.where(land > 0, -1.0, 1.0), west, north, cell


def pulled(sea: Sea, path: FloatArray) -> FloatArray:
    """Pull a raster path tight: from each vertex kept, go on to the farthest one in clear water."""
    kept, here = [0], 0
    while here < len(path) - 1:
        ahead = np.arange(here + 1, len(path))
        start = np.repeat(path[here][np.newaxis], len(ahead), axis=0)
        clear = ahead[~sea.crosses(*start.T, *path[ahead].T)]
        here = int(clear.max()) if len(clear) else here + 1
        kept.append(here)
    return path[kept]


def by_raster(theatre: str, start: tuple[float, float], goal: tuple[float, float]) -> float:
    cost, west, north, cell = raster(theatre)
    cells = [(int((north - y) / cell), int((x - west) / cell)) for x, y in (start, goal)]
    water = cost.copy()
    for row, column in cells:
        water[row, column] = 1.0
    search = MCP_Geometric(water)
    search.find_costs([cells[0]], [cells[1]])
    rows, columns = np.array(search.traceback(cells[1])).T
    path = np.column_stack([west + (columns + 0.5) * cell, north - (rows + 0.5) * cell])
    path[0], path[-1] = start, goal
    tight = pulled(open_theatre(theatre), path)
    return length(pulled(open_theatre(theatre), _denser(tight)))


def _denser(path: FloatArray) -> FloatArray:
    line = shapely.segmentize(shapely.linestrings(path), 500.0)
    return shapely.get_coordinates(line)


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "start", "goal"), PAIRS)
def test_routes_are_as_short_as_those_of_a_raster(theatre: str, start: str, goal: str) -> None:
    one, other = sea_point(theatre, start), sea_point(theatre, goal)
    ours = length(open_theatre(theatre).route(*one, *other))
    assert -0.05 <= ours / by_raster(theatre, one, other) - 1.0 <= 0.03


@pytest.mark.parametrize("row", SEA_POINTS, ids=lambda row: row["name"])
def test_every_sea_point_reaches_the_open_sea(row: dict[str, str]) -> None:
    sea = open_theatre(row["theatre"])
    x, y = sea.frame.to_xy(float(row["sea_lon"]), float(row["sea_lat"]))
    path = sea.route(float(x), float(y), *map(float, sea.frame.to_xy(*OPEN_SEA[row["theatre"]])))
    assert not crosses_land(sea, path)


def water_points(theatre: str, count: int, seed: int) -> FloatArray:
    sea = open_theatre(theatre)
    assert sea.coast is not None
    rng = np.random.default_rng(seed)
    if theatre == "aegean":
        x, y = sea.frame.to_xy(rng.uniform(25.0, 28.3, 4 * count), rng.uniform(35.8, 40.0, 4 * count))
    else:
        x, y = sea.frame.to_xy(rng.uniform(11.2, 18.5, 4 * count), rng.uniform(33.2, 37.9, 4 * count))
    off_m = shapely.distance(sea.coast.land, shapely.points(x, y))
    return np.column_stack([x, y])[off_m > 300.0][:count]


@pytest.mark.parametrize("theatre", THEATRES)
def test_routes_between_any_waters_keep_off_land_and_are_the_same_both_ways(theatre: str) -> None:
    sea = open_theatre(theatre)
    points = water_points(theatre, 160, seed=3)
    bent = 0
    for one, other in zip(points[::2], points[1::2], strict=True):
        try:
            path = sea.route(*one, *other)
        except GeographyError:
            assert enclosed(sea, one) or enclosed(sea, other)
            continue
        assert not crosses_land(sea, path)
        np.testing.assert_allclose(path[[0, -1]], [one, other])
        assert length(path) >= np.hypot(*(other - one)) - 1e-6
        assert length(sea.route(*other, *one)) == pytest.approx(length(path), rel=1e-9)
        bent += len(path) > 2
    assert bent > 10


def enclosed(sea: Sea, point: FloatArray) -> bool:
    """Tell whether a point lies in water cut off from the open sea by land and its margin."""
    assert sea.coast is not None
    near = shapely.Point(point).buffer(15e3)
    wide = shapely.union_all(shapely.buffer(shapely.get_parts(sea.coast.land.intersection(near)), 260.0))
    water = shapely.get_parts(shapely.difference(near, wide))
    home = water[shapely.distance(water, shapely.Point(point)) < 300.0]
    return not any(part.intersects(near.boundary.buffer(-1.0)) for part in home)


def test_a_way_over_a_third_point_is_never_shorter() -> None:
    sea = open_theatre("aegean")
    points = water_points("aegean", 30, seed=8)
    for a, b, c in points.reshape(-1, 3, 2):
        try:
            direct, over = sea.route(*a, *c), (sea.route(*a, *b), sea.route(*b, *c))
        except GeographyError:
            continue
        assert length(direct) <= sum(map(length, over)) * 1.001


def test_land_and_lakes_are_refused() -> None:
    sea = open_theatre("aegean")
    lesvos = tuple(map(float, sea.frame.to_xy(26.30, 39.25)))
    at_sea = tuple(map(float, sea.frame.to_xy(25.0, 38.2)))
    with pytest.raises(GeographyError, match="on land"):
        sea.route(*lesvos, *at_sea)
