"""A bundle of tracks against the tracks one by one, with jumps, rests and moments outside."""

import numpy as np
import pytest

from aegean_sim.kinematics.bundle import bundled
from aegean_sim.kinematics.legs import Track


def drawn(count: int, rng: np.random.Generator) -> list[Track]:
    """Draw tracks whose whole seconds often coincide."""
    tracks = []
    for vertices in rng.integers(1, 9, count):
        time_s = np.sort(rng.integers(0, 8, vertices)).astype(np.float64)
        tracks.append(Track(time_s, *rng.normal(size=(2, vertices))))
    return tracks


@pytest.mark.parametrize("seed", range(5))
def test_movers_are_where_their_tracks_say(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tracks = drawn(50, rng)
    which, time_s = rng.integers(0, 50, 1000), rng.integers(-2, 20, 1000) / 2.0
    places = np.column_stack(bundled(tracks).at(which, time_s))
    assert places.tolist() == [list(tracks[one].at(at)) for one, at in zip(which, time_s, strict=True)]


@pytest.mark.parametrize("seed", range(5))
def test_all_are_cut_as_one_by_one(seed: int) -> None:
    rng = np.random.default_rng(seed)
    tracks, until_s = drawn(200, rng), rng.integers(-2, 20, 200) / 2.0
    cut = bundled(tracks).until(until_s)
    alone = bundled([track.until(moment) for track, moment in zip(tracks, until_s, strict=True)])
    for column in ("first", "time_s", "x_m", "y_m"):
        assert getattr(cut, column).tolist() == getattr(alone, column).tolist()


@pytest.mark.parametrize("some", [[], [3], [0, 4, 5], list(range(20))])
def test_some_are_taken_in_their_order(some: list[int]) -> None:
    tracks = drawn(20, np.random.default_rng(1))
    taken, alone = (
        bundled(tracks).take(np.array(some, dtype=np.int64)),
        bundled([tracks[row] for row in some]),
    )
    for column in ("first", "time_s", "x_m", "y_m"):
        assert getattr(taken, column).tolist() == getattr(alone, column).tolist()


def test_nobody() -> None:
    bundle = bundled([])
    assert bundle.counts.tolist() == []
    assert [len(axis) for axis in bundle.at(np.empty(0, dtype=np.int64), np.empty(0))] == [0, 0]
    assert bundle.until(np.empty(0)).time_s.tolist() == []


def test_chained_tracks_are_one_mover() -> None:
    def steady(start_s: float, x_m: float) -> Track:
        return Track(np.array([start_s, start_s + 10.0]), np.array([x_m, x_m + 100.0]), np.zeros(2))

    bundle = bundled([steady(0.0, 0.0), steady(20.0, 500.0), steady(0.0, 900.0)])
    chained = bundle.chained(np.array([2, 1]))
    assert chained.counts.tolist() == [4, 2]
    assert chained.at(np.array([0, 0, 1]), np.array([5.0, 25.0, 5.0]))[0].tolist() == [50.0, 550.0, 950.0]
