"""Courses by water: meetings, returns to the plan, searches."""

import math
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.courses import expanding_square, meet, rejoin, way_home
from aegean_sim.entities.unit import Unit
from aegean_sim.geography.places import locate
from aegean_sim.geography.sea import Sea, open_box, open_theatre
from aegean_sim.kinematics.legs import Track, length_m
from aegean_sim.quantities import KNOT_MPS, NM_M
from aegean_sim.scenario.forces import Craft

BOX = open_box("lab", (-100.0, -100.0, 100.0, 100.0))


def test_a_meeting_is_where_the_boat_is_then_and_the_way_takes_that_long() -> None:
    track = Track(np.array([0.0, 3600.0, 9000.0]), np.array([0.0, 9e3, 9e3]), np.array([0.0, 0.0, 2e4]))
    meeting = meet(BOX, track, (3e4, 5e3), 10.0, 500.0)
    assert meeting is not None
    np.testing.assert_allclose(meeting.path_xy[-1], track.at(meeting.time_s))
    assert length_m(meeting.path_xy) == pytest.approx(10.0 * (meeting.time_s - 500.0))


def test_round_an_island_the_way_fits_the_time_and_keeps_off_land() -> None:
    sea = open_theatre("aegean")
    x, y = sea.frame.to_xy([26.65, 26.60, 25.75], [39.28, 39.05, 39.25])
    track = Track(np.array([0.0, 7200.0]), x[:2], y[:2])
    meeting = meet(sea, track, (float(x[2]), float(y[2])), 30 * KNOT_MPS, 0.0)
    assert meeting is not None
    path = meeting.path_xy
    assert len(path) > 2
    assert not sea.crosses(*path[:-1].T, *path[1:].T).any()
    needed = length_m(path) / (30 * KNOT_MPS)
    assert needed <= meeting.time_s + 1.0
    assert meet(sea, track, (float(x[2]), float(y[2])), 3 * KNOT_MPS, 0.0) is None


def unit_with(plan: tuple[Track, ...], port: tuple[float, float] | None, **limits: Any) -> Unit:
    craft = Craft(speed_kn=10, max_speed_kn=20, **limits)
    return Unit("u", "u", 0, "lab", craft, plan, port, ((0.0, 1e9),))


def test_a_unit_on_task_rejoins_its_plan_where_it_can_and_sails_on() -> None:
    turn = np.arange(0.0, 40 * 3600.0, 3600.0)
    plan = Track(turn, 1e4 * np.cos(turn / 9e3), 1e4 * np.sin(turn / 9e3))
    (course,), back_s = rejoin(BOX, unit_with((plan,), None), (5e4, 0.0), 7000.0)
    assert (course.time_s[0], course.x_m[0], course.y_m[0]) == (7000.0, 5e4, 0.0)
    np.testing.assert_allclose(course.at(back_s), plan.at(back_s))
    later = course.time_s > back_s
    np.testing.assert_array_equal(course.time_s[later], plan.time_s[plan.time_s > back_s])
    speed = np.hypot(np.diff(course.x_m), np.diff(course.y_m)) / np.maximum(np.diff(course.time_s), 1e-9)
    assert speed.max() <= 20 * KNOT_MPS * (1 + 1e-9)


def test_a_unit_off_task_goes_home_and_leaves_for_its_next_turn() -> None:
    turns = tuple(Track(np.array([a, a + 100.0]), np.zeros(2), np.array([0.0, 900.0])) for a in (0.0, 9e4))
    pieces, back_s = rejoin(BOX, unit_with(turns, (0.0, 0.0)), (1e4, 0.0), 500.0)
    assert back_s == pytest.approx(500.0 + 1e4 / (20 * KNOT_MPS))
    assert pieces[-1] is turns[1]
    assert pieces[0].at(back_s) == (0.0, 0.0)


def test_an_expanding_square_grows_by_a_spacing_every_second_leg() -> None:
    search = expanding_square(BOX, (0.0, 0.0), 2 * NM_M, unit_with((), None), 100.0, 20_000.0)
    legs = np.hypot(np.diff(search.x_m), np.diff(search.y_m))[:-1] / (2 * NM_M)
    np.testing.assert_allclose(legs, np.repeat(np.arange(1, 20), 2)[: len(legs)])
    assert (search.time_s[0], search.time_s[-1]) == (100.0, 20_000.0)


def test_a_search_near_an_island_and_a_border_crosses_neither() -> None:
    sea = open_theatre("aegean")
    x, y = sea.frame.to_xy(26.35, 39.40)
    unit = unit_with((), None, keep_out=frozenset({"TR"}))
    search = expanding_square(sea, (float(x), float(y)), NM_M, unit, 0.0, 7200.0)
    assert not sea.crosses(search.x_m[:-1], search.y_m[:-1], search.x_m[1:], search.y_m[1:]).any()
    dense = np.linspace(0.0, search.time_s[-1], 500)
    waters = sea.waters_at(*(np.interp(dense, search.time_s, axis) for axis in (search.x_m, search.y_m)))
    assert set(waters) <= {"GR", "high_seas"}
    assert len(search.x_m) > 3


def samos_to_agathonisi(sea: Sea) -> tuple[tuple[float, float], tuple[float, float]]:
    return locate(sea.frame, "Samos (Vathy)"), locate(sea.frame, "Agathonisi")


def test_a_meeting_beyond_closed_waters_is_reached_round_them() -> None:
    sea = open_theatre("aegean")
    here, there = samos_to_agathonisi(sea)
    still = Track(np.array([0.0, 9e4]), np.full(2, there[0]), np.full(2, there[1]))
    straight = meet(sea, still, here, 10.0, 0.0)
    assert straight is not None
    assert sea.zones.enters(straight.path_xy, {"TR"})
    around = meet(sea, still, here, 10.0, 0.0, closed={"TR"})
    assert around is not None
    assert not sea.zones.enters(around.path_xy, {"TR"})
    assert around.time_s > straight.time_s
    assert around.time_s == pytest.approx(length_m(around.path_xy) / 10.0, abs=1.0)
    assert meet(sea, still, here, 10.0, 0.0, around.time_s - 10.0, {"TR"}) is None


def test_the_way_to_a_boat_that_moves_on_keeps_out_of_closed_waters() -> None:
    sea = open_theatre("aegean")
    here, _ = samos_to_agathonisi(sea)
    x, y = sea.frame.to_xy([26.95, 27.03, 26.85], [37.25, 37.44, 37.40])
    track = Track(np.array([0.0, 20e3, 40e3]), x, y)
    meeting = meet(sea, track, here, 6.0, 0.0, closed={"TR"})
    assert meeting is not None
    np.testing.assert_allclose(meeting.path_xy[-1], track.at(meeting.time_s))
    assert not sea.zones.enters(meeting.path_xy, {"TR"})
    assert not sea.crosses(*meeting.path_xy[:-1].T, *meeting.path_xy[1:].T).any()


def test_the_way_home_keeps_out_of_closed_waters_unless_no_other_leads_there() -> None:
    sea = open_theatre("aegean")
    here, port = samos_to_agathonisi(sea)
    home = way_home(sea, unit_with((), port, keep_out=frozenset({"TR"})), port, here, 0.0)
    assert not sea.zones.enters(np.column_stack([home.x_m, home.y_m]), {"TR"})
    free = way_home(sea, unit_with((), port), port, here, 0.0)
    assert free.time_s[-1] < home.time_s[-1]
    x, y = sea.frame.to_xy(24.742, 37.314)
    enclosed, kusadasi = (float(x), float(y)), locate(sea.frame, "Kusadasi")
    assert sea.route_within(*enclosed, *kusadasi, math.inf, {"GR"}) is None
    only = way_home(sea, unit_with((), kusadasi, keep_out=frozenset({"GR"})), kusadasi, enclosed, 0.0)
    np.testing.assert_allclose(only.at(float(only.time_s[-1])), kusadasi)
