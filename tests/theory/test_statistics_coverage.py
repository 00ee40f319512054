"""Toy studies with a known truth: how often intervals and choices hold it."""

from __future__ import annotations

import numpy as np
import pytest
from tests.theory.toys import LAWS, Law, stopped, wrecks

from aegean_sim.means import Means, means_of
from aegean_sim.study.statistics.best import against_best
from aegean_sim.study.statistics.blocks import Blocks, differences, neighbours, with_baseline
from aegean_sim.study.statistics.doubts import doubts, shown_intervals
from aegean_sim.study.statistics.fieller import Reach, ratios
from aegean_sim.study.statistics.intervals import bca_intervals, student_intervals
from aegean_sim.study.statistics.several import bonferroni, compared
from aegean_sim.study.statistics.stopping import Rule
from aegean_sim.study.statistics.verdicts import Verdict, verdicts

TOYS = 5000


def held(means: Means, truth: float, level: float = 0.95) -> float:
    found = student_intervals(means, level)
    return float(((found.low <= truth) & (truth <= found.high)).mean())


def held_when_stopped(values: np.ndarray, rule: Rule) -> float:
    """Stop studies of a mean of 0, columns, and tell in how many what is shown holds it."""
    shown = [shown_intervals(part, None, rule.level) for part in stopped(Blocks(values), rule)]
    return sum(np.count_nonzero((found.low <= 0.0) & (found.high >= 0.0)) for found in shown) / TOYS


@pytest.mark.parametrize("runs", [2, 5, 40])
def test_students_interval_of_a_paired_difference(runs: int) -> None:
    rolls = np.random.default_rng([1, runs])
    shared = rolls.normal(0.0, 5.0, (runs, TOYS))
    pair = rolls.normal(shared, 1.0, (2, runs, TOYS))
    assert 0.94 < held(means_of(pair[1] + 3.0 - pair[0]), 3.0) < 0.96


@pytest.mark.parametrize("needed", [20, 30, 36, 45, 60, 120])
def test_stopping_when_narrow_enough_keeps_the_coverage_of_normal_differences(needed: int) -> None:
    rule = Rule(1.96 / needed**0.5)
    values = np.random.default_rng([2, needed]).normal(size=(2 * needed + 30, TOYS))
    assert 0.935 <= held_when_stopped(values, rule) <= 0.965


def test_stopping_keeps_the_coverage_of_several_differences_together() -> None:
    """Five at Bonferroni's level: each of them holds in 99 % of studies."""
    rule = Rule(2.58 / 50**0.5, level=bonferroni(0.95, 5))
    values = np.random.default_rng(3).normal(size=(130, TOYS))
    assert 0.985 < held_when_stopped(values, rule) < 0.995


def test_skewed_studies_are_told_of_and_shown_wider() -> None:
    """Shipwrecks in one run of three, 50 runs: Student's interval holds in some 87 %."""
    rolls = np.random.default_rng(4)
    blocks = Blocks(wrecks(0.3)(rolls, (50, 1000)))
    means = blocks.means()
    student, bootstrap, seen = student_intervals(means), bca_intervals(blocks), shown_intervals(blocks)
    shares = [float(((kind.low <= 0.3) & (kind.high >= 0.3)).mean()) for kind in (student, bootstrap, seen)]
    assert shares[0] < 0.89
    assert shares[0] < shares[1] < shares[2]
    assert shares[2] > 0.90
    assert sum(doubt is not None for doubt in doubts(means)) > 950


@pytest.mark.parametrize("law", LAWS[:2], ids=lambda law: law.name)
def test_symmetric_numbers_need_no_more_than_student(law: Law) -> None:
    values = law.draw(np.random.default_rng(5), (40, TOYS))
    assert 0.94 < held(means_of(values), 0.0) < 0.97


def test_normal_samples_are_not_doubted() -> None:
    told = doubts(means_of(np.random.default_rng(6).normal(size=(30, TOYS))))
    assert sum(doubt is not None for doubt in told) < 0.015 * TOYS


def test_a_ratio_of_means_and_its_paired_difference() -> None:
    """Of Poisson numbers of boats, 30 % and 40 % are met; many the same boats."""
    rolls = np.random.default_rng(7)
    boats = rolls.poisson(20.0, (60, TOYS)) + 0.0
    some = rolls.binomial(boats.astype(np.int64), 0.3)
    more = some + rolls.binomial(boats.astype(np.int64) - some, 1 / 7)
    shares = Blocks(np.hstack([some, more]).astype(np.float64), np.hstack([boats, boats])).means()
    pairs = np.arange(2 * TOYS).reshape(2, TOYS).T[:, ::-1]
    assert 0.94 < held(Means(shares.values[:TOYS], shares.residuals[:, :TOYS]), 0.3) < 0.96
    assert 0.94 < held(differences(shares, pairs), 0.1) < 0.96


TRUTHS = np.array([0.0, 0.4, 0.4, 1.5])
STUDIES = 1000


def study(number: int, runs: int = 25) -> Blocks:
    """Make paired runs of four cells, of different spread, whose luck is mostly shared."""
    rolls = np.random.default_rng([8, number])
    own = rolls.normal(0.0, [0.3, 0.3, 1.0, 1.0], (runs, 4))
    return Blocks(TRUTHS + rolls.normal(0.0, 3.0, (runs, 1)) + own)


def test_choosing_the_best_holds_for_all_cells_at_once() -> None:
    ahead = np.array([0.4, -0.4, -0.4, -1.5])
    hits, kept, out = 0, 0, 0
    for number in range(STUDIES):
        found = against_best(study(number).means(), smaller_is_better=True)
        hits += bool(((found.low <= ahead) & (ahead <= found.high)).all())
        kept += bool(found.may_be_best[0])
        out += not found.may_be_best[3]
    assert hits >= 0.935 * STUDIES
    assert kept >= 0.935 * STUDIES
    assert out > 0.95 * STUDIES


def test_several_intervals_hold_together_and_holm_errs_rarely() -> None:
    """Cells 1 and 2 do not differ; of 3 differences with cell 1, one is of 0."""
    pairs, truth = with_baseline(4, 1), TRUTHS[[0, 2, 3]] - 0.4
    together, wrong, right = 0, 0, 0
    for number in range(STUDIES):
        found = compared(study(number), pairs)
        together += bool(((found.together.low <= truth) & (truth <= found.together.high)).all())
        wrong += bool(found.p_holm[1] <= 0.05)
        right += bool(found.p_holm[2] <= 0.05)
    assert together >= 0.935 * STUDIES
    assert wrong <= 0.065 * STUDIES
    assert right > 0.95 * STUDIES


def test_a_verdict_is_rarely_wrong() -> None:
    """A difference at the very edge of what makes no odds is called equivalent in at most 2.5 %."""
    values = np.random.default_rng(9).normal(1.0, 1.0, (40, TOYS))
    told = verdicts(student_intervals(means_of(values)), smaller_is_better=False, indifference=1.0)
    assert told.count(Verdict.EQUIVALENT) < 0.032 * TOYS
    assert told.count(Verdict.BETTER) > 0.9 * TOYS


@pytest.mark.parametrize(("effect", "bounded"), [(0.1, (0.0, 0.2)), (1.0, (0.9, 1.0))])
def test_fiellers_interval_holds_the_ratio_wherever_the_denominator_is(
    effect: float, bounded: tuple[float, float]
) -> None:
    rolls = np.random.default_rng(10)
    effects = rolls.normal(effect, 1.0, (20, TOYS))
    costs = 2.0 * effect + 0.5 * (effects - effect) + rolls.normal(0.0, 1.0, (20, TOYS))
    found = ratios(means_of(costs), means_of(effects))
    inside = [ratio.low <= 2.0 <= ratio.high for ratio in found]
    outside = [ratio.reach is Reach.OUTSIDE and not ratio.low < 2.0 < ratio.high for ratio in found]
    kept = [
        (ratio.reach is Reach.BETWEEN and within) or away or ratio.reach is Reach.ANYWHERE
        for ratio, within, away in zip(found, inside, outside, strict=True)
    ]
    assert 0.94 < np.mean(kept) < 0.96
    assert bounded[0] < np.mean([ratio.reach is Reach.BETWEEN for ratio in found]) < bounded[1]


def test_neighbours_of_paired_cells_vary_as_their_own_luck_alone() -> None:
    """The shared luck, of variance 9, cancels: 0.09 + 0.09, 0.09 + 1, 1 + 1."""
    found = differences(study(0, runs=20000).means(), neighbours(4))
    assert found.variances == pytest.approx([0.18, 1.09, 2.0], rel=0.05)
