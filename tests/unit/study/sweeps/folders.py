"""Sweeps that are small and made up, and what is in their folders."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from aegean_sim.study.sweeps.folder import SweepManifest
from aegean_sim.study.sweeps.runs import Done, Failed, Run
from aegean_sim.study.sweeps.store import SweepStore, open_sweep

CELLS = tuple(f"{7919 * (number + 1):012x}" for number in range(5))
MANIFEST = SweepManifest({"seed": 1, "vary": {"fleet.ships": "grid"}}, {"text": "a study"})


def cells(count: int = len(CELLS)) -> pa.Table:
    return pa.table(
        {"cell": CELLS[:count], "number": list(range(count)), "fleet.ships": [2 * n for n in range(count)]}
    )


def done(cell: int, replication: int) -> Done:
    """A run whose numbers follow from which it is; only every third cell has the last of them."""
    numbers = {"deaths": float(10 * replication + cell), "delay_h": 1 / (1 + cell + replication)}
    if cell % 3 == 2:
        numbers["in_vain_dark"] = float(replication)
    return Done(Run(CELLS[cell], replication), numbers, cpu_s=0.25)


def failed(cell: int, replication: int, error: str = "ValueError") -> Failed:
    return Failed(
        Run(CELLS[cell], replication),
        "failed",
        error,
        "no such coast",
        "Traceback ...",
        "aegean-sim run",
        0.5,
    )


def all_done(replications: Iterable[int] = range(4)) -> list[Done]:
    return [done(cell, replication) for replication in replications for cell in range(len(CELLS))]


@contextmanager
def opened(folder: Path, **asked: Any) -> Iterator[SweepStore]:
    with open_sweep(folder, asked.pop("manifest", MANIFEST), asked.pop("cells", cells()), **asked) as store:
        yield store


def filled(folder: Path, *batches: list[Any]) -> Path:
    with opened(folder) as store:
        for batch in batches:
            store.add(batch)
    return folder


def parts(folder: Path, table: str = "replications") -> list[Path]:
    return sorted((folder / table).glob("part-*.parquet"))


def flip(path: Path, at: float) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[int(at * (len(content) - 1))] ^= 1
    path.write_bytes(content)
