"""Pareto fronts."""

import numpy as np
import pytest

from aegean_sim.study.statistics.blocks import Blocks
from aegean_sim.study.statistics.pareto import Front, pareto_front


def front(*measures: tuple[list[list[float]], bool], drawings: int = 400) -> Front:
    given = [(Blocks(np.array(values, dtype=np.float64)), smaller) for values, smaller in measures]
    return pareto_front(given, drawings=drawings)


def test_by_hand() -> None:
    """Deaths 5, 3, 3, 4 at costs 1, 2, 3, 4: the third pays more for the same, the fourth for less."""
    found = front(([[5, 3, 3, 4]] * 3, True), ([[1, 2, 3, 4]] * 3, True))
    assert found.on_front.tolist() == [True, True, False, False]
    assert found.probability.tolist() == [1.0, 1.0, 0.0, 0.0]


def test_more_may_be_better() -> None:
    assert front(([[5, 3, 9]] * 2, False), ([[1, 2, 2]] * 2, True)).on_front.tolist() == [True, False, True]


def test_equals_do_not_beat_each_other() -> None:
    values = np.random.default_rng(2).random((6, 1)).repeat(9, axis=1).tolist()
    found = front((values, True), ([[7.3] * 9] * 6, True))
    assert found.on_front.all()
    assert (found.probability == 1.0).all()


def test_a_mean_of_nothing_is_the_worst() -> None:
    waits = Blocks(np.array([[4.0, 0.0]] * 3), np.array([[2.0, 0.0]] * 3))
    found = pareto_front([(waits, True)])
    assert found.on_front.tolist() == [True, False]


def test_the_probability_is_that_of_blocks_drawn_together() -> None:
    """Of two cells with one measure, each is on the front in the drawings in which it is not worse."""
    rolls = np.random.default_rng(3)
    one = rolls.normal(size=(20, 1))
    found = front((np.hstack([one, one + rolls.normal(0.1, 0.4, (20, 1))]).tolist(), True), drawings=4000)
    apart = (found.probability[0], 1.0 - found.probability[1])
    assert apart[0] == pytest.approx(apart[1])
    assert 0.5 < found.probability[found.on_front.argmax()] < 1.0


def test_cells_may_be_turned() -> None:
    rolls = np.random.default_rng(4)
    deaths, costs = rolls.poisson(9.0, (12, 6)), rolls.poisson(5.0, (12, 6))
    plain = front((deaths.tolist(), True), (costs.tolist(), True))
    turned = front((deaths[:, ::-1].tolist(), True), (costs[:, ::-1].tolist(), True))
    assert turned.on_front[::-1].tolist() == plain.on_front.tolist()
    assert turned.probability[::-1].tolist() == plain.probability.tolist()
