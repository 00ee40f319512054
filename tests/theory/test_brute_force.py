"""Made-up laboratories, solved by the project and stepped here: who is seen, how often, and when.

The steps share nothing with the project but the tracks of the units, which are read from its table.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory import laws
from tests.theory.laboratory import NM_M, STANDARD_ERRORS, laboratory, sail, unit, voyage

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.theory.laboratory import Part, Tables

    Floats = NDArray[np.float64]
    Bools = NDArray[np.bool_]

HOURS = 5.0
STEP_S = 2.0
TRACKS, COPIES_EACH = 12, 150
COOKIE_NM = 4.0
LAWS = {
    "cube": laws.inverse_cube(4.0),
    "cube-with-reach": laws.inverse_cube(6.0, reach=4.0),
    "disc": laws.disc_rate(3.0, 1.5),
    "radar": laws.radar(1.0, 8.0),
}
SEEDS = range(4)


def drawn_patrol(kind: str, rng: np.random.Generator) -> Part:
    places = rng.uniform(-12.0, 12.0, (4, 2)).tolist()
    match kind:
        case "loop":
            return {"kind": kind, "points": places}
        case "barrier":
            return {"kind": kind, "between": places[:2]}
        case "ladder":
            return {"kind": kind, "corner": [-9.0, -6.0], "opposite": [9.0, 7.0], "spacing_nm": 3.0}
        case _:
            return {"kind": kind, "area": [[-12, -12], [12, -12], [12, 12], [-12, 12]], "leg_nm": 9.0}


def drawn_voyage(name: str, rng: np.random.Generator) -> Part:
    """Draw a track with turns, one of its stretches at rest."""
    hours = np.sort(rng.uniform(0.0, HOURS, 6))
    places = rng.uniform(-14.0, 14.0, (6, 2))
    places[3] = places[2]
    return voyage(name, np.column_stack([hours, places]).tolist(), copies=COPIES_EACH)


@dataclass(frozen=True)
class Case:
    """A made-up laboratory and what the project made of it."""

    voyages: list[Part]
    tables: Tables


@cache
def solved(seed: int) -> Case:
    rng = np.random.default_rng(seed)
    kinds = rng.permutation(["loop", "barrier", "ladder", "random", "loop"])
    sensors = {name: law.sensor for name, law in LAWS.items()}
    sensors["cookie"] = {"law": "definite_range", "range_nm": COOKIE_NM}
    units = [
        unit(name, drawn_patrol(str(kind), rng), sensor, speed_kn=float(rng.uniform(8.0, 25.0)))
        for kind, (name, sensor) in zip(kinds, sensors.items(), strict=True)
    ]
    voyages = [drawn_voyage(f"b{row}", rng) for row in range(TRACKS)]
    return Case(voyages, sail(laboratory(HOURS, units, seed=seed, voyages=voyages)))


def distances(case: Case, ship: str, moments_s: Floats) -> Floats:
    """Give distances of a ship from each voyage's boats, shape (voyages, moments); else infinite."""
    tracks = case.tables["tracks"]
    mine = tracks["mover"] == ship
    time_s, east_m, north_m = (tracks[column][mine] for column in ("time_s", "x_m", "y_m"))
    east, north = (np.interp(moments_s, time_s, axis) for axis in (east_m, north_m))
    rows = []
    for boat in case.voyages:
        hours, x, y = np.array(boat["points"]).T
        there = [np.interp(moments_s / 3600.0, hours, axis) for axis in (x, y)]
        apart = np.hypot(there[0] - east / NM_M, there[1] - north / NM_M)
        at_sea = (moments_s > hours[0] * 3600.0) & (moments_s < hours[-1] * 3600.0)
        rows.append(np.where(at_sea, apart, np.inf))
    return np.array(rows)


def counts(case: Case, ship: str) -> tuple[NDArray[np.int64], Floats]:
    """Give contacts by voyage and copy as the project has them, and the moments of first contacts."""
    contacts = case.tables["contacts"]
    mine = contacts["unit"] == ship
    number = np.zeros((TRACKS, COPIES_EACH), dtype=np.int64)
    first_s = np.full((TRACKS, COPIES_EACH), np.nan)
    row = [int(name[1:]) for name in contacts["voyage"][mine]]
    np.add.at(number, (row, contacts["copy"][mine]), 1)
    np.fmin.at(first_s, (row, contacts["copy"][mine]), contacts["start_s"][mine])
    return number, first_s


def stepped(case: Case, ship: str, seed: int) -> tuple[NDArray[np.int64], Floats]:
    """Step through time: a boat near and not yet held is seen with chance ``rate x step``, lost on going."""
    moments_s = np.arange(0.5 * STEP_S, HOURS * 3600.0, STEP_S)
    apart = distances(case, ship, moments_s)
    rate = np.where(np.isfinite(apart), LAWS[ship].rate(np.minimum(apart, 1e6)), 0.0)
    chance = -np.expm1(-rate * STEP_S / 3600.0)
    reach = LAWS[ship].sensor.get("max_range_nm", LAWS[ship].sensor.get("range_nm", math.inf))
    near = apart < reach
    rng = np.random.default_rng([seed, 77])
    held: Bools = np.zeros((TRACKS, COPIES_EACH), dtype=np.bool_)
    number = np.zeros((TRACKS, COPIES_EACH), dtype=np.int64)
    first_s = np.full((TRACKS, COPIES_EACH), np.nan)
    for step in np.flatnonzero(near.any(axis=0)):
        held &= (near[:, step] & near[:, step - 1])[:, np.newaxis]
        seen = ~held & (rng.random(held.shape) < chance[:, step, np.newaxis])
        first_s[seen & (number == 0)] = moments_s[step]
        number += seen
        held |= seen
    return number, first_s


@pytest.mark.parametrize("ship", LAWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_as_many_are_seen_as_in_small_steps(seed: int, ship: str) -> None:
    case = solved(seed)
    ours, theirs = counts(case, ship)[0], stepped(case, ship, seed)[0]
    for number in (ours > 0, ours), (theirs > 0, theirs):
        assert number[1].sum() >= number[0].sum() > 0
    for solved_each, stepped_each in (((ours > 0) * 1, (theirs > 0) * 1), (ours, theirs)):
        variance = solved_each.var(axis=1) + stepped_each.var(axis=1)
        apart = solved_each.mean(axis=1) - stepped_each.mean(axis=1)
        errors = np.sqrt(variance / COPIES_EACH)
        assert (np.abs(apart) <= STANDARD_ERRORS * errors + 1.0 / COPIES_EACH).all()
        assert abs(apart.sum()) <= STANDARD_ERRORS * math.sqrt((errors**2).sum())


@pytest.mark.parametrize("ship", LAWS)
@pytest.mark.parametrize("seed", SEEDS)
def test_they_are_first_seen_when_small_steps_see_them(seed: int, ship: str) -> None:
    case = solved(seed)
    ours, theirs = counts(case, ship)[1], stepped(case, ship, seed)[1]
    for row in range(TRACKS):
        one, other = ours[row][np.isfinite(ours[row])], theirs[row][np.isfinite(theirs[row])]
        if min(len(one), len(other)) > 20:
            error = math.sqrt(one.var() / len(one) + other.var() / len(other))
            assert abs(one.mean() - other.mean()) <= STANDARD_ERRORS * error + STEP_S


@pytest.mark.parametrize("seed", SEEDS)
def test_a_definite_range_is_entered_and_left_within_a_step(seed: int) -> None:
    case = solved(seed)
    moments_s = np.arange(0.0, HOURS * 3600.0 + STEP_S, STEP_S)
    near = distances(case, "cookie", moments_s) < COOKIE_NM
    found = 0
    for row in range(TRACKS):
        solved_s = stretches_of_copy(case, f"b{row}")
        edges = np.diff(np.concatenate([[0], near[row].astype(np.int8), [0]]))
        enters_s = moments_s[np.flatnonzero(edges > 0)]
        leaves_s = moments_s[np.flatnonzero(edges < 0) - 1]
        longer = solved_s[solved_s[:, 1] - solved_s[:, 0] > STEP_S]
        assert len(longer) <= len(enters_s) <= len(solved_s)
        for enter_s, leave_s in zip(enters_s, leaves_s, strict=True):
            offset = np.abs(solved_s - [enter_s - 0.5 * STEP_S, leave_s + 0.5 * STEP_S]).max(axis=1)
            assert offset.min() <= 0.5 * STEP_S
            found += 1
    assert found > TRACKS // 2


def stretches_of_copy(case: Case, name: str) -> Floats:
    """Give the starts and ends of the first copy's contacts, shape (contacts, 2)."""
    contacts: dict[str, Any] = dict(case.tables["contacts"])
    mine = (contacts["unit"] == "cookie") & (contacts["voyage"] == name) & (contacts["copy"] == 0)
    return np.column_stack([contacts["start_s"][mine], contacts["end_s"][mine]])
