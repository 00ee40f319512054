"""Straight passes under each law: who is seen, and when, against the closed formulas of search theory."""

from __future__ import annotations

import math
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.stats import ks_2samp
from tests.theory import laws
from tests.theory.laboratory import (
    COPIES,
    STANDARD_ERRORS,
    assert_share,
    assert_uniform,
    contacts_of,
    course,
    first_seen_h,
    laboratory,
    sail,
    scripted,
    unit,
    voyage,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.theory.laboratory import Point, Tables

REACH = 5.0
SECOND_H = 1.0 / 3600.0
COOKIE = {"law": "definite_range", "range_nm": REACH}
LAWS = {
    "cube": laws.inverse_cube(12.0),
    "cube_by_width": laws.by_width(5.0, 15.0),
    "cube_with_reach": laws.inverse_cube(12.0, reach=REACH),
    "cube_from_above": laws.inverse_cube(12.0, height=1.5),
    "disc": laws.disc_rate(REACH, 2.5),
    "radar": laws.radar(2.0, 11.3),
}
PASSES: dict[str, tuple[Point, Point, Point, Point, float]] = {
    "head_on": ((0, 0), (18, 0), (15, 0), (-12, 0), 0.48),
    "crossing": ((0, -12), (0, 15), (-6, 0), (6, -2), 2.0),
    "overtaking": ((-20, 0), (15, 0), (0, 2.5), (6, 0), 5.0),
    "at_rest": ((1, 1), (0, 0), (4, 4), (0, 0), 3.0),
    "starting_inside": ((0, 0), (0, 12), (1.5, 1.0), (7, -2), 1.5),
    "tangent": ((0, 0), (0, 0), (-20, REACH), (10, 0), 4.0),
    "through_the_ship": ((0, 0), (18, 0), (15, 0), (-12, 0), 0.8),
    "in_company": ((0, 0), (9, 3), (-3, 1), (9, 3), 2.0),
    "receding": ((0, 0), (0, -10), (0, 2), (0, 6), 2.0),
    "slanting_tangent": ((3, 3), (6, 8), (3 - 4 - 12, 3 + 3 - 16), (12, 16), 4.0),
}
"""By name: where a ship starts and how fast it sails, the same of a boat, and for how many hours."""
FEWER = {"through_the_ship", "in_company", "receding", "slanting_tangent"}
SEEN_BY_REACH = [name for name in PASSES if "tangent" not in name]


def copies(name: str) -> int:
    return 4_000 if name in FEWER else COPIES


def approach(name: str) -> laws.Approach:
    ship, ship_v, boat, boat_v, hours = PASSES[name]
    return laws.Approach(
        boat[0] - ship[0], boat[1] - ship[1], boat_v[0] - ship_v[0], boat_v[1] - ship_v[1], hours
    )


@cache
def sailed(name: str) -> Tables:
    """Let as many ships as there are laws sail one track."""
    ship, ship_v, boat, boat_v, hours = PASSES[name]
    track = scripted(course(ship, ship_v, hours))
    sensors = {name: law.sensor for name, law in LAWS.items()} | {"cookie": COOKIE}
    ships = [unit(name, track, sensor) for name, sensor in sensors.items()]
    boats = [voyage("boat", course(boat, boat_v, hours), copies=copies(name))]
    return sail(laboratory(hours + 1.0, ships, voyages=boats))


@pytest.mark.parametrize("law", LAWS)
@pytest.mark.parametrize("name", PASSES)
def test_share_and_times_follow_the_law(name: str, law: str) -> None:
    seen_h = first_seen_h(sailed(name), copies(name), unit=law)
    seen_h = seen_h[np.isfinite(seen_h)]
    until_end = LAWS[law].exposure(approach(name), np.array([np.inf]))[0]
    probability = -math.expm1(-until_end)
    assert_share(len(seen_h), copies(name), probability)
    if len(seen_h):
        assert_uniform(-np.expm1(-LAWS[law].exposure(approach(name), seen_h)) / probability)


@pytest.mark.parametrize("law", ["disc", "cube_with_reach", "cookie"])
@pytest.mark.parametrize("name", ["tangent", "slanting_tangent"])
def test_touching_a_range_is_not_entering_it(name: str, law: str) -> None:
    assert not len(contacts_of(sailed(name), unit=law)["contact"])


@pytest.mark.parametrize("name", SEEN_BY_REACH)
def test_within_a_definite_range_all_are_seen_at_its_edge(name: str) -> None:
    enter_h, _ = approach(name).inside(REACH)
    seen_h = first_seen_h(sailed(name), copies(name), unit="cookie")
    np.testing.assert_allclose(seen_h, enter_h, rtol=0, atol=1e-3 * SECOND_H)


@pytest.mark.parametrize("law", ["disc", "cube_with_reach", "cookie"])
@pytest.mark.parametrize("name", SEEN_BY_REACH)
def test_a_contact_ends_at_the_edge_or_with_a_track(name: str, law: str) -> None:
    rows = contacts_of(sailed(name), unit=law)
    _, leave_h = approach(name).inside(REACH)
    np.testing.assert_allclose(rows["end_s"], leave_h * 3600.0, rtol=0, atol=1e-3)
    assert (rows["start_s"] <= rows["end_s"]).all()


@pytest.mark.parametrize("law", ["cube", "cube_from_above"])
@pytest.mark.parametrize("name", SEEN_BY_REACH)
def test_without_a_reach_a_contact_ends_with_a_track(name: str, law: str) -> None:
    rows = contacts_of(sailed(name), unit=law)
    np.testing.assert_allclose(rows["end_s"], approach(name).hours * 3600.0, rtol=0, atol=1e-3)


@pytest.mark.parametrize("law", ["cube", "radar", "cookie"])
@pytest.mark.parametrize("name", SEEN_BY_REACH)
def test_range_and_place_are_those_of_the_tracks(name: str, law: str) -> None:
    rows = contacts_of(sailed(name), unit=law)
    _, _, boat, velocity, _ = PASSES[name]
    hours = rows["start_s"] / 3600.0
    for axis, column in enumerate(("x_m", "y_m")):
        np.testing.assert_allclose(rows[column], (boat[axis] + velocity[axis] * hours) * 1852.0, atol=1e-3)
    np.testing.assert_allclose(rows["range_m"], approach(name).distance(hours) * 1852.0, atol=1e-3)


@pytest.mark.parametrize(("gap", "seen"), [(1e-6, 1), (0.0, 0), (-1e-6, 0)])
def test_a_start_on_the_edge_going_outward_is_no_contact(gap: float, seen: int) -> None:
    ship = unit("ship", scripted(course((0, 0), (0, 0), 1.0)), COOKIE)
    boat = voyage("boat", course((REACH - gap, 0), (6, 0), 1.0))
    contacts = sail(laboratory(2.0, [ship], voyages=[boat]))["contacts"]
    assert len(contacts["contact"]) == seen


@pytest.mark.parametrize("name", PASSES)
def test_ship_and_boat_may_change_places(name: str) -> None:
    ship, ship_v, boat, boat_v, hours = PASSES[name]
    tracks = course(ship, ship_v, hours), course(boat, boat_v, hours)
    starts = []
    for one, other in (tracks, tracks[::-1]):
        ships = [unit(law, scripted(one), LAWS[law].sensor) for law in ("cube", "disc", "radar")]
        lab = laboratory(
            hours + 1.0,
            [*ships, unit("cookie", scripted(one), COOKIE)],
            voyages=[voyage("boat", other, copies=50)],
        )
        contacts = sail(lab)["contacts"]
        order = np.lexsort((contacts["copy"], contacts["unit"].astype(str)))
        starts.append(contacts["start_s"][order])
    np.testing.assert_allclose(starts[0], starts[1], rtol=0, atol=2e-3)


def thinned_h(law: laws.Law, path: laws.Approach, rng: np.random.Generator) -> NDArray[np.float64]:
    """Draw first detections by thinning (Lewis and Shedler): candidates at a bound of the rate, some kept."""
    seen_h = np.full(COPIES, np.inf)
    edges = np.linspace(0.0, path.hours, 41)
    closest_h = np.clip(-(path.x * path.vx + path.y * path.vy) / max(path.speed, 1e-9) ** 2, 0.0, path.hours)
    for begin, end in pairwise(edges):
        nearest = path.distance(np.array([np.clip(closest_h, begin, end)]))
        bound = float(law.rate(nearest)[0])
        counts = rng.poisson(bound * (end - begin), COPIES)
        copy = np.repeat(np.arange(COPIES), counts)
        candidate_h = rng.uniform(begin, end, len(copy))
        kept = rng.random(len(copy)) * bound < law.rate(path.distance(candidate_h))
        np.minimum.at(seen_h, copy[kept], candidate_h[kept])
    return seen_h


@pytest.mark.parametrize("name", ["crossing", "overtaking", "starting_inside", "at_rest"])
def test_radar_agrees_with_thinning(name: str) -> None:
    solved = first_seen_h(sailed(name), unit="radar")
    drawn = thinned_h(LAWS["radar"], approach(name), np.random.default_rng(7))
    solved, drawn = solved[np.isfinite(solved)], drawn[np.isfinite(drawn)]
    share = (len(solved) + len(drawn)) / (2 * COPIES)
    error = math.sqrt(2.0 * COPIES * share * (1.0 - share))
    assert abs(len(solved) - len(drawn)) <= STANDARD_ERRORS * error
    assert ks_2samp(solved, drawn).pvalue > math.erfc(STANDARD_ERRORS / math.sqrt(2.0))
