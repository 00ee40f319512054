"""One measure over complete blocks."""

import numpy as np
import pytest

from aegean_sim.study.statistics.blocks import (
    Blocks,
    differences,
    drawn_with_replacement,
    estimates,
    neighbours,
    with_baseline,
)

VALUES = np.array([[1.0, 2.0, 4.0], [3.0, 5.0, 9.0]])


def test_pairs() -> None:
    assert with_baseline(3, 1).tolist() == [[0, 1], [2, 1]]
    assert neighbours(3).tolist() == [[1, 0], [2, 1]]


def test_differences_are_taken_within_replications() -> None:
    """2 - 1 and 5 - 3; 4 - 2 and 9 - 5."""
    found = differences(Blocks(VALUES).means(), neighbours(3))
    assert found.values.tolist() == [1.5, 3.0]
    assert found.residuals.tolist() == [[-0.5, -1.0], [0.5, 1.0]]
    assert found.variances.tolist() == [0.5, 2.0]


def test_weights_of_a_mean_and_of_a_ratio() -> None:
    weights = np.array([[1.0, 1.0], [3.0, 1.0], [0.0, 2.0]])
    assert Blocks(VALUES).reweighted(weights)[:, 0].tolist() == [2.0, 1.5, 3.0]
    shares = Blocks(VALUES, np.full_like(VALUES, 10.0) * [[1.0], [3.0]])
    assert shares.reweighted(weights)[:, 0] == pytest.approx([4 / 40, 6 / 60, 6 / 60])


def test_a_mean_is_a_ratio_to_ones() -> None:
    plain, ratio = Blocks(VALUES).means(), Blocks(VALUES, np.ones_like(VALUES)).means()
    assert plain.values.tolist() == ratio.values.tolist()
    assert plain.residuals.tolist() == ratio.residuals.tolist()


def test_the_first_blocks_and_some_cells() -> None:
    some = Blocks(VALUES, 2 * VALUES).until(1).cells(np.array([2, 0]))
    assert some.parts.tolist() == [[4.0, 1.0]]
    assert some.wholes is not None
    assert some.wholes.tolist() == [[8.0, 2.0]]


@pytest.mark.parametrize("parts", [np.zeros(3), np.zeros((0, 2)), np.array([[np.nan]]), np.array([[np.inf]])])
def test_blocks_are_complete(parts: np.ndarray) -> None:
    with pytest.raises(ValueError, match="block"):
        Blocks(parts)


def test_parts_and_wholes_are_alike() -> None:
    with pytest.raises(ValueError, match=r"\(2, 3\), \(2, 2\)"):
        Blocks(VALUES, VALUES[:, :2])


def test_whole_blocks_are_drawn() -> None:
    counts = drawn_with_replacement(7, 500)
    assert (counts.sum(axis=1) == 7.0).all()
    assert counts.mean(axis=0) == pytest.approx(np.ones(7), abs=0.2)


def test_adding_a_constant_to_all_cells_changes_no_difference() -> None:
    values = np.random.default_rng(2).integers(0, 50, (8, 4)).astype(np.float64)
    pairs = with_baseline(4, 0)
    before, after = estimates(Blocks(values), pairs), estimates(Blocks(values + 1000.0), pairs)
    assert before.values == pytest.approx(after.values)
    assert before.errors == pytest.approx(after.errors)


def test_very_many_blocks_are_put_together_without_a_change_of_means() -> None:
    values = np.random.default_rng(2).lognormal(size=(23, 2))
    for blocks in (Blocks(values), Blocks(values, values + 1.0)):
        few = blocks.gathered(5)
        assert few.replications == 5
        assert few.means().values == pytest.approx(blocks.means().values, rel=1e-12)
        assert blocks.gathered(23) is blocks
