"""Whether everything in a sweep folder is as it was written; nothing is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from aegean_sim.study.sweeps.folder import read_cells, read_sweep_manifest
from aegean_sim.study.sweeps.layout import REPLICATIONS, TABLES
from aegean_sim.study.sweeps.merging import keys_of, rows_of
from aegean_sim.study.sweeps.parts import HEADER, part_files
from aegean_sim.study.sweeps.scanning import examine

if TYPE_CHECKING:
    from pathlib import Path


def verify(folder: Path) -> list[str]:
    """Give what is wrong in a sweep folder; nothing where all is well.

    Every checksum is compared, the ledger with what is there, and rows of runs that are there twice with
    each other: they must have the same numbers.

    Raises
    ------
    StoreError
        When it is not a sweep folder, or its cells are broken.
    """
    read_sweep_manifest(folder)
    cells = read_cells(folder)
    _, broken, missing = examine(folder)
    return [
        *(f"{path} is torn, or was changed" for path in broken),
        *(f"{part.path(folder)} is gone, with {part.rows} rows" for part in sorted(missing)),
        *(f"{path} is not of this sweep, but other programs will read it" for path in _strangers(folder)),
        *([] if broken else _contradictions(folder, cells)),
    ]


def _strangers(folder: Path) -> list[Path]:
    files = {path for name in TABLES for path in (folder / name).iterdir()}
    ours = {path for name in TABLES for path in part_files(folder, name)}
    return sorted(files - ours - {folder / REPLICATIONS / HEADER})


def _contradictions(folder: Path, cells: pa.Table) -> list[str]:
    rows = rows_of(folder, REPLICATIONS)
    keys = keys_of(rows, cells, folder)
    order = np.argsort(keys, kind="stable")
    second = np.flatnonzero(keys[order][1:] == keys[order][:-1]) + 1
    pairs = (rows.take(pa.array(order[places])).to_pylist() for places in (second - 1, second))
    return [
        f"run {one['replication']} of cell {one['cell']} is there twice, with different numbers"
        for one, other in zip(*pairs, strict=True)
        if one != other
    ]
