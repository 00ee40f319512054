"""Enough: whether a sweep has run so often that its paired differences are as narrow as asked."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.study.comparison.asked import check_asked
from aegean_sim.study.comparison.loading import of_sweep
from aegean_sim.study.comparison.measures import measures_of
from aegean_sim.study.comparison.question import Question
from aegean_sim.study.comparison.strata import strata_of
from aegean_sim.study.statistics.blocks import differences, with_baseline
from aegean_sim.study.statistics.doubts import doubts, shown_intervals
from aegean_sim.study.statistics.several import bonferroni
from aegean_sim.study.statistics.stopping import Forecast, Rule, forecast
from aegean_sim.study.sweeps.foretelling import first_count
from aegean_sim.study.sweeps.sweeping import replications_in, run_sweep

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aegean_sim.quantities import IntArray
    from aegean_sim.study.comparison.strata import Stratum
    from aegean_sim.study.statistics.blocks import Blocks
    from aegean_sim.study.sweeps.driving import Tally
    from aegean_sim.study.sweeps.model import Until
    from aegean_sim.study.sweeps.planning import Plan
    from aegean_sim.study.sweeps.runner import Runner
    from aegean_sim.study.sweeps.sweeping import Outcome, Wishes

    Told = Callable[["Look"], None]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Look:
    """What there is after some replications.

    Parameters
    ----------
    half_width : float
        Of the widest interval of a difference with the baseline, all holding together, in all strata.
    reached : bool
        Whether that is as narrow as asked.
    foretold : Forecast
        How many replications that takes, by the variances so far.
    doubted : int
        Differences that are too skewed for their intervals to hold what they promise, stopped as they are.
    """

    replications: int
    half_width: float
    reached: bool
    foretold: Forecast
    doubted: int


def look_at(folder: Path, measure: str, half_width: float, replications: int) -> Look:
    """Look at the first replications of a sweep, in strata that have runs to compare.

    Parameters
    ----------
    measure : str
        A key figure that can be compared.
    half_width : float
        What is asked of it, in its unit.

    Raises
    ------
    AegeanError
        When the sweep varies no lever, or does not have the measure.
    """
    material = of_sweep(folder, (measure,))
    runs = material.runs[material.runs["replication"] < replications].reset_index(drop=True)
    chosen = measures_of(runs.columns, (measure,), priced=False)[0]
    strata, _ = strata_of(replace(material, runs=runs), Question(measures=(measure,)))
    parts = [(each.blocks(chosen, runs), _pairs(each)) for each in strata]
    rule = Rule(half_width, level=bonferroni(LEVEL, sum(len(pairs) for _, pairs in parts)))
    apart = [differences(blocks.means(), pairs) for blocks, pairs in parts]
    widest = max(_widest(blocks, pairs, rule) for blocks, pairs in parts)
    doubted = sum(doubt is not None for each in apart for doubt in doubts(each, stopped=True))
    foretold = max((forecast(each, rule) for each in apart), key=lambda each: each.at_most)
    reached = widest <= half_width
    least = 0 if reached else _least(widest, rule, replications)
    foretold = Forecast(max(foretold.expected, least), max(foretold.at_most, least))
    return Look(replications, widest, reached, foretold, doubted)


def _least(widest: float, rule: Rule, replications: int) -> int:
    """Give the look at which an interval that goes by the root of replications is narrow enough."""
    wanted = math.ceil(replications * (widest / rule.half_width) ** 2)
    return rule.look_from(max(wanted, replications + rule.every))


def run_until(
    plan: Plan, folder: Path, runner: Runner, wishes: Wishes, look: Callable[[Tally], None], told: Told
) -> tuple[Outcome, Look | None]:
    """Run a plan as often as its interval asks: to the first look, and on from look to look.

    The plan's ``until`` says what is asked. What is there already counts.

    Parameters
    ----------
    told : callable
        Called with each look.

    Returns
    -------
    outcome : Outcome
    found : Look or None
        The last look; not reached where there may not be more replications. None if stopped before any.

    Raises
    ------
    AegeanError
        When the plan cannot be compared by the measure; when at a look more replications are foretold than
        there may be: what was run is kept.
    """
    until, found = plan.sweep.until, None
    if until is None:
        raise ValueError("the plan does not say until when")
    check_asked(plan)
    rule = Rule(until.half_width)
    count = max(first_count(until, folder), replications_in(folder))
    while True:
        outcome = run_sweep(_with(plan, count), folder, runner, replace(wishes, extend=True), look)
        if outcome.stopped:
            return outcome, found
        found = look_at(folder, until.measure, until.half_width, count)
        told(found)
        if found.reached or count >= until.most:
            return outcome, found
        if count + rule.every <= until.most < found.foretold.expected:
            raise AegeanError(_beyond(until, found, folder))
        count = min(count + rule.every, until.most)


def _beyond(until: Until, found: Look, folder: Path) -> str:
    return (
        f"{until.measure}: a half-width of {until.half_width:g} takes about {found.foretold.expected:,}"
        f" replications of each cell, and there may be {until.most:,}: ask for a wider interval (now"
        f" {found.half_width:.3g}) or for more (--most); what was run is kept in {folder}"
    )


def _with(plan: Plan, replications: int) -> Plan:
    return replace(plan, sweep=plan.sweep.model_copy(update={"replications": replications}))


def _pairs(stratum: Stratum) -> IntArray:
    return with_baseline(len(stratum.levels.labels), stratum.levels.baseline)


def _widest(blocks: Blocks, pairs: IntArray, rule: Rule) -> float:
    found = shown_intervals(blocks, pairs, rule.level)
    return float(np.max((found.high - found.low) / 2.0))
