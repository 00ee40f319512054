"""Reactions in whole runs: who goes again, nobody twice, and boats that avoid water where others were met."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.property.accounts import assert_accounted_for
from tests.theory.laboratory import HOUR_S, assert_share, laboratory, sail, still, unit

from aegean_sim.engine.run import simulate
from aegean_sim.recording.kpis import kpis
from aegean_sim.scenario.loading import load_scenario

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

DAYS = 16
FLOW = {
    "id": "flow", "theatre": "lab", "rate_per_day": 40.0, "persons": 30, "speed_kn": [5.0, 7.0],
    "origin": [[0, 0], [0, 4]], "destination": [[30, 0], [30, 4]],
}  # fmt: skip
GUARDS = [
    unit(f"guard{number}", still((20, 2)), {"law": "disc_rate", "range_nm": 8, "rate_per_h": 1.0}, owner="CG",
         side="departure", duties=["intercept"], speed_kn=20, max_speed_kn=40, capacity=60,
         home_port=[-20, 2])
    for number in range(3)
]  # fmt: skip
DESK = {"id": "hq", "officers": 50, "handling_min": 0, "hears": ["CG"], "commands": ["CG"]}
RETRY = {"retry": {"share": 0.6, "days": {"triangular": [1, 2, 4]}}}
STILL = {
    "retry": {"share": 0.0, "days": {"triangular": [1, 2, 4]}},
    "displacement": {"share": 0.0},
    "sar_response": {"wave_half_m_per_ship": 0.0, "reference_ships": 3.0},
}


def sailed(reactions: dict[str, Any], seed: int = 1) -> Tables:
    parts = {"flows": [FLOW], "handoffs": {"desks": [DESK]}, "reactions": reactions}
    return sail(laboratory(24 * DAYS, GUARDS, seed, **parts))


@pytest.fixture(scope="module")
def trying() -> Tables:
    return sailed(RETRY)


def rows_of(voyages: Any) -> dict[tuple[str, int, int], int]:
    """Give the row of each attempt, by first voyage, copy and number."""
    people = zip(voyages["first_voyage"], voyages["copy"].tolist(), voyages["attempt"].tolist(), strict=True)
    rows = {who: row for row, who in enumerate(people)}
    assert len(rows) == len(voyages["voyage"])
    return rows


def test_whoever_tries_again_was_stopped_before_and_nobody_is_doubled(trying: Tables) -> None:
    voyages = trying["voyages"]
    rows = rows_of(voyages)
    again = [
        (rows[first, copy, number - 1], row) for (first, copy, number), row in rows.items() if number > 1
    ]
    assert len(again) > 100
    assert voyages["attempt"].max() == 4
    for before, row in again:
        assert voyages["outcome"][before] == "stopped"
        assert voyages["ended_s"][before] <= voyages["departed_s"][row]
        assert voyages["departed_s"][row] - voyages["departed_s"][before] > 24 * HOUR_S
        assert voyages["persons"][row] == voyages["persons_stopped"][before]
    assert_accounted_for(trying, 24 * DAYS * HOUR_S)


def test_a_share_of_the_stopped_tries_again(trying: Tables) -> None:
    voyages = trying["voyages"]
    rows = rows_of(voyages)
    in_time = voyages["departed_s"] < (DAYS - 6) * 24 * HOUR_S
    stopped = np.flatnonzero((voyages["outcome"] == "stopped") & (voyages["attempt"] < 4) & in_time)
    columns = (voyages[name][stopped] for name in ("first_voyage", "copy", "attempt"))
    names = list(zip(*columns, strict=True))
    went = sum((first, copy, number + 1) in rows for first, copy, number in names)
    assert_share(went, len(names), 0.6)


def test_names_tell_the_attempt_and_the_key_figure_counts_it(trying: Tables) -> None:
    voyages = trying["voyages"]
    again = voyages["attempt"] > 1
    assert (voyages["voyage"][~again] == "flow").all()
    expected = [f"flow~{number}" for number in voyages["attempt"][again].tolist()]
    assert voyages["voyage"][again].tolist() == expected
    scenario = laboratory(24, [], flows=[FLOW], reactions=RETRY).scenario
    assert kpis(trying, scenario)["persons_trying_again"] == 30 * again.sum()


def test_launches_themselves_do_not_change_when_some_try_again(trying: Tables) -> None:
    calm = sailed({})["voyages"]
    first = trying["voyages"]["attempt"] == 1
    for column in ("copy", "departed_s", "persons"):
        np.testing.assert_array_equal(trying["voyages"][column][first], calm[column])


def test_switches_that_move_nobody_change_nothing() -> None:
    coast = load_scenario("aegean-2016", ["duration_h=48"])
    some = coast.scenario.model_validate({**coast.scenario.model_dump(mode="json"), "reactions": STILL})
    assert some.reactions.retry is not None
    off = simulate(coast, 0).tables
    on = simulate(type(coast)(some, coast.source, coast.folder), 0).tables
    for name, table in off.items():
        for column, values in table.items():
            np.testing.assert_array_equal(values, on[name][column], err_msg=f"{name}.{column}")


@pytest.fixture(scope="module")
def moving() -> tuple[Any, Any]:
    days = ["duration_h=480"]
    runs = [days, [*days, "reactions.displacement={share: 1}"]]
    off, on = (simulate(load_scenario("aegean-2016", each), 0).tables["voyages"] for each in runs)
    return off, on


@pytest.mark.slow
def test_boats_that_move_are_the_same_boats_at_the_same_moment(moving: tuple[Any, Any]) -> None:
    off, on = moving
    assert sorted(on["voyage"]) == sorted(off["voyage"])
    row_of = {name: row for row, name in enumerate(off["voyage"])}
    same = [row_of[name] for name in on["voyage"]]
    for column in ("departed_s", "persons", "boat_type"):
        np.testing.assert_array_equal(on[column], off[column][same])
    np.testing.assert_array_equal(on["moved"], on["route"] != off["route"][same])
    assert 0 < on["moved"].sum() < len(on["moved"])


@pytest.mark.slow
def test_boats_move_to_a_route_on_which_fewer_were_met(moving: tuple[Any, Any]) -> None:
    off, on = moving
    meant = dict(zip(off["voyage"], off["route"], strict=True))

    def met_share(route: str, now_s: float) -> float:
        lately = (on["route"] == route) & (on["departed_s"] < now_s)
        lately &= on["departed_s"] >= now_s - 7 * 24 * HOUR_S
        dealt_with = (on["ended_by"] != "") & (on["ended_s"] <= now_s)
        return float((lately & dealt_with).sum() / max(lately.sum(), 1))

    for row in np.flatnonzero(on["moved"]).tolist():
        hour_s = on["departed_s"][row] // HOUR_S * HOUR_S
        moments = [hour_s, *on["departed_s"][(on["departed_s"] >= hour_s)][: row + 1], on["departed_s"][row]]
        moments = [moment for moment in moments if moment <= on["departed_s"][row]]
        own, other = meant[on["voyage"][row]], on["route"][row]
        assert any(met_share(own, moment) > met_share(other, moment) for moment in moments)


@pytest.mark.slow
def test_who_is_taken_back_goes_again_and_who_is_brought_to_europe_does_not() -> None:
    always = "reactions.retry={share: 1, days: {triangular: [1, 1.5, 2]}}"
    loaded = load_scenario("central-med-2016", ["duration_h=360", always])
    tables = simulate(loaded, 0).tables
    voyages, responses = tables["voyages"], tables["responses"]
    rules = loaded.scenario.handoffs.jurisdiction
    assert rules is not None
    states = np.array([rules.returned.get(owner, "nowhere") for owner in responses["owner"]], dtype=object)
    crafts = loaded.scenario.crafts()
    assert {crafts[name].owner for name in crafts if crafts[name].side == "departure"} <= set(rules.returned)
    back = (responses["result"] == "rescued") & (responses["brought_to"] == states)
    assert back.any()
    assert (~back & (responses["result"] == "rescued")).any()
    by_rescue = 0
    for (first, copy, number), row in rows_of(voyages).items():
        if number == 1:
            continue
        before = rows_of(voyages)[first, copy, number - 1]
        of_boat = (responses["voyage"] == voyages["voyage"][before]) & (responses["copy"] == copy)
        ashore = back & of_boat & (responses["ashore_s"] <= voyages["departed_s"][row])
        by_rescue += ashore.sum()
        taken_back = responses["persons"][ashore].sum()
        assert voyages["persons"][row] == voyages["persons_stopped"][before] + taken_back
    assert by_rescue > 0
