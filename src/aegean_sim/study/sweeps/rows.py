"""What came of runs as rows, in the order of their runs, whatever order they ended in."""

from __future__ import annotations

import math
import socket
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from aegean_sim.recording import arrow
from aegean_sim.study.sweeps.layout import FAILURES, REPLICATIONS, TIMINGS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from aegean_sim.study.sweeps.runs import Done, Failed, Run

_TEXTS_OF_FAILURES = ("status", "error", "message", "traceback", "command")
_KEY_FIELDS = [("cell", pa.string()), ("replication", pa.int64())]
NO_ROWS = {
    REPLICATIONS: pa.schema(_KEY_FIELDS).empty_table(),
    FAILURES: pa.schema([*_KEY_FIELDS, *((name, pa.string()) for name in _TEXTS_OF_FAILURES)]).empty_table(),
    TIMINGS: pa.schema(
        [*_KEY_FIELDS, ("cpu_s", pa.float64()), ("host", pa.string()), ("session", pa.string())]
    ).empty_table(),
}
"""The columns that each table has at least, and their kinds."""


def replication_rows(done: Sequence[Done], columns: Iterable[str]) -> pa.Table:
    """Give a row for each run with its numbers; what a run does not have, or is not a number, is empty."""
    done = sorted(done, key=_run)
    numbers = {
        name: arrow.numbers(np.array([each.numbers.get(name, math.nan) for each in done], dtype=np.float64))
        for name in sorted(columns)
    }
    return pa.table({**_keys(done), **numbers})


def failure_rows(failed: Sequence[Failed]) -> pa.Table:
    """Give a row for each run that did not end well."""
    failed = sorted(failed, key=_run)
    told = {name: arrow.texts([getattr(each, name) for each in failed]) for name in _TEXTS_OF_FAILURES}
    return pa.table({**_keys(failed), **told})


def timing_rows(results: Iterable[Done | Failed], session: str) -> pa.Table:
    """Give a row for each run with what differs when it is repeated: what it took, and where."""
    ordered = sorted(results, key=_run)
    took = {
        "cpu_s": arrow.numbers(np.array([each.cpu_s for each in ordered], dtype=np.float64)),
        "host": arrow.texts([socket.gethostname()] * len(ordered)),
        "session": arrow.texts([session] * len(ordered)),
    }
    return pa.table({**_keys(ordered), **took})


def _run(result: Done | Failed) -> Run:
    return result.run


def _keys(results: Sequence[Done | Failed]) -> dict[str, pa.Array]:
    return {
        "cell": arrow.texts([each.run.cell for each in results]),
        "replication": arrow.wholes(np.array([each.run.replication for each in results], dtype=np.int64)),
    }
