"""Why a report ended at a desk, in a word, and in what state its news was by then."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.property.made_up import guarded
from tests.theory.laboratory import course, laboratory, sail, still, unit, voyage

from aegean_sim.handoff.ends import ENDS

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

BOAT = voyage("boat", course((-30, 0), (6, 0), 16), persons=30)
WATCH = unit("watch", still((0, 0)), {"law": "definite_range", "range_nm": 60}, owner="NATO")
GUARD = unit(
    "guard", still((0, 20)), owner="CG", side="destination", duties=["intercept"], capacity=60, speed_kn=5,
    max_speed_kn=20, home_port=[0, 30],
)  # fmt: skip


def ends(*units: dict[str, Any], boats: tuple[Any, ...] = (BOAT,), **parts: Any) -> list[tuple[str, str]]:
    """Give where each report was and how it ended there: NATO's desk tells the coast guard's."""
    nato, guard = parts.pop("nato", {}), parts.pop("guard", {})
    desks = [
        {"id": "nato", "handling_min": 1, "hears": ["NATO"], **nato},
        {"id": "cg", "handling_min": 1, "hears": ["CG"], "commands": ["CG"], **guard},
    ]
    link = {"sender": "nato", "receiver": "cg", "latency_min": 1, **parts.pop("link", {})}
    handoffs = {
        "desks": desks, "links": [link], "sharing": [{"sender": "nato", "receivers": ["cg"]}],
        "response": {"on_scene_min": 5, **parts.pop("response", {})}, **parts,
    }  # fmt: skip
    table = sail(laboratory(20.0, list(units), voyages=list(boats), handoffs=handoffs))["handoffs"]
    assert set(table["end"]) <= set(ENDS)
    return list(zip(table["receiver"].tolist(), table["end"].tolist(), strict=True))


def two_boats() -> tuple[Any, ...]:
    return BOAT, {**BOAT, "id": "second", "points": course((-30, 1), (6, 0), 16.1, 0.1)}


def test_a_report_that_is_acted_on() -> None:
    assert ends(WATCH, GUARD) == [("nato", "passed_on"), ("cg", "acted")]


def test_a_report_that_comes_too_late() -> None:
    assert ends(WATCH, GUARD, link={"latency_min": 17 * 60})[1] == ("cg", "late")


def test_a_second_report_on_a_boat() -> None:
    other = {**WATCH, "id": "other"}
    assert sorted(ends(WATCH, other, GUARD)) == [
        ("cg", "acted"), ("cg", "duplicate"), ("nato", "passed_on"), ("nato", "passed_on"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "changes", [{"capacity": 1}, {"patrol": still((-900, 0)), "max_speed_kn": 7}], ids=["no room", "too far"]
)
def test_a_report_for_which_there_is_no_unit(changes: dict[str, Any]) -> None:
    assert ends(WATCH, {**GUARD, **changes})[1] == ("cg", "no_unit")


@pytest.mark.parametrize(("no_unit", "end"), [("refuse", "no_unit"), ("wait", "acted")])
def test_a_report_while_the_unit_is_busy(no_unit: str, end: str) -> None:
    assert ends(WATCH, GUARD, boats=two_boats(), response={"no_unit": no_unit})[3] == ("cg", end)


def test_a_report_that_waits_for_ever() -> None:
    blocked = {"no_unit": "wait", "on_scene_min": 60 * 24}
    assert ends(WATCH, GUARD, boats=two_boats(), response=blocked)[3] == ("cg", "waiting")


def test_a_report_of_which_nobody_takes_charge() -> None:
    """In open sea only those named for elsewhere may act, here nobody; who commands nobody refuses."""
    rules = {"desks": {"GR": ["cg"]}, "elsewhere": []}
    assert ends(WATCH, GUARD, jurisdiction=rules)[1] == ("cg", "refused")
    assert ends(WATCH, GUARD, guard={"commands": []})[1] == ("cg", "refused")


def test_a_report_lost_on_the_link() -> None:
    assert ends(WATCH, GUARD, link={"reliability": 1e-9, "tries": 2})[1] == ("cg", "lost")


def test_a_report_that_nobody_has_decided_on() -> None:
    assert ends(WATCH, GUARD, guard={"handling_min": 21 * 60})[1] == ("cg", "")


@pytest.fixture(scope="module", params=range(12))
def made_up(request: pytest.FixtureRequest) -> Tables:
    return sail(laboratory(**guarded(request.param)))


def test_age_is_from_observation_to_decision(made_up: Tables) -> None:
    table = made_up["handoffs"]
    age_min = (table["decided_s"] - table["observed_s"]) / 60.0
    assert table["age_min"] == pytest.approx(age_min, nan_ok=True)
    assert (table["observed_s"] <= table["sent_s"]).all()
    assert (np.isnan(table["age_min"]) == (table["end"] == "")).all()


def test_error_is_how_far_the_boat_is_from_where_it_was_seen(made_up: Tables) -> None:
    """Recomputed from the boat's track: an ended one stays where it ended."""
    table, tracks = made_up["handoffs"], made_up["tracks"]
    for row in np.flatnonzero((table["voyage"] != "") & (table["contact"] >= 0)).tolist():
        copy = f"#{table['copy'][row]}" if table["copy"][row] else ""
        own = (tracks["mover"] == table["voyage"][row] + copy) & (tracks["kind"] == "boat")
        time_s, x, y = (tracks[name][own] for name in ("time_s", "x_m", "y_m"))
        moments = table["observed_s"][row], table["decided_s"][row]
        then, now = (np.array([np.interp(at, time_s, x), np.interp(at, time_s, y)]) for at in moments)
        wanted = np.hypot(*(now - then))
        assert table["error_m"][row] == pytest.approx(wanted, abs=1e-3, nan_ok=True)
