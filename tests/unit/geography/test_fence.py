"""Fences against shapely: what they hold, and what meets their edges."""

import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.fence import Fence, fence_of
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.zones import load_zones
from aegean_sim.quantities import FloatArray

RING = shapely.Polygon(
    [(0.0, 0.0), (10e3, 0.0), (10e3, 8e3), (0.0, 8e3)], [[(3e3, 3e3), (3e3, 5e3), (7e3, 5e3), (7e3, 3e3)]]
)


def areas_of(theatre: str) -> list[shapely.Geometry]:
    zones = load_zones(theatre)
    regions = [region.area for region in zones.rescue_regions]
    return [load_coastline(theatre).land, *zones.territorial.values(), *regions]


def points_over(area: shapely.Geometry, count: int) -> tuple[FloatArray, FloatArray]:
    """Give points all over an area and somewhat beyond, a third of them close to its edge."""
    west, south, east, north = shapely.bounds(area)
    rng = np.random.default_rng(4)
    x = rng.uniform(west - 5e3, east + 5e3, count)
    y = rng.uniform(south - 5e3, north + 5e3, count)
    edge = shapely.get_coordinates(area)
    near = edge[rng.integers(len(edge), size=count // 2)] + rng.normal(0.0, 300.0, (count // 2, 2))
    return np.concatenate([x, near[:, 0]]), np.concatenate([y, near[:, 1]])


@pytest.mark.parametrize("theatre", THEATRES)
def test_fences_hold_the_points_that_their_areas_hold(theatre: str) -> None:
    for area in areas_of(theatre):
        shapely.prepare(area)
        x, y = points_over(area, 20_000)
        held = fence_of([area]).holds(x, y)
        np.testing.assert_array_equal(held, shapely.intersects_xy(area, x, y))
        assert held.any()


@pytest.mark.parametrize("theatre", THEATRES)
def test_ways_meet_a_fence_where_they_meet_the_edge_of_its_areas(theatre: str) -> None:
    rng = np.random.default_rng(5)
    for area in areas_of(theatre):
        edge = shapely.boundary(area)
        shapely.prepare(edge)
        x, y = points_over(area, 6000)
        metres, turn = rng.exponential(20e3, len(x)), rng.uniform(0.0, 2.0 * np.pi, len(x))
        x2, y2 = x + metres * np.sin(turn), y + metres * np.cos(turn)
        lines = shapely.linestrings(np.stack([x, y, x2, y2], axis=1).reshape(-1, 2, 2))
        met = fence_of([area]).meets(x, y, x2, y2)
        np.testing.assert_array_equal(met, shapely.intersects(edge, lines))
        np.testing.assert_array_equal(met, fence_of([area]).meets(x2, y2, x, y))
        assert 0 < met.sum() < len(met)


def test_ways_along_rows_and_columns_and_through_the_corners_of_cells_miss_nothing() -> None:
    fence = fence_of([RING])
    west, south, size_m, _ = fence.cells.grid
    lines = shapely.boundary(RING)
    for step_x, step_y in ((1, 0), (0, 1), (1, 1), (1, -1)):
        for along in range(-2, 9):
            start = np.array([west + along * size_m - 20e3 * step_x, south + 3 * size_m - 20e3 * step_y])
            end = start + 40e3 * np.array([step_x, step_y])
            way = shapely.LineString([start, end])
            assert fence.meets_way(*start, *end) == shapely.intersects(lines, way)


@pytest.fixture(scope="module")
def ring() -> Fence:
    return fence_of([RING])


@pytest.mark.parametrize(
    ("way", "meets"),
    [
        ((-1e3, 8e3, 11e3, 8e3), True),  # along an edge
        ((-1e3, 8.0001e3, 11e3, 8.0001e3), False),
        ((-1e3, 9e3, 1e3, 7e3), True),  # touches a corner
        ((-1e3, 8e3, 0.0, 8e3), True),  # ends at a corner
        ((-1e3, 8e3, -0.001, 8e3), False),  # ends short of it, on the line through an edge
        ((4e3, 4e3, 6e3, 4e3), False),  # within the hole
        ((1e3, 1e3, 1e3, 7e3), False),  # within the area
        ((5e3, 4e3, 5e3, 1e3), True),  # out of the hole
        ((5e3, 4e3, 5e3, 4e3), False),  # a point in the hole
        ((-1e9, 4e3, 1e9, 4e3), True),  # far beyond all cells
        ((-1e9, 4e3, -1e8, 4e3), False),
        ((5e3, -1e9, 5e3, 1e9), True),
    ],
)
def test_a_way_at_the_limits(ring: Fence, way: tuple[float, float, float, float], meets: bool) -> None:  # noqa: FBT001
    assert ring.meets_way(*way) is meets
    assert ring.meets_way(*way[2:], *way[:2]) is meets
    assert shapely.intersects(shapely.boundary(RING), shapely.LineString([way[:2], way[2:]])) == meets


def test_a_hole_and_what_is_beyond_the_cells_are_outside(ring: Fence) -> None:
    x = np.array([5e3, 1e3, 2.999e3, 3.001e3, -1.0, 1e12, np.nan, 5e3])
    y = np.array([4e3, 4e3, 4e3, 4e3, 4e3, 4e3, 4e3, np.inf])
    np.testing.assert_array_equal(ring.holds(x, y), [False, True, True, False, False, False, False, False])
    one_by_one = [ring.holds_point(*each) for each in zip(x.tolist(), y.tolist(), strict=True)]
    np.testing.assert_array_equal(ring.holds(x, y), one_by_one)


def test_areas_beside_one_another_are_one_fence() -> None:
    fence = fence_of([shapely.box(0.0, 0.0, 3e3, 3e3), shapely.box(5e3, 0.0, 9e3, 3e3)])
    np.testing.assert_array_equal(fence.holds([1e3, 4e3, 6e3], [1e3, 1e3, 1e3]), [True, False, True])


def test_a_path_is_clear_up_to_its_first_leg_that_meets_land() -> None:
    land = load_coastline("aegean").land
    fence = fence_of([land])
    rng = np.random.default_rng(6)
    counts = set()
    for _ in range(200):
        path = rng.uniform(-150e3, 150e3, 2) + np.cumsum(rng.normal(0.0, 4e3, (12, 2)), axis=0)
        legs = shapely.linestrings(np.stack([path[:-1], path[1:]], axis=1))
        barred = shapely.intersects(land, legs)
        expected = int(barred.argmax()) if barred.any() else len(legs)
        assert fence.clear_legs(*path.T) == expected
        first = (path[0, 0].item(), path[0, 1].item()), (path[1, 0].item(), path[1, 1].item())
        assert fence.bars(*first) == barred[0]
        counts.add(expected)
    assert {0, 11} < counts
