"""What runs a sweep folder has, and whether its parts are sound."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.study.sweeps.layout import FAILURES, REPLICATIONS, TABLES
from aegean_sim.study.sweeps.parts import KEY, BrokenPartError, Part, columns_of, part_files, read_part
from aegean_sim.study.sweeps.runs import Run

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa


@dataclass(slots=True)
class Runs:
    """The runs in a sweep folder, and the names of their numbers.

    Parameters
    ----------
    done, failed : set of Run
        A run that failed and later ended well is done.
    """

    done: set[Run] = field(default_factory=set)
    failed: set[Run] = field(default_factory=set)
    columns: set[str] = field(default_factory=set)


def scan(folder: Path) -> Runs:
    """Look which runs are there, in sound parts."""
    found = Runs()
    for path, keys in _sound(folder, REPLICATIONS):
        found.done.update(_runs(keys))
        found.columns.update(columns_of(path))
    for _, keys in _sound(folder, FAILURES):
        found.failed.update(_runs(keys))
    found.failed -= found.done
    return found


def examine(folder: Path) -> tuple[list[Part], list[Path]]:
    """Give the parts that are sound, and the files of those that are torn or changed."""
    sound, broken = [], []
    for name in TABLES:
        for path in part_files(folder, name):
            try:
                rows = read_part(path, KEY).num_rows
            except BrokenPartError:
                broken.append(path)
            else:
                sound.append(Part(name, path.name, rows, path.stat().st_size))
    return sound, broken


def _sound(folder: Path, name: str) -> Iterator[tuple[Path, pa.Table]]:
    for path in part_files(folder, name):
        try:
            yield path, read_part(path, KEY)
        except BrokenPartError:
            continue


def _runs(keys: pa.Table) -> Iterator[Run]:
    cells = keys["cell"].combine_chunks().dictionary_encode()
    names = [sys.intern(name) for name in cells.dictionary.to_pylist()]
    return map(Run, map(names.__getitem__, cells.indices.to_pylist()), keys["replication"].to_pylist())
