"""Searches of an area: sweep widths, the rate of meetings, parallel sweeps and random patrols."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.spatial import cKDTree
from scipy.special import ellipe, erf, iv, modstruve
from tests.theory import laws
from tests.theory.laboratory import (
    COPIES,
    STANDARD_ERRORS,
    assert_mean,
    assert_share,
    contacts_of,
    course,
    laboratory,
    sail,
    scripted,
    unit,
    voyage,
)

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.theory.laboratory import Tables

    Floats = NDArray[np.float64]

OFFSETS = 1_000
COPIES_EACH = 20
SEARCH_KN = 15.0
FAR = 100.0


def lateral_curve(law: laws.Law, speed: float, offset: float) -> float:
    """Give the chance of being seen on a full pass at a lateral range."""
    path = laws.Approach(-FAR, offset, speed, 0.0, 2.0 * FAR / speed)
    return -math.expm1(-float(law.exposure(path, np.array([np.inf]))[0]))


SWEEPERS: dict[str, tuple[laws.Law, float, float]] = {
    "by_width": (laws.by_width(2.0, SEARCH_KN), SEARCH_KN, 2.0),
    "by_b": (laws.inverse_cube(12.0), SEARCH_KN, 2.0 * math.sqrt(2.0 * math.pi * 12.0 / SEARCH_KN)),
    "twice_as_fast": (laws.by_width(2.0, SEARCH_KN), 2.0 * SEARCH_KN, 2.0 / math.sqrt(2.0)),
    "disc": (
        laws.disc_rate(4.0, 2.5),
        SEARCH_KN,
        math.pi * 4.0 * float(iv(1, 2.5 * 8.0 / SEARCH_KN) - modstruve(1, 2.5 * 8.0 / SEARCH_KN)),
    ),
}
HALF_WIDTH = 60.0


def offsets() -> Floats:
    """Give lateral ranges, one drawn in each of so many equal parts."""
    shares = (np.arange(OFFSETS) + np.random.default_rng(5).random(OFFSETS)) / OFFSETS
    return (2.0 * shares - 1.0) * HALF_WIDTH


@cache
def swept() -> Tables:
    """Let each sweeper pass boats at rest; ``cookie`` is one with a definite range of 3 miles."""
    ships = [
        unit(name, scripted(course((-FAR, 0), (speed, 0), 2.0 * FAR / speed)), law.sensor)
        for name, (law, speed, _) in SWEEPERS.items()
    ]
    cookie = {"law": "definite_range", "range_nm": 3.0}
    ships.append(unit("cookie", scripted(course((-FAR, 0), (SEARCH_KN, 0), 2.0 * FAR / SEARCH_KN)), cookie))
    hours = 2.0 * FAR / SEARCH_KN
    boats = [
        voyage(f"b{row}", course((0, offset), (0, 0), hours), copies=COPIES_EACH)
        for row, offset in enumerate(offsets())
    ]
    return sail(laboratory(hours + 1.0, ships, voyages=boats))


@pytest.mark.parametrize("name", SWEEPERS)
def test_sweep_width(name: str) -> None:
    law, speed, wanted = SWEEPERS[name]
    seen = len(contacts_of(swept(), unit=name)["contact"])
    chance = np.array([lateral_curve(law, speed, offset) for offset in offsets()])
    missing, _ = quad(lambda m: lateral_curve(law, speed, m), HALF_WIDTH, np.inf)
    error = 2.0 * HALF_WIDTH / COPIES * math.sqrt(COPIES_EACH * np.sum(chance * (1.0 - chance)))
    assert_mean(2.0 * HALF_WIDTH * seen / COPIES, error, wanted - 2.0 * missing)


def test_sweep_width_of_a_definite_range_is_twice_the_range() -> None:
    contacts = contacts_of(swept(), unit="cookie")
    seen = len(set(contacts["voyage"]))
    assert seen == np.count_nonzero(np.abs(offsets()) < 3.0)
    assert 2.0 * HALF_WIDTH * seen / OFFSETS == pytest.approx(6.0, abs=2.0 * HALF_WIDTH * 2 / OFFSETS)


@pytest.mark.parametrize(("boat_kn", "wanted_kn"), [(SEARCH_KN, 4.0 * SEARCH_KN / math.pi), (8.0, 16.09)])
def test_moving_targets_are_met_more_often(boat_kn: float, wanted_kn: float) -> None:
    """Evenly spread boats on any heading come into a ship's disc at density x 2 R w, besides those in it."""
    reach, hours, headings, count = 2.0, 0.4, 8, 6_000
    half = reach + (SEARCH_KN + boat_kn) * hours
    rng = np.random.default_rng(int(boat_kn))
    place = half * np.sqrt(rng.random(count)) * np.exp(2j * np.pi * rng.random(count))
    velocity = boat_kn * np.exp(2j * np.pi * rng.random(count))
    boats = [
        voyage(f"b{row}", course((start.real, start.imag), (way.real, way.imag), hours))
        for row, (start, way) in enumerate(zip(place, velocity, strict=True))
    ]
    cookie = {"law": "definite_range", "range_nm": reach}
    ways = SEARCH_KN * np.exp(2j * np.pi * np.arange(headings) / headings)
    ships = [
        unit(f"u{row}", scripted(course((0, 0), (way.real, way.imag), hours)), cookie)
        for row, way in enumerate(ways)
    ]
    contacts = sail(laboratory(hours + 1.0, ships, voyages=boats))["contacts"]
    came = [int(name[1:]) for name in contacts["voyage"][contacts["start_s"] > 0.0]]
    meetings = np.bincount(came, minlength=count) / headings
    both = SEARCH_KN + boat_kn
    mean_kn = 2.0 / math.pi * both * ellipe(4.0 * SEARCH_KN * boat_kn / both**2)
    assert mean_kn == pytest.approx(wanted_kn, abs=5e-3)
    expected = 2.0 * reach * mean_kn * hours / (math.pi * half**2)
    assert_mean(meetings.mean(), meetings.std() / math.sqrt(count), expected)


RUNGS, SPACING, WIDTH, LEG = 60, 2.0, 2.0, 240.0


@cache
def laddered() -> Tables:
    """Sweep boats at rest in the middle of a wide ladder, once round."""
    patrol = {
        "kind": "ladder",
        "corner": [0.0, 0.0],
        "opposite": [LEG, (RUNGS - 1) * SPACING],
        "spacing_nm": SPACING,
    }
    speed = 60.0
    once_h = (RUNGS * LEG + 2.0 * (RUNGS - 1) * SPACING) / speed
    cube = laws.by_width(WIDTH, speed)
    units = [
        unit("cube", patrol, cube.sensor, speed_kn=speed),
        unit("narrow", patrol, {"law": "definite_range", "range_nm": 0.7}, speed_kn=speed),
        unit("wide", patrol, {"law": "definite_range", "range_nm": 1.0 + 1e-9}, speed_kn=speed),
    ]
    shares = (np.arange(OFFSETS) + 0.5) / OFFSETS
    boats = [
        voyage(f"b{row}", [[0, LEG / 2, 58.0 + SPACING * share], [once_h, LEG / 2, 58.0 + SPACING * share]],
               copies=COPIES_EACH)
        for row, share in enumerate(shares)
    ]  # fmt: skip
    return sail(laboratory(once_h, units, voyages=boats))


def test_parallel_sweep_with_the_inverse_cube_law() -> None:
    seen = len(contacts_of(laddered(), unit="cube")["contact"])
    assert_share(seen, COPIES, erf(math.sqrt(math.pi) * WIDTH / (2.0 * SPACING)))


@pytest.mark.parametrize(("name", "share"), [("narrow", 0.7), ("wide", 1.0)])
def test_parallel_sweep_with_a_definite_range(name: str, share: float) -> None:
    contacts = contacts_of(laddered(), unit=name)
    seen = len(set(zip(contacts["voyage"], contacts["copy"], strict=True)))
    assert seen / COPIES == pytest.approx(share, abs=1.0 / OFFSETS)


BOX, REACH, SEARCH_H, PATROLS, BOATS = 60.0, 2.0, 40.0, 90, 250


@cache
def random_patrols(leg: float | None) -> tuple[Tables, Floats]:
    """Let many ships search a box at random for boats at rest, spread a little beyond it."""
    area = [[0.0, 0.0], [BOX, 0.0], [BOX, BOX], [0.0, BOX]]
    patrol = {"kind": "random", "area": area} | ({} if leg is None else {"leg_nm": leg})
    sensor = {"law": "definite_range", "range_nm": REACH}
    ships = [unit(f"u{row}", patrol, sensor, speed_kn=SEARCH_KN) for row in range(PATROLS)]
    places = np.random.default_rng(3).uniform(-REACH, BOX + REACH, (BOATS, 2))
    boats = [voyage(f"b{row}", course(tuple(place), (0, 0), SEARCH_H)) for row, place in enumerate(places)]
    return sail(laboratory(SEARCH_H, ships, voyages=boats)), places


def by_pair(tables: Tables) -> NDArray[np.int64]:
    """Count contacts by patrol and boat."""
    contacts = tables["contacts"]
    counts = np.zeros((PATROLS, BOATS), dtype=np.int64)
    rows = [int(name[1:]) for name in contacts["unit"]], [int(name[1:]) for name in contacts["voyage"]]
    np.add.at(counts, rows, 1)
    return counts


@pytest.mark.parametrize("leg", [None, 7.5])
def test_random_patrols_meet_boats_at_the_rate_of_the_swept_area(leg: float | None) -> None:
    """Whatever the patrol, evenly spread boats enter its disc at density x 2 R V, besides those in it."""
    tables, _ = random_patrols(leg)
    counts = by_pair(tables).sum(axis=0)
    swept_area = math.pi * REACH**2 + 2.0 * REACH * SEARCH_KN * SEARCH_H
    error = counts.std() / math.sqrt(len(counts))
    assert_mean(counts.mean(), error, PATROLS * swept_area / (BOX + 2.0 * REACH) ** 2)


def walked(leg: float, rng: np.random.Generator) -> Floats:
    """Draw a random patrol and give its place every 0.2 mile."""
    corners, sailed = [rng.uniform(0.0, BOX, 2)], 0.0
    while sailed < SEARCH_KN * SEARCH_H:
        there = rng.uniform(0.0, BOX, 2)
        length = math.dist(there, corners[-1])
        if length <= leg:
            corners.append(there)
            sailed += length
    along = np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(corners, axis=0).T))])
    steps = np.arange(0.0, SEARCH_KN * SEARCH_H, 0.2)
    return np.column_stack([np.interp(steps, along, axis) for axis in np.array(corners).T])


@pytest.mark.parametrize("leg", [None, 7.5])
def test_random_patrols_find_what_stepped_ones_find(leg: float | None) -> None:
    tables, places = random_patrols(leg)
    inside = ((places > 0.0) & (places < BOX)).all(axis=1)
    solved = (by_pair(tables)[:, inside] > 0).mean(axis=1)
    rng = np.random.default_rng(9)
    stepped = np.empty(PATROLS)
    for row in range(PATROLS):
        path = walked(math.inf if leg is None else leg, rng)
        stepped[row] = np.mean(cKDTree(path).query(places[inside])[0] < REACH)
    error = math.sqrt((solved.var() + stepped.var()) / PATROLS)
    assert abs(solved.mean() - stepped.mean()) <= STANDARD_ERRORS * error
    formula = -math.expm1(-2.0 * REACH * SEARCH_KN * SEARCH_H / BOX**2)
    assert solved.mean() < formula - STANDARD_ERRORS * error


def test_independent_pieces_of_search_follow_the_random_search_formula() -> None:
    """Koopman's idealisation itself: each piece of track at a place and on a course of its own."""
    searchers, pieces, piece, reach, half = 300, 60, 6.0, 0.5, 5.5
    rng = np.random.default_rng(21)
    lasts_h, margin = piece / SEARCH_KN, piece + reach
    sensor = {"law": "definite_range", "range_nm": reach}
    ships = []
    for row in range(searchers):
        starts = rng.uniform(-half - margin, half + margin, (pieces, 2))
        ways = rng.uniform(0.0, 2.0 * math.pi, pieces)
        ends = starts + piece * np.column_stack([np.cos(ways), np.sin(ways)])
        hours = np.repeat(np.arange(pieces + 1) * lasts_h, 2)[1:-1]
        points = np.column_stack([hours, np.stack([starts, ends], axis=1).reshape(-1, 2)])
        ships.append(unit(f"u{row}", scripted(points.tolist()), sensor))
    places = rng.uniform(-half, half, (100, 2))
    boats = [
        voyage(f"b{row}", course(tuple(place), (0, 0), pieces * lasts_h)) for row, place in enumerate(places)
    ]
    contacts = sail(laboratory(pieces * lasts_h, ships, voyages=boats))["contacts"]
    seen = np.zeros((searchers, len(places)))
    seen[[int(name[1:]) for name in contacts["unit"]], [int(name[1:]) for name in contacts["voyage"]]] = 1.0
    shares = seen.mean(axis=1)
    covered = (2.0 * reach * piece + math.pi * reach**2) / (2.0 * (half + margin)) ** 2
    error = shares.std() / math.sqrt(searchers)
    assert_mean(shares.mean(), error, 1.0 - (1.0 - covered) ** pieces)
    assert_mean(shares.mean(), error, -math.expm1(-pieces * covered))
