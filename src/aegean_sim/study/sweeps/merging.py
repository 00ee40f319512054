"""All parts of a table as one: each run once, by replication and cell."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa
from pyarrow import compute

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps.layout import FAILURES, REPLICATIONS, TIMINGS
from aegean_sim.study.sweeps.parts import KEY, part_files, read_part, steadily
from aegean_sim.study.sweeps.rows import NO_ROWS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aegean_sim.quantities import BoolArray, IntArray


def merged(
    folder: Path, cells: pa.Table, wanted: Callable[[str], bool] = lambda _name: True
) -> dict[str, pa.Table]:
    """Read all tables of a sweep, sorted by replication and number of the cell.

    Of a run that is there twice one row is given. Failures are those of runs that have not ended well since;
    timings those of runs that are there, of two the later.

    Parameters
    ----------
    cells : pa.Table
        Those of the sweep, in the order of their numbers.
    wanted : callable, optional
        Tells by its name whether a number of the replications is read.

    Raises
    ------
    StoreError
        When a part is torn or changed, or holds runs of no cell of this sweep.
    """
    replications = rows_of(folder, REPLICATIONS, wanted)
    failures, timings = rows_of(folder, FAILURES), rows_of(folder, TIMINGS)
    timings = timings.sort_by([("session", "descending")])
    done, failed, timed = (keys_of(table, cells, folder) for table in (replications, failures, timings))
    failed_only = ~np.isin(failed, done)
    return {
        REPLICATIONS: _once(replications, done),
        FAILURES: _once(failures, failed, among=failed_only),
        TIMINGS: _once(timings, timed, among=np.isin(timed, np.concatenate([done, failed]))),
    }


def rows_of(folder: Path, name: str, wanted: Callable[[str], bool] = lambda _name: True) -> pa.Table:
    """Read all parts of a table as they are, their numbers in the order of the alphabet.

    Raises
    ------
    StoreError
        When a part is torn or changed.
    """
    with ThreadPoolExecutor() as threads:
        parts = steadily(
            lambda: list(threads.map(partial(read_part, wanted=wanted), part_files(folder, name)))
        )
    rows = pa.concat_tables([NO_ROWS[name], *parts], promote_options="default")
    fixed = NO_ROWS[name].column_names
    return rows.select([*fixed, *sorted(set(rows.column_names) - set(fixed))])


def keys_of(table: pa.Table, cells: pa.Table, where: Path) -> IntArray:
    """Give whole numbers that sort rows by replication and number of the cell.

    Raises
    ------
    StoreError
        When a row is of no cell of this sweep.
    """
    place = compute.index_in(table["cell"], value_set=cells["cell"].combine_chunks())
    if place.null_count:
        strange = table["cell"].filter(compute.is_null(place))[0]
        raise StoreError(f"{where} holds runs of cell {strange}, which is not one of its sweep")
    keys: IntArray = table[KEY[1]].to_numpy() * len(cells) + place.to_numpy()
    return keys


def _once(table: pa.Table, keys: IntArray, among: BoolArray | None = None) -> pa.Table:
    """Sort rows by their keys and keep the first of each key, of those ``among`` points at."""
    rows = np.arange(len(keys)) if among is None else np.flatnonzero(among)
    _, first = np.unique(keys[rows], return_index=True)
    wanted = rows[first]
    if np.array_equal(wanted, np.arange(len(keys))):
        return table
    return table.combine_chunks().take(pa.array(wanted))
