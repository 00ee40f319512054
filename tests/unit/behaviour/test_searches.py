"""Boats in distress that are not found at once: for how long, where and by whom they are sought."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.behaviour.test_rescue import PASSING, adrift, ship

from aegean_sim.behaviour.belief import believed_track
from aegean_sim.engine.run import simulate
from aegean_sim.engine.world import build_world
from aegean_sim.handoff.network import Report
from aegean_sim.handoff.picture import Case
from aegean_sim.quantities import HOUR_S, NM_M
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

PHONE = {
    "id": "phone", "theatre": "lab", "source": "phone", "only_distress": True, "share": 1, "delay_min": 0,
    "receiver": "hq", "error_nm": 0,
}  # fmt: skip
NEVER_BEFORE_H = 22.0
SHIFT = {"shift_start_h": NEVER_BEFORE_H, "shift_h": 2, "ready_in_port": False}


def laboratory(units: list[Any], boats: list[Any], *, tip: Any = PHONE, **more: Any) -> Scenario:
    desk = {"id": "hq", "officers": 5, "handling_min": 0, "hears": ["CG", "eye"], "commands": ["CG"]}
    return Scenario.model_validate({
        "name": "search", "start": "2016-06-01T00:00:00Z", "duration_h": 60, "seed": 3,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-200, -200, 200, 200]}},
        "units": units, "voyages": boats, "passing_ships": more.pop("passing_ships", ()),
        "handoffs": {
            "desks": [desk], "tips": [tip],
            "response": {"on_scene_min": 10, "no_unit": "wait", "search_h": 2},
            "jurisdiction": {"desks": {"GR": ["hq"]}, "elsewhere": ["hq"]}, **more,
        },
    })  # fmt: skip


def run(*parts: Any, **more: Any) -> RunRecord:
    return simulate(Loaded(laboratory(*parts, **more), "test", Path()), 0)


def test_a_boat_that_was_told_of_long_ago_is_still_looked_for() -> None:
    late = ship("late", (0, 10), availability=SHIFT, sensors=[{"law": "definite_range", "range_nm": 2}])
    record = run([late], [adrift("boat", (0, 0), 60)])
    assert record.tables["responses"]["tasked_s"].tolist() == [NEVER_BEFORE_H * HOUR_S]
    assert record.tables["voyages"]["outcome"].tolist() == ["rescued"]


@pytest.mark.parametrize(
    ("searches", "part"), [(0, 1.0), (1, 0.5), (2, 0.25), (3, 0.75), (4, 0.125), (5, 0.625)]
)
def test_each_search_in_vain_has_the_next_at_another_place_of_the_reckoned_way(
    searches: int, part: float
) -> None:
    sailing = {**adrift("boat", (0, 0), 60), "points": [[0, 0, 0], [60, 0, 120]]}
    world = build_world(laboratory([ship("ship", (0, 10))], [sailing]), Path(), 0)
    told = Report(
        0, 0, 0, "", "phone", "", "lab", 0, "high_seas", "", distress=True, seen_s=HOUR_S, x_m=0.0, y_m=0.0
    )
    scene, two_days_s = world.scenes["lab"], 48 * HOUR_S
    track = believed_track(scene, Case(0, told, set(), HOUR_S, searches), 2 * HOUR_S, set(), two_days_s)
    # Two knots for as much of twelve hours; sought there until two days after it was seen.
    assert track.at(40 * HOUR_S) == pytest.approx((0.0, 24.0 * part * NM_M))
    assert track.time_s[-1] == 49 * HOUR_S
    sound = Case(0, told._replace(distress=False), set(), HOUR_S)
    calm = believed_track(scene, sound, 2 * HOUR_S, set(), two_days_s)
    assert calm.time_s[-1] == 13 * HOUR_S


def test_who_searches_hears_of_a_sighting_that_was_taken_for_another_boat() -> None:
    """A call that is far off sends a ship to the wrong place; then an eye that passes by sees the boat."""
    eye = {
        "id": "eye", "theatre": "lab", "owner": "eye", "sensors": [{"law": "definite_range", "range_nm": 3}],
        "patrol": {"kind": "scripted", "points": [[0, -60, 0], [6, 0, 0], [12, 60, 0]]},
    }  # fmt: skip
    searcher = ship("searcher", (0, 80), sensors=[{"law": "definite_range", "range_nm": 2}])
    wrong, strange = {**PHONE, "error_nm": 60}, {"match_share": 0}
    record = run(
        [searcher, eye], [adrift("boat", (0, 0), 60)], tip=wrong, picture=strange, watching={"updates": False}
    )
    sent = record.tables["responses"]
    seen_s = record.tables["contacts"]["start_s"][record.tables["contacts"]["unit"] == "eye"][0]
    assert (sent["result"].tolist(), sent["unit"].tolist()) == (["rescued"], ["searcher"])
    assert sent["tasked_s"][0] == HOUR_S
    assert seen_s < sent["on_scene_s"][0] < seen_s + 8 * HOUR_S


def test_a_case_that_waits_is_taken_up_when_a_ship_that_passes_by_is_free_again() -> None:
    boats = [adrift("one", (0, 0), 60), adrift("two", (5, 0), 60, distress_h=1.5)]
    one_at_once = {**PASSING, "at_once": 1}
    absent = ship("absent", (0, 10), availability={**SHIFT, "shift_start_h": 23.9, "shift_h": 0.05})
    sent = run([absent], boats, passing_ships=[one_at_once]).tables["responses"]
    assert sent["unit"].tolist()[:2] == ["merchant-1", "merchant-1"]
    assert sent["voyage"].tolist()[:2] == ["one", "two"]
    assert np.diff(sent["tasked_s"])[0] > 2 * HOUR_S
    assert sent["tasked_s"][1] < 23 * HOUR_S
