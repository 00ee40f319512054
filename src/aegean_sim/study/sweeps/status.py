"""What a sweep folder has, in numbers, also while a driver writes in it."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.study.sweeps.folder import read_cells, read_sweep_manifest
from aegean_sim.study.sweeps.layout import FAILURES, QUARANTINE, SESSIONS, TABLES
from aegean_sim.study.sweeps.locking import writers
from aegean_sim.study.sweeps.merging import rows_of
from aegean_sim.study.sweeps.parts import part_files, steadily
from aegean_sim.study.sweeps.runs import Run
from aegean_sim.study.sweeps.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from aegean_sim.study.sweeps.folder import SweepManifest


@dataclass(frozen=True, slots=True)
class SweepStatus:
    """Numbers of a sweep folder.

    Parameters
    ----------
    done, failed : int
        Runs that ended well, and that did not.
    least, most : int
        Of all cells, the fewest and the most replications that ended well.
    errors : mapping of str to int
        Failed runs by their error.
    parts, bytes : int
        Files of all tables.
    set_aside : int
        Parts in quarantine.
    sessions : int
        Times it was begun or went on.
    writers : tuple of str
        Who writes in it now.
    """

    manifest: SweepManifest
    cells: int
    done: int
    failed: int
    least: int
    most: int
    errors: Mapping[str, int]
    parts: int
    bytes: int
    set_aside: int
    sessions: int
    writers: tuple[str, ...]


def status_of(folder: Path) -> SweepStatus:
    """Count what is in a sweep folder; torn and changed parts do not count.

    Raises
    ------
    StoreError
        When it is not a sweep folder, or its cells or failures are broken.
    """
    manifest, cells = read_sweep_manifest(folder), read_cells(folder)["cell"].to_pylist()
    runs = scan(folder)
    of_cell = Counter(run.cell for run in runs.done)
    counts = [of_cell[cell] for cell in cells]
    sizes = steadily(lambda: [path.stat().st_size for name in TABLES for path in part_files(folder, name)])
    return SweepStatus(
        manifest=manifest,
        cells=len(cells),
        done=len(runs.done),
        failed=len(runs.failed),
        least=min(counts, default=0),
        most=max(counts, default=0),
        errors=_errors(folder, runs.failed),
        parts=len(sizes),
        bytes=sum(sizes),
        set_aside=_count(folder / QUARANTINE),
        sessions=_count(folder / SESSIONS),
        writers=tuple(writers(folder)),
    )


def _errors(folder: Path, failed: set[Run]) -> dict[str, int]:
    rows = rows_of(folder, FAILURES).select(["cell", "replication", "error"]).to_pylist()
    error_of = {Run(row["cell"], row["replication"]): row["error"] for row in rows}
    return dict(Counter(error_of[run] for run in failed).most_common())


def _count(folder: Path) -> int:
    return sum(1 for _ in folder.glob("*")) if folder.is_dir() else 0
