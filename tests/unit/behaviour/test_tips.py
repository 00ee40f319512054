"""Tips: reports without a sensor, on whom, when, with what error, and what they lead to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import (
    HOUR_S,
    NM_M,
    assert_share,
    assert_uniform,
    course,
    laboratory,
    sail,
    still,
    unit,
    voyage,
)  # fmt: skip

from aegean_sim.engine.run import simulate
from aegean_sim.geography.sea import open_theatre
from aegean_sim.quantities import MINUTE_S
from aegean_sim.scenario.loading import Loaded, load_scenario

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

COPIES = 2000
DESK = {"id": "hq", "officers": COPIES, "handling_min": 0, "hears": ["CG"], "commands": ["CG"]}
GUARD = unit(
    "guard", still((0, 20)), {"law": "definite_range", "range_nm": 2}, owner="CG", side="destination",
    duties=["intercept", "rescue"], capacity=60, speed_kn=5, max_speed_kn=25, home_port=[0, 30],
)  # fmt: skip


def tip(**more: Any) -> dict[str, Any]:
    return {
        "id": "calls", "theatre": "lab", "source": "phone", "share": 1, "delay_min": 0, "receiver": "hq",
        "error_nm": 0, **more,
    }  # fmt: skip


def told(
    *tips: dict[str, Any], copies: int = COPIES, units: tuple[Any, ...] = (), distress_h: float | None = None,
    hours: float = 12.0, **handoffs: Any,
) -> Tables:  # fmt: skip
    """Let boats sail for ten hours from the second on, and others tell of them."""
    boats = voyage("boat", course((-30, 0), (6, 0), 12, 2), copies, distress_h=distress_h)
    more = {"desks": [DESK], "tips": list(tips), **handoffs}
    return sail(laboratory(hours, list(units), voyages=[boats], handoffs=more))


def test_a_share_of_the_boats_is_told_of_each_once() -> None:
    reports = told(tip(share=0.3))["handoffs"]
    assert_share(len(reports["report"]), COPIES, 0.3)
    assert len(set(reports["copy"])) == len(reports["copy"])


def test_a_tip_has_no_contact_and_no_unit_but_a_source() -> None:
    tables = told(tip(source="shore"), copies=20)
    reports = tables["handoffs"]
    assert set(reports["contact"]) == {-1}
    assert set(reports["unit"]) == {""}
    assert set(reports["owner"]) == set(reports["sender"]) == {"shore"}
    assert len(tables["contacts"]["contact"]) == 0


def test_the_moment_is_even_over_the_voyage() -> None:
    moment_h = told(tip())["handoffs"]["observed_s"] / HOUR_S
    assert_uniform((moment_h - 2.0) / 10.0)


def test_a_tip_at_a_rate_comes_after_an_exponential_time() -> None:
    reports = told(tip(share=None, per_h=0.2))["handoffs"]
    waited_h = reports["observed_s"] / HOUR_S - 2.0
    # Of the exponential law with a mean of five hours, what falls within the ten of the voyage.
    assert_share(len(waited_h), COPIES, 1.0 - np.exp(-2.0))
    assert_uniform((1.0 - np.exp(-0.2 * waited_h)) / (1.0 - np.exp(-2.0)))


def test_a_tip_at_a_rate_on_distress_counts_from_it() -> None:
    reports = told(tip(share=None, per_h=2, only_distress=True), distress_h=5.5, copies=300)["handoffs"]
    assert (reports["observed_s"] > 5.5 * HOUR_S).all()
    assert reports["distress"].all()


def test_a_tip_at_a_rate_comes_at_the_first_moment_inside_its_waters() -> None:
    """Boats sail north off Libya for ten hours; told of are those on the high seas, later."""
    boats = voyage("boat", [[0, 13.3, 32.95], [10, 13.3, 33.75]], COPIES, theatre="med")
    outside = tip(theatre="med", share=None, per_h=0.3, waters=["high_seas"])
    parts = {"voyages": [boats], "handoffs": {"desks": [DESK], "tips": [outside]}}
    med = {"coast": "central-med"}
    reports = sail(laboratory(12.0, [], theatres={"med": med}, **parts))["handoffs"]
    sea, hours = open_theatre("central-med"), np.linspace(0.0, 10.0, 2001)
    waters = sea.waters_at(*sea.frame.to_xy(np.full(2001, 13.3), 32.95 + 0.08 * hours))
    leaves_h = hours[np.flatnonzero(waters == "high_seas")[0]]
    assert 0.5 < leaves_h < 5.0
    told_share = 1.0 - np.exp(-0.3 * (10.0 - leaves_h))
    assert_share(len(reports["report"]), COPIES, told_share)
    # Without memory: as if the process had begun at the line.
    waited_h = reports["observed_s"] / HOUR_S - leaves_h
    assert (waited_h > -0.01).all()
    assert_uniform((1.0 - np.exp(-0.3 * waited_h)) / told_share)


def test_two_kinds_choose_their_boats_and_moments_independently() -> None:
    reports = told(tip(share=0.5), tip(id="others", source="fisher", share=0.4))["handoffs"]
    sources = (set(reports["copy"][reports["owner"] == name].tolist()) for name in ("phone", "fisher"))
    phone, fisher = sources
    assert_share(len(phone & fisher), COPIES, 0.2)


def test_the_desk_hears_of_it_after_the_delay() -> None:
    reports = told(tip(delay_min={"exponential": 30}), hours=30.0)["handoffs"]
    delay_min = (reports["arrived_s"] - reports["observed_s"]) / MINUTE_S
    assert len(delay_min) == COPIES
    assert_uniform(np.exp(-delay_min / 30.0))


def test_the_position_told_errs_by_a_normal_law_on_either_axis() -> None:
    """A desk without officers' time decides at once: what is between then is the error."""
    error = told(tip(error_nm=2))["handoffs"]["error_m"] / (2.0 * NM_M)
    assert_uniform(np.exp(-0.5 * np.square(error)))
    assert told(tip(), copies=20)["handoffs"]["error_m"] == pytest.approx(0.0, abs=1e-6)


def test_only_distress_waits_for_it() -> None:
    reports = told(tip(only_distress=True, share=0.25), distress_h=5.5)["handoffs"]
    assert_share(len(reports["report"]), COPIES, 0.25)
    assert (reports["observed_s"] == 5.5 * HOUR_S).all()
    assert reports["distress"].all()
    assert not len(told(tip(only_distress=True))["handoffs"]["report"])


def test_a_tip_on_a_boat_in_distress_says_so() -> None:
    reports = told(tip(), distress_h=5.5)["handoffs"]
    assert (reports["distress"] == (reports["observed_s"] >= 5.5 * HOUR_S)).all()


@pytest.mark.parametrize(
    "silenced", [{"forces": ["phone"]}, {"desks": ["hq"]}, {"forces": ["CG"]}, {"units": ["guard"]}]
)
def test_a_source_or_desk_that_is_silenced_is_not_heard(silenced: dict[str, Any]) -> None:
    reports = told(tip(), copies=10, units=(GUARD,), silenced=silenced)["handoffs"]["owner"].tolist()
    assert reports.count("phone") == (0 if silenced in ({"forces": ["phone"]}, {"desks": ["hq"]}) else 10)


def test_no_tip_on_a_boat_that_has_ended() -> None:
    """A guard holds every boat and meets the only one it can; nobody tells of that one afterwards."""
    near = {**GUARD, "sensors": [{"law": "definite_range", "range_nm": 60}], "capacity": 10**6}
    tables = told(tip(), copies=40, units=(near,), response={"no_unit": "wait", "on_scene_min": 1})
    ended = dict(zip(tables["voyages"]["copy"], tables["voyages"]["ended_s"], strict=True))
    tips = tables["handoffs"]["owner"] == "phone"
    assert 0 < tips.sum() < 40
    for copy, seen_s in zip(
        tables["handoffs"]["copy"][tips], tables["handoffs"]["observed_s"][tips], strict=True
    ):
        assert not seen_s > ended[copy]


def results(error_nm: float, copies: int = 25) -> list[str]:
    """Let a tip alone send a guard to one boat, in many replications of its luck."""
    boats = voyage("boat", course((-30, 0), (6, 0), 12, 2))
    handoffs = {"desks": [DESK], "tips": [tip(error_nm=error_nm)], "response": {"search_h": 1}}
    loaded = laboratory(20.0, [GUARD], voyages=[boats], handoffs=handoffs)
    return [word for run in range(copies) for word in simulate(loaded, run).tables["responses"]["result"]]


def test_a_tip_alone_brings_somebody_who_finds_the_boat_with_its_own_sensor() -> None:
    found, lost = results(0.2), results(60.0)
    assert set(found) <= {"met", "too_late"}
    assert found.count("met") > 10
    assert lost.count("met") < 3
    assert "not_found" in lost


def test_who_was_told_sees_the_boat_before_it_meets_it() -> None:
    tables = told(tip(error_nm=1, only_distress=True), copies=1, units=(GUARD,), distress_h=3)
    assert tables["voyages"]["outcome"].tolist() == ["rescued"]
    assert tables["handoffs"]["contact"][0] == -1
    seen_s = tables["contacts"]["start_s"][tables["contacts"]["unit"] == "guard"]
    assert tables["responses"]["tasked_s"][0] < seen_s[0] <= tables["responses"]["on_scene_s"][0]


@pytest.mark.slow
def test_tips_on_a_coast_are_on_boats_in_their_waters() -> None:
    loaded = load_scenario("aegean-2016")
    rules = {each.id: each for each in loaded.scenario.handoffs.tips}
    everybody = [
        each.model_copy(update={"share": 1.0, "error_nm": 0.0, "source": "shore"})
        for each in rules.values()
        if not each.only_distress
    ]
    nobody = loaded.scenario.handoffs.model_copy(update={"tips": tuple(everybody)})
    scenario = loaded.scenario.model_copy(update={"units": (), "deployments": (), "handoffs": nobody})
    tables = simulate(Loaded(scenario, loaded.source, loaded.folder), 0).tables
    sea, tracks, reports = open_theatre("aegean"), tables["tracks"], tables["handoffs"]
    first = reports["hop"] == 0
    waters = {"hcg": {"GR", "high_seas"}, "tcg": {"TR"}}
    for row in np.flatnonzero(first).tolist():
        copy = f"#{reports['copy'][row]}" if reports["copy"][row] else ""
        own = tracks["mover"] == f"{reports['voyage'][row]}{copy}"
        place = [
            np.interp(reports["observed_s"][row], tracks["time_s"][own], tracks[axis][own])
            for axis in ("x_m", "y_m")
        ]
        assert sea.zones.water_at(*place) in waters[reports["receiver"][row]]
    assert set(reports["receiver"][first]) == {"hcg", "tcg"}
