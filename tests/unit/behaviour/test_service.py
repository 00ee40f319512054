"""Units that serve for some days, crews in training and supplies at sea: who is there, when, and as what."""

from datetime import date
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.timetable import build_units
from aegean_sim.entities.unit import Unit
from aegean_sim.geography.sea import open_box
from aegean_sim.quantities import DAY_S
from aegean_sim.scenario.model import Scenario
from aegean_sim.streams import Streams

SEA = open_box("lab", (-100.0, -100.0, 100.0, 100.0))
LOOP = {"kind": "loop", "points": [[0, 0], [10, 0], [10, 10]]}
TURNS = {"home_port": [-30, 0], "availability": {"days_on": 9, "days_off": 4}}


def scenario(*some: dict[str, Any], **more: Any) -> Scenario:
    return Scenario.model_validate({
        "name": "service", "start": "2016-06-01T12:00:00Z", "duration_h": 24 * 30,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": [{"theatre": "lab", "speed_kn": 10, "patrol": LOOP, **each} for each in some], **more,
    })  # fmt: skip


def built(checked: Scenario) -> dict[str, Unit]:
    return {unit.id: unit for unit in build_units(checked, "lab", SEA, Streams(5, 0))}


def same_plan(one: Unit, other: Unit) -> bool:
    columns = [
        [(t.time_s.tolist(), t.x_m.tolist(), t.y_m.tolist()) for t in unit.plan] for unit in (one, other)
    ]
    return columns[0] == columns[1]


def test_outside_its_days_a_unit_is_not_there() -> None:
    """From noon of 1 June; the 5th begins after 3.5 days, and the 20th ends after 19.5."""
    serves = {"since": date(2016, 6, 5), "until": "2016-06-20"}
    fleet = built(scenario({"id": "all"}, {"id": "some", "serves": serves}))
    (piece,) = fleet["some"].plan
    assert (piece.time_s[0], piece.time_s[-1]) == (3.5 * DAY_S, 19.5 * DAY_S)
    for day, there in ((3.4, False), (3.6, True), (19.4, True), (19.6, False)):
        assert (fleet["some"].piece_at(day * DAY_S) is not None) == there
        assert fleet["some"].is_on_call(day * DAY_S) == there
        assert fleet["all"].is_on_call(day * DAY_S)


@pytest.mark.parametrize(
    "serves", [{}, {"since": "2015-06-22"}, {"since": "2016-05-01", "until": "2016-07-09"}]
)
@pytest.mark.parametrize("turns", [{}, TURNS])
def test_who_serves_throughout_sails_as_ever(serves: dict[str, str], turns: dict[str, Any]) -> None:
    before, after = (built(scenario({"id": "a", **turns, **more}))["a"] for more in ({}, {"serves": serves}))
    assert same_plan(before, after)
    assert before.on_call[1:-1] == after.on_call[1:-1]


def test_service_cuts_turns_and_leaves_the_others_as_they_are() -> None:
    whole = built(scenario({"id": "ship", **TURNS}))["ship"]
    cut = built(scenario({"id": "ship", **TURNS, "serves": {"until": "2016-06-10"}}))["ship"]
    last_s = 9.5 * DAY_S
    within = [(start, min(end, last_s)) for start, end in whole.on_call if start < last_s]
    assert list(cut.on_call) == within
    assert cut.plan[-1].time_s[-1] <= last_s
    home = cut.plan[-1]
    np.testing.assert_allclose((home.x_m[-1], home.y_m[-1]), cut.port or (0, 0))


@pytest.mark.parametrize("serves", [{"until": "2016-05-31"}, {"since": "2016-07-02"}])
def test_who_never_serves_takes_no_part(serves: dict[str, str]) -> None:
    checked = scenario({"id": "gone", "serves": serves}, {"id": "here"})
    assert list(checked.crafts()) == ["here"]
    assert same_plan(built(checked)["here"], built(scenario({"id": "here"}))["here"])


def test_a_script_is_cut_by_service() -> None:
    script = {"kind": "scripted", "points": [[0, 0, 0], [96, 96, 0]]}
    unit = built(
        scenario({"id": "a", "patrol": script, "serves": {"since": "2016-06-03", "until": "2016-06-04"}})
    )["a"]
    (piece,) = unit.plan
    assert (piece.time_s / 3600.0).tolist() == [36.0, 84.0]
    np.testing.assert_allclose(piece.x_m / 1852.0, [36.0, 84.0])


def test_supplies_lengthen_turns_and_draw_nothing_anew() -> None:
    """Nine and four days become 11.7 and 3.2; the share of a cycle that lies behind stays."""
    ships = [{"id": "sophia", "owner": "Sophia", **TURNS}, {"id": "nato", "owner": "NATO", **TURNS}]
    supplies = {"logistics": {"Sophia": {"days_on_factor": 1.3, "days_off_factor": 0.8}}}
    alone, supplied = built(scenario(*ships)), built(scenario(*ships, support=supplies))
    assert same_plan(alone["nato"], supplied["nato"])
    first = {
        name: np.array(fleet["sophia"].on_call[0]) / DAY_S
        for name, fleet in (("alone", alone), ("supplied", supplied))
    }
    assert np.ptp(first["supplied"]) == pytest.approx(11.7)
    assert first["supplied"][0] / first["alone"][0] == pytest.approx((11.7 + 3.2) / 13)
    second = np.array(supplied["sophia"].on_call[1]) / DAY_S
    assert second[0] - first["supplied"][1] == pytest.approx(3.2)


def test_trained_crews_take_up_units_in_order_and_answer_sooner() -> None:
    boats = [{"id": name, "owner": "LCG", "ready_min": 60} for name in ("old", "one", "two", "three")]
    found = {}
    for trained in (0, 1, 2, 5, 10):
        lever = {
            "crews_trained": trained,
            "crews": 10,
            "units": ["one", "two", "three"],
            "crews_per_unit": 2,
            "ready_factor": 0.5,
        }
        checked = scenario(*boats, {"id": "nato", "ready_min": 60}, training={"LCG": lever})
        crafts = checked.crafts()
        assert list(built(checked)) == list(crafts)
        assert crafts["nato"].ready_min == 60
        found[trained] = (list(crafts)[:-1], crafts["old"].ready_min)
    assert found == {
        0: (["old"], 60.0),
        1: (["old"], 57.0),
        2: (["old", "one"], 54.0),
        5: (["old", "one", "two"], 45.0),
        10: (["old", "one", "two", "three"], 30.0),
    }


def test_training_moves_shares_in_proportion() -> None:
    lever = {"crews": 8, "force_share": [0.3, 0.1], "capsize_share": [0.04, 0.0]}
    for trained, force, capsize in ((0, 0.3, 0.04), (2, 0.25, 0.03), (8, 0.1, 0.0)):
        training = scenario(training={"LCG": {**lever, "crews_trained": trained}}).training["LCG"]
        assert training.force_share_now == pytest.approx(force)
        assert training.capsize_share_now == pytest.approx(capsize)
