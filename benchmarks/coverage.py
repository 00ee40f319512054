"""Drill `coverage`: how often 95 % intervals hold the truth in toy studies, and whether doubts are told."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np
from tests.theory.toys import LAWS

import report
from aegean_sim.study.statistics.blocks import Blocks
from aegean_sim.study.statistics.doubts import Doubt, doubts, shown
from aegean_sim.study.statistics.intervals import bca_intervals, student_intervals
from aegean_sim.study.statistics.stopping import Rule, narrow

if TYPE_CHECKING:
    from tests.theory.toys import Law

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.study.statistics.intervals import Intervals

TOYS = 4000
STOPPED_TOYS = 20000
AT_A_TIME = 500
RUNS = (10, 20, 30, 50, 100, 200)
NEEDED = (20, 30, 40, 60, 100, 200)
MOST = 600


def main() -> None:
    fixed = [_fixed(law, runs) for law, runs in product(LAWS, RUNS)]
    head = ["law", "runs", "Student", "BCa", "shown", "called skewed", "never varies"]
    stopped = [_stopped(law, needed) for law, needed in product([LAWS[0], *LAWS[5:8]], NEEDED)]
    stopped_head = ["law", "runs needed", "Student", "Student, or doubted", "mean runs"]
    parts = [
        f"Shares of {TOYS} toy studies; their standard error is at most 0.008, of 0.95 it is 0.0034.",
        "## A fixed number of runs",
        report.table(head, fixed),
        _FIXED,
        f"## Stopped when narrow enough\n\nFirst look at 30, then every 10; {STOPPED_TOYS} studies each.",
        report.table(stopped_head, stopped),
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
    student, bootstrap = student_intervals(means), bca_intervals(blocks, generator, drawings=1000)
    kinds = (student, bootstrap, shown(means, student, bootstrap))
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
    generator = np.random.default_rng([6, needed])
    told = np.concatenate([_stops(law, rule, generator) for _ in range(STOPPED_TOYS // AT_A_TIME)])
    held, doubted, runs = told.T
    shares = (held.mean(), np.logical_or(held, doubted).mean())
    return [law.name, str(needed), *(f"{share:.3f}" for share in shares), f"{runs.mean():.0f}"]


def _stops(law: Law, rule: Rule, generator: np.random.Generator) -> FloatArray:
    """Stop some studies: whether Student's interval held the truth, whether it was doubted, and the runs."""
    blocks = Blocks(law.draw(generator, (MOST, AT_A_TIME)))
    enough = narrow(blocks, rule)
    enough[-1] = True
    stops = rule.looks(MOST)[enough.argmax(axis=0)]
    told = np.empty((AT_A_TIME, 3))
    for runs in np.unique(stops):
        there = np.flatnonzero(stops == runs)
        means = blocks.until(int(runs)).cells(there).means()
        doubted = [doubt is not None for doubt in doubts(means)]
        told[there] = np.column_stack([_holds(student_intervals(means), law.mean), doubted, stops[there]])
    return told


_FIXED = """\
Shown is Student's interval, and of samples called skewed from the lowest to the highest end of both. The
bootstrap's alone holds less than Student's where laws are symmetric with heavy tails, as paired differences
often are. Fewer than 20 runs are called skewed by chance."""

_STOPPED = """\
Runs needed are those at which the half-width would be as asked if the spread were known. Normal numbers need
no correction. Rare shipwrecks stop too soon, in a calm lot of runs: nearly all such studies are told of."""


if __name__ == "__main__":
    main()
