"""Whether what a sweep is to be run until can be known of it, looked at before anything is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aegean_sim.errors import AegeanError
from aegean_sim.recording.figures import figure_of
from aegean_sim.study.comparison.loading import cells_and_levers
from aegean_sim.study.comparison.measures import SPARSE, measures_of
from aegean_sim.study.comparison.question import Material
from aegean_sim.study.comparison.strata import levels_of, lever_of, strata_by_cell
from aegean_sim.study.sweeps.runs import Done, Run
from aegean_sim.study.sweeps.sweeping import manifest_of, order_of, table_of
from aegean_sim.study.sweeps.work import Task, work

if TYPE_CHECKING:
    from aegean_sim.study.sweeps.planning import Plan


def check_asked(plan: Plan) -> None:
    """Check that a plan varies one lever, and that its runs have the measure: the first cell is run once.

    Raises
    ------
    AegeanError
        When cells differ by no lever, or by several, or the measure is none that can be compared.
    """
    _check_lever(plan)
    _check_measure(plan)


def _check_lever(plan: Plan) -> None:
    about = manifest_of(plan).about
    cells, levers = cells_and_levers(table_of(plan.cells).to_pandas(), about)
    material = Material(plan.sweep.name, plan.where, levers, cells, pd.DataFrame(), 0, {}, {})
    if not levers:
        raise AegeanError(
            f"{plan.where}: --until-half-width is about differences between levels of a lever, and none is"
            " varied: give one with --vary, or say how often to run with --replications"
        )
    lever = _the_lever(material, plan)
    codes, strata = strata_by_cell(material, lever)
    for code, name in enumerate(strata):
        levels_of(cells[lever].iloc[np.flatnonzero(codes == code)], lever, None, plan.where, name)


def _the_lever(material: Material, plan: Plan) -> str:
    try:
        return lever_of(material, None)
    except AegeanError:
        raise AegeanError(
            f"{plan.where}: --until-half-width is about differences along one lever, and"
            f" {', '.join(material.levers)} are varied: vary one, or say how often to run with --replications"
        ) from None


def _check_measure(plan: Plan) -> None:
    """Look for the measure in a run; what runs leave out where they count none cannot be looked for."""
    until = plan.sweep.until
    if until is None or (plan.sweep.decisive and f"{figure_of(until.measure)}_".startswith(SPARSE)):
        return
    first = plan.cells[0]
    (pilot,) = work(order_of(plan), (Task(Run(first.id, 0), tuple(first.overrides)),))
    if isinstance(pilot, Done):
        measures_of(pilot.numbers, (until.measure,), priced=False)
