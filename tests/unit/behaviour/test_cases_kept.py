"""Cases that must not be lost: distress on the way, waits for a unit, and what is not known yet."""

from typing import Any

import pytest
from tests.unit.behaviour.test_who_acts import OPEN_WATER, STRAIT, guard, run, watch

from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.record import RunRecord

WAIT = {"no_unit": "wait", "on_scene_min": 5, "per_person_min": 0, "ashore_min": 5}


def in_the_strait(points: list[Any], **more: Any) -> RunRecord:
    eye = {"sensors": [{"law": "definite_range", "range_nm": 1}]}
    units = [
        watch((26.73, 39.08)), guard("hcg", (26.64, 39.02), **eye), guard("tcg", (26.77, 39.06)),
    ]  # fmt: skip
    return run(units, points, told=["hcg"], **more)


def test_a_boat_that_falls_into_distress_while_somebody_waits_for_it_is_rescued() -> None:
    lon, lat = STRAIT
    points = [[0, lon + 0.06, lat], [0.6, lon + 0.02, lat], [20, lon + 0.02, lat + 0.001]]
    record = in_the_strait(points, distress_h=0.6, watching={"updates": False})
    assert record.tables["voyages"]["outcome"].tolist() == ["rescued"]


def test_no_desk_knows_of_a_turn_before_it() -> None:
    lon, lat = STRAIT
    start = [[0, lon + 0.06, lat], [1.0, lon + 0.02, lat]]
    straight, turning = (
        in_the_strait([*start, end]) for end in ([3, lon - 0.06, lat], [3, lon + 0.02, lat + 0.08])
    )
    before = [
        [row for row in zip(table["decided_s"], table["decision"], strict=True) if row[0] < HOUR_S]
        for table in (straight.tables["handoffs"], turning.tables["handoffs"])
    ]
    assert before[0] == before[1] != []


def test_a_case_waits_until_a_unit_is_on_call() -> None:
    lon, lat = OPEN_WATER
    shift = {"shift_start_h": 2, "shift_h": 8, "ready_in_port": False}
    guarding = guard("hcg", (lon - 0.1, lat), availability=shift, home_port=[26.14, 38.37])
    points = [[0, lon, lat - 0.05], [20, lon, lat + 0.2]]
    tables = run([watch(OPEN_WATER), guarding], points, told=["hcg"], response=WAIT).tables
    assert tables["responses"]["tasked_s"].tolist()[0] == pytest.approx(2 * HOUR_S, abs=HOUR_S)
    waited = tables["handoffs"]["receiver"] == "hcg"
    assert tables["handoffs"]["waited_until_s"][waited][0] == tables["responses"]["tasked_s"][0]
    assert tables["handoffs"]["decided_s"][waited][0] < HOUR_S
