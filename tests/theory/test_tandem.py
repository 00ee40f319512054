"""Two desks in a row: what leaves a queue with one kind of officer is a Poisson stream again (Burke)."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.theory.laboratory import assert_mean, assert_uniform, laboratory, sail, still, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

PER_H = 7.2
HOURS = 1700.0
FIRST_MIN, SECOND_MIN, OFFICERS = 6.0, 14.0, 2
BATCHES = 40


@cache
def in_a_row() -> dict[str, dict[str, NDArray[Any]]]:
    """Let a Poisson stream of boats be reported to one desk, which tells a second one at once."""
    watcher = unit("ship", still((0, 0)), {"law": "definite_range", "range_nm": 5.0}, owner="force")
    flow = {
        "id": "flow",
        "theatre": "lab",
        "rate_per_day": 24.0 * PER_H,
        "origin": [[-1, 0], [1, 0]],
        "destination": [[-1, 1], [1, 1]],
        "speed_kn": [5, 9],
    }
    handoffs = {
        "desks": [
            {"id": "first", "handling_min": {"exponential": FIRST_MIN}, "hears": ["force"]},
            {"id": "second", "officers": OFFICERS, "handling_min": {"exponential": SECOND_MIN}},
        ],
        "links": [{"sender": "first", "receiver": "second", "latency_min": 0}],
        "sharing": [{"sender": "first", "receivers": ["second"]}],
    }
    rows = sail(laboratory(HOURS, [watcher], flows=[flow], handoffs=handoffs))["handoffs"]
    steady = np.isfinite(rows["decided_s"]) & (rows["report"] >= 500)
    return {
        name: {column: values[steady & (rows["receiver"] == name)] for column, values in rows.items()}
        for name in ("first", "second")
    }


def test_what_leaves_the_first_desk_is_a_poisson_stream() -> None:
    gaps_h = np.diff(np.sort(in_a_row()["second"]["arrived_s"])) / 3600.0
    assert_uniform(-np.expm1(-PER_H * gaps_h))


def test_the_second_desk_waits_as_if_it_stood_alone() -> None:
    rows = in_a_row()["second"]
    waits = ((rows["taken_up_s"] - rows["arrived_s"]) / 60.0)[np.argsort(rows["arrived_s"])]
    whole = len(waits) // BATCHES * BATCHES
    means = waits[:whole].reshape(BATCHES, -1).mean(axis=1)
    load = PER_H * SECOND_MIN / 60.0
    full = load**OFFICERS / math.factorial(OFFICERS) * OFFICERS / (OFFICERS - load)
    chance = full / (sum(load**k / math.factorial(k) for k in range(OFFICERS)) + full)
    wait_min = chance * SECOND_MIN / (OFFICERS - load)
    assert_mean(float(means.mean()), float(means.std(ddof=1)) / math.sqrt(BATCHES), wait_min)
