"""Strata: cells that differ by one lever alone, and the blocks in which all of them were run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from aegean_sim.errors import AegeanError
from aegean_sim.scenario.hints import guess
from aegean_sim.study.comparison.complete import most_complete
from aegean_sim.study.comparison.measures import SPARSE
from aegean_sim.study.statistics.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.question import Material, Question

_SEED = "seed"


@dataclass(frozen=True, slots=True, eq=False)
class Levels:
    """The levels of the lever that cells are compared by, in order.

    Parameters
    ----------
    labels : tuple of str
    values : array of float, (levels,), optional
        Rising; only of a lever that is a number.
    baseline : int
        Place of the level that others are compared with.
    """

    lever: str
    labels: tuple[str, ...]
    values: FloatArray | None
    baseline: int

    @property
    def is_paired(self) -> bool:
        """Whether all levels meet the same boats and luck, which those of different seeds do not."""
        settings = [setting for label in self.labels for setting in label.split(", ")]
        return self.lever != _SEED and not any(each.startswith(f"{_SEED}=") for each in settings)


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """Cells that differ by the lever alone.

    Parameters
    ----------
    name : str
        What the other levers are; empty where there are none.
    levels : Levels
        Those that this stratum has.
    rows : array of int, (replications, worlds, levels)
        Rows of the runs: replications that all of these worlds have complete.
    dropped : int
        Runs that are left out, as others of their replication or world are missing.

    Notes
    -----
    All worlds of a replication share its luck, so that a block is one replication, averaged over the worlds:
    it says nothing of worlds that were not run. Worlds as blocks would leave out the luck that they share.
    """

    name: str
    levels: Levels
    cells: tuple[str, ...]
    rows: IntArray
    dropped: int

    @property
    def replications(self) -> int:
        """Number of blocks."""
        return len(self.rows)

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return int(self.rows.shape[1])

    def blocks(self, measure: Measure, runs: pd.DataFrame) -> Blocks:
        """Give what a measure came to in each replication, over all worlds.

        Raises
        ------
        AegeanError
            When a run does not have it.
        """
        return Blocks(*(_averaged(each, 1) for each in self._parts_and_wholes(measure, runs)))

    def by_world(self, measure: Measure, runs: pd.DataFrame) -> FloatArray:
        """Give a measure's means, (worlds, levels), over all replications; NaN for a share of nothing.

        Raises
        ------
        AegeanError
            When a run does not have it.
        """
        parts, *wholes = (_averaged(each, 0) for each in self._parts_and_wholes(measure, runs))
        with np.errstate(divide="ignore", invalid="ignore"):
            return parts / wholes[0] if wholes else parts

    def _parts_and_wholes(self, measure: Measure, runs: pd.DataFrame) -> list[FloatArray]:
        if not measure.wholes:
            return [self._sum(measure, measure.parts, runs)]
        wholes = self._sum(measure, measure.wholes, runs)
        return [self._sum(measure, measure.parts, runs, besides=wholes) * wholes, wholes]

    def _sum(
        self, measure: Measure, names: Sequence[str], runs: pd.DataFrame, besides: FloatArray | None = None
    ) -> FloatArray:
        total = np.zeros(self.rows.shape)
        for name in names:
            values = runs[name].to_numpy(np.float64)[self.rows]
            may_lack = name.startswith(SPARSE) if besides is None else besides == 0.0
            total += np.where(np.isnan(values) & may_lack, 0.0, values)
        if np.isnan(total).any():
            raise AegeanError(
                f"--measure {measure.name}: some runs do not have it: a mean over those that do is not fair"
            )
        return total


def _averaged(values: FloatArray, axis: int) -> FloatArray:
    return np.asarray(values.mean(axis=axis))


def strata_of(material: Material, question: Question) -> tuple[list[Stratum], list[str]]:
    """Split the cells by all levers but one, and find the blocks in which all levels of it were run.

    Returns
    -------
    strata : list of Stratum
        Those that can be compared.
    lacking : list of str
        Why others cannot.

    Raises
    ------
    AegeanError
        When the lever is not there, or no stratum has the baseline, two levels and two complete blocks.
    """
    lever = lever_of(material, question.lever)
    codes, names = strata_by_cell(material, lever)
    code_of_run = codes[pd.Index(material.cells["cell"]).get_indexer(pd.Index(material.runs["cell"]))]
    order = np.argsort(code_of_run, kind="stable")
    edges = np.searchsorted(code_of_run[order], np.arange(len(names) + 1)).tolist()
    found: list[Stratum] = []
    lacking: list[AegeanError] = []
    for code, (name, start, end) in enumerate(zip(names, edges, edges[1:], strict=False)):
        here = np.flatnonzero(codes == code)
        try:
            found.append(_stratum(material, question, lever, name, here, order[start:end]))
        except AegeanError as error:
            lacking.append(error)
    if not found:
        raise lacking[0]
    return found, [str(error) for error in lacking]


def lever_of(material: Material, asked: str | None) -> str:
    """Give the lever to go by: the one asked for, or the only one.

    Raises
    ------
    AegeanError
        When it is not varied, or there are none or several to choose from.
    """
    levers = material.levers
    if not levers:
        raise AegeanError(f"{material.where}: varies no lever, so there is nothing to compare")
    if asked is not None:
        if asked not in levers:
            raise AegeanError(f"--vary {asked}: {material.where} does not vary it{guess(asked, levers)}")
        return asked
    free = [name for name in levers if not _goes_along(material.cells, name, levers[: levers.index(name)])]
    if len(free) > 1:
        raise AegeanError(
            f"{material.where} varies {', '.join(free)}: say by which to compare, such as --vary {free[0]}"
        )
    return free[0]


def _goes_along(cells: pd.DataFrame, name: str, others: Sequence[str]) -> bool:
    """Tell whether one of other levers already says what a lever is, as when they are zipped."""
    return any(
        (cells.groupby(other, dropna=False)[name].nunique(dropna=False) == 1).all() for other in others
    )


def strata_by_cell(material: Material, lever: str) -> tuple[IntArray, list[str]]:
    """Give each cell the number of its stratum, by what other levers are, and the strata their names."""
    others = [
        name for name in material.levers if name != lever and not _goes_along(material.cells, name, [lever])
    ]
    if not others:
        return np.zeros(len(material.cells), np.int64), [""]
    groups = material.cells.groupby(others, sort=False, dropna=False)
    firsts = material.cells.iloc[groups["number"].idxmin()] if len(groups) else material.cells
    names = [
        ", ".join(f"{name} {label_of(value)}" for name, value in zip(others, row, strict=True))
        for row in firsts[others].itertuples(index=False)
    ]
    return np.asarray(groups.ngroup(), np.int64), names


def _stratum(
    material: Material, question: Question, lever: str, name: str, here: IntArray, rows: IntArray
) -> Stratum:
    """Lay out the runs of one stratum, cells ``here``, as pairs of world and replication by level."""
    cells, runs = material.cells.iloc[here], material.runs.iloc[rows]
    levels, place = levels_of(cells[lever], lever, question.baseline, material.where, name)
    own = pd.Index(cells["cell"]).get_indexer(pd.Index(runs["cell"]))
    worlds, world = np.unique(cells["world"], return_inverse=True)
    numbers, replication = np.unique(runs["replication"], return_inverse=True)
    table = np.full((len(numbers), len(worlds), len(levels.labels)), -1, dtype=np.int64)
    table[replication, world[own], place[own]] = rows
    kept = table[np.ix_(*most_complete(np.asarray((table >= 0).all(axis=2))))]
    _check_enough(material, levels, name, table, len(kept))
    ids = _by_level(cells["cell"].to_numpy(object), place, len(levels.labels))
    return Stratum(name, levels, ids, kept, len(rows) - kept.size)


def _by_level(ids: Any, place: IntArray, count: int) -> tuple[str, ...]:
    """Give the first cell of each level."""
    return tuple(str(ids[np.flatnonzero(place == level)[0]]) for level in range(count))


def levels_of(
    values: pd.Series[Any], lever: str, asked: str | None, where: str, stratum: str
) -> tuple[Levels, IntArray]:
    """Put the levels of a lever in order, numbers by size, and tell the level of each cell."""
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    place, uniques = pd.factorize(values, sort=numeric, use_na_sentinel=False)
    labels = tuple(label_of(value) for value in uniques)
    if len(labels) < 2:
        raise AegeanError(f"{where}: {lever} has one level only{_of(stratum)}: there is nothing to compare")
    numbers = np.asarray(uniques, np.float64) if numeric and not pd.isna(uniques).any() else None
    return Levels(lever, labels, numbers, _baseline(labels, asked, lever)), np.asarray(place, np.int64)


def label_of(value: Any) -> str:
    """Write a level as it is called."""
    if isinstance(value, float | np.floating):
        return "not set" if np.isnan(value) else f"{value:g}"
    return "not set" if value is None else str(value)


def _baseline(labels: Sequence[str], asked: str | None, lever: str) -> int:
    if asked is None:
        return 0
    same = [place for place, label in enumerate(labels) if label in (asked, _number(asked))]
    if not same:
        raise AegeanError(f"--baseline {asked}: is not a level of {lever}; it has {', '.join(labels)}")
    return same[0]


def _number(text: str) -> str:
    try:
        return f"{float(text):g}"
    except ValueError:
        return text


def _of(stratum: str) -> str:
    return f" where {stratum}" if stratum else ""


def _check_enough(material: Material, levels: Levels, stratum: str, table: IntArray, count: int) -> None:
    if count >= 2:
        return
    runs = (table >= 0).sum(axis=(0, 1))
    whole = np.count_nonzero(np.any(np.all(table >= 0, axis=2), axis=1))
    told = ", ".join(f"{label} has {number}" for label, number in zip(levels.labels, runs, strict=True))
    raise AegeanError(
        f"{material.where}{_of(stratum)}: comparing takes two replications at least in which all levels of"
        f" {levels.lever} were run, and there is {whole or 'none'}: of runs, {told}. Go on with the sweep, or"
        " --extend it"
    )
