"""Strata: cells that differ by one lever alone, and the blocks in which all of them were run."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
import pandas as pd

from aegean_sim.errors import AegeanError
from aegean_sim.scenario.hints import guess
from aegean_sim.study.comparison.measures import SPARSE
from aegean_sim.study.statistics.blocks import Blocks

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.study.comparison.measures import Measure
    from aegean_sim.study.comparison.question import Material, Question

Kind: TypeAlias = Literal["replication", "world", "replication over worlds"]


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


@dataclass(frozen=True, slots=True, eq=False)
class Stratum:
    """Cells that differ by the lever alone.

    Parameters
    ----------
    name : str
        What the other levers are; empty where there are none.
    levels : Levels
        Those that this stratum has.
    kind : str
        What a block is: one replication; one world, its replications averaged; or one replication, averaged
        over the worlds.
    rows : array of int, (pairs of world and replication, levels)
        Rows of the runs, complete pairs only.
    block : array of int, (pairs,)
        The block of each pair, from 0.
    dropped : int
        Runs that are left out, as others of their pair are missing.
    """

    name: str
    levels: Levels
    cells: tuple[str, ...]
    kind: Kind
    rows: IntArray
    block: IntArray
    dropped: int

    @property
    def replications(self) -> int:
        """Number of blocks."""
        return int(self.block[-1]) + 1

    def blocks(self, measure: Measure, runs: pd.DataFrame) -> Blocks:
        """Give what a measure came to.

        Raises
        ------
        AegeanError
            When a run does not have it.
        """
        wholes = self._sum(measure, measure.wholes, runs) if measure.wholes else None
        parts = self._sum(measure, measure.parts, runs, besides=wholes)
        if wholes is None:
            return Blocks(self._averaged(parts))
        return Blocks(self._averaged(parts * wholes), self._averaged(wholes))

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

    def _averaged(self, values: FloatArray) -> FloatArray:
        """Average the pairs of each block."""
        if len(values) == self.replications:
            return values
        starts = np.flatnonzero(np.diff(self.block, prepend=-1))
        sums = np.add.reduceat(values, starts, axis=0)
        return np.asarray(sums / np.diff(starts, append=len(values))[:, np.newaxis])


def strata_of(material: Material, question: Question) -> list[Stratum]:
    """Split the cells by all levers but one, and find the blocks in which all levels of it were run.

    Raises
    ------
    AegeanError
        When the lever or the baseline is not there, or there are fewer than two complete blocks or levels.
    """
    lever = lever_of(material, question.lever)
    codes, names = strata_by_cell(material, lever)
    code_of_run = codes[pd.Index(material.cells["cell"]).get_indexer(pd.Index(material.runs["cell"]))]
    order = np.argsort(code_of_run, kind="stable")
    edges = np.searchsorted(code_of_run[order], np.arange(len(names) + 1)).tolist()
    return [
        _stratum(material, question, lever, name, np.flatnonzero(codes == code), order[start:end])
        for code, (name, start, end) in enumerate(zip(names, edges, edges[1:], strict=False))
    ]


def lever_of(material: Material, asked: str | None) -> str:
    """Give the lever to go by: the one asked for, or the only one.

    Raises
    ------
    AegeanError
        When it is not varied, or there are several to choose from.
    """
    levers = material.levers
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
        ", ".join(f"{name} {_label(value)}" for name, value in zip(others, row, strict=True))
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
    world = cells["world"].to_numpy(np.int64)[own]
    replication = runs["replication"].to_numpy(np.int64)
    pairs = _pairs(world, replication)
    table = np.full((int(pairs.max(initial=-1)) + 1, len(levels.labels)), -1, dtype=np.int64)
    table[pairs, place[own]] = rows
    whole = np.asarray((table >= 0).all(axis=1))
    kind, block, kept = _blocked(world, replication, pairs, whole)
    _check_enough(material, levels, name, table, block)
    ids = _by_level(cells["cell"].to_numpy(object), place, len(levels.labels))
    return Stratum(name, levels, ids, kind, table[kept], block, len(rows) - table[kept].size)


def _by_level(ids: Any, place: IntArray, count: int) -> tuple[str, ...]:
    """Give the first cell of each level."""
    return tuple(str(ids[np.flatnonzero(place == level)[0]]) for level in range(count))


def _pairs(world: IntArray, replication: IntArray) -> IntArray:
    """Give each run the number of its pair, by world and then by replication."""
    keys = world * (int(replication.max(initial=0)) + 1) + replication
    return np.asarray(np.unique(keys, return_inverse=True)[1], np.int64)


def _blocked(
    world: IntArray, replication: IntArray, pairs: IntArray, whole: BoolArray
) -> tuple[Kind, IntArray, IntArray]:
    """Make blocks of the complete pairs: give their kind, the block of each pair, and the pairs in order.

    All worlds meet the same replications, and all replications the same worlds, so that pairs are not
    independent of each other: what there are more of is what blocks are made of, averaged over the other.
    """
    first = np.unique(pairs, return_index=True)[1]
    kept = np.flatnonzero(whole)
    worlds, replications = world[first][kept], replication[first][kept]
    worlds_there, replications_there = len(np.unique(worlds)), len(np.unique(replications))
    if worlds_there <= 1:
        return "replication", np.arange(len(kept)), kept
    by_world = worlds_there >= replications_there
    own = worlds if by_world else replications
    order = np.argsort(own, kind="stable")
    numbers = np.asarray(np.unique(own[order], return_inverse=True)[1], np.int64)
    return ("world" if by_world else "replication over worlds"), numbers, kept[order]


def levels_of(
    values: pd.Series[Any], lever: str, asked: str | None, where: str, stratum: str
) -> tuple[Levels, IntArray]:
    """Put the levels of a lever in order, numbers by size, and tell the level of each cell."""
    numeric = pd.api.types.is_numeric_dtype(values) and not pd.api.types.is_bool_dtype(values)
    place, uniques = pd.factorize(values, sort=numeric, use_na_sentinel=False)
    labels = tuple(_label(value) for value in uniques)
    if len(labels) < 2:
        raise AegeanError(f"{where}: {lever} has one level only{_of(stratum)}: there is nothing to compare")
    numbers = np.asarray(uniques, np.float64) if numeric and not pd.isna(uniques).any() else None
    return Levels(lever, labels, numbers, _baseline(labels, asked, lever)), np.asarray(place, np.int64)


def _label(value: Any) -> str:
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


def _check_enough(
    material: Material, levels: Levels, stratum: str, table: IntArray, blocks: IntArray
) -> None:
    count = len(np.unique(blocks))
    if count >= 2:
        return
    runs = (table >= 0).sum(axis=0)
    told = ", ".join(f"{label} has {number}" for label, number in zip(levels.labels, runs, strict=True))
    raise AegeanError(
        f"{material.where}{_of(stratum)}: comparing takes two replications at least in which all levels of"
        f" {levels.lever} were run, and there is {count or 'none'}: of runs, {told}. Go on with the sweep, or"
        " --extend it"
    )
