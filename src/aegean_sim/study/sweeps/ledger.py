"""The ledger: one line for each committed part, so that a part that has vanished is missed.

It is no more than that: lines that are torn or lost are written anew from the parts.
"""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING

from aegean_sim.study.sweeps.layout import LEDGER, sync_folder, write_whole
from aegean_sim.study.sweeps.parts import Part

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path
    from typing import IO

WHOLE = "whole"


def enter(folder: Path, writer: str, parts: Iterable[Part]) -> None:
    """Add lines to the ledger of a writer; they outlive a power cut."""
    path = _path(folder, writer)
    is_new = not path.exists()
    with path.open("ab+") as file:
        file.write((b"" if _ends_well(file) else b"\n") + _text(parts))
        file.flush()
        os.fsync(file.fileno())
    if is_new:
        sync_folder(path.parent)


def entered(folder: Path) -> set[Part]:
    """Read what all writers have entered; torn lines are passed over."""
    lines = (line for path in _ledgers(folder) for line in path.read_bytes().splitlines())
    return {part for part in map(_part, lines) if part is not None}


def rebuild(folder: Path, parts: Iterable[Part]) -> None:
    """Write one ledger of these parts in place of all."""
    whole = _path(folder, WHOLE)
    write_whole(folder, whole, _text(sorted(parts)))
    for path in _ledgers(folder):
        if path != whole:
            path.unlink()


def _path(folder: Path, writer: str) -> Path:
    return folder / LEDGER / f"{writer}.jsonl"


def _ledgers(folder: Path) -> list[Path]:
    return sorted((folder / LEDGER).glob("*.jsonl"))


def _ends_well(file: IO[bytes]) -> bool:
    if not file.seek(0, os.SEEK_END):
        return True
    file.seek(-1, os.SEEK_END)
    return file.read(1) == b"\n"


def _text(parts: Iterable[Part]) -> bytes:
    return b"".join(json.dumps(part._asdict()).encode() + b"\n" for part in parts)


def _part(line: bytes) -> Part | None:
    try:
        return Part(**json.loads(line))
    except (ValueError, TypeError):
        return None
