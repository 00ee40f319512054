"""Responses, run in small laboratories: who is sent, how the boat is found, and what becomes of it."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.lookout import Lookout
from aegean_sim.engine.run import simulate
from aegean_sim.entities.unit import Pieces, Unit
from aegean_sim.quantities import HOUR_S, MINUTE_S
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

WATCH = {
    "id": "watch", "theatre": "lab", "owner": "NATO",
    "patrol": {"kind": "station", "at": [0, 0]},
    "sensors": [{"law": "definite_range", "range_nm": 4}],
}  # fmt: skip
GUARD = {
    "id": "guard", "theatre": "lab", "owner": "CG", "side": "destination", "duties": ["intercept", "rescue"],
    "speed_kn": 5, "max_speed_kn": 20, "capacity": 60, "home_port": [0, 40],
    "patrol": {"kind": "station", "at": [0, 30]},
}  # fmt: skip
BOAT = {"id": "boat", "theatre": "lab", "points": [[0, -10, 0], [16, 70, 0]], "persons": 40}
DESK = {"id": "hq", "officers": 1, "handling_min": 10, "hears": ["NATO", "CG"], "commands": ["CG"]}


def run(*, units: list[Any], boats: list[Any] | None = None, desk: Any = None, **policy: Any) -> RunRecord:
    scenario = Scenario.model_validate({
        "name": "responses", "start": "2016-06-01T00:00:00Z", "duration_h": 30,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": units, "voyages": boats or [BOAT],
        "handoffs": {
            "desks": [desk or DESK],
            "response": {"on_scene_min": 20, "per_person_min": 0, "ashore_min": 30, **policy},
        },
    })  # fmt: skip
    return simulate(Loaded(scenario, "test", Path()), 0)


def column(record: RunRecord, table: str, name: str) -> list[Any]:
    return list(record.tables[table][name])


def test_a_boat_held_all_the_way_is_met_on_a_collision_course() -> None:
    record = run(units=[{**WATCH, "sensors": [{"law": "definite_range", "range_nm": 60}]}, GUARD])
    # Told at once (it starts in reach), decided after 10 min; the boat goes 5 kn east on y = 0.
    tasked_s, on_scene_s = (
        column(record, "responses", "tasked_s")[0],
        column(record, "responses", "on_scene_s")[0],
    )
    assert tasked_s == 10 * MINUTE_S
    hours = (on_scene_s - tasked_s) / HOUR_S
    x_nm = -10 + 5 * on_scene_s / HOUR_S
    assert np.hypot(x_nm, 30) == pytest.approx(20 * hours, rel=1e-6)
    assert column(record, "voyages", "outcome") == ["met"]
    assert column(record, "voyages", "persons_met") == [40]
    assert column(record, "voyages", "ended_by") == ["guard"]
    done_s = column(record, "responses", "done_s")[0]
    home_h = np.hypot(x_nm, 40) / 20
    assert done_s == pytest.approx(on_scene_s + 50 * MINUTE_S + home_h * HOUR_S, rel=1e-6)


def test_a_lost_boat_that_keeps_its_course_is_found_by_the_responders_own_sensor() -> None:
    guard = {**GUARD, "sensors": [{"law": "definite_range", "range_nm": 2}]}
    record = run(units=[WATCH, guard])
    assert column(record, "responses", "result") == ["met"]
    own = [n for n, unit in enumerate(column(record, "contacts", "unit")) if unit == "guard"]
    watch_ends = column(record, "contacts", "end_s")[0]
    assert column(record, "responses", "on_scene_s")[0] > watch_ends
    found_s = column(record, "contacts", "start_s")[own[0]]
    assert found_s <= column(record, "responses", "on_scene_s")[0]


def test_a_lost_boat_that_nobody_can_see_is_not_found() -> None:
    record = run(units=[WATCH, GUARD], search_h=1)
    assert column(record, "responses", "result") == ["not_found"]
    assert column(record, "voyages", "outcome") == ["landed"]
    searching = record.tables["tracks"]["mover"] == "guard"
    assert searching.sum() > 10


def test_a_lost_boat_that_turned_away_is_missed_by_a_short_search_and_found_by_a_long_one() -> None:
    turning = {**BOAT, "points": [[0, -10, 0], [3.2, 6, 0], [16, 6, 64]]}
    guard = {
        **GUARD,
        "sensors": [{"law": "definite_range", "range_nm": 1}],
        "patrol": {"kind": "station", "at": [60, -20]},
    }
    results = {
        hours: column(run(units=[WATCH, guard], boats=[turning], search_h=hours), "responses", "result")[0]
        for hours in (0.2, 20)
    }
    assert results[0.2] == "not_found"
    assert results[20] in {"met", "too_late"}


def test_position_always_known_needs_no_search() -> None:
    record = run(units=[WATCH, GUARD], contact_needed=False)
    assert column(record, "responses", "result") == ["met"]


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"capacity": 39}, "no_room"),
        ({"duties": ["rescue"]}, "cannot_act"),
        ({"max_speed_kn": 5, "speed_kn": 1, "patrol": {"kind": "station", "at": [-90, 0]}}, "out_of_reach"),
    ],
)
def test_why_nobody_is_sent(changes: dict[str, Any], reason: str) -> None:
    record = run(units=[WATCH, {**GUARD, **changes}])
    assert column(record, "handoffs", "decision") == ["refused"]
    assert column(record, "handoffs", "reason") == [reason]
    assert column(record, "handoffs", "timely") == [False]
    assert column(record, "voyages", "outcome") == ["landed"]


def two_boats() -> list[Any]:
    return [BOAT, {**BOAT, "id": "second", "points": [[0.5, -10, 0.5], [16.5, 70, 0.5]]}]


def test_one_guard_and_two_boats_refused_or_waiting() -> None:
    refused = run(units=[WATCH, GUARD], boats=two_boats(), contact_needed=False)
    assert column(refused, "handoffs", "decision") == ["tasked", "refused"]
    assert column(refused, "handoffs", "reason")[1] == "no_unit_free"
    waiting = run(units=[WATCH, GUARD], boats=two_boats(), contact_needed=False, no_unit="wait")
    assert column(waiting, "handoffs", "decision") == ["tasked", "tasked"]
    first_done, second_tasked = (
        column(waiting, "responses", "done_s")[0],
        column(waiting, "responses", "tasked_s")[1],
    )
    assert second_tasked >= first_done
    assert column(waiting, "voyages", "outcome") == ["met", "met"]


def test_a_second_report_of_the_same_boat_is_known() -> None:
    other = {**WATCH, "id": "other", "patrol": {"kind": "station", "at": [3, 0]}}
    record = run(units=[WATCH, other, GUARD], contact_needed=False)
    assert column(record, "handoffs", "decision") == ["tasked", "known"]
    assert len(column(record, "responses", "unit")) == 1


def test_the_departure_side_stops_and_the_destination_side_meets() -> None:
    record = run(units=[WATCH, {**GUARD, "side": "departure"}], contact_needed=False)
    assert column(record, "voyages", "outcome") == ["stopped"]
    assert column(record, "voyages", "persons_stopped") == [40]


def test_a_unit_in_port_gets_ready_first() -> None:
    port = {
        **GUARD, "ready_min": 25,
        "availability": {"shift_start_h": 20, "shift_h": 2, "ready_in_port": True},
    }  # fmt: skip
    record = run(units=[WATCH, port], contact_needed=False)
    tasked_s = column(record, "responses", "tasked_s")[0]
    sailed = record.tables["tracks"]
    own = (sailed["mover"] == "guard") & (sailed["time_s"] >= tasked_s)
    assert sailed["time_s"][own][0] == tasked_s + 25 * MINUTE_S
    assert (sailed["x_m"][own][0], sailed["y_m"][own][0]) == (0.0, 40 * 1852.0)


def test_the_nearer_in_time_is_sent() -> None:
    slow_near = {**GUARD, "id": "slow", "max_speed_kn": 8, "patrol": {"kind": "station", "at": [0, 20]}}
    record = run(units=[WATCH, slow_near, {**GUARD, "max_speed_kn": 30}], contact_needed=False)
    assert column(record, "responses", "unit") == ["guard"]


def test_a_boat_that_was_not_found_is_news_again_when_somebody_sees_it() -> None:
    later = {**WATCH, "id": "later", "patrol": {"kind": "station", "at": [15, 0]}}
    record = run(units=[WATCH, later, GUARD], search_h=1)
    assert column(record, "responses", "result") == ["not_found"]
    assert column(record, "handoffs", "unit") == ["watch", "later"]
    assert column(record, "handoffs", "reason") == ["", "no_unit_free"]  # the guard is still on its way back


@pytest.mark.parametrize(("turns_to_nm", "courses"), [(0, 2), (12, 3)])
def test_news_that_change_nothing_leave_a_responder_on_its_course(
    monkeypatch: pytest.MonkeyPatch, turns_to_nm: float, courses: int
) -> None:
    # The first watch loses the boat 4 nm on; the second sees it again, on its old course or 12 nm off it.
    second = {**WATCH, "id": "second", "patrol": {"kind": "station", "at": [14, turns_to_nm]}}
    boat = {**BOAT, "points": [[0, -10, 0], [3, 5, 0], [5, 15, turns_to_nm], [16, 70, turns_to_nm]]}
    guard = {**GUARD, "patrol": {"kind": "station", "at": [90, 0]}}
    diverted, divert = [], Lookout.divert

    def counted(self: Lookout, unit: Unit, course: Pieces, back_s: float) -> None:
        diverted.append(unit.id)
        divert(self, unit, course, back_s)

    monkeypatch.setattr(Lookout, "divert", counted)
    record = run(units=[WATCH, second, guard], boats=[boat], search_h=6)
    assert len(column(record, "contacts", "unit")) == 2
    assert len(diverted) == courses
