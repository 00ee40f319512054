"""When a straight motion lies in a wedge of bearings, against bearings taken moment by moment."""

import math

import numpy as np
import pytest

from aegean_sim.kinematics.reach import Motion
from aegean_sim.kinematics.views import wedges
from aegean_sim.quantities import FloatArray

QUARTER = math.pi / 2.0
FIRST = np.zeros(1, dtype=np.int64)


def stretches(
    place: tuple[float, float], speed: tuple[float, float], first: float, width: float
) -> list[tuple[float, float]]:
    """From second 100 to 1100."""
    some = Motion(*(np.array([value]) for value in (100.0, 1100.0, *place, *speed)))
    _, *found = some.within(np.array([np.inf]), wedges(np.array([[first, width]])), FIRST)
    return [(enter, leave) for enter, leave in zip(*(each.tolist() for each in found), strict=True)]


@pytest.mark.parametrize(
    ("place", "speed", "first", "width", "expected"),
    [
        ((-3000.0, 1000.0), (10.0, 0.0), 0.0, QUARTER, (400.0, 1100.0)),  # over the first edge, from the west
        ((3000.0, 1000.0), (-10.0, 0.0), 0.0, QUARTER, (100.0, 400.0)),  # the other way
        ((1000.0, -3000.0), (0.0, 10.0), 0.0, QUARTER, (400.0, 1100.0)),  # over the last edge
        ((-3000.0, 1000.0), (10.0, 0.0), -QUARTER / 2, QUARTER, (300.0, 500.0)),  # in and out again
        ((-3000.0, -1000.0), (10.0, 0.0), -QUARTER / 2, QUARTER, None),  # behind the apex
        ((-3000.0, 0.0), (10.0, 0.0), 0.0, QUARTER, (400.0, 1100.0)),  # through the apex, out along an edge
        ((-3000.0, 0.0), (10.0, 0.0), 0.25, 1.0, (400.0 - 1e-9, 400.0)),  # through the apex alone
        ((500.0, 500.0), (0.0, 0.0), 0.0, QUARTER, (100.0, 1100.0)),  # at rest inside
        ((500.0, -500.0), (0.0, 0.0), 0.0, QUARTER, None),  # at rest outside
        ((0.0, 500.0), (0.0, 0.0), 0.0, QUARTER, (100.0, 1100.0)),  # at rest on an edge
        ((0.0, 500.0), (0.0, 3.0), 0.0, QUARTER, (100.0, 1100.0)),  # along an edge
        ((-3000.0, -1000.0), (10.0, 0.0), QUARTER, 2 * QUARTER, (100.0, 1100.0)),  # half a circle, the south
        ((0.0, -3000.0), (0.0, 10.0), QUARTER, 2 * QUARTER, (100.0, 400.0)),
    ],
)
def test_stretch_in_a_wedge(
    place: tuple[float, float],
    speed: tuple[float, float],
    first: float,
    width: float,
    expected: tuple[float, float] | None,
) -> None:
    found = [each for each in stretches(place, speed, first, width) if each[1] - each[0] > 1e-6]
    if expected is None or expected[1] - expected[0] < 1e-6:
        assert not found
    else:
        assert found == [pytest.approx(expected, abs=1e-6)]


def test_the_edges_of_a_blind_wedge_are_seen() -> None:
    for place, speed in (((0.0, 500.0), (0.0, 0.0)), ((0.0, 500.0), (0.0, 3.0)), ((500.0, 0.0), (3.0, 0.0))):
        assert stretches(place, speed, 0.0, QUARTER) == [(100.0, 1100.0)]
        assert stretches(place, speed, QUARTER, 3 * QUARTER) == [(100.0, 1100.0)]


def in_wedge(x: FloatArray, y: FloatArray, first: float, width: float) -> FloatArray:
    return np.asarray((np.arctan2(x, y) - first) % (2.0 * np.pi) <= width)


def test_any_motion_is_in_the_wedge_when_its_bearing_is() -> None:
    rng = np.random.default_rng(3)
    count, lasts = 400, 900.0
    first, width = rng.uniform(-7.0, 14.0, count), rng.uniform(0.01, 2.0 * np.pi, count)
    x, y = rng.uniform(-5e3, 5e3, (2, count))
    vx, vy = rng.uniform(-12.0, 12.0, (2, count))
    start = rng.uniform(0.0, 1e6, count)
    which = rng.permutation(count)
    wedge = np.empty((count, 5))
    wedge[which] = wedges(np.column_stack([first, width]))
    motion = Motion(start, start + lasts, x, y, vx, vy)
    rows, enter, leave = motion.within(np.full(count, np.inf), wedge, which)
    seconds = np.arange(0.0, lasts, 0.5)
    cut = twice = 0
    for row in range(count):
        bearing_in = in_wedge(x[row] + vx[row] * seconds, y[row] + vy[row] * seconds, first[row], width[row])
        moment, mine = start[row] + seconds, rows == row
        near_edge, found = np.zeros((2, len(moment)), dtype=np.bool_)
        for begin, over in zip(enter[mine], leave[mine], strict=True):
            near_edge |= (np.abs(moment - begin) < 1e-3) | (np.abs(moment - over) < 1e-3)
            found |= (moment >= begin) & (moment <= over)
        np.testing.assert_array_equal(found[~near_edge], bearing_in[~near_edge])
        cut += int(bearing_in.any() and not bearing_in.all())
        twice += int(mine.sum() == 2)
    assert cut > 80
    assert twice > 10


def test_a_disc_and_a_wedge_both_bound_what_is_seen() -> None:
    some = Motion(*(np.array([value]) for value in (0.0, 1000.0, -3000.0, 1000.0, 10.0, 0.0)))
    rows, enter, leave = some.within(np.array([1250.0]), wedges(np.array([[0.0, QUARTER]])), FIRST)
    assert (rows.tolist(), enter.tolist(), leave.tolist()) == (
        [0],
        [pytest.approx(300.0)],
        [pytest.approx(375.0)],
    )
