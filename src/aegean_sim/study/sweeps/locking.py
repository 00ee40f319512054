"""Who may write in a sweep folder: one driver of all of it, or one of each shard."""

from __future__ import annotations

import fcntl
import json
import os
import socket
import time
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps.layout import LOCK, OPENING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path
    from typing import IO

    from aegean_sim.study.sweeps.runs import Shard

_SHARDS = "lock-*-of-*"
_PATIENCE_S = 0.5
_PAUSE_S = 0.05


@contextmanager
def opening(folder: Path) -> Iterator[None]:
    """Wait for whoever is about to open, create or widen this folder."""
    with _locked(folder / OPENING, fcntl.LOCK_EX):
        yield


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Tell whether nobody writes here, and let nobody begin within the block if so."""
    with ExitStack() as held:
        try:
            held.enter_context(_locked(folder / LOCK, fcntl.LOCK_EX | fcntl.LOCK_NB))
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def claimed(folder: Path, shard: Shard | None = None) -> Iterator[None]:
    """Be the one who writes in this folder, or in one shard of it, within the block.

    Raises
    ------
    StoreError
        When somebody else is; who is told.
    """
    how = fcntl.LOCK_EX if shard is None else fcntl.LOCK_SH
    with ExitStack() as held:
        try:
            whole = held.enter_context(_patiently(folder / LOCK, how))
            if shard is None:
                _sign(whole)
            else:
                _check_counts(folder, shard)
                _sign(held.enter_context(_patiently(folder / f"{LOCK}-{shard}", fcntl.LOCK_EX)))
        except BlockingIOError as error:
            raise StoreError(_refusal(folder)) from error
        yield


def writers(folder: Path) -> list[str]:
    """Tell who writes in a folder now: process, host, and since when."""
    locks = [folder / LOCK, *sorted(folder.glob(_SHARDS))]
    return [_signature(lock) for lock in locks if _is_held(lock)]


@contextmanager
def _locked(path: Path, how: int) -> Iterator[IO[str]]:
    with path.open("a+", encoding="utf-8") as file:
        fcntl.flock(file, how)
        yield file


@contextmanager
def _patiently(path: Path, how: int) -> Iterator[IO[str]]:
    """Lock, trying for a moment: one who only looks whether it is locked holds it for less."""
    with path.open("a+", encoding="utf-8") as file:
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                fcntl.flock(file, how | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise
            time.sleep(_PAUSE_S)
        yield file


def _is_held(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except FileNotFoundError:
        return False
    return False


def _sign(file: IO[str]) -> None:
    said = {
        "process": os.getpid(),
        "host": socket.gethostname(),
        "since_utc": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    file.truncate(0)
    file.write(json.dumps(said))
    file.flush()


def _signature(path: Path) -> str:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
        who = f"process {said['process']} on {said['host']} since {said['since_utc']}"
    except (OSError, ValueError, KeyError, TypeError):
        who = "a process that has not said its name yet"
    part = path.name.removeprefix(LOCK).removeprefix("-").replace("-of-", "/")
    return f"{who}, shard {part}" if part else who


def _check_counts(folder: Path, shard: Shard) -> None:
    for lock in sorted(folder.glob(_SHARDS)):
        if not lock.name.endswith(f"-of-{shard.of}") and _is_held(lock):
            raise StoreError(
                f"{folder} is being written in other shards than {shard.number}/{shard.of}, by"
                f" {_signature(lock)}: cut it into as many, or wait until that has ended"
            )


def _refusal(folder: Path) -> str:
    told = "; ".join(writers(folder)) or "another process"
    return f"{folder} is being written already, by {told}: wait until that has ended, or stop it"
