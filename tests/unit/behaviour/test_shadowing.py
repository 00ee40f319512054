"""Shadowing: a ship that has reported a boat follows it, as far as it may, and returns to its patrol."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import HOUR_S, NM_M, course, laboratory, sail, still, unit, voyage

from aegean_sim.geography.sea import open_theatre
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.theory.laboratory import Tables

BOAT_KN, LANDS_H = 6.0, 14.0
BOAT = voyage("boat", course((-24, 3), (BOAT_KN, 0), LANDS_H), persons=30)
SHIP = unit(
    "ship", still((0, 0)), {"law": "definite_range", "range_nm": 4}, owner="NATO", speed_kn=10,
    max_speed_kn=20, home_port=[0, -40],
)  # fmt: skip
GUARD = unit(
    "guard", still((40, 20)), owner="CG", side="destination", duties=["intercept"], capacity=60, speed_kn=5,
    max_speed_kn=10, home_port=[40, 30],
)  # fmt: skip


def follow(
    shadow_h: float | None, *others: Any, ship: Any = SHIP, boats: Any = (BOAT,), **desk: Any
) -> Tables:
    handoffs = {
        "desks": [{"id": "hq", "handling_min": 10, "hears": ["NATO", "CG"], **desk}],
        "watching": {"shadow_h": {"NATO": shadow_h} if shadow_h else {}},
        "response": {"on_scene_min": 10, "ashore_min": 10, "report_again_min": 600},
    }
    return sail(laboratory(20.0, [ship, *others], voyages=list(boats), handoffs=handoffs))


def places(tables: Tables, mover: str, hours: NDArray[np.float64]) -> NDArray[np.float64]:
    tracks = tables["tracks"]
    own = tracks["mover"] == mover
    axes = (np.interp(hours * HOUR_S, tracks["time_s"][own], tracks[axis][own]) for axis in ("x_m", "y_m"))
    return np.column_stack(list(axes)) / NM_M


def apart_nm(tables: Tables, hours: NDArray[np.float64], *, boat: str = "boat") -> NDArray[np.float64]:
    away: NDArray[np.float64] = np.hypot(*(places(tables, "ship", hours) - places(tables, boat, hours)).T)
    return away


def met_h(tables: Tables) -> float:
    """Tell when the ship is first with the boat: straight at 20 kn from (0, 0), seen where it is 4 nm off."""
    seen_h = float(tables["contacts"]["start_s"][0]) / HOUR_S
    hours = np.linspace(seen_h, LANDS_H, 200_001)
    reached = np.hypot(BOAT_KN * hours - 24.0, 3.0) <= 20.0 * (hours - seen_h)
    return float(hours[np.argmax(reached)])


def test_without_the_doctrine_nobody_follows() -> None:
    tables = follow(None)
    assert (places(tables, "ship", np.linspace(0, 20, 50)) == 0.0).all()
    chord_h = 2.0 * np.sqrt(4.0**2 - 3.0**2) / BOAT_KN
    assert (tables["contacts"]["end_s"] - tables["contacts"]["start_s"])[0] / HOUR_S == pytest.approx(chord_h)


def test_a_ship_holds_a_boat_until_it_lands_and_returns() -> None:
    tables = follow(15.0)
    assert tables["contacts"]["end_s"].tolist() == [LANDS_H * HOUR_S]
    begin_h = met_h(tables)
    assert apart_nm(tables, np.linspace(begin_h + 1e-3, LANDS_H, 100)) == pytest.approx(0.0, abs=1e-2)
    back_h = LANDS_H + np.hypot(60.0, 3.0) / 20.0
    assert places(tables, "ship", np.array([back_h + 0.01, 19.9])) == pytest.approx(0.0, abs=1e-6)
    assert places(tables, "ship", np.array([LANDS_H + 1.0]))[0, 0] == pytest.approx(60.0 - 20.0, abs=0.1)


@pytest.mark.parametrize("shadow_h", [0.5, 3.0])
def test_a_ship_follows_for_so_long_and_no_longer(shadow_h: float) -> None:
    tables = follow(shadow_h)
    left_h = met_h(tables) + shadow_h
    assert apart_nm(tables, np.linspace(left_h - shadow_h, left_h, 50) + 1e-3)[:-1] == pytest.approx(
        0, abs=1e-2
    )
    x_nm = BOAT_KN * left_h - 24.0
    home_h = np.hypot(x_nm, 3.0) / 20.0
    assert places(tables, "ship", np.array([left_h + home_h + 0.01]))[0] == pytest.approx(
        [0.0, 0.0], abs=1e-6
    )
    lost_h = tables["contacts"]["end_s"][0] / HOUR_S
    assert lost_h > left_h
    if lost_h < LANDS_H - 0.01:
        assert apart_nm(tables, np.array([lost_h])) == pytest.approx(4.0, abs=1e-3)


def test_a_ship_slower_than_the_boat_stays() -> None:
    tables = follow(15.0, ship={**SHIP, "speed_kn": 5, "max_speed_kn": 5.9})
    assert (places(tables, "ship", np.linspace(0, 20, 50)) == 0.0).all()


def test_only_the_forces_named_follow() -> None:
    tables = follow(15.0, ship={**SHIP, "owner": "CG"})
    assert (places(tables, "ship", np.linspace(0, 20, 50)) == 0.0).all()


def test_a_ship_is_called_off_when_the_boat_is_met() -> None:
    tables = follow(15.0, GUARD, commands=["CG"])
    assert tables["voyages"]["outcome"].tolist() == ["met"]
    over_h = tables["voyages"]["ended_s"][0] / HOUR_S
    assert met_h(tables) < over_h < LANDS_H - 2.0
    x_nm = BOAT_KN * over_h - 24.0
    back_h = over_h + np.hypot(x_nm, 3.0) / 20.0
    assert places(tables, "ship", np.array([back_h + 0.01])) == pytest.approx(0.0, abs=1e-6)


def test_a_ship_that_holds_the_boat_leads_the_responder_to_it() -> None:
    """The boat turns away; without a shadow the guard, blind, searches in vain."""
    turning = {**BOAT, "points": [[0, -24, 3], [6, 12, 3], [16, 12, 63]]}
    results = [
        follow(shadow_h, {**GUARD, "patrol": still((60, 20))}, boats=[turning], commands=["CG"])["responses"][
            "result"
        ].tolist()
        for shadow_h in (None, 15.0)
    ]
    assert results == [["not_found"], ["met"]]


def test_a_rescue_takes_a_ship_away_from_the_boat_it_follows() -> None:
    rescuer = {**SHIP, "duties": ["watch", "rescue"], "capacity": 60}
    scout = {
        **SHIP,
        "id": "scout",
        "patrol": still((30, 30)),
        "owner": "NGO",
        "speed_kn": 0,
        "max_speed_kn": 0,
    }
    other = voyage("other", course((28, 30), (0.1, 0), 18, 7), persons=20, distress_h=8)
    tables = follow(
        15.0, scout, ship=rescuer, boats=[BOAT, other], hears=["NATO", "NGO"], commands=["NATO"]
    )  # fmt: skip
    sent = tables["responses"]
    assert sent["unit"].tolist() == ["ship"]
    assert sent["result"].tolist() == ["rescued"]
    away_h = sent["tasked_s"][0] / HOUR_S
    assert apart_nm(tables, np.array([away_h])) == pytest.approx(0.0, abs=1e-2)
    there_h = sent["on_scene_s"][0] / HOUR_S
    assert apart_nm(tables, np.array([there_h]), boat="other") == pytest.approx(0.0, abs=1e-2)
    assert apart_nm(tables, np.array([there_h]))[0] > 10.0
    assert places(tables, "ship", np.array([19.99])) == pytest.approx(0.0, abs=1e-6)


def test_a_ship_follows_one_boat_at_a_time() -> None:
    second = voyage("second", course((-24, 2.9), (BOAT_KN, 0), LANDS_H + 0.1, 0.1))
    tables = follow(15.0, boats=[BOAT, second])
    assert apart_nm(tables, np.linspace(6.0, LANDS_H, 20)) == pytest.approx(0.0, abs=1e-2)


def by_lesvos(*closed: str) -> Tables:
    """A boat from the Turkish to the Greek shore in the north of Lesvos, and a ship on the line between."""
    ship = unit(
        "ship", still((26.30, 39.42)), {"law": "definite_range", "range_nm": 8}, owner="NATO", speed_kn=10,
        max_speed_kn=20, keep_out=list(closed),
    ) | {"theatre": "aegean"}  # fmt: skip
    boat = voyage("boat", [[1, 26.33, 39.48], [3, 26.33, 39.38]]) | {"theatre": "aegean"}
    scenario = Scenario.model_validate({
        "name": "coast", "start": "2016-06-01T00:00:00Z", "duration_h": 6,
        "theatres": {"aegean": {"coast": "aegean"}}, "daylight": {"sun": False},
        "units": [ship], "voyages": [boat],
        "handoffs": {
            "desks": [{"id": "hq", "handling_min": 0, "hears": ["NATO"]}],
            "watching": {"shadow_h": {"NATO": 10}},
        },
    })  # fmt: skip
    return sail(Loaded(scenario, "test", Path()))


def test_a_ship_that_follows_keeps_out_of_closed_waters() -> None:
    sea = open_theatre("aegean")
    hours = np.linspace(0.0, 6.0, 2001)
    waters = {}
    for closed in ((), ("TR",)):
        tables = by_lesvos(*closed)
        x, y = (places(tables, "ship", hours) * NM_M).T
        waters[closed] = set(sea.waters_at(x, y).tolist())
        assert apart_nm(tables, np.array([2.95])) == pytest.approx(0.0, abs=0.05)
    assert waters == {(): {"GR", "TR"}, ("TR",): {"GR"}}
