"""Worlds: for every setting of the other levers, the runs of all worlds by the levels of one lever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from aegean_sim.errors import AegeanError
from aegean_sim.means import Means
from aegean_sim.study.comparison.complete import most_complete
from aegean_sim.study.comparison.strata import Levels, Stratum, levels_of, lever_of, strata_by_cell

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.quantities import IntArray
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.question import Material
    from aegean_sim.study.sensitivity.design import Design

_NO_LEVER = Levels("", ("",), None, 0)


@dataclass(frozen=True, slots=True, eq=False)
class Worlds:
    """The worlds of one setting of the other levers.

    Parameters
    ----------
    name : str
        What the other levers are; empty where there are none.
    levels : Levels
        Of the lever that is asked for; a single one without a lever.
    design : Design
        Of the worlds that are kept.
    replications : int
        Those that all worlds kept have in common.
    lost : int
        Worlds that are left out, as they, or others of their trajectory or base point, lack runs.
    """

    name: str
    levels: Levels
    design: Design
    replications: int
    lost: int
    _stratum: Stratum

    def means(self, measure: Measure, runs: pd.DataFrame) -> Means:
        """Give a measure's means, values (worlds, levels).

        Raises
        ------
        AegeanError
            When a run does not have the measure.
        """
        flat = self._stratum.blocks(measure, runs).means()
        shape = (-1, len(self.levels.labels))
        return Means(flat.values.reshape(shape), flat.residuals.reshape(flat.runs, *shape))


def worlds_of(material: Material, design: Design, lever: str | None) -> Iterator[Worlds]:
    """Lay out the worlds for every setting of the levers but one.

    Raises
    ------
    AegeanError
        When the lever is not there, or too few worlds share two replications.
    """
    if not material.levers:
        nothing = np.zeros(len(material.cells), np.int64)
        yield _worlds(material, design, "", _NO_LEVER, np.arange(len(material.cells)), nothing)
        return
    name = lever_of(material, lever)
    codes, strata = strata_by_cell(material, name)
    for code, stratum in enumerate(strata):
        here = np.flatnonzero(codes == code)
        levels, place = levels_of(material.cells[name].iloc[here], name, None, material.where, stratum)
        yield _worlds(material, design, stratum, levels, here, place)


def _worlds(
    material: Material, design: Design, name: str, levels: Levels, here: IntArray, place: IntArray
) -> Worlds:
    rows = _rows(material, here, place, (len(design.unit), len(levels.labels)))
    starts = np.flatnonzero(np.diff(design.unit, prepend=-1))
    whole = np.asarray((rows >= 0).all(axis=2))
    whole = np.logical_and.reduceat(whole, starts, axis=1)
    replications, units = most_complete(whole)
    if not units.size:
        raise AegeanError(_too_few(material, design, levels, name, int(whole.sum(axis=0).max(initial=0))))
    worlds = np.flatnonzero(np.isin(design.unit, units))
    kept = rows[np.ix_(replications, worlds)].reshape(len(replications), -1)
    stratum = Stratum(name, levels, (), kept[:, np.newaxis], 0)
    lost = len(design.unit) - len(worlds)
    return Worlds(name, levels, design.of(worlds), len(kept), lost, stratum)


def _rows(material: Material, here: IntArray, place: IntArray, shape: tuple[int, int]) -> IntArray:
    """Give the row of each run, (replications, worlds, levels); -1 where there is none."""
    cells = material.cells.iloc[here]
    own = pd.Index(cells["cell"]).get_indexer(pd.Index(material.runs["cell"]))
    runs = np.flatnonzero(own >= 0)
    own = own[runs]
    world = np.unique(material.cells["world"], return_inverse=True)[1][here]
    replication = material.runs["replication"].to_numpy(np.int64)[runs]
    rows = np.full((int(replication.max(initial=-1)) + 1, *shape), -1, dtype=np.int64)
    rows[replication, world[own], place[own]] = runs
    return rows


def _too_few(material: Material, design: Design, levels: Levels, name: str, there: int) -> str:
    where = f" where {name}" if name else ""
    own = len(design.unit) // design.units
    unit = "trajectory" if design.method == "morris" else "base point"
    together = f" in all {own} worlds of a {unit}" if own > 1 else " in a world"
    run = f"all levels of {levels.lever} were run" if levels.lever else "it was run"
    return (
        f"{material.where}{where}: to tell a thing from luck takes two replications in which {run}{together},"
        f" and there is {there or 'none'}: go on with the sweep, or --extend it"
    )
