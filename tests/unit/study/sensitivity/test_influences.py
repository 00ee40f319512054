"""What paths do, on functions whose indices are known, and on luck alone."""

import numpy as np
import pytest
from scipy.stats import linregress, rankdata, t

from aegean_sim.means import Means, means_of
from aegean_sim.quantities import FloatArray
from aegean_sim.study.sensitivity.design import Design
from aegean_sim.study.sensitivity.indices import total_indices
from aegean_sim.study.sensitivity.library import morris_points, problem, salib, saltelli_points
from aegean_sim.study.sensitivity.noise import luck_alone, noise_share, settled, told_from_luck
from aegean_sim.study.sensitivity.sensitivity import influences

PATHS = ("a", "b", "c", "d")


def morris(trajectories: int = 8) -> Design:
    points = morris_points(4, trajectories, 4, 1)
    return Design("morris", PATHS, points, np.arange(len(points)) // 5)


def saltelli(base: int = 512) -> Design:
    points = saltelli_points(4, base, 1)
    return Design("sobol", PATHS, points, np.arange(len(points)) // 6)


def sampled(worlds: int = 40) -> Design:
    return Design("regression", PATHS, np.random.default_rng(1).random((worlds, 4)), np.arange(worlds))


def runs(truth: FloatArray, replications: int = 6, luck: float = 0.0) -> Means:
    """Give the means of runs whose luck is half the replication's and half their own."""
    chance = np.random.default_rng(2)
    own = chance.normal(0.0, luck, (replications, len(truth)))
    return means_of(truth + own + chance.normal(0.0, luck, (replications, 1)))


def linear(points: FloatArray) -> FloatArray:
    return np.asarray(points @ [20.0, -10.0, 4.0, 0.0])


def ishigami(points: FloatArray) -> FloatArray:
    """Ishigami and Homma's function with a = 7 and b = 0.1; the fourth does nothing."""
    one, two, three, _ = (np.pi * (2.0 * points - 1.0)).T
    return np.asarray(np.sin(one) + 7.0 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one))


def test_morris_finds_the_slopes_of_a_plane() -> None:
    design = morris()
    found = influences(design, runs(linear(design.points)))
    np.testing.assert_allclose(found.strength, [20.0, 10.0, 4.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(found.others["mu"], [20.0, -10.0, 4.0, 0.0], atol=1e-9)
    np.testing.assert_allclose(found.others["sigma"], 0.0, atol=1e-9)


def test_morris_tells_the_slopes_from_luck_and_not_the_path_that_does_nothing() -> None:
    design = morris()
    found = influences(design, runs(linear(design.points), luck=1.0))
    assert found.told.tolist() == [True, True, True, False]
    assert (found.strength[:3] > found.floor[:3]).all()
    assert found.strength[3] < found.floor[3]
    assert (np.abs(found.others["mu"] - [20.0, -10.0, 4.0, 0.0]) < 5.0 * found.error).all()


def test_interplay_shows_in_sigma() -> None:
    design = morris(40)
    found = influences(design, runs(design.points[:, 0] * design.points[:, 1]))
    assert found.strength[:2] == pytest.approx([0.5, 0.5], abs=0.15)
    assert (found.others["sigma"][:2] > 0.2).all()
    assert found.strength[2:].tolist() == [0.0, 0.0]


def test_sobol_indices_of_ishigami() -> None:
    design = saltelli()
    found = influences(design, runs(ishigami(design.points), luck=0.1))
    for low, high, truth in (
        (found.low, found.high, [0.5576, 0.4424, 0.2437, 0.0]),
        (found.others["first_low"], found.others["first_high"], [0.3139, 0.4424, 0.0, 0.0]),
    ):
        assert (low - 0.01 < truth).all()
        assert (truth < high + 0.01).all()
        assert (high - low < 0.35).all()
    assert found.told.tolist() == [True, True, True, False]


def test_our_total_indices_are_those_of_salib() -> None:
    design = saltelli(64)
    means = runs(ishigami(design.points), luck=0.5)
    theirs = salib("SALib.analyze.sobol").analyze(
        problem(4), means.values, calc_second_order=False, num_resamples=10, seed=1
    )
    np.testing.assert_allclose(total_indices(design, means.values[np.newaxis])[0], theirs["ST"], rtol=1e-9)


def test_regression_ranks_paths_and_gives_the_way() -> None:
    design = sampled()
    found = influences(design, runs(linear(design.points), luck=1.0))
    assert found.order.tolist() == [0, 1, 2, 3]
    assert found.told.tolist() == [True, True, True, False]
    assert np.sign(found.strength[:3]).tolist() == [1.0, -1.0, 1.0]
    assert found.explained > 0.9


def test_regression_on_one_path_is_that_of_scipy() -> None:
    points = np.random.default_rng(6).random((12, 1))
    values = points[:, 0] + np.random.default_rng(7).normal(0.0, 0.5, 12)
    found = influences(Design("regression", ("a",), points, np.arange(12)), runs(values))
    theirs = linregress(rankdata(points[:, 0]), rankdata(values))
    half = t.ppf(0.975, 10) * theirs.stderr
    assert found.strength[0] == pytest.approx(theirs.slope)
    assert found.p_holm[0] == pytest.approx(theirs.pvalue)
    assert (found.high - found.low)[0] == pytest.approx(2.0 * half)
    assert found.explained == pytest.approx(theirs.rvalue**2)


def test_regression_says_when_it_explains_little() -> None:
    design = sampled(200)
    found = influences(design, runs((design.points[:, 0] - 0.5) ** 2))
    assert not found.told.any()
    assert found.explained < 0.1


def test_regression_passes_over_texts_and_what_does_not_vary() -> None:
    design = sampled()
    points = design.points.copy()
    points[:, 3] = 7.0
    some = Design("regression", PATHS, points, design.unit, unordered=("a",))
    found = influences(some, runs(linear(points)))
    assert found.strength[[0, 3]].tolist() == [0.0, 0.0]
    assert found.told[[0, 1, 3]].tolist() == [False, True, False]


@pytest.mark.parametrize(("shared", "own"), [(3.0, 0.1), (3.0, 2.0), (0.0, 3.0)])
def test_regression_seldom_takes_luck_that_worlds_share_for_an_influence(shared: float, own: float) -> None:
    """Of 400 intervals of paths that do something in each replication and nothing on average, 20 may err."""
    chance, errors, told = np.random.default_rng(8), 0, 0
    for _ in range(200):
        points = chance.random((40, 4))
        luck = shared * chance.standard_normal((5, 2)) @ (points[:, 2:].T - 0.5)
        values = 8.0 * points[:, 0] + luck + own * chance.standard_normal((5, 40))
        found = influences(Design("regression", PATHS, points, np.arange(40)), means_of(values))
        errors += int(((found.low > 0.0) | (found.high < 0.0))[2:].sum())
        told += int(found.told[0])
    assert errors <= 32
    assert told >= 190


@pytest.mark.parametrize("design", [morris(4), saltelli(8), sampled()], ids=["morris", "sobol", "regression"])
def test_where_nothing_varies_nothing_matters(design: Design) -> None:
    found = influences(design, runs(np.full(len(design.points), 3.0)))
    assert found.strength.tolist() == [0.0] * 4
    assert not found.told.any()
    assert found.noise_share == 0.0


def test_rounding_is_no_influence() -> None:
    design = morris(4)
    chance = np.random.default_rng(1)
    values = 0.3 + chance.choice([0.0, 5e-17, -5e-17], (4, len(design.points)))
    assert not influences(design, settled(means_of(values), 0.3)).strength.any()


@pytest.mark.parametrize(("together", "replications"), [(0.0, 4), (0.5, 4), (0.9, 10)])
def test_luck_alone_is_seldom_taken_for_an_influence(together: float, replications: int) -> None:
    """Of 100 toy studies of one path, 5 may err; 11 or more do in one of a hundred series of such studies."""
    chance, errors = np.random.default_rng(3), 0
    for _ in range(100):
        shared = np.sqrt(together) * chance.standard_normal((replications, 1, 1))
        means = means_of(np.sqrt(1.0 - together) * chance.standard_normal((replications, 10, 1)) + shared)
        alone = luck_alone(means.residuals, lambda some: np.abs(some).mean(axis=1))
        errors += int(told_from_luck(np.abs(means.values).mean(axis=0), alone)[0] <= 0.05)
    assert errors <= 10


def test_of_a_single_difference_luck_alone_is_students_law() -> None:
    values = np.random.default_rng(4).normal(0.0, 1.0, (4, 1, 1))
    means = means_of(values)
    alone = luck_alone(means.residuals, lambda some: np.abs(some).mean(axis=1))
    assert np.quantile(alone, 0.95) == pytest.approx(3.182 * means.errors.item(), rel=0.1)


def test_the_share_of_luck() -> None:
    chance = np.random.default_rng(5)
    worlds = chance.normal(0.0, 1.0, 2000)
    luck = chance.normal(0.0, 2.0, (4, 2000))
    shared = chance.normal(0.0, 50.0, (4, 1))
    assert noise_share(means_of(worlds + luck + shared)) == pytest.approx(0.5, abs=0.05)
