"""A check of queueing theory: the wait at a desk."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import MINUTE_S
from aegean_sim.study.check import Check, error_of
from aegean_sim.study.open_sea import definite_range, sail, searcher

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray

_PER_H, _OFFICERS, _HANDLING_MIN = 5.4, 3, 20.0
_REPORTS, _WARM_UP, _BATCHES = 8_000, 500, 40


def desk_wait() -> Check:
    """Queue a Poisson stream of reports at a desk of three officers."""
    waits_min = _waits_min()
    means = waits_min[: len(waits_min) // _BATCHES * _BATCHES].reshape(_BATCHES, -1).mean(axis=1)
    return Check(
        "desk-wait",
        "mean wait at a desk of three officers, M/M/3",
        "min",
        "Erlang 1917: C / (c mu - lambda)",
        _erlang_wait_min(_PER_H / 60.0),
        float(means.mean()),
        error_of(means),
    )


def _waits_min() -> FloatArray:
    """Give the waits in the order of arrival, once the queue is steady."""
    flow = {
        "id": "flow",
        "theatre": "lab",
        "rate_per_day": 24.0 * _PER_H,
        "origin": [[-1, 0], [1, 0]],
        "destination": [[-1, 1], [1, 1]],
        "speed_kn": [5, 9],
    }
    handling_min = {"exponential": _HANDLING_MIN}
    desk = {"id": "desk", "officers": _OFFICERS, "handling_min": handling_min, "hears": ["post"]}
    post = searcher("post", {"kind": "station", "at": [0, 0]}, definite_range(5.0), owner="post")
    rows = sail(_REPORTS / _PER_H, [post], flows=[flow], handoffs={"desks": [desk]})["handoffs"]
    order = np.argsort(rows["arrived_s"], kind="stable")
    waits_min = np.asarray((rows["taken_up_s"] - rows["arrived_s"])[order] / MINUTE_S, dtype=np.float64)
    return waits_min[np.isfinite(waits_min)][_WARM_UP:]


def _erlang_wait_min(per_min: float) -> float:
    load = per_min * _HANDLING_MIN
    full = load**_OFFICERS / math.factorial(_OFFICERS) * _OFFICERS / (_OFFICERS - load)
    chance = full / (sum(load**k / math.factorial(k) for k in range(_OFFICERS)) + full)
    return chance * _HANDLING_MIN / (_OFFICERS - load)
