"""Sessions: each time a sweep is begun or goes on, noted in its folder."""

from __future__ import annotations

import json
import os
import shlex
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from secrets import token_hex
from typing import TYPE_CHECKING

from aegean_sim.study.sweeps.layout import SESSIONS, write_whole

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(slots=True)
class Session:
    """One of them; without an end it is under way, or was killed.

    Parameters
    ----------
    id : str
        Its time of beginning and a few digits: sorted by it, sessions are in their order.
    done, failed : int
        Runs that it has added.
    """

    id: str
    command: str
    host: str
    process: int
    shard: str
    workers: int
    started_utc: str
    ended_utc: str = ""
    done: int = 0
    failed: int = 0

    def write(self, folder: Path) -> None:
        """Note it in a sweep folder."""
        text = json.dumps(asdict(self), indent=2, ensure_ascii=False) + "\n"
        write_whole(folder, folder / SESSIONS / f"{self.id}.json", text.encode())


def begun(workers: int, shard: object) -> Session:
    """Give a session that begins now, of the command that this process was started with."""
    now = datetime.now(UTC)
    return Session(
        id=f"{now:%Y%m%dT%H%M%S%f}Z-{token_hex(3)}",
        command=shlex.join(sys.argv),
        host=socket.gethostname(),
        process=os.getpid(),
        shard=str(shard or ""),
        workers=workers,
        started_utc=now.isoformat(timespec="seconds"),
    )
