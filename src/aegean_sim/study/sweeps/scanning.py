"""What runs a sweep folder has, and whether its parts are sound."""

from __future__ import annotations

import sys
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.study.sweeps import ledger
from aegean_sim.study.sweeps.layout import FAILURES, REPLICATIONS, TABLES
from aegean_sim.study.sweeps.parts import (
    BrokenPartError,
    Part,
    check_part,
    described,
    part_files,
    read_keys,
    steadily,
)
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
    return steadily(lambda: _scan(folder))


def _scan(folder: Path) -> Runs:
    found = Runs()
    for keys, columns in _sound(folder, REPLICATIONS):
        found.done.update(_runs(keys))
        found.columns.update(columns)
    for keys, _ in _sound(folder, FAILURES):
        found.failed.update(_runs(keys))
    found.failed -= found.done
    return found


def examine(folder: Path) -> tuple[set[Part], list[Path], set[Part]]:
    """Look at every part of a folder, and whether the ledger says the same.

    Returns
    -------
    sound : set of Part
    broken : list of Path
        Files that are torn or changed.
    missing : set of Part
        Those that the ledger has, and the folder has not, sound or broken.
    """
    known = {part.path(folder): part for part in ledger.entered(folder)}
    sound, broken = set(), []
    for path in [path for name in TABLES for path in part_files(folder, name)]:
        try:
            check_part(path)
            sound.add(known.pop(path) if path in known else described(path))
        except BrokenPartError:
            broken.append(path)
            known.pop(path, None)
    return sound, broken, set(known.values())


def _sound(folder: Path, name: str) -> Iterator[tuple[pa.Table, list[str]]]:
    for path in part_files(folder, name):
        with suppress(BrokenPartError):
            yield read_keys(path)


def _runs(keys: pa.Table) -> Iterator[Run]:
    cells = keys["cell"].combine_chunks().dictionary_encode()
    names = [sys.intern(name) for name in cells.dictionary.to_pylist()]
    return map(Run, map(names.__getitem__, cells.indices.to_pylist()), keys["replication"].to_pylist())
