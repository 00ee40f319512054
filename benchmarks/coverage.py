"""Drill `coverage`: how often 95 % intervals hold the truth in toy studies, and whether doubts are told."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from tests.theory.toys import LAWS, stopped

import report
from aegean_sim.study.statistics.blocks import Blocks
from aegean_sim.study.statistics.doubts import Doubt, doubts, shown_intervals
from aegean_sim.study.statistics.intervals import bca_intervals, student_intervals
from aegean_sim.study.statistics.stopping import Rule

if TYPE_CHECKING:
    from tests.theory.toys import Law

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.study.statistics.intervals import Intervals

TOYS = 4000
AT_A_TIME = 500
RUNS = (10, 20, 30, 50, 100, 200)
NEEDED = (20, 30, 40, 60, 100, 200)
MOST = 600


def main() -> None:
    fixed = [_fixed(law, runs) for law, runs in product(LAWS, RUNS)]
    head = ["law", "runs", "Student", "BCa", "shown", "called skewed", "never varies"]
    sequential = [_stopped(law, needed) for law, needed in product([LAWS[0], *LAWS[5:8]], NEEDED)]
    sequential_head = ["law", "runs needed", "Student", "shown", "doubted", "mean runs"]
    parts = [
        f"Shares of {TOYS} toy studies; their standard error is at most 0.008, of 0.95 it is 0.0034.",
        "## A fixed number of runs",
        report.table(head, fixed),
        _FIXED,
        "## Stopped when narrow enough\n\nFirst look at 30, then every 10.",
        report.table(sequential_head, sequential),
        _STOPPED,
    ]
    report.publish("coverage", "Coverage of intervals", parts)


def _fixed(law: Law, runs: int) -> list[str]:
    generator = np.random.default_rng([5, runs])
    shares = np.mean([_studies(law, runs, generator) for _ in range(TOYS // AT_A_TIME)], axis=0)
    return [law.name, str(runs), *(f"{share:.3f}" for share in shares)]


def _studies(law: Law, runs: int, generator: np.random.Generator) -> list[float]:
    """Try one interval of each kind on some studies, and ask for doubts."""
    blocks = Blocks(law.draw(generator, (runs, AT_A_TIME)))
    means = blocks.means()
    student, bootstrap = student_intervals(means), bca_intervals(blocks)
    kinds = (student, bootstrap, shown_intervals(blocks))
    told = doubts(means)
    return [
        *(float(_holds(kind, law.mean).mean()) for kind in kinds),
        told.count(Doubt.SKEWED) / AT_A_TIME,
        told.count(Doubt.NEVER_VARIES) / AT_A_TIME,
    ]


def _holds(intervals: Intervals, truth: float) -> BoolArray:
    return (intervals.low <= truth) & (truth <= intervals.high)


def _stopped(law: Law, needed: int) -> list[str]:
    """Stop studies whose half-width would be reached by so many runs if the spread were known."""
    deviation = float(law.draw(np.random.default_rng(7), (1000, 1000)).std())
    rule = Rule(1.96 * deviation / needed**0.5)
    blocks = Blocks(law.draw(np.random.default_rng([6, needed]), (MOST, TOYS)))
    told = np.concatenate([_ended(part, law.mean) for part in stopped(blocks, rule)])
    student, seen, doubted, runs = told.mean(axis=0)
    return [law.name, str(needed), f"{student:.3f}", f"{seen:.3f}", f"{doubted:.3f}", f"{runs:.0f}"]


def _ended(blocks: Blocks, truth: float) -> FloatArray:
    """Tell of studies that stopped whether intervals hold, whether they are doubted, and the runs."""
    means = blocks.means()
    kinds = (student_intervals(means), shown_intervals(blocks))
    doubted = [doubt is not None for doubt in doubts(means, stopped=True)]
    return np.column_stack(
        [*(_holds(kind, truth) for kind in kinds), doubted, np.full(len(doubted), blocks.replications)]
    )


_FIXED = """\
Shown is Student's interval, and of samples called skewed from the lowest to the highest end of both. The
bootstrap's alone holds less than Student's where laws are symmetric with heavy tails, as paired differences
often are. Fewer than 20 runs are often called skewed by chance."""

_STOPPED = """\
Runs needed are those at which the half-width would be as asked if the spread were known; the half-width is
that of the interval shown. Normal numbers need no correction. Rare shipwrecks stop too soon, in a calm lot of
runs, so that twice the runs are asked for before such a study is not doubted."""


if __name__ == "__main__":
    main()
