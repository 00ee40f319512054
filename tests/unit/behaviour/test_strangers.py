"""Harmless traffic: how often units come upon suspects, where these are, and what they lead to."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import iv, modstruve
from scipy.stats import chisquare, kstest
from tests.theory.laboratory import (
    HOUR_S,
    NM_M,
    STANDARD_ERRORS,
    assert_uniform,
    laboratory,
    sail,
    still,
    unit,
)

from aegean_sim.behaviour.strangers import mean_relative_speed
from aegean_sim.engine.world import build_world
from aegean_sim.geography.sea import open_theatre
from aegean_sim.quantities import KNOT_MPS, MINUTE_S
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

DAYS = 40.0
DESK = {"id": "hq", "officers": 100, "handling_min": 0, "hears": ["NATO"]}
LEVEL = math.erfc(STANDARD_ERRORS / math.sqrt(2.0))
LESVOS = (26.62, 39.08)


def traffic(**more: Any) -> dict[str, Any]:
    return {"id": "fishing", "theatre": "lab", "per_1000_nm2": 100, "speed_kn": 6, **more}


def handoffs(*kinds: dict[str, Any], desk: dict[str, Any] = DESK, **classing: Any) -> dict[str, Any]:
    rules = {"suspect": [0.05, 0.05], **classing}
    return {"desks": [desk], "harmless": list(kinds or (traffic(),)), "classing": rules}


def ship(sensor: dict[str, Any], *others: dict[str, Any], **more: Any) -> dict[str, Any]:
    return unit("ship", more.pop("patrol", still((0, 0))), sensor, *others, owner="NATO", **more)


def disc(range_nm: float) -> dict[str, Any]:
    return {"law": "definite_range", "range_nm": range_nm}


def lone(unit_: dict[str, Any], told: dict[str, Any], days: float = DAYS, **more: Any) -> Tables:
    return sail(laboratory(24.0 * days, [unit_], handoffs=told, **more))


def assert_poisson(count: int, mean: float) -> None:
    assert count == pytest.approx(mean, rel=0.0, abs=STANDARD_ERRORS * math.sqrt(mean))


@pytest.mark.parametrize(("one", "other"), [(0.0, 6.0), (12.0, 0.0), (12.0, 6.0), (5.0, 5.0), (30.0, 1.0)])
def test_mean_relative_speed_is_that_of_courses_evenly_spread(one: float, other: float) -> None:
    def relative(course: float) -> float:
        return math.sqrt(max(0.0, one**2 + other**2 - 2.0 * one * other * math.cos(course)))

    wanted = quad(relative, 0.0, math.pi, epsabs=1e-12)[0] / math.pi
    assert mean_relative_speed(one, other) == pytest.approx(wanted, rel=1e-9)


def test_two_at_rest_never_meet() -> None:
    assert mean_relative_speed(0.0, 0.0) == 0.0
    assert not len(lone(ship(disc(5)), handoffs(traffic(speed_kn=0)))["contacts"]["contact"])


@pytest.mark.parametrize("speed_kn", [0.0, 12.0])
def test_suspects_come_as_density_width_and_speed_say(speed_kn: float) -> None:
    """``d W w`` of them, times the share that is taken for migrant boats, from half the sweep width away."""
    patrol = {"kind": "barrier", "between": [[-20, 0], [20, 0]]}
    tables = lone(ship(disc(5), patrol=patrol if speed_kn else still((0, 0)), speed_kn=speed_kn), handoffs())
    relative_kn = quad(lambda a: math.hypot(6.0 - speed_kn * math.cos(a), speed_kn * math.sin(a)), 0, math.pi)
    per_h = 0.1 * 10.0 * relative_kn[0] / math.pi * 0.05
    assert_poisson(len(tables["contacts"]["contact"]), per_h * 24.0 * DAYS)
    assert tables["contacts"]["range_m"] == pytest.approx(5.0 * NM_M)


def test_a_width_that_is_no_definite_range_and_a_share_that_doubles() -> None:
    reach_nm, rate_per_h, doubles_nm = 8.0, 1.0, 4.0
    k = 2.0 * reach_nm * rate_per_h / 6.0
    width_nm = math.pi * reach_nm * float(iv(1, k) - modstruve(1, k))
    sensor = {"law": "disc_rate", "range_nm": reach_nm, "rate_per_h": rate_per_h}
    tables = lone(ship(sensor, disc(2)), handoffs(suspect=[0.02, 0.02], doubles_nm=doubles_nm))
    share = 0.02 * 2.0 ** (0.5 * width_nm / doubles_nm)
    assert_poisson(len(tables["contacts"]["contact"]), 0.1 * width_nm * 6.0 * share * 24.0 * DAYS)
    assert set(tables["contacts"]["sensor"]) == {"disc_rate"}


def test_two_kinds_add_up_and_keep_their_names() -> None:
    kinds = traffic(), traffic(id="ferries", per_1000_nm2=20, speed_kn=15)
    names = lone(ship(disc(5)), handoffs(*kinds))["contacts"]["traffic"].tolist()
    assert_poisson(names.count("fishing"), 0.1 * 10.0 * 6.0 * 0.05 * 24.0 * DAYS)
    assert_poisson(names.count("ferries"), 0.02 * 10.0 * 15.0 * 0.05 * 24.0 * DAYS)


def test_they_come_one_by_one_and_from_everywhere() -> None:
    contacts = lone(ship(disc(5)), handoffs())["contacts"]
    gaps_h = np.diff(contacts["start_s"]) / HOUR_S
    assert_uniform(np.exp(-gaps_h * 0.1 * 10.0 * 6.0 * 0.05))
    assert_uniform(np.arctan2(contacts["x_m"], contacts["y_m"]) / (2.0 * math.pi) % 1.0)


def test_they_come_at_the_hours_of_the_day_in_utc() -> None:
    hours = [0.0] * 6 + [3.0] * 6 + [1.0] * 12
    start = "2016-06-01T07:00:00Z"
    tables = lone(ship(disc(5)), handoffs(traffic(hours_utc=hours)), 2.0 * DAYS, start=start)
    hour = (tables["contacts"]["start_s"] / HOUR_S + 7.0) % 24.0
    counts, _ = np.histogram(hour, bins=[6, 9, 12, 15, 18, 21, 24])
    assert counts.sum() == len(hour)
    assert chisquare(counts, np.array([3, 3, 1, 1, 1, 1]) / 10 * counts.sum()).pvalue > LEVEL
    assert_poisson(len(hour), 0.1 * 10.0 * 6.0 * 0.05 * 30.0 * 2.0 * DAYS)


def test_a_sector_takes_its_share() -> None:
    patrol = {**still((0, 0)), "sector_deg": [350, 80]}
    contacts = lone(ship(disc(5), patrol=patrol), handoffs())["contacts"]
    bearing = np.degrees(np.arctan2(contacts["x_m"], contacts["y_m"])) % 360.0
    assert ((bearing >= 350.0) | (bearing <= 80.0)).all()
    assert_poisson(len(bearing), 0.25 * 0.1 * 10.0 * 6.0 * 0.05 * 24.0 * DAYS)


def test_none_is_out_of_bounds_and_none_is_seen_from_port() -> None:
    box = {"lab": {"coast": "open_sea", "box_nm": [-3, -2, 100, 100]}}
    watch = {"shift_start_h": 6.0, "shift_h": 6.0}
    vessel = ship(disc(5), home_port=[0, 0], speed_kn=10.0, availability=watch)
    contacts = lone(vessel, handoffs(), theatres=box)["contacts"]
    assert (contacts["x_m"] >= -3.0 * NM_M).all()
    assert (contacts["y_m"] >= -2.0 * NM_M).all()
    hour = contacts["start_s"] / HOUR_S % 24.0
    assert ((hour >= 6.0) & (hour <= 12.0)).all()
    assert len(hour) > 20


def test_they_sail_on_at_their_speed_on_courses_evenly_spread() -> None:
    world = build_world(laboratory(24.0 * DAYS, [ship(disc(5))], handoffs=handoffs()).scenario, Path(), 0)
    world.env.run(until=24.0 * DAYS * HOUR_S)
    tracks = [each.track for each in world.scenes["lab"].strangers]
    velocity = np.array([track.velocity_at(track.time_s[0]) for track in tracks])
    assert np.hypot(*velocity.T) == pytest.approx(6.0 * KNOT_MPS, rel=1e-9)
    assert kstest(np.arctan2(*velocity.T) / (2.0 * math.pi) % 1.0, "uniform").pvalue > LEVEL


def by_lesvos(waters: list[str], **more: Any) -> Tables:
    post = unit("post", still(LESVOS), disc(6), owner="NATO", **more) | {"theatre": "aegean"}
    kind = traffic(theatre="aegean", waters=waters, per_1000_nm2=1000)
    scenario = Scenario.model_validate({
        "name": "coast", "start": "2016-06-01T00:00:00Z", "duration_h": 240,
        "theatres": {"aegean": {"coast": "aegean"}}, "units": [post], "handoffs": handoffs(kind),
    })  # fmt: skip
    return sail(Loaded(scenario, "test", Path()))


@pytest.mark.parametrize("waters", [[], ["GR"], ["TR"], ["TR", "high_seas"]])
def test_on_a_coast_none_is_ashore_out_of_sight_or_in_other_waters(waters: list[str]) -> None:
    contacts, sea = by_lesvos(waters)["contacts"], open_theatre("aegean")
    x, y = contacts["x_m"], contacts["y_m"]
    assert len(x) > 20
    assert sea.coast is not None
    assert not sea.coast.on_land(x, y).any()
    post = np.array(sea.frame.to_xy(*([value] for value in LESVOS)))[:, 0]
    moved_m = np.abs(np.hypot(x - post[0], y - post[1]) - 6.0 * NM_M)
    assert (moved_m < 1.0).all()
    assert not sea.crosses(np.full(len(x), post[0]), np.full(len(x), post[1]), x, y).any()
    found = set(sea.waters_at(x, y).tolist())
    assert found == ({"GR", "TR"} if not waters else set(waters) & {"GR", "TR"})


def test_from_the_air_they_are_seen_behind_land_but_not_on_it() -> None:
    orbit = {
        "flies": True, "speed_kn": 60.0, "home_port": LESVOS,
        "availability": {"sortie_h": 4.0, "rest_h": 0.0},
    }  # fmt: skip
    contacts, sea = by_lesvos([], **orbit)["contacts"], open_theatre("aegean")
    x, y = contacts["x_m"], contacts["y_m"]
    assert sea.coast is not None
    assert not sea.coast.on_land(x, y).any()
    post = np.array(sea.frame.to_xy(*([value] for value in LESVOS)))[:, 0]
    assert sea.crosses(np.full(len(x), post[0]), np.full(len(x), post[1]), x, y).any()


def test_a_suspect_is_a_contact_and_a_report_after_a_look() -> None:
    tables = lone(ship(disc(5)), handoffs(look_min={"triangular": [2, 3, 9]}))
    contacts, reports = tables["contacts"], tables["handoffs"]
    assert set(contacts["voyage"]) == {""}
    assert set(contacts["copy"]) == {-1}
    assert set(contacts["classed"]) == {"suspect"}
    assert np.isnan(contacts["end_s"]).all()
    look_s = reports["observed_s"] - contacts["start_s"][reports["contact"]]
    assert ((look_s >= 2.0 * MINUTE_S) & (look_s <= 9.0 * MINUTE_S)).all()
    assert set(reports["traffic"]) == {"fishing"}
    assert sorted(reports["contact"].tolist()) == contacts["contact"][: len(look_s)].tolist()
