"""Time lost a hop, and how busy desks and responders were, by hand and by pandas."""

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest

from aegean_sim.recording.load_kpis import load_kpis
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.model import Scenario

NAN = math.nan
PATROL = {"kind": "scripted", "points": [[0, 0, 0], [2, 1, 1]]}


def unit(name: str, owner: str, *duties: str, speed_kn: float = 10.0) -> dict[str, Any]:
    return {
        "id": name, "owner": owner, "theatre": "lab", "patrol": PATROL,
        "duties": duties, "speed_kn": speed_kn,
    }  # fmt: skip


def scenario() -> Scenario:
    units = [unit("g1", "guard", "intercept"), unit("g2", "guard", "intercept"), unit("w", "watch", "watch")]
    return Scenario.model_validate(
        {
            "name": "lab",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 2,
            "seed": 1,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-9, -9, 9, 9]}},
            "units": [*units, unit("site", "shore", "intercept", speed_kn=0.0)],
            "handoffs": {"desks": [{"id": name, "handling_min": 5} for name in ("hq", "idle")]},
        }
    )


def by_hand() -> dict[str, float]:
    return load_kpis(tables(), scenario())


def tables() -> dict[str, pd.DataFrame]:
    handoffs = pd.DataFrame(
        [(0, 0.0, 0.0, 60.0, 360.0), (1, 360.0, 960.0, 1080.0, NAN), (1, 400.0, NAN, NAN, 900.0)],
        columns=["hop", "sent_s", "arrived_s", "taken_up_s", "decided_s"],
    )
    desks = pd.DataFrame(
        [
            ("hq", 0.0, 3600.0, 1, 10.0, 3, 4, 1, 1.0, 2.0),
            ("hq", 3600.0, 5400.0, 4, 5.0, 9, 5, 0, 1.0, 1.0),
            ("idle", 0.0, 3600.0, 0, NAN, 0, 0, 0, 0.0, 0.0),
        ],
        columns=[
            "desk", "start_s", "end_s", "taken_up", "wait_mean_min", "waiting_max", "refused", "no_unit",
            "busy_mean", "officers_mean",
        ],
    )  # fmt: skip
    responses = pd.DataFrame(
        [("g1", 0.0, 1800.0), ("g1", 6000.0, NAN), ("w", 0.0, 7200.0)],
        columns=["unit", "tasked_s", "done_s"],
    )
    return {"handoffs": handoffs, "desks": desks, "responses": responses}


def test_time_is_lost_on_links_in_queues_and_in_hand() -> None:
    """What comes from a unit is on no link; what has not come to its end does not count."""
    numbers = by_hand()
    assert numbers["hop_link_min"] == 10.0
    assert numbers["hop_wait_min"] == (1.0 + 2.0) / 2
    assert numbers["hop_handling_min"] == 5.0


def test_desks_are_weighed_by_time_and_by_messages() -> None:
    numbers = by_hand()
    assert numbers["desk_busy_share_hq"] == (2 * 1.0 + 1.0) / (2 * 2.0 + 1.0)
    assert numbers["desk_wait_min_hq"] == (10.0 + 4 * 5.0) / 5
    assert (numbers["desk_longest_queue_hq"], numbers["desk_refused_hq"]) == (9.0, 9.0)
    assert numbers["desk_no_unit_hq"] == 1.0
    assert math.isnan(numbers["desk_busy_share_idle"])
    assert math.isnan(numbers["desk_wait_min_idle"])
    assert numbers["desk_longest_queue_idle"] == 0.0


def test_units_that_may_intercept_are_busy_from_the_order_to_its_end() -> None:
    numbers = by_hand()
    assert numbers["units_busy_share_guard"] == (1800 + 1200) / (2 * 7200)
    assert [name for name in numbers if name.startswith("units_")] == ["units_busy_share_guard"]


def test_a_unit_is_busy_for_a_share_of_its_days_of_service() -> None:
    first_day = {**unit("g1", "guard", "intercept"), "serves": {"until": "2016-06-01"}}
    never = {**unit("g3", "guard", "intercept"), "serves": {"since": "2016-06-03"}}
    values = scenario().model_dump(mode="json")
    served = Scenario.model_validate(
        {**values, "duration_h": 48, "units": [first_day, unit("g2", "guard", "intercept"), never]}
    )
    responses = pd.DataFrame(
        [("g1", 0.0, 1800.0), ("g2", 6000.0, 9600.0)], columns=["unit", "tasked_s", "done_s"]
    )
    numbers = load_kpis({**tables(), "responses": responses}, served)
    assert numbers["units_busy_share_guard"] == pytest.approx((0.5 + 1.0) / (24 + 48))


@pytest.mark.parametrize("seed", range(5))
def test_numbers_agree_with_pandas(make_record: Callable[..., RunRecord], seed: int) -> None:
    record = make_record(15, seed=seed)
    numbers = load_kpis(record.tables, record.scenario)
    for name, hours in pd.DataFrame(dict(record.tables["desks"])).groupby("desk"):
        share = np.average(hours["busy_mean"]) / np.average(hours["officers_mean"])
        assert numbers[f"desk_busy_share_{name}"] == pytest.approx(share)
        taken = hours.dropna()
        wait_min = np.average(taken["wait_mean_min"], weights=taken["taken_up"])
        assert numbers[f"desk_wait_min_{name}"] == pytest.approx(wait_min)
        assert numbers[f"desk_longest_queue_{name}"] == hours["waiting_max"].max()
        assert numbers[f"desk_refused_{name}"] == hours["refused"].sum()
    out = pd.DataFrame(dict(record.tables["responses"])).query("unit == 'p618'")
    busy_s = (out["done_s"].fillna(48 * 3600.0) - out["tasked_s"]).sum()
    assert numbers["units_busy_share_HCG"] == pytest.approx(busy_s / (48 * 3600.0))
