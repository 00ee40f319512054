"""How loaded links, desks and responders were in one run, from its tables."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.quantities import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.recording.kpis import Columns, Tables
    from aegean_sim.scenario.model import Scenario


def load_kpis(tables: Tables, scenario: Scenario) -> dict[str, float]:
    """Tell where messages lost time, and how busy desks and responders were.

    Parameters are those of `aegean_sim.recording.kpis.kpis`; all desks, and all owners of units that may
    intercept, have their columns.

    Returns
    -------
    dict of str to float
        ``hop_*_min``: mean time of a message from desk to desk, in a queue, and in an officer's hands, of
        those that came to its end. ``desk_busy_share_*``: officers at work to officers on shift, over time;
        above 1 where they work on after their shift. ``desk_wait_min_*``: mean wait of messages taken up.
        ``desk_longest_queue_*``: most messages waiting at a time. ``desk_refused_*``: messages refused and
        not passed on. ``desk_no_unit_*``: messages for which the desk had no unit free.
        ``units_busy_share_*``: share of the time from an order to its end, the way back not counted, in the
        time in service of units that may intercept.
    """
    return {
        **_hops(tables["handoffs"]),
        **_desks(tables["desks"], [desk.id for desk in scenario.handoffs.desks]),
        **_units(tables["responses"], scenario),
    }


def _hops(handoffs: Columns) -> dict[str, float]:
    names = ("sent_s", "arrived_s", "taken_up_s", "decided_s")
    sent_s, arrived_s, taken_up_s, decided_s = (_floats(handoffs[name]) for name in names)
    from_desk = np.asarray(handoffs["hop"]) > 0
    return {
        "hop_link_min": _mean_min((arrived_s - sent_s)[from_desk]),
        "hop_wait_min": _mean_min(taken_up_s - arrived_s),
        "hop_handling_min": _mean_min(decided_s - taken_up_s),
    }


def _desks(desks: Columns, names: list[str]) -> dict[str, float]:
    here = {name: np.asarray(desks["desk"]) == name for name in names}
    lasts_s = _floats(desks["end_s"]) - _floats(desks["start_s"])
    busy, officers = (lasts_s * _floats(desks[name]) for name in ("busy_mean", "officers_mean"))
    taken_up, queue = _floats(desks["taken_up"]), _floats(desks["waiting_max"])
    waited_min = np.where(taken_up > 0.0, taken_up * _floats(desks["wait_mean_min"]), 0.0)
    refused, no_unit = _floats(desks["refused"]), _floats(desks["no_unit"])
    return {
        **{f"desk_busy_share_{name}": _ratio(busy, officers, rows) for name, rows in here.items()},
        **{f"desk_wait_min_{name}": _ratio(waited_min, taken_up, rows) for name, rows in here.items()},
        **{f"desk_longest_queue_{name}": float(queue[rows].max(initial=0.0)) for name, rows in here.items()},
        **{f"desk_refused_{name}": float(refused[rows].sum()) for name, rows in here.items()},
        **{f"desk_no_unit_{name}": float(no_unit[rows].sum()) for name, rows in here.items()},
    }


def _units(responses: Columns, scenario: Scenario) -> dict[str, float]:
    unit, tasked_s = np.asarray(responses["unit"]), _floats(responses["tasked_s"])
    out_s = np.fmin(_floats(responses["done_s"]), scenario.duration_s) - tasked_s
    able: dict[str, dict[str, float]] = {}
    for name, owner, there_s in _interceptors(scenario):
        able.setdefault(owner, {})[name] = there_s
    return {
        f"units_busy_share_{owner}": float(out_s[np.isin(unit, list(there_s))].sum()) / sum(there_s.values())
        for owner, there_s in sorted(able.items())
    }


def _interceptors(scenario: Scenario) -> Iterator[tuple[str, str, float]]:
    """Name the units that may be sent to any boat, with their owners and how long they serve in the run."""
    for name, craft in scenario.crafts().items():
        if "intercept" in craft.duties and craft.dash_kn > 0.0:
            since_s, until_s = craft.serves.window_s(scenario.start)
            yield name, craft.owner, min(until_s, scenario.duration_s) - max(since_s, 0.0)


def _floats(values: Any) -> FloatArray:
    return np.asarray(values, np.float64)


def _ratio(part: FloatArray, whole: FloatArray, rows: BoolArray) -> float:
    total = float(whole[rows].sum())
    return float(part[rows].sum()) / total if total else math.nan


def _mean_min(seconds: FloatArray) -> float:
    happened = seconds[np.isfinite(seconds)]
    return float(happened.mean()) / MINUTE_S if happened.size else math.nan
