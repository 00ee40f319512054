"""Result folders: written from made-up records, and what is in them."""

from collections.abc import Callable
from pathlib import Path

from aegean_sim.recording.record import RunRecord
from aegean_sim.recording.store import write_run

Make = Callable[..., RunRecord]


def written(record: RunRecord, folder: Path, *, overwrite: bool = False) -> Path:
    return write_run(record, folder, inputs=Path(), overwrite=overwrite)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
