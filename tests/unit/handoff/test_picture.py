"""Pictures: which reports a desk takes for tidings of one boat, and what it does when it errs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import (
    HOUR_S,
    NM_M,
    assert_share,
    course,
    laboratory,
    sail,
    still,
    unit,
    voyage,
)  # fmt: skip

from aegean_sim.handoff.network import Report
from aegean_sim.handoff.picture import Picture
from aegean_sim.quantities import MINUTE_S
from aegean_sim.scenario import doctrine
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

TRIES = 4000


def picture(**rules: Any) -> Picture:
    return Picture(doctrine.Picture.model_validate(rules), 7, Streams(11, 0))


def report(number: int, boat: int, unit_: str, seen_s: float = 0.0) -> Report:
    return Report(
        number, 9000 + number, number, unit_, "navy", "DE", "lab", boat, "high_seas", "", distress=False,
        seen_s=seen_s, x_m=0.0, y_m=0.0,
    )  # fmt: skip


def matched(one: Picture, apart_s: float, first: str = "a", second: str = "b") -> int:
    """Count, of many boats reported twice, those of which the desk knows it."""
    count = 0
    for boat in range(TRIES):
        case = one.filed(report(2 * boat, boat, first), 0.0)
        count += one.filed(report(2 * boat + 1, boat, second), apart_s) is case
    return count


def test_the_share_falls_with_time_and_with_the_crowd() -> None:
    one = picture(match_share=0.9, match_half_min=30, crowd=4)
    assert one.match_share(0.0, 0) == 0.9
    assert one.match_share(30 * MINUTE_S, 0) == pytest.approx(0.45)
    assert one.match_share(90 * MINUTE_S, 0) == pytest.approx(0.9 / 8.0)
    assert one.match_share(0.0, 4) == pytest.approx(0.45)
    assert one.match_share(60 * MINUTE_S, 12) == pytest.approx(0.9 / 4.0 / 4.0)
    assert picture(match_share=0.7).match_share(1e6, 1000) == 0.7


@pytest.mark.parametrize(("apart_min", "share"), [(0, 0.8), (60, 0.4), (120, 0.2)])
def test_reports_are_matched_as_often_as_said(apart_min: float, share: float) -> None:
    one = picture(match_share=0.8, match_half_min=60)
    assert_share(matched(one, apart_min * MINUTE_S), TRIES, share)


def test_a_unit_knows_its_own_boat_again() -> None:
    assert matched(picture(match_share=0.0), 5 * HOUR_S, "a", "a") == TRIES
    assert matched(picture(match_share=0.0), 5 * HOUR_S) == 0


def test_two_tips_are_no_unit_and_may_stay_two() -> None:
    assert matched(picture(match_share=0.0), 0.0, "", "") == 0
    assert matched(picture(), 0.0, "", "") == TRIES


def test_two_boats_are_never_one() -> None:
    one = picture()
    assert one.filed(report(0, 1, "a"), 0.0) is not one.filed(report(1, 2, "a"), 0.0)


def test_a_report_is_filed_once() -> None:
    one = picture(match_share=0.0)
    case = one.filed(report(0, 1, "a"), 0.0)
    assert one.filed(report(0, 1, "a"), 900.0) is case
    assert case.last_s == 0.0


def test_a_case_keeps_who_told_and_what_was_seen_last() -> None:
    one = picture()
    late, early = report(0, 1, "a", seen_s=50.0), report(1, 1, "b", seen_s=20.0)
    case = one.filed(late, 100.0)
    assert one.filed(early, 200.0) is case
    assert (case.latest, case.units, case.last_s, case.number) == (late, {"a", "b"}, 200.0, 0)


@pytest.mark.parametrize(("age_h", "others"), [(1.0, 6), (2.9, 6), (3.1, 0)])
def test_the_crowd_are_the_other_cases_of_three_hours(age_h: float, others: int) -> None:
    matches, tries = 0, 1500
    for run in range(tries):
        one = Picture(doctrine.Picture(crowd=3.0), 7, Streams(5, run))
        for boat in range(1, 7):
            one.filed(report(boat, boat, "a"), 0.0)
            one.filed(report(boat, boat, "a"), 0.0)
        case = one.filed(report(10, 0, "a"), age_h * HOUR_S)
        matches += one.filed(report(11, 0, "b"), age_h * HOUR_S) is case
    assert_share(matches, tries, 1.0 / (1.0 + others / 3.0))


def guard(name: str, at: tuple[float, float], *sensors: dict[str, Any]) -> dict[str, Any]:
    return unit(
        name, still(at), *sensors, owner="CG", side="destination", duties=["intercept"], capacity=60,
        speed_kn=5, max_speed_kn=20, home_port=[0, 60],
    )  # fmt: skip


def watch(name: str, at: tuple[float, float], range_nm: float) -> dict[str, Any]:
    return unit(name, still(at), {"law": "definite_range", "range_nm": range_nm}, owner="NATO")


def run(units: list[Any], boat: dict[str, Any], **handoffs: Any) -> Tables:
    desk = {"id": "hq", "officers": 2, "handling_min": 10, "hears": ["NATO", "CG"], "commands": ["CG"]}
    response = {"on_scene_min": 10, "per_person_min": 0, "ashore_min": 10, "search_h": 1}
    return sail(
        laboratory(24.0, units, voyages=[boat], handoffs={"desks": [desk], "response": response, **handoffs})
    )


BOAT = voyage("boat", course((-30, 0), (6, 0), 16), persons=30)
TWO_AND_TWO = [
    watch("one", (0, 0), 60), watch("two", (1, 0), 60), guard("near", (0, 20)), guard("far", (0, 45)),
]  # fmt: skip


def test_a_duplicate_sends_a_second_responder_in_vain() -> None:
    known = run(TWO_AND_TWO, BOAT)
    assert known["handoffs"]["end"].tolist() == ["acted", "duplicate"]
    assert known["responses"]["result"].tolist() == ["met"]
    twice = run(TWO_AND_TWO, BOAT, picture={"match_share": 0})
    assert twice["handoffs"]["end"].tolist() == ["acted", "acted"]
    assert twice["responses"]["result"].tolist() == ["met", "duplicate"]
    assert twice["responses"]["unit"].tolist() == ["near", "far"]
    assert twice["responses"]["persons"].tolist() == [30, 0]
    assert np.isnan(twice["responses"]["on_scene_s"][1])


def test_the_second_turns_back_where_it_expected_the_boat() -> None:
    """It hears that the boat is met only where it would have met it."""
    table = run(TWO_AND_TWO, BOAT, picture={"match_share": 0})["responses"]
    hours = (table["done_s"][1] - table["tasked_s"][1]) / HOUR_S
    boat_x = -30 + 6 * table["done_s"][1] / HOUR_S
    assert np.hypot(boat_x, 45) == pytest.approx(20 * hours, rel=1e-3)


TURNING = {**BOAT, "points": [[0, -30, 0], [2, -18, 0], [16, -18, 84]]}


def test_updates_lead_to_the_boat_and_none_to_where_it_would_have_gone() -> None:
    """Held all the way, it turns north after two hours; the guard, blind, goes by its last course else."""
    units = [watch("watch", (-10, 10), 100), guard("guard", (40, 0))]
    informed = run(units, TURNING)
    assert informed["responses"]["result"].tolist() == ["met"]
    alone = run(units, TURNING, watching={"updates": False})
    assert alone["responses"]["result"].tolist() == ["not_found"]
    tasked_h = float(alone["responses"]["tasked_s"][0]) / HOUR_S
    there_h = (40.0 + 30.0 + 20.0 * tasked_h) / 26.0  # head-on: 40 - 20 (t - tasked) = -30 + 6 t
    tracks = alone["tracks"]
    own = tracks["mover"] == "guard"
    place = [np.interp(there_h * HOUR_S, tracks["time_s"][own], tracks[axis][own]) for axis in ("x_m", "y_m")]
    assert np.array(place) / NM_M == pytest.approx([6.0 * there_h - 30.0, 0.0], abs=0.02)
    searched_h = float(alone["responses"]["done_s"][0]) / HOUR_S - there_h
    assert searched_h == pytest.approx(1.0, abs=1e-3)


def test_without_updates_a_boat_that_keeps_its_course_is_found() -> None:
    units = [
        watch("watch", (-10, 10), 100),
        guard("guard", (40, 0), {"law": "definite_range", "range_nm": 2}),
    ]
    record = run(units, BOAT, watching={"updates": False})
    assert record["responses"]["result"].tolist() == ["met"]
    assert "guard" in set(record["contacts"]["unit"])
