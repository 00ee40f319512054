"""Runs of a sweep: which cell and replication, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping


Status: TypeAlias = Literal["failed", "crashed", "timeout"]


class Run(NamedTuple):
    """One replication of one cell."""

    cell: str
    replication: int


@dataclass(frozen=True, slots=True)
class Done:
    """A run that ended well.

    Parameters
    ----------
    numbers : mapping of str to float
        Its key figures, as `aegean_sim.recording.kpis` names them.
    cpu_s : float
        What it took.
    """

    run: Run
    numbers: Mapping[str, float]
    cpu_s: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that did not.

    Parameters
    ----------
    status : str
        ``failed``: it raised an error; ``crashed``: its process died, twice and alone; ``timeout``: it took
        too long.
    command : str
        Repeats exactly this run.
    """

    run: Run
    status: Status
    error: str
    message: str
    traceback: str
    command: str
    cpu_s: float


class Shard(NamedTuple):
    """One of equal shares of a sweep, each driven on its own: the third of forty is ``Shard(3, 40)``."""

    number: int
    of: int

    def __str__(self) -> str:
        return f"{self.number}-of-{self.of}"
