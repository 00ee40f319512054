"""Routes against a search over a raster of the same coast, one over all corners, and known lengths."""

import math

import numpy as np
import pytest
import shapely
from tests.unit.geography.waterways import (
    OPEN_SEA,
    SEA_POINTS,
    by_all_corners,
    by_raster,
    coast_of,
    crosses_land,
    length,
    pulled_tight,
    sea_point,
    waters,
)

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import build_coastline
from aegean_sim.geography.ends import end_at
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.routes import Corners, Routes, load_routes
from aegean_sim.geography.sea import open_theatre
from aegean_sim.geography.views import Views
from aegean_sim.geography.zones import OPEN_SEA as OPEN_WATERS

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


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "start", "goal"), PAIRS)
def test_routes_are_about_as_long_as_those_over_a_raster(theatre: str, start: str, goal: str) -> None:
    sea = open_theatre(theatre)
    ends = sea_point(theatre, start), sea_point(theatre, goal)
    ours = load_routes(theatre).route(*ends[0], *ends[1])
    assert not crosses_land(coast_of(sea), ours)
    theirs = length(pulled_tight(sea, by_raster(sea, *ends)))
    assert -0.05 <= length(ours) / theirs - 1.0 <= 0.03


def test_a_way_does_not_hang_on_the_ways_looked_for_before() -> None:
    routes = load_routes("aegean")
    port = sea_point("aegean", "Mytilene")
    others = [sea_point("aegean", name) for name in ("Ayvalik", "Izmir", "Souda", "Canakkale")]
    known = [routes.route(*other, *port) for other in others]
    for other, way in zip(others, known, strict=True):
        end_at.cache_clear()
        np.testing.assert_array_equal(routes.route(*other, *port), way)


@pytest.mark.parametrize("row", SEA_POINTS, ids=lambda row: row["name"])
def test_every_sea_point_reaches_the_open_sea(row: dict[str, str]) -> None:
    theatre = row["theatre"]
    goal = np.array(THEATRES[theatre].to_xy(*OPEN_SEA[theatre]))
    path = open_theatre(theatre).route(*sea_point(theatre, row["name"]), *goal)
    assert not crosses_land(coast_of(open_theatre(theatre)), path)
    np.testing.assert_array_equal(path[-1], goal)


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


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "pairs"), [("aegean", 6), ("central-med", 60)])
def test_stored_views_leave_out_no_shorter_way(theatre: str, pairs: int) -> None:
    routes = load_routes(theatre)
    points = waters(theatre, 120.0)[300 : 300 + 2 * pairs]
    bent = 0
    for one, other in zip(points[::2], points[1::2], strict=True):
        path = routes.route(*one, *other)
        if len(path) > 2:
            # a way that bends off a corner's land, not round it, may cut a little through its margin
            best_m = by_all_corners(open_theatre(theatre), routes.graph(), (), one, other)
            assert length(path) == pytest.approx(best_m, rel=1e-3)
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


def round_a_square(land: shapely.Polygon) -> Routes:
    """Give the ways round a square of land of 2 km side about the origin, its corners 141 m off; one cell."""
    corner = np.array([[-1100.0, -1100.0], [1100.0, -1100.0], [1100.0, 1100.0], [-1100.0, 1100.0]])
    corners = Corners(
        corner,
        np.hstack([np.roll(corner, turn, axis=0) - corner for turn in (1, -1)]),
        np.zeros(4, dtype=np.uint8),
        np.zeros((1, 4), dtype=np.float32),
        np.array([[0, 1], [1, 2], [2, 3], [3, 0]]),
        np.zeros(4, dtype=np.uint8),
        (Views(-5e3, -5e3, 1e4, 1, 1, np.array([0, 4]), np.arange(4, dtype=np.uint16)),),
    )
    return Routes(build_coastline(np.array([land]), np.array(["GR"])), OPEN_WATERS, (), corners)


def test_the_way_round_a_square_is_known() -> None:
    routes = round_a_square(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0))
    path = routes.route(-3000.0, 10.0, 3000.0, 10.0)
    assert length(path) == pytest.approx(2.0 * math.hypot(1900.0, 1090.0) + 2200.0)
    np.testing.assert_array_equal(path[1:-1], [[-1100.0, 1100.0], [1100.0, 1100.0]])
    np.testing.assert_array_equal(routes.route(3000.0, 10.0, -3000.0, 10.0), path[::-1])
    np.testing.assert_array_equal(routes.route(-3000.0, 0.0, 0.0, 2000.0)[1:-1], np.empty((0, 2)))


def test_a_way_starts_at_the_very_beach() -> None:
    routes = round_a_square(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0))
    path = routes.route(-1010.0, 10.0, 1010.0, 10.0)
    assert length(path) == pytest.approx(2.0 * math.hypot(90.0, 1090.0) + 2200.0)


def test_land_and_closed_waters_are_refused() -> None:
    lake = shapely.box(-500.0, -500.0, 500.0, 500.0)
    routes = round_a_square(shapely.difference(shapely.box(-1000.0, -1000.0, 1000.0, 1000.0), lake))
    with pytest.raises(GeographyError, match="no way by water from x 0 m, y 0 m to x 3000 m, y 0 m"):
        routes.route(0.0, 0.0, 3000.0, 0.0)
    with pytest.raises(GeographyError, match="on land: x 700 m, y 0 m"):
        routes.route(3000.0, 0.0, 700.0, 0.0)
    assert len(routes.route(0.0, 0.0, 400.0, 400.0)) == 2
