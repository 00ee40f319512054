"""What is where in a sweep folder, and files that are whole or not there, whatever is killed when."""

from __future__ import annotations

import os
from secrets import token_hex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = "sweep.json"
CELLS = "cells.parquet"
REPLICATIONS = "replications"
FAILURES = "failures"
TIMINGS = "timings"
TABLES = (TIMINGS, FAILURES, REPLICATIONS)
"""In the order they are written: a run counts from the moment its last row is there."""
LEDGER = "ledger"
SESSIONS = "sessions"
QUARANTINE = "quarantine"
TEMPORARIES = ".tmp"
COMPACTION = "compaction.json"
LOCK = "lock"
OPENING = "lock-opening"
_FOLDERS = (*TABLES, LEDGER, SESSIONS, QUARANTINE, TEMPORARIES)


def make_folders(folder: Path) -> None:
    """Make what a sweep folder holds."""
    for name in _FOLDERS:
        (folder / name).mkdir(exist_ok=True)
    sync_folder(folder)


def write_whole(folder: Path, path: Path, content: bytes) -> None:
    """Put a file into a sweep folder, over an older one: after this it outlives a power cut.

    Raises
    ------
    OSError
        When the disk is full or will not have it; then nothing has changed.
    """
    temporary = folder / TEMPORARIES / f"{os.getpid()}-{token_hex(8)}"
    try:
        with temporary.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Have the disk keep which files a folder holds."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
