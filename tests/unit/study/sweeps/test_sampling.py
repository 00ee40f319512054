"""Designs fill the unit cube as they promise."""

import numpy as np
import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.study.sweeps.model import Sampling
from aegean_sim.study.sweeps.sampling import greatest_correlation, shares
from aegean_sim.study.sweeps.values import Choice, Uniform

FIVE = [Uniform(0.0, 1.0)] * 5


@pytest.mark.parametrize("design", ["latin_hypercube", "nearly_orthogonal"])
def test_each_column_of_a_latin_hypercube_has_one_value_in_each_slice(design: str) -> None:
    points = shares(Sampling(design=design, points=33, seed=4), FIVE)  # type: ignore[arg-type]
    assert points.shape == (33, 5)
    for column in points.T:
        assert sorted(np.floor(column * 33).tolist()) == list(range(33))


@pytest.mark.parametrize("seed", range(8))
def test_columns_of_a_nearly_orthogonal_hypercube_hardly_correlate(seed: int) -> None:
    plain = shares(Sampling(points=33, seed=seed), FIVE)
    better = shares(Sampling(design="nearly_orthogonal", points=33, seed=seed), FIVE)
    assert greatest_correlation(better) <= min(0.03, greatest_correlation(plain))


def test_a_sobol_sequence_is_balanced_in_powers_of_two() -> None:
    points = shares(Sampling(design="sobol", points=64, seed=1), FIVE)
    for column in points.T:
        assert np.bincount(np.floor(column * 64).astype(int), minlength=64).tolist() == [1] * 64


def test_a_longer_sobol_sequence_goes_on_where_a_shorter_one_ended() -> None:
    short, long = (shares(Sampling(design="sobol", points=count, seed=3), FIVE) for count in (16, 40))
    assert np.array_equal(short, long[:16])


def test_the_seed_makes_the_sample() -> None:
    one, same, other = (shares(Sampling(points=9, seed=seed), FIVE) for seed in (1, 1, 2))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)


def test_a_grid_takes_each_value_with_each_other() -> None:
    spreads = [Choice((1, 2, 3), (0.2, 0.3, 0.5)), Choice(("a", "b"), (0.5, 0.5))]
    points = shares(Sampling(design="grid"), spreads)
    drawn = [tuple(s.at(share) for s, share in zip(spreads, point, strict=True)) for point in points.tolist()]
    assert drawn == [(1, "a"), (1, "b"), (2, "a"), (2, "b"), (3, "a"), (3, "b")]
    with pytest.raises(ScenarioError, match="lists of values"):
        shares(Sampling(design="grid"), [*spreads, Uniform(0.0, 1.0)])


def test_morris_trajectories_change_one_column_a_step() -> None:
    pytest.importorskip("SALib", reason="SALib, an extra, is not installed")
    points = shares(Sampling(design="morris", points=4, seed=2), FIVE)
    assert points.shape == (4 * 6, 5)
    for trajectory in points.reshape(4, 6, 5):
        assert ((np.diff(trajectory, axis=0) != 0).sum(axis=1) == 1).all()


def test_saltelli_points_come_in_blocks_of_two_more_than_columns() -> None:
    pytest.importorskip("SALib", reason="SALib, an extra, is not installed")
    assert shares(Sampling(design="saltelli", points=8, seed=2), FIVE).shape == (8 * 7, 5)
