"""What settles most rows of sight at once, against shapely's own tests on whole polygons."""

import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import Coastline, build_coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.quantities import FloatArray


@pytest.fixture(scope="module")
def coast() -> Coastline:
    return load_coastline("aegean")


@pytest.fixture(scope="module")
def rings(coast: Coastline) -> FloatArray:
    """Four corners of what two movers, both at sea, sweep in some minutes."""
    rng = np.random.default_rng(21)
    count = 6000
    ax, ay = AEGEAN.to_xy(rng.uniform(25.8, 28.3, count), rng.uniform(36.3, 39.5, count))
    angle, span = rng.uniform(0.0, 2.0 * np.pi, (3, count)), rng.uniform(300.0, 20e3, count)
    one = np.stack([ax, ay], axis=-1)
    other = one + np.stack([span * np.cos(angle[0]), span * np.sin(angle[0])], axis=-1)
    moved = [
        start + metres * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
        for start, turn, metres in ((one, angle[1], 1000.0), (other, angle[2], 1500.0))
    ]
    found = np.stack([one, other, moved[1], moved[0]], axis=1)
    wet = [~coast.on_land(*found[:, corner].T) for corner in range(4)]
    return np.asarray(found[np.logical_and.reduce(wet)])


def test_hulls_touch_shores_where_they_meet_them(coast: Coastline, rings: FloatArray) -> None:
    hulls = shapely.convex_hull(shapely.multipoints(rings))
    np.testing.assert_array_equal(coast.shores.touch(rings), shapely.intersects(hulls, coast.boundary))


def test_a_hull_of_one_line_or_one_point_is_tried_too(coast: Coastline, rings: FloatArray) -> None:
    lines = rings[:, [0, 1, 1, 0]]
    np.testing.assert_array_equal(
        coast.shores.touch(lines), coast.hides(np.asarray(shapely.linestrings(lines[:, :2])))
    )
    assert not coast.shores.touch(rings[:, [0, 0, 0, 0]]).any()
    assert coast.shores.touch(np.empty((0, 4, 2))).shape == (0,)


def test_a_hull_that_only_touches_a_shore_counts() -> None:
    wall = build_coastline(np.array([shapely.box(0.0, 0.0, 100.0, 50.0)]), np.array(["GR"]))
    ring = np.array([[[-50.0, 50.0], [150.0, 50.0], [150.0, 80.0], [-50.0, 80.0]]])
    assert wall.shores.touch(ring)[0]
    assert not wall.shores.touch(ring + np.array([0.0, 0.01]))[0]


def test_what_chords_part_sees_each_other_at_no_time(coast: Coastline, rings: FloatArray) -> None:
    parted = coast.parts(rings)
    hidden = np.ones(len(rings), dtype=np.bool_)
    for share in np.linspace(0.0, 1.0, 41):
        ends = (1.0 - share) * rings[:, [0, 1]] + share * rings[:, [3, 2]]
        hidden &= coast.hides(np.asarray(shapely.linestrings(ends)))
    assert not (parted & ~hidden).any()
    assert parted.sum() > 0.6 * hidden.sum() > 100


def test_chords_part_from_both_sides_and_along_both_axes(coast: Coastline, rings: FloatArray) -> None:
    parted = coast.parts(rings)
    np.testing.assert_array_equal(coast.parts(rings[:, [1, 0, 3, 2]]), parted)
    across = [chords.part(rings) for chords in coast.chords]
    assert all((one & ~other).any() for one, other in (across, across[::-1]))


def test_chords_are_the_land_on_the_lines_of_a_grid() -> None:
    ring = shapely.box(-3000.0, -3500.0, 3000.0, 4500.0).difference(
        shapely.box(-1000.0, -900.0, 500.0, 900.0)
    )
    land = build_coastline(np.array([ring]), np.array(["GR"]))
    for chords, metres in zip(land.chords, (8000.0 * 3 - 1800.0, 6000.0 * 4 - 1500.0), strict=True):
        assert float((chords.end_m[1:] - chords.start_m[1:]).sum()) == pytest.approx(metres)


def test_an_islet_between_the_lines_has_no_chords() -> None:
    islet = build_coastline(np.array([shapely.box(100.0, 100.0, 900.0, 900.0)]), np.array(["GR"]))
    across = np.array([[[-5000.0, 500.0], [5000.0, 500.0], [5000.0, 501.0], [-5000.0, 501.0]]])
    assert islet.shores.touch(across)[0]
    assert not islet.parts(across)[0]
