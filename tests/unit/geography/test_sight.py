import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import Coastline, build_coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.geography.sight import Sightlines, optical_horizon_m, radar_horizon_m, sight_pieces
from aegean_sim.quantities import NM_M, BoolArray, FloatArray


@pytest.mark.parametrize(
    ("antenna_m", "range_nm"),
    [(5, 7.2), (10, 9.3), (15, 10.8), (25, 13.4), (40, 16.3), (300, 40.8), (600, 56.7), (1500, 88.4)],
)
def test_radar_horizon_for_a_target_of_one_metre(antenna_m: float, range_nm: float) -> None:
    assert radar_horizon_m(antenna_m, 1.0) / NM_M == pytest.approx(
        range_nm, abs=0.1
    )  # the table has one decimal


def test_horizons_are_symmetric_and_light_sees_less_far_than_radar() -> None:
    heights = np.array([2.0, 9.0, 100.0])
    np.testing.assert_allclose(radar_horizon_m(heights, 4.0), radar_horizon_m(4.0, heights))
    np.testing.assert_allclose(optical_horizon_m(heights, 0.0), 2.07 * 1852.0 * np.sqrt(heights))
    assert (optical_horizon_m(heights, 1.0) < radar_horizon_m(heights, 1.0)).all()


def moving_pairs(coast: Coastline, count: int, seed: int) -> tuple[FloatArray, list[FloatArray]]:
    """Pairs among the eastern islands whose own tracks keep off land: lengths, then ax, ay, avx, ..."""
    rng = np.random.default_rng(seed)
    ax, ay = AEGEAN.to_xy(rng.uniform(25.8, 28.3, 40 * count), rng.uniform(36.3, 39.5, 40 * count))
    span = rng.uniform(500.0, 20e3, ax.size)
    angles = rng.uniform(0, 2 * np.pi, (3, ax.size))
    bx, by = ax + span * np.cos(angles[0]), ay + span * np.sin(angles[0])
    avx, avy = 4.0 * np.cos(angles[1]), 4.0 * np.sin(angles[1])
    bvx, bvy = 8.0 * np.cos(angles[2]), 8.0 * np.sin(angles[2])
    length = rng.uniform(60.0, 3600.0, ax.size)
    dry = coast.crosses(ax, ay, ax + avx * length, ay + avy * length)
    dry |= coast.crosses(bx, by, bx + bvx * length, by + bvy * length)
    keep = np.flatnonzero(~dry)[:count]
    assert len(keep) == count
    return length[keep], [column[keep] for column in (ax, ay, avx, avy, bx, by, bvx, bvy)]


def lines_of(at_s: FloatArray, columns: list[FloatArray]) -> Sightlines:
    ax, ay, avx, avy, bx, by, bvx, bvy = columns
    return Sightlines(at_s, np.stack([ax, ay, bx, by]), np.stack([avx, avy, bvx, bvy]))


def stepped(coast: Coastline, seconds: FloatArray, row: FloatArray) -> BoolArray:
    """Brute force: at each moment, does the line meet any polygon of land?"""
    first = row[0:2] + seconds[:, np.newaxis] * row[2:4]
    second = row[4:6] + seconds[:, np.newaxis] * row[6:8]
    hidden = np.zeros(len(seconds), dtype=bool)
    lines = shapely.linestrings(np.stack([first, second], axis=1))
    swept = shapely.MultiPoint(np.concatenate([first, second])).convex_hull
    for polygon in coast.polygons[shapely.intersects(coast.polygons, swept)]:
        shapely.prepare(polygon)
        hidden |= shapely.intersects(polygon, lines)
    return ~hidden


def runs(mask: BoolArray) -> list[tuple[int, int]]:
    edges = np.flatnonzero(np.diff(np.concatenate([[0], mask.astype(int), [0]])))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))


def test_pieces_agree_with_a_stepper_of_one_second() -> None:
    coast = load_coastline("aegean")
    length, columns = moving_pairs(coast, 250, seed=11)
    start = np.full(len(length), 5000.0)
    index, first, last = sight_pieces(coast, lines_of(start, columns), start, start + length)
    changes = 0
    for row in range(len(length)):
        seconds = np.arange(0.0, length[row], 1.0)
        seen = stepped(coast, seconds, np.array([column[row] for column in columns]))
        found = np.zeros(len(seconds), dtype=bool)
        for piece in np.flatnonzero(index == row):
            found |= (seconds + 5000.0 >= first[piece]) & (seconds + 5000.0 <= last[piece])
        np.testing.assert_array_equal(found, seen)
        changes += len(runs(seen)) - 1 + int(not seen.all())
    assert changes > 20


def test_pairs_without_land_between_them_come_back_whole() -> None:
    coast = load_coastline("aegean")
    length, columns = moving_pairs(coast, 400, seed=12)
    ax, ay, avx, avy, bx, by, bvx, bvy = columns
    ends = [
        (ax, ay),
        (ax + avx * length, ay + avy * length),
        (bx, by),
        (bx + bvx * length, by + bvy * length),
    ]
    corners = np.stack([np.stack(end, axis=-1) for end in ends], axis=1)
    hulls = np.asarray(shapely.convex_hull(shapely.multipoints(corners)))
    shapely.prepare(hulls)
    clear = [row for row, hull in enumerate(hulls) if not shapely.intersects(hull, coast.polygons).any()]
    assert len(clear) > 100
    start = np.linspace(0.0, 1e6, len(length))
    index, first, last = sight_pieces(coast, lines_of(start, columns), start, start + length)
    for row in clear:
        (piece,) = np.flatnonzero(index == row)
        assert (first[piece], last[piece]) == (start[row], start[row] + length[row])


def test_pieces_are_sorted_apart_and_within_their_rows() -> None:
    coast = load_coastline("aegean")
    length, columns = moving_pairs(coast, 400, seed=13)
    index, first, last = sight_pieces(coast, lines_of(np.zeros(400), columns), np.zeros(400), length)
    assert (first <= last).all()
    assert (first >= 0).all()
    assert (last <= length[index]).all()
    same = index[1:] == index[:-1]
    assert (np.diff(index) >= 0).all()
    assert (first[1:][same] > last[:-1][same]).all()


def test_who_looks_at_whom_does_not_matter() -> None:
    coast = load_coastline("aegean")
    length, columns = moving_pairs(coast, 200, seed=14)
    one = sight_pieces(coast, lines_of(np.zeros(200), columns), np.zeros(200), length)
    other = sight_pieces(coast, lines_of(np.zeros(200), columns[4:] + columns[:4]), np.zeros(200), length)
    for left, right in zip(one, other, strict=True):
        np.testing.assert_array_equal(left, right)


def test_a_wall_hides_for_as_long_as_geometry_says() -> None:
    wall = build_coastline(np.array([shapely.box(-500.0, -10.0, 500.0, 10.0)]), np.array(["GR"]))
    # The observer goes east at 10 m/s on y = 1000 m and looks at (0, -1000 m):
    # its line meets the wall's lower edge, y = -10 m, at 990/2000 of its own x.
    place = [np.array([value]) for value in (-5000.0, 1000.0, 10.0, 0.0, 0.0, -1000.0, 0.0, 0.0)]
    index, first, last = sight_pieces(wall, lines_of(np.zeros(1), place), np.zeros(1), np.full(1, 1000.0))
    reach_m = 500.0 * 2000.0 / 990.0
    assert list(index) == [0, 0]
    assert (first[0], last[1]) == (0.0, 1000.0)
    assert last[0] == pytest.approx((5000.0 - reach_m) / 10.0, abs=1e-6)
    assert first[1] == pytest.approx((5000.0 + reach_m) / 10.0, abs=1e-6)


def test_no_rows_give_no_pieces() -> None:
    empty = np.empty(0)
    assert [
        len(column)
        for column in sight_pieces(load_coastline("aegean"), lines_of(empty, [empty] * 8), empty, empty)
    ] == [0, 0, 0]


def test_two_at_rest_see_each_other_always_or_never() -> None:
    coast = load_coastline("aegean")
    length, columns = moving_pairs(coast, 400, seed=15)
    still = [column * 0.0 if axis in {2, 3, 6, 7} else column for axis, column in enumerate(columns)]
    index, first, last = sight_pieces(coast, lines_of(np.zeros(400), still), np.zeros(400), 100.0 * length)
    clear = ~coast.crosses(still[0], still[1], still[4], still[5])
    assert 100 < clear.sum() < 400
    np.testing.assert_array_equal(index, np.flatnonzero(clear))
    np.testing.assert_array_equal(first, 0.0)
    np.testing.assert_array_equal(last, 100.0 * length[clear])
