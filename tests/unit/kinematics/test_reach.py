import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from aegean_sim.kinematics.reach import Motion
from aegean_sim.kinematics.views import wedges

ALL_ROUND = wedges(np.array([[0.0, 2.0 * np.pi]]))
FIRST = np.zeros(1, dtype=np.int64)


def motion(x: float, y: float, vx: float, vy: float, start: float = 100.0, lasts: float = 1000.0) -> Motion:
    return Motion(*(np.array([value]) for value in (start, start + lasts, x, y, vx, vy)))


def stretch(some: Motion, range_m: float) -> tuple[float, float] | None:
    _, enter, leave = some.within(np.array([range_m]), ALL_ROUND, FIRST)
    return (float(enter[0]), float(leave[0])) if len(enter) and leave[0] - enter[0] > 1e-6 else None


@pytest.mark.parametrize(
    ("x", "y", "vx", "vy", "range_m", "expected"),
    [
        (-5000.0, 0.0, 10.0, 0.0, 3000.0, (300.0, 900.0)),  # head-on
        (-5000.0, 1800.0, 10.0, 0.0, 3000.0, (360.0, 840.0)),  # crossing: half chord 2400
        (-5000.0, 0.0, 4.5, 0.0, 3000.0, (100 + 2000 / 4.5, 1100.0)),  # the row ends first
        (1000.0, 0.0, 10.0, 0.0, 3000.0, (100.0, 300.0)),  # starting inside
        (2999.0, 0.0, 0.0, 0.0, 3000.0, (100.0, 1100.0)),  # at rest inside
        (3000.0, 0.0, 0.0, 0.0, 3000.0, None),  # at rest on the edge
        (3000.0, 0.0, 10.0, 0.0, 3000.0, None),  # on the edge, outward
        (1800.0, 2400.0, 3.0, 1.0, 3000.0, None),  # the same, aslant
        (3000.0, 0.0, -10.0, 0.0, 3000.0, (100.0, 700.0)),  # on the edge, inward
        (-5000.0, 3000.0, 10.0, 0.0, 3000.0, None),  # tangent
        (3000.0, 0.0, 0.0, 7.0, 3000.0, None),  # starting at the tangent point
        (-5000.0, 3001.0, 10.0, 0.0, 3000.0, None),  # passing by
        (-5000.0, 0.0, -10.0, 0.0, 3000.0, None),  # going away
        (-5000.0, 0.0, 1.0, 0.0, 3000.0, None),  # too late
        (1e5, 0.0, 10.0, 0.0, math.inf, (100.0, 1100.0)),
        (1e5, 0.0, 0.0, 0.0, math.inf, (100.0, 1100.0)),
        (1.0, 0.0, 1.0, 0.0, 0.0, None),  # blind
        (0.0, 0.0, 0.0, 0.0, 0.0, None),
    ],
)
def test_stretch_within_a_range(
    x: float, y: float, vx: float, vy: float, range_m: float, expected: tuple[float, float] | None
) -> None:
    assert stretch(motion(x, y, vx, vy), range_m) == (expected and pytest.approx(expected, abs=1e-9))


@given(angle=st.floats(0.0, 2 * np.pi), speed=st.floats(0.01, 50.0), range_m=st.floats(10.0, 50_000.0))
def test_tangents_never_enter_in_any_direction(angle: float, speed: float, range_m: float) -> None:
    east, north = np.cos(angle), np.sin(angle)
    ahead = 5.0 * speed
    touching = motion(
        range_m * north - ahead * east, -range_m * east - ahead * north, speed * east, speed * north
    )
    assert stretch(touching, range_m) is None


place, pace = st.floats(-30_000.0, 30_000.0), st.floats(-25.0, 25.0)


@given(x=place, y=place, vx=pace, vy=pace, range_m=st.floats(100.0, 30_000.0))
def test_inside_within_and_outside_without(x: float, y: float, vx: float, vy: float, range_m: float) -> None:
    found = stretch(motion(x, y, vx, vy, 0.0), range_m)
    times = np.linspace(0.0, 1000.0, 501)
    distance = np.hypot(x + vx * times, y + vy * times)
    within = np.zeros(501, dtype=bool) if found is None else (times >= found[0]) & (times <= found[1])
    clear = np.abs(distance - range_m) > 1e-6
    np.testing.assert_array_equal(within[clear], (distance < range_m)[clear])


@given(x=place, y=place, vx=pace, vy=pace, range_m=st.floats(100.0, 30_000.0))
def test_seen_from_either_side_it_is_the_same(
    x: float, y: float, vx: float, vy: float, range_m: float
) -> None:
    assert stretch(motion(x, y, vx, vy), range_m) == stretch(motion(-x, -y, -vx, -vy), range_m)
