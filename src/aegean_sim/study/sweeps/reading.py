"""Reading a sweep folder back, also while a driver writes in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from aegean_sim.study.sweeps.folder import read_cells, read_sweep_manifest
from aegean_sim.study.sweeps.layout import FAILURES, REPLICATIONS, TIMINGS
from aegean_sim.study.sweeps.merging import merged

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from aegean_sim.study.sweeps.folder import SweepManifest


@dataclass(frozen=True, slots=True)
class SweepData:
    """What a sweep has so far.

    Parameters
    ----------
    cells : DataFrame
        One row a cell, by number: ``cell``, ``number``, and what is varied.
    replications : DataFrame
        One row a run that ended well, by replication and number of the cell: ``cell``, ``replication``, its
        numbers; NaN where a run does not have one.
    failures, timings : DataFrame
        Of runs that failed, and of all; in the same order.
    """

    manifest: SweepManifest
    cells: pd.DataFrame
    replications: pd.DataFrame
    failures: pd.DataFrame
    timings: pd.DataFrame

    def with_cells(self) -> pd.DataFrame:
        """Give the replications, each with what is known of its cell before its numbers."""
        places = self.cells.set_index("cell").index.get_indexer(pd.Index(self.replications["cell"]))
        known = self.cells.drop(columns="cell").take(places).reset_index(drop=True)
        wide: pd.DataFrame = known.join(self.replications)
        key = ["cell", "replication"]
        return wide[[*key, *known.columns, *self.replications.columns.drop(key)]]


def read_sweep(folder: Path, wanted: Callable[[str], bool] = lambda _name: True) -> SweepData:
    """Read a sweep folder, every checksum verified, every run once.

    Parameters
    ----------
    folder : Path
    wanted : callable, optional
        Tells by its name whether a number of the replications is read.

    Raises
    ------
    StoreError
        When it is not a sweep folder, or something in it is broken.
    """
    manifest, cells = read_sweep_manifest(folder), read_cells(folder)
    tables = merged(folder, cells, wanted)
    return SweepData(
        manifest,
        cells.to_pandas(),
        tables[REPLICATIONS].to_pandas(),
        tables[FAILURES].to_pandas(),
        tables[TIMINGS].to_pandas(),
    )


def read_failures(folder: Path) -> pd.DataFrame:
    """Read the runs that failed and have not been made since, as `read_sweep` does."""
    return read_sweep(folder).failures
