"""When a straight motion lies in a wedge of bearings, against bearings taken moment by moment."""

import math

import numpy as np
import pytest

from aegean_sim.kinematics.reach import Motion
from aegean_sim.quantities import FloatArray

QUARTER = math.pi / 2.0
EDGE_M = 1e-9


def stretch(
    place: tuple[float, float], speed: tuple[float, float], first: float, width: float, edge_m: float = EDGE_M
) -> tuple[float, float] | None:
    """From second 100 to 1100."""
    some = Motion(*(np.array([value]) for value in (100.0, 1100.0, *place, *speed)))
    enter, leave = some.between(np.array([first]), np.array([width]), np.array([edge_m]))
    return (float(enter[0]), float(leave[0])) if leave[0] > enter[0] + 1e-6 else None


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
    found = stretch(place, speed, first, width)
    if expected is None or expected[1] - expected[0] < 1e-6:
        assert found is None
    else:
        assert found == pytest.approx(expected, abs=1e-6)


def test_edges_may_be_left_out() -> None:
    for place, speed in (((0.0, 500.0), (0.0, 0.0)), ((0.0, 500.0), (0.0, 3.0)), ((500.0, 0.0), (3.0, 0.0))):
        assert stretch(place, speed, 0.0, QUARTER) is not None
        assert stretch(place, speed, 0.0, QUARTER, -EDGE_M) is None


def in_wedge(x: FloatArray, y: FloatArray, first: float, width: float) -> FloatArray:
    return np.asarray((np.arctan2(x, y) - first) % (2.0 * np.pi) <= width)


def test_any_motion_is_in_the_wedge_when_its_bearing_is() -> None:
    rng = np.random.default_rng(3)
    count, lasts = 400, 900.0
    first, width = rng.uniform(-7.0, 14.0, count), rng.uniform(0.01, np.pi, count)
    x, y = rng.uniform(-5e3, 5e3, (2, count))
    vx, vy = rng.uniform(-12.0, 12.0, (2, count))
    start = rng.uniform(0.0, 1e6, count)
    enter, leave = Motion(start, start + lasts, x, y, vx, vy).between(first, width, np.full(count, EDGE_M))
    seconds = np.arange(0.0, lasts, 0.5)
    cut = 0
    for row in range(count):
        bearing_in = in_wedge(x[row] + vx[row] * seconds, y[row] + vy[row] * seconds, first[row], width[row])
        moment = start[row] + seconds
        near_edge = (np.abs(moment - enter[row]) < 1e-3) | (np.abs(moment - leave[row]) < 1e-3)
        found = (moment >= enter[row]) & (moment <= leave[row])
        np.testing.assert_array_equal(found[~near_edge], bearing_in[~near_edge])
        cut += int(bearing_in.any() and not bearing_in.all())
    assert cut > 80
