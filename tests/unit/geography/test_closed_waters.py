"""Ways that keep out of closed waters, against a raster, a search over all corners, and the exact areas."""

import math
from collections.abc import Iterator

import numpy as np
import pytest
import shapely
from tests.unit.geography.waterways import (
    by_all_corners,
    by_raster,
    coast_of,
    crosses_land,
    length,
    open_water,
    pulled_tight,
    sea_point,
    waters,
)

from aegean_sim.errors import GeographyError
from aegean_sim.geography.layers import stored
from aegean_sim.geography.routes import load_routes
from aegean_sim.geography.sea import Sea, open_theatre
from aegean_sim.quantities import FloatArray

CLOSED = [
    ("aegean", {"TR"}),
    ("aegean", {"GR"}),
    ("aegean", {"GR", "TR"}),
    ("central-med", {"IT"}),
    ("central-med", {"LY", "TN"}),
    ("central-med", {"GR", "IT", "LY", "MT", "TN"}),
]
LONGER = [
    ("aegean", "TR", "Rhodes", "Kastellorizo"),
    ("aegean", "TR", "Mytilene", "Chios"),
    ("aegean", "TR", "Samos (Vathy)", "Agathonisi"),
    ("aegean", "GR", "Ayvalik", "Izmir"),
    ("aegean", "GR", "Bodrum", "Marmaris"),
    ("aegean", "GR", "Canakkale", "Kusadasi"),
    ("central-med", "MT", "Tripoli", "Pozzallo"),
    ("central-med", "IT", "Sfax", "Valletta"),
]


def quad(one: FloatArray, other: FloatArray) -> tuple[float, float, float, float]:
    return float(one[0]), float(one[1]), float(other[0]), float(other[1])


def pairs_outside(sea: Sea, closed: set[str], count: int) -> Iterator[tuple[FloatArray, FloatArray]]:
    """Give random pairs of points at sea outside some states' waters."""
    points = waters(sea.name, 120.0)
    outside = points[~np.isin(sea.waters_at(*points.T), list(closed))]
    return zip(outside[: 2 * count : 2], outside[1 : 2 * count : 2], strict=True)


@pytest.mark.parametrize(("theatre", "closed"), CLOSED)
def test_ways_keep_out_of_closed_waters_and_off_land(theatre: str, closed: set[str]) -> None:
    sea = open_theatre(theatre)
    pieces = shapely.get_parts(open_water(sea, closed, 0.0))
    bent = 0
    for one, other in pairs_outside(sea, closed, 120):
        plain = sea.route(*quad(one, other))
        path = sea.route_within(*quad(one, other), limit_m=math.inf, closed=closed)
        if path is None:
            ends = shapely.points([one, other])
            assert not any(shapely.intersects(piece, ends).all() for piece in pieces)
            continue
        assert not sea.zones.enters(path, closed)
        assert not crosses_land(coast_of(sea), path)
        np.testing.assert_array_equal(path[[0, -1]], [one, other])
        assert length(path) >= length(plain) * (1.0 - 1e-9)
        assert length(sea.route(*quad(other, one), closed=closed)) == pytest.approx(length(path), rel=1e-9)
        bent += length(path) > length(plain) * 1.0001
    assert bent > 0


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "state", "start", "goal"), LONGER)
def test_ways_are_about_as_long_as_over_a_raster_without_closed_waters(
    theatre: str, state: str, start: str, goal: str
) -> None:
    sea = open_theatre(theatre)
    ends = sea_point(theatre, start), sea_point(theatre, goal)
    ours = sea.route(*quad(*ends), closed={state})
    assert length(ours) > length(sea.route(*quad(*ends)))
    theirs = length(pulled_tight(sea, by_raster(sea, *ends, {state}), {state}))
    assert -0.05 <= length(ours) / theirs - 1.0 <= 0.03


@pytest.mark.slow
@pytest.mark.parametrize(("theatre", "closed"), CLOSED)
def test_views_of_corners_of_waters_leave_out_no_shorter_way(theatre: str, closed: set[str]) -> None:
    sea, routes = open_theatre(theatre), load_routes(theatre)
    for one, other in pairs_outside(sea, closed, 4):
        path = routes.route_within(*quad(one, other), limit_m=math.inf, closed=closed)
        if path is not None and len(path) > 2:
            best_m = by_all_corners(sea, routes.graph(frozenset(closed)), closed, one, other)
            assert length(path) == pytest.approx(best_m, rel=1e-3)


def test_waters_are_open_to_a_way_that_ends_in_them() -> None:
    sea = open_theatre("aegean")
    bodrum, kusadasi = sea_point("aegean", "Bodrum"), sea_point("aegean", "Kusadasi")
    plain = sea.route(*quad(bodrum, kusadasi))
    assert set(sea.waters_at(*bodrum)) == {"TR"}
    np.testing.assert_array_equal(sea.route(*quad(bodrum, kusadasi), closed={"TR"}), plain)
    outside = np.array(sea.frame.to_xy(25.0, 38.2))
    both, other = ({"GR", "TR"}, {"GR"})
    np.testing.assert_array_equal(
        sea.route(*quad(outside, bodrum), closed=both), sea.route(*quad(outside, bodrum), closed=other)
    )
    assert sea.zones.enters(sea.route(*quad(outside, bodrum), closed=both), {"TR"})


@pytest.mark.parametrize("theatre", ["aegean", "central-med"])
def test_corners_of_waters_take_no_part_where_nothing_is_closed(theatre: str) -> None:
    graph = load_routes(theatre).graph()
    with np.load(stored(f"{theatre}-routes.npz")) as file:
        np.testing.assert_array_equal(graph.net.corner, file["corner"])
        assert len(graph.net.there) == 2 * len(file["edge"])
        assert graph.views[0].corners.size == file["view"].size
    assert len(graph.views) == 1
    assert load_routes(theatre).graph(frozenset()) is graph


def test_states_without_waters_here_close_nothing() -> None:
    sea = open_theatre("aegean")
    ends = quad(sea_point("aegean", "Rhodes"), sea_point("aegean", "Kastellorizo"))
    np.testing.assert_array_equal(sea.route(*ends, closed={"MT"}), sea.route(*ends))


def test_limits_hold_for_the_way_round_closed_waters() -> None:
    sea = open_theatre("aegean")
    ends = quad(sea_point("aegean", "Samos (Vathy)"), sea_point("aegean", "Agathonisi"))
    round_m = length(sea.route(*ends, closed={"TR"}))
    assert length(sea.route(*ends)) < round_m - 10.0
    for way in (ends, (*ends[2:], *ends[:2])):  # known from before, and searched for
        assert sea.route_within(*way, limit_m=round_m - 10.0, closed={"TR"}) is None
        kept = sea.route_within(*way, limit_m=round_m + 10.0, closed={"TR"})
        assert kept is not None
        assert length(kept) == pytest.approx(round_m, rel=1e-9)


def test_where_only_closed_waters_lead_is_told() -> None:
    sea = open_theatre("aegean")
    enclosed = shapely.get_parts(open_water(sea, {"GR"}, 0.0))
    small = min((piece for piece in enclosed if piece.area > 1e7), key=lambda piece: piece.area)
    lagoon = shapely.get_coordinates(shapely.point_on_surface(small))[0]
    outside = np.array(sea.frame.to_xy(25.0, 38.2))
    with pytest.raises(GeographyError, match="outside the waters of GR"):
        sea.route(*quad(lagoon, outside), closed={"GR"})
