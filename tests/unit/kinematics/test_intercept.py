"""First meetings against the closed formula for one leg, and against brute force on many."""

import math

import numpy as np
import pytest

from aegean_sim.kinematics.intercept import first_meeting_s
from aegean_sim.kinematics.legs import Track

FAR_S = 1e6


def straight(x: float, y: float, vx: float, vy: float) -> Track:
    return Track(np.array([0.0, FAR_S]), np.array([x, x + vx * FAR_S]), np.array([y, y + vy * FAR_S]))


@pytest.mark.parametrize(
    ("place", "velocity", "speed", "expected"),
    [
        ((1000.0, 0.0), (-5.0, 0.0), 10.0, 1000.0 / 15.0),  # head-on
        ((1000.0, 0.0), (5.0, 0.0), 10.0, 200.0),  # astern, faster
        ((0.0, 1000.0), (6.0, 0.0), 10.0, 1000.0 / math.sqrt(100.0 - 36.0)),  # abeam
        ((1000.0, 0.0), (0.0, 0.0), 10.0, 100.0),  # at rest
        ((1000.0, 0.0), (12.0, 0.0), 10.0, math.inf),  # astern, slower
        ((1000.0, 0.0), (-12.0, 0.0), 10.0, 1000.0 / 22.0),  # ahead, slower
        ((-1000.0, -1000.0), (10.0, 0.0), 10.0, 100.0),  # equal speeds: -p² / (2 p·u)
        ((0.0, 0.0), (3.0, 0.0), 10.0, 0.0),  # there already
    ],
)
def test_one_leg_follows_the_quadratic(
    place: tuple[float, float], velocity: tuple[float, float], speed: float, expected: float
) -> None:
    met = first_meeting_s(straight(*place, *velocity), 0.0, 0.0, speed, 0.0)
    assert met == pytest.approx(expected, abs=1e-6)


def test_a_slower_pursuer_succeeds_only_near_the_bow() -> None:
    limit = math.asin(8.0 / 12.0)
    for angle, possible in ((limit - 0.01, True), (limit + 0.01, False)):
        place = 1000.0 * np.array([-math.cos(angle), math.sin(angle)])
        met = first_meeting_s(straight(*place, 12.0, 0.0), 0.0, 0.0, 8.0, 0.0)
        assert (met < math.inf) is possible


def test_delay_is_the_same_as_a_later_place() -> None:
    track = straight(3000.0, 2000.0, -4.0, 1.0)
    later = straight(3000.0 - 4.0 * 300.0, 2000.0 + 300.0, -4.0, 1.0)
    assert first_meeting_s(track, 0.0, 0.0, 9.0, 300.0) == pytest.approx(
        300.0 + first_meeting_s(later, 0.0, 0.0, 9.0, 0.0)
    )


def test_turning_tracks_agree_with_small_steps() -> None:
    rng = np.random.default_rng(5)
    for _ in range(100):
        time = np.concatenate([[0.0], np.cumsum(rng.uniform(200.0, 2000.0, 40))])
        x, y = rng.uniform(-2e4, 2e4, (2, 41))
        track = Track(time, x, y)
        speed, ready = rng.uniform(3.0, 20.0), rng.uniform(0.0, 5000.0)
        met = first_meeting_s(track, 0.0, 0.0, speed, ready)
        steps = np.arange(ready, time[-1], 0.5)
        reach = np.hypot(np.interp(steps, time, x), np.interp(steps, time, y)) <= speed * (steps - ready)
        brute = steps[np.argmax(reach)] if reach.any() else math.inf
        assert met == brute or abs(met - brute) <= 0.5


def test_a_boat_that_has_arrived_cannot_be_met() -> None:
    track = Track(np.array([0.0, 100.0]), np.array([0.0, 500.0]), np.zeros(2))
    assert first_meeting_s(track, 1e5, 0.0, 10.0, 0.0) == math.inf
    assert first_meeting_s(track, 500.0, 0.0, 10.0, 101.0) == math.inf
