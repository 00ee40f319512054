"""Sorties: out, search and back by hand, from airfields and from ships under way, never beyond endurance."""

from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.timetable import build_units
from aegean_sim.entities.unit import Unit
from aegean_sim.errors import GeographyError
from aegean_sim.geography.sea import open_box, open_theatre
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.model import Scenario
from aegean_sim.streams import Streams

SEA = open_box("lab", (-500.0, -500.0, 500.0, 500.0))
EASTWARD = {"kind": "barrier", "between": [[30, 0], [300, 0]]}
BOX = {"kind": "search", "length_nm": 20, "width_nm": 10, "spacing_nm": 5}
SHIP = {
    "id": "ship", "theatre": "lab", "speed_kn": 12,
    "patrol": {"kind": "scripted", "points": [[0, 0, 0], [20, 240, 0]]},
}  # fmt: skip


def units(*some: dict[str, Any], hours: float = 24, seed: int = 5) -> dict[str, Unit]:
    scenario = Scenario.model_validate({
        "name": "sorties", "start": "2016-06-01T00:00:00Z", "duration_h": hours,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-500, -500, 500, 500]}}, "units": some,
    })  # fmt: skip
    return {unit.id: unit for unit in build_units(scenario, "lab", SEA, Streams(seed, 0))}


def aircraft(patrol: dict[str, Any], **more: Any) -> dict[str, Any]:
    plane = {"id": "plane", "theatre": "lab", "flies": True, "speed_kn": 60, "patrol": patrol}
    return {**plane, **({} if "base" in more else {"home_port": [0, 0]}), **more}


def vertices(track: Track) -> np.ndarray[Any, np.dtype[np.float64]]:
    """Give hours and nautical miles, one row a vertex, without those that repeat one."""
    rows = np.column_stack([track.time_s / HOUR_S, track.x_m / NM_M, track.y_m / NM_M])
    fresh = np.concatenate([[True], np.abs(np.diff(rows, axis=0)).max(axis=1) > 1e-6])
    return np.asarray(rows[fresh])


def speeds_kn(track: Track) -> np.ndarray[Any, np.dtype[np.float64]]:
    lasts_s = np.diff(track.time_s)
    steps_m = np.hypot(np.diff(track.x_m), np.diff(track.y_m))
    return np.asarray(steps_m[lasts_s > 1.0] / lasts_s[lasts_s > 1.0] / KNOT_MPS)


def test_it_turns_for_home_when_the_way_back_takes_the_time_that_is_left() -> None:
    """At 60 kn it comes to x nm eastward after x / 60 h, so that it turns after half of its time."""
    turns = {"sortie_h": 1.5, "sorties_per_day": 1, "first_sortie_h": 4}
    (sortie,) = units(aircraft(EASTWARD, availability=turns))["plane"].plan
    by_hand = np.array([[4.0, 0, 0], [4.5, 30, 0], [4.75, 45, 0], [5.5, 0, 0]])
    np.testing.assert_allclose(vertices(sortie), by_hand)


def test_an_orbit_is_left_in_time() -> None:
    turns = {"sortie_h": 3, "rest_h": 5, "first_sortie_h": 1}
    orbit = aircraft({"kind": "station", "at": [0, 40]}, availability=turns)
    plan = units(orbit)["plane"].plan
    assert len(plan) == 3
    for number, sortie in enumerate(plan):
        assert (sortie.time_s[0], sortie.time_s[-1]) == pytest.approx(
            ((1 + 8 * number) * HOUR_S, (4 + 8 * number) * HOUR_S)
        )
        on_station = vertices(sortie)[1:-1]
        np.testing.assert_allclose(on_station[:, 1:], [[0, 40]] * 2)
        assert np.ptp(on_station[:, 0]) == pytest.approx(3 - 2 * 40 / 60)


def test_sorties_come_evenly_and_the_first_is_drawn_by_station() -> None:
    turns = {"sortie_h": 2, "sorties_per_day": 3}
    starts = []
    for seed in range(300):
        plan = units(aircraft(EASTWARD, availability=turns), hours=72, seed=seed)["plane"].plan
        times_h = np.array([sortie.time_s[0] for sortie in plan if sortie.time_s[0] > 0.0]) / HOUR_S
        np.testing.assert_allclose(np.diff(times_h), 8.0)
        starts.append(times_h[0] % 8.0)
    histogram = np.histogram(starts, bins=4, range=(0.0, 8.0))[0]
    assert (np.abs(histogram - 75) < 4 * np.sqrt(300 * 0.25 * 0.75)).all()


def test_days_of_maintenance_have_no_sorties() -> None:
    turns = {"sortie_h": 2, "sorties_per_day": 4, "days_on": 3, "days_off": 2}
    plan = units(aircraft(EASTWARD, availability=turns), hours=24 * 60)["plane"].plan
    gaps_h = np.array([later.time_s[0] - sooner.time_s[0] for sooner, later in pairwise(plan)]) / HOUR_S
    assert (gaps_h > 2 * 24).sum() in {11, 12}
    assert len(plan) == pytest.approx(60 * 4 * 3 / 5, abs=15)


def test_a_helicopter_searches_round_its_ship_and_lands_where_the_ship_has_come() -> None:
    """Off the ship at 5 h, 60 nm out; the box is 20 by 10 nm, and from its corner legs run 5 nm apart."""
    turns = {"sortie_h": 2, "sorties_per_day": 1, "first_sortie_h": 5}
    (sortie,) = units(SHIP, aircraft(BOX, base="ship", availability=turns))["plane"].plan
    path = vertices(sortie)
    np.testing.assert_allclose(
        path[:7, 1:], [[60, 0], [50, -5], [70, -5], [70, 0], [50, 0], [50, 5], [70, 5]], atol=1e-6
    )
    assert path[0, 0] == 5.0
    assert path[-1, 0] == pytest.approx(7.0, abs=1e-6)
    np.testing.assert_allclose(path[-1, 1:], [12 * 7, 0], atol=1e-4)
    np.testing.assert_allclose(speeds_kn(sortie), 60.0, rtol=1e-6)


def test_there_is_no_sortie_while_the_ship_lies_in_port() -> None:
    loop = {"kind": "loop", "points": [[20, 0], [60, 0], [60, 40]]}
    ship = {
        "id": "ship", "theatre": "lab", "speed_kn": 12, "patrol": loop, "home_port": [0, 0],
        "availability": {"days_on": 3, "days_off": 2},
    }  # fmt: skip
    helicopter = aircraft(BOX, base="ship", availability={"sortie_h": 2, "sorties_per_day": 6})
    fleet = units(helicopter, ship, hours=24 * 40)
    ship_plan, sorties = fleet["ship"].plan, fleet["plane"].plan
    assert [unit.row for unit in fleet.values()] == [0, 1]
    assert len(sorties) > 100
    for sortie in sorties:
        (voyage,) = [one for one in ship_plan if one.time_s[0] < sortie.time_s[0] < one.time_s[-1]]
        for end in (0, -1):
            there = voyage.at(sortie.time_s[end])
            np.testing.assert_allclose((sortie.x_m[end], sortie.y_m[end]), there, atol=0.1)
    at_sea_s = sum(one.time_s[-1] - one.time_s[0] for one in ship_plan)
    assert len(sorties) == pytest.approx(6 * at_sea_s / DAY_S, abs=2 * len(ship_plan))


def test_without_its_ship_a_helicopter_does_not_fly() -> None:
    hulls = [{"id": name, "speed_kn": 12} for name in ("first", "second")]
    stations = [{"id": "north", "patrol": EASTWARD}, {"id": "south", "patrol": EASTWARD}]
    turns = {"sortie_h": 2, "sorties_per_day": 6}
    helicopters = [
        aircraft(BOX, id=f"of-{hull['id']}", base=hull["id"], availability=turns) for hull in hulls
    ]
    flying = {}
    for ships in (0, 1, 2):
        scenario = Scenario.model_validate({
            "name": "ships", "start": "2016-06-01T00:00:00Z", "duration_h": 24,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-500, -500, 500, 500]}},
            "deployments": [
                {"id": "nato", "theatre": "lab", "ships": ships, "hulls": hulls, "stations": stations}
            ],
            "units": helicopters,
        })  # fmt: skip
        flying[ships] = [
            unit.id for unit in build_units(scenario, "lab", SEA, Streams(1, 0)) if unit.craft.flies
        ]
        assert [name for name in scenario.crafts() if name.startswith("of-")] == flying[ships]
    assert flying == {0: [], 1: ["of-first"], 2: ["of-first", "of-second"]}


def test_a_helicopter_goes_with_its_ship_to_another_theatre() -> None:
    hulls = [{"id": name, "speed_kn": 12} for name in ("first", "second")]
    box_nm = [-500, -500, 500, 500]
    turns = {"sortie_h": 2, "sorties_per_day": 6}
    at_home = [{"id": "north", "patrol": EASTWARD}, {"id": "south", "patrol": EASTWARD}]
    there: dict[str, list[str]] = {}
    for support in (0, 1):
        scenario = Scenario.model_validate({
            "name": "fleet", "start": "2016-06-01T00:00:00Z", "duration_h": 24,
            "theatres": {name: {"coast": "open_sea", "box_nm": box_nm} for name in ("east", "west")},
            "deployments": [
                {"id": "nato", "theatre": "east", "ships": 2, "hulls": hulls, "stations": at_home},
                {"id": "nato-sophia", "theatre": "west", "ships": 0, "hulls": [], "home_port": [0, 0],
                 "stations": [{"id": "tripoli", "patrol": EASTWARD}]},
            ],
            "fleet": {"ships": ["first", "second"], "sophia_support": support},
            "units": [aircraft(BOX, theatre="east", base="second", availability=turns)],
        })  # fmt: skip
        for theatre in ("east", "west"):
            sailing = build_units(scenario, theatre, SEA, Streams(1, 0))
            there[f"{theatre} {support}"] = [unit.id for unit in sailing if unit.plan]
    assert there == {
        "east 0": ["plane", "first", "second"],
        "west 0": [],
        "east 1": ["first"],
        "west 1": ["plane", "second"],
    }


@pytest.mark.parametrize("seed", range(40))
def test_endurance_is_never_exceeded(seed: int) -> None:
    dice = np.random.default_rng(seed)
    one, other, third = (dice.uniform(-80.0, 80.0, 2).tolist() for _ in range(3))
    patrols = [
        {"kind": "barrier", "between": [one, other]},
        {"kind": "loop", "points": [one, other, third]},
        {"kind": "random", "area": [one, other, third]},
        {"kind": "station", "at": one},
        {**BOX, "centre": third},
        BOX,
    ]
    patrol = patrols[seed % len(patrols)]
    ship = {**SHIP, "patrol": {"kind": "loop", "points": [[0, 0], [30, 9], [9, 50]]}}
    from_ship = patrol is BOX
    turns = {"sortie_h": dice.uniform(4.0, 6.0), "rest_h": dice.uniform(0.0, 5.0)}
    home = {"base": "ship"} if from_ship else {"home_port": dice.uniform(-60.0, 60.0, 2).tolist()}
    speed_kn = dice.uniform(90.0, 200.0)
    fleet = units(ship, aircraft(patrol, speed_kn=speed_kn, availability=turns, **home), hours=96)
    sorties = fleet["plane"].plan
    assert len(sorties) > 5
    for sortie in sorties:
        lasts_s = sortie.time_s[-1] - sortie.time_s[0]
        assert lasts_s <= turns["sortie_h"] * HOUR_S + 1e-6
        assert speeds_kn(sortie).max() <= speed_kn * (1 + 1e-6)
        if sortie.time_s[0] > 0.0 and sortie.time_s[-1] < 96 * HOUR_S - 1.0:
            base = (fleet["ship"].place(sortie.time_s[-1]) if from_ship else fleet["plane"].port) or (0, 0)
            np.testing.assert_allclose((sortie.x_m[-1], sortie.y_m[-1]), base, atol=0.1)
            assert lasts_s > turns["sortie_h"] * HOUR_S - 1.0


def test_a_patrol_out_of_reach_is_refused() -> None:
    turns = {"sortie_h": 0.9, "rest_h": 1}
    message = (
        r"units\[plane\]\.patrol: plane needs 1\.0 h to its patrol and back, more than its sortie_h of 0\.9"
    )
    with pytest.raises(GeographyError, match=message):
        units(aircraft(EASTWARD, availability=turns))


def in_the_aegean(patrol: dict[str, Any], **more: Any) -> Unit:
    plane = aircraft(patrol, theatre="aegean", availability={"sortie_h": 4, "rest_h": 4}, **more)
    scenario = Scenario.model_validate({
        "name": "aegean", "start": "2016-06-01T00:00:00Z", "duration_h": 48,
        "theatres": {"aegean": {"coast": "aegean"}}, "units": [{**plane, "speed_kn": 120}],
    })  # fmt: skip
    return build_units(scenario, "aegean", open_theatre("aegean"), Streams(1, 0))[0]


LIMNOS, SAMOS = [25.236, 39.917], [26.912, 37.690]
"""Airfields, both inland."""


def test_it_flies_straight_over_land() -> None:
    across_lesvos = {"kind": "barrier", "between": [[25.7, 39.2], [26.8, 39.0]]}
    unit = in_the_aegean(across_lesvos, home_port=LIMNOS)
    sea = open_theatre("aegean")
    assert sea.coast is not None
    assert sea.coast.on_land(*(np.array([value]) for value in unit.port or (0.0, 0.0)))[0]
    sortie = unit.plan[-2]
    legs = np.column_stack([sortie.x_m, sortie.y_m])
    assert sea.crosses(*legs[:-1].T, *legs[1:].T).any()
    ends = np.column_stack(sea.frame.to_xy(*np.array(across_lesvos["between"]).T))
    turns = legs[1:-3]
    assert np.abs(turns[:, np.newaxis] - ends).sum(axis=2).min(axis=1).max() < 1.0


def test_closed_waters_are_closed_to_aircraft() -> None:
    with pytest.raises(GeographyError, match=r"leads through waters it keeps out of \(TR\)"):
        in_the_aegean(
            {"kind": "barrier", "between": [[26.6, 39.2], [27.0, 39.0]]}, home_port=LIMNOS, keep_out=["TR"]
        )
    # The patrol is in Greek waters, but Karaburun lies between.
    north = {"kind": "station", "at": [26.45, 38.93]}
    with pytest.raises(GeographyError, match=r"a sortie of plane leads over waters it keeps out of \(TR\)"):
        in_the_aegean(north, home_port=SAMOS, keep_out=["TR"])
    assert in_the_aegean(north, home_port=LIMNOS, keep_out=["TR"]).plan


def test_a_helicopter_leaves_closed_waters_out_of_its_box() -> None:
    ship = {**SHIP, "theatre": "aegean", "speed_kn": 0, "patrol": {"kind": "station", "at": [26.15, 38.80]}}
    box = {"kind": "search", "length_nm": 40, "width_nm": 20, "spacing_nm": 5}
    helicopter = aircraft(box, theatre="aegean", base="ship", availability={"sortie_h": 2, "rest_h": 4})
    sea = open_theatre("aegean")
    for closed in ([], ["TR"]):
        scenario = Scenario.model_validate({
            "name": "aegean", "start": "2016-06-01T00:00:00Z", "duration_h": 48,
            "theatres": {"aegean": {"coast": "aegean"}}, "units": [ship, {**helicopter, "keep_out": closed}],
        })  # fmt: skip
        _, unit = build_units(scenario, "aegean", sea, Streams(1, 0))
        assert len(unit.plan) >= 7
        entered = [sea.zones.enters(np.column_stack([each.x_m, each.y_m]), ["TR"]) for each in unit.plan]
        assert any(entered) == (not closed)
