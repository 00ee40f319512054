"""What reports changed: boats that fare otherwise where something is silenced, all else drawn the same."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.recording.record import Voice

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from numpy.typing import NDArray

    from aegean_sim.quantities import BoolArray, IntArray
    from aegean_sim.recording.rows import Columns, Tables

_KEPT = ("theatre", "voyage", "copy", "persons")
_COMPARED = (*_KEPT, "outcome", "ended_s", "persons_dead")


def decisive(voyages: Columns, without: Mapping[Voice, Columns]) -> dict[str, NDArray[Any]]:
    """Give the table ``decisive``: a row for each boat that fares otherwise without a voice.

    Parameters
    ----------
    voyages : columns
        The table of the run.
    without : mapping of Voice to columns
        The same table of the runs in which the voice is silenced. Boats that set out in only one of two
        runs, as they may where the other side reacts, are not compared.
    """
    none = _changed(Voice("", ""), voyages, voyages)
    parts = [none, *(_changed(voice, voyages, other) for voice, other in without.items())]
    return {name: np.concatenate([part[name] for part in parts]) for name in none}


def common(voyages: Columns, other: Columns) -> tuple[IntArray, IntArray]:
    """Give the rows of the boats that set out in both of two runs: in the one and in the other."""
    names, others = (list(zip(each["voyage"], each["copy"], strict=True)) for each in (voyages, other))
    if names == others:
        return np.arange(len(names)), np.arange(len(names))
    where = {name: row for row, name in enumerate(others)}
    both = [(row, where[name]) for row, name in enumerate(names) if name in where]
    rows, other_rows = np.array(both, dtype=np.int64).reshape(-1, 2).T
    return rows, other_rows


def fares_otherwise(voyages: Columns, other: Columns) -> BoolArray:
    """Tell which boats have another outcome or another number of dead; the moment alone does not count.

    Both tables are of the same boats in the same order.
    """
    return np.asarray(
        (voyages["outcome"] != other["outcome"]) | (voyages["persons_dead"] != other["persons_dead"]),
        np.bool_,
    )


def _changed(voice: Voice, voyages: Columns, other: Columns) -> dict[str, NDArray[Any]]:
    here, there = common(voyages, other)
    voyages = {name: voyages[name][here] for name in _COMPARED}
    other = {name: other[name][there] for name in _COMPARED}
    rows = np.flatnonzero(fares_otherwise(voyages, other))
    kept = {name: voyages[name][rows] for name in _KEPT}
    return {
        **kept,
        "silenced": np.full(len(rows), voice.kind, dtype=object),
        "name": np.full(len(rows), voice.name, dtype=object),
        "outcome": voyages["outcome"][rows],
        "outcome_without": other["outcome"][rows],
        "ended_s": voyages["ended_s"][rows],
        "ended_without_s": other["ended_s"][rows],
        "persons_dead": voyages["persons_dead"][rows],
        "persons_dead_without": other["persons_dead"][rows],
    }


def decisive_kpis(tables: Tables, paired: Iterable[Voice]) -> dict[str, float]:
    """Count what the reports of each force changed that a paired run was made for.

    Returns
    -------
    dict of str to float
        For each force the decisive boats, the persons in them, the deaths averted (below 0: more died), the
        boats that it reported in time but that fare alike without, and the boats by change of outcome.
    """
    numbers: dict[str, float] = {}
    for voice in paired:
        if voice.kind == "force":
            numbers |= _of_force(tables, voice.name)
    return numbers


def _of_force(tables: Tables, force: str) -> dict[str, float]:
    table, handoffs = tables["decisive"], tables["handoffs"]
    rows = np.flatnonzero((table["silenced"] == "force") & (table["name"] == force))
    of_boats = (handoffs["owner"] == force) & (handoffs["voyage"] != "")
    told = np.flatnonzero(of_boats & np.asarray(handoffs["timely"], np.bool_))
    averted = table["persons_dead_without"][rows] - table["persons_dead"][rows]
    changes = Counter(zip(table["outcome_without"][rows], table["outcome"][rows], strict=True))
    return {
        f"boats_decisive_{force}": float(len(rows)),
        f"persons_decisive_{force}": float(table["persons"][rows].sum()),
        f"deaths_averted_{force}": float(averted.sum()),
        f"boats_alike_{force}": float(len(_boats(handoffs, told) - _boats(table, rows))),
        **{
            f"boats_changed_{force}_from_{before}_to_{after}": float(count)
            for (before, after), count in sorted(changes.items())
        },
    }


def _boats(table: Columns, rows: NDArray[np.intp]) -> set[tuple[Any, Any]]:
    return set(zip(table["voyage"][rows], table["copy"][rows], strict=True))
