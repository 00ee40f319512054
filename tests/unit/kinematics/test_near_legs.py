import math
from itertools import product

import numpy as np
import pytest
from tests.unit.kinematics.wandering import random_tracks

from aegean_sim.kinematics.legs import Legs, Track, legs_of
from aegean_sim.kinematics.reach import near_legs
from aegean_sim.kinematics.views import Views, wedges
from aegean_sim.quantities import BoolArray, FloatArray

REACH_M = np.array([[8000.0, 3000.0], [0.0, 5000.0], [np.inf, 9000.0], [20_000.0, 20_000.0]])
SECTOR_RAD = np.array([[0.0, 2.0 * math.pi], [1.0, 2.0], [0.0, 2.0 * math.pi], [2.0, 5.0]])
VIEWS = Views(
    np.array([0, 0, 2, 2, 2, 2, 2]),
    np.array([0, 2, 0, 0, 0, 0, 2]),
    np.array([0.0, 8000.0, 0.0, 0.0, 0.0, 0.0, np.inf]),
    REACH_M,
    wedges(SECTOR_RAD),
)


def place_at(legs: Legs, row: int, time_s: FloatArray) -> FloatArray:
    elapsed_s = time_s - legs.start_s[row]
    x_m, y_m = legs.x_m[row] + legs.vx_mps[row] * elapsed_s, legs.y_m[row] + legs.vy_mps[row] * elapsed_s
    return np.array([x_m, y_m])


def is_in_view(place: FloatArray, view: int, kind: int) -> BoolArray:
    first, width = SECTOR_RAD[view]
    bearing = (np.arctan2(*place) - first) % (2.0 * np.pi)
    return np.asarray((np.hypot(*place) < REACH_M[view, kind]) & (bearing <= width))


@pytest.mark.parametrize("seed", range(8))
def test_who_is_in_view_is_found_by_a_fine_grid_too(seed: int) -> None:
    rng = np.random.default_rng(seed)
    boats = legs_of(random_tracks(rng, 5, 60_000.0))
    units = legs_of(random_tracks(rng, 4, 60_000.0), np.array([0, 1, 4, 6]))
    kind = rng.integers(0, 2, len(boats))
    legs, times_s = near_legs(boats.columns, kind, units.columns, VIEWS)
    times_s = times_s[:, :2]
    assert (times_s[:, 1] - times_s[:, 0] > 1e-6).all()
    keys = [
        (units.mover[unit], boats.mover[boat], max(boats.start_s[boat], units.start_s[unit]), view, start_s)
        for (boat, unit, view), start_s in zip(legs.tolist(), times_s[:, 0], strict=True)
    ]
    assert keys == sorted(keys)
    seen = 0
    for boat, unit in product(range(len(boats)), range(len(units))):
        first = VIEWS.first[units.mover[unit]]
        for view in range(first, first + VIEWS.carried[units.mover[unit]]):
            mine = times_s[(legs == (boat, unit, view)).all(axis=1)]
            start_s = max(boats.start_s[boat], units.start_s[unit])
            end_s = min(boats.end_s[boat], units.end_s[unit])
            if end_s <= start_s:
                assert not len(mine)
                continue
            time_s = np.linspace(start_s, end_s, 500)[1:-1]
            wanted = is_in_view(
                place_at(boats, boat, time_s) - place_at(units, unit, time_s), view, int(kind[boat])
            )
            found = np.zeros(len(time_s), dtype=np.bool_)
            for one_s, other_s in mine:
                found |= (time_s >= one_s) & (time_s <= other_s)
            np.testing.assert_array_equal(found, wanted)
            seen += len(mine)
    assert seen == len(legs)


def test_motion_is_that_of_the_boat_as_the_unit_sees_it() -> None:
    rng = np.random.default_rng(3)
    boats, units = legs_of(random_tracks(rng, 9, 60_000.0)), legs_of(random_tracks(rng, 4, 60_000.0))
    kind = np.zeros(len(boats), dtype=np.int64)
    everywhere = Views(
        np.arange(4), np.ones(4, dtype=np.int64), np.full(4, np.inf), np.full((4, 1), np.inf),
        wedges(np.full((4, 2), [0.0, 2.0 * math.pi])),
    )  # fmt: skip
    legs, seen = near_legs(boats.columns, kind, units.columns, everywhere)
    assert len(legs) > 20
    for (boat, unit, _), (start_s, end_s, begun_s, x, y, vx, vy) in zip(legs, seen, strict=True):
        assert begun_s == max(boats.start_s[boat], units.start_s[unit])
        for time_s in (start_s, end_s):
            gone_s = time_s - begun_s
            apart = place_at(boats, boat, time_s) - place_at(units, unit, time_s)
            assert (x + vx * gone_s, y + vy * gone_s) == pytest.approx(tuple(apart), abs=1e-6)


def test_distant_legs_of_a_unit_are_not_looked_at() -> None:
    hours = np.arange(0.0, 100.0) * 3600.0
    unit = legs_of([Track(hours, 1000.0 * np.arange(100.0), np.zeros(100))])
    boat = legs_of([Track(np.array([0.0, 360_000.0]), np.array([1e6, 1e6]), np.array([-1e6, 1e6]))])
    views = Views(
        np.zeros(1, dtype=np.int64), np.ones(1, dtype=np.int64), np.array([5000.0]), np.array([[5000.0]]),
        wedges(np.array([[0.0, 2.0 * math.pi]])),
    )  # fmt: skip
    legs, _ = near_legs(boat.columns, np.zeros(1, dtype=np.int64), unit.columns, views)
    assert not len(legs)
