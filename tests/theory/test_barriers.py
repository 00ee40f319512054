"""Barriers across a channel against boats that sail straight through, at times of their own."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.theory.laboratory import COPIES, assert_share, course, laboratory, sail, still, unit, voyage

if TYPE_CHECKING:
    from tests.theory.laboratory import Part

CHANNEL, REACH, SHIP_KN, BOAT_KN = 40.0, 3.0, 15.0, 8.0
COOKIE = {"law": "definite_range", "range_nm": REACH}
FAR = 60.0
SIDE = 70


def share_seen(patrol: Part, period_h: float, speed_kn: float = SHIP_KN) -> float:
    """Send boats south through the channel, evenly over its width and over a period; give the share seen.

    One boat is drawn in each cell of a grid, which makes the share surer than that of 20,000 at random.
    """
    cells = np.stack(np.meshgrid(np.arange(SIDE), np.arange(SIDE)), axis=-1).reshape(-1, 2)
    shares = (cells + np.random.default_rng(11).random(cells.shape)) / SIDE
    across, since_h = (shares * [CHANNEL, period_h]).T
    lasts_h = 2.0 * FAR / BOAT_KN
    boats = [
        voyage(f"b{row}", course((across[row], FAR), (0, -BOAT_KN), start + lasts_h, start))
        for row, start in enumerate(since_h)
    ]
    ship = unit("ship", patrol, COOKIE, speed_kn=speed_kn)
    contacts = sail(laboratory(period_h + lasts_h, [ship], voyages=boats))["contacts"]
    return len(set(contacts["voyage"])) / len(boats)


def test_back_and_forth_from_wall_to_wall() -> None:
    patrol = {"kind": "barrier", "between": [[0.0, 0.0], [CHANNEL, 0.0]]}
    share = REACH * math.hypot(SHIP_KN, BOAT_KN) / BOAT_KN / CHANNEL
    probability = 1.0 - (1.0 - share) ** 2
    assert probability == pytest.approx(0.293, abs=5e-4)
    assert_share(COPIES * share_seen(patrol, 2.0 * CHANNEL / SHIP_KN), COPIES, probability)


def test_back_and_forth_that_covers_the_channel() -> None:
    patrol = {"kind": "barrier", "between": [[0.0, 0.0], [CHANNEL, 0.0]]}
    speed = 1.0001 * BOAT_KN * math.sqrt((CHANNEL / REACH) ** 2 - 1.0)
    assert share_seen(patrol, 2.0 * CHANNEL / speed, speed) == 1.0


def test_crossover() -> None:
    inner, cross_kn = CHANNEL - 2.0 * REACH, math.sqrt(SHIP_KN**2 - BOAT_KN**2)
    drift = BOAT_KN * inner / cross_kn
    spacing = drift * (1.0 + BOAT_KN / SHIP_KN)
    west, east = REACH, CHANNEL - REACH
    patrol = {"kind": "loop", "points": [[west, 0.0], [east, -drift], [east, 0.0], [west, -drift]]}
    missed = inner * (spacing - 2.0 * REACH) + 2.0 * REACH**2 * (1.0 - math.pi / 4.0)
    probability = 1.0 - missed / (CHANNEL * spacing)
    assert probability == pytest.approx(0.302, abs=5e-4)
    assert_share(COPIES * share_seen(patrol, 2.0 * spacing / BOAT_KN), COPIES, probability)


def test_a_ship_in_the_middle() -> None:
    assert_share(COPIES * share_seen(still((CHANNEL / 2.0, 0.0)), 1.0, 0.0), COPIES, 2.0 * REACH / CHANNEL)
