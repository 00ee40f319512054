from itertools import pairwise, product

import numpy as np
import pytest

from aegean_sim.kinematics.legs import Legs, Track, legs_of
from aegean_sim.kinematics.pairs import batches, pair_legs
from aegean_sim.quantities import FloatArray


def random_tracks(rng: np.random.Generator, movers: int, span_m: float) -> list[Track]:
    """Tracks of two to six vertices, some with a rest or a gap."""
    tracks = []
    for _ in range(movers):
        count = int(rng.integers(2, 7))
        time = np.sort(rng.uniform(0.0, 20_000.0, count))
        x, y = rng.uniform(0.0, span_m, (2, count))
        if rng.random() < 0.3:
            time[1] = time[0]
        if rng.random() < 0.3:
            x[-1], y[-1] = x[-2], y[-2]
        tracks.append(Track(time, x, y))
    return tracks


def nearest_m(boats: Legs, units: Legs, boat: int, unit: int) -> float:
    """Least distance of two legs while both last, by a fine grid; infinite when they share no time."""
    start = max(boats.start_s[boat], units.start_s[unit])
    end = min(boats.end_s[boat], units.end_s[unit])
    if end - start <= 1e-6:
        return np.inf
    times = np.linspace(start, end, 400)

    def at(legs: Legs, row: int) -> tuple[FloatArray, FloatArray]:
        elapsed = times - legs.start_s[row]
        return legs.x_m[row] + legs.vx_mps[row] * elapsed, legs.y_m[row] + legs.vy_mps[row] * elapsed

    (ax, ay), (bx, by) = at(boats, boat), at(units, unit)
    return float(np.hypot(ax - bx, ay - by).min())


@pytest.mark.parametrize("seed", range(8))
def test_every_pair_that_comes_within_reach_is_found_once_with_its_motion(seed: int) -> None:
    rng = np.random.default_rng(seed)
    boats = legs_of(random_tracks(rng, 5, 60_000.0))
    units = legs_of(random_tracks(rng, 3, 60_000.0), np.array([1, 4, 6]))
    reach = np.array([0.0, 8000.0, 0.0, 0.0, 0.0, 0.0, np.inf])
    pairs = pair_legs(boats, units, reach)
    found = list(zip(pairs.boat_leg.tolist(), pairs.unit_leg.tolist(), strict=True))
    assert len(set(found)) == len(found)
    for boat, unit in product(range(len(boats)), range(len(units))):
        if nearest_m(boats, units, boat, unit) < reach[units.mover[unit]]:
            assert (boat, unit) in found
    assert not (units.mover[pairs.unit_leg] == 4).any()
    keys = [
        (units.mover[u], boats.mover[b], t) for (b, u), t in zip(found, pairs.motion.start_s, strict=True)
    ]
    assert keys == sorted(keys)
    for row, (boat, unit) in enumerate(found):
        middle = 0.5 * (pairs.motion.start_s[row] + pairs.motion.end_s[row])
        b, u = middle - boats.start_s[boat], middle - units.start_s[unit]
        seen = middle - pairs.motion.start_s[row]
        assert 0.0 < b < boats.end_s[boat] - boats.start_s[boat]
        assert 0.0 < u < units.end_s[unit] - units.start_s[unit]
        x = boats.x_m[boat] + boats.vx_mps[boat] * b - units.x_m[unit] - units.vx_mps[unit] * u
        assert pairs.motion.x_m[row] + pairs.motion.vx_mps[row] * seen == pytest.approx(x, abs=1e-6)


def test_distant_legs_of_a_unit_are_not_looked_at() -> None:
    hours = np.arange(0.0, 100.0) * 3600.0
    unit = legs_of([Track(hours, 1000.0 * np.arange(100.0), np.zeros(100))])
    boat = legs_of([Track(np.array([0.0, 360_000.0]), np.array([1e6, 1e6]), np.array([-1e6, 1e6]))])
    assert len(pair_legs(boat, unit, np.array([5000.0]))) == 0


def test_batches_cut_between_boats_and_hold_all_legs() -> None:
    rng = np.random.default_rng(3)
    boats, units = legs_of(random_tracks(rng, 300, 1e5)), legs_of(random_tracks(rng, 10, 1e5))
    parts = batches(boats, units, 500)
    assert len(parts) > 5
    rows = np.concatenate([np.arange(len(boats))[part] for part in parts])
    assert rows.tolist() == list(range(len(boats)))
    for before, after in pairwise(parts):
        assert boats.mover[before.stop - 1] != boats.mover[after.start]
    for part in parts:
        some = boats.take(part)
        shared = (some.start_s[:, None] < units.end_s) & (some.end_s[:, None] > units.start_s)
        assert shared.sum() < 1000
