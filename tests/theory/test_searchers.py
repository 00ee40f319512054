"""Several searchers at once, and tracks that turn: exposures add up, leg by leg."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy.integrate import cumulative_simpson
from tests.theory import laws
from tests.theory.laboratory import (
    COPIES,
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

    Floats = NDArray[np.float64]
    Points = list[list[float]]

HOURS = 3.0
GRID_H = np.linspace(0.0, HOURS, 60_001)


def places(points: Points) -> Floats:
    """Give a track's places at the hours of the grid, shape (2, moments); NaN where it is not there."""
    hours, *axes = np.array(points, dtype=np.float64).T
    return np.array([np.interp(GRID_H, hours, axis, left=np.nan, right=np.nan) for axis in axes])


def rate_along(law: laws.Law, ship: Points, boat: Points) -> Floats:
    distance = np.hypot(*(places(boat) - places(ship)))
    return np.nan_to_num(law.rate(distance))


def gathered(rate: Floats) -> Floats:
    return cumulative_simpson(rate, x=GRID_H, initial=0.0)


def test_two_searchers_find_what_their_exposures_add_up_to() -> None:
    boat = course((0, 0), (7, 1), HOURS)
    tracks = {"one": course((5, 15), (0, -12), HOURS), "other": course((26, -3), (-14, 2), HOURS)}
    sensors = {"one": laws.inverse_cube(12.0), "other": laws.radar(1.6, 9.0)}
    ships = [unit(name, scripted(track), sensors[name].sensor) for name, track in tracks.items()]
    tables = sail(laboratory(HOURS, ships, voyages=[voyage("boat", boat, copies=COPIES)]))
    one_h, other_h = (first_seen_h(tables, unit=name) for name in tracks)
    one, other = (rate_along(sensors[name], track, boat) for name, track in tracks.items())

    both = gathered(one) + gathered(other)
    probability = -math.expm1(-both[-1])
    first_h = np.minimum(one_h, other_h)
    seen = np.isfinite(first_h)
    assert_share(int(seen.sum()), COPIES, probability)
    assert_uniform(-np.expm1(-np.interp(first_h[seen], GRID_H, both)) / probability)
    for mine_h, others_h, rate in ((one_h, other_h, one), (other_h, one_h, other)):
        assert_share(int((mine_h < others_h).sum()), COPIES, gathered(rate * np.exp(-both))[-1])
    apart = [-math.expm1(-gathered(rate)[-1]) for rate in (one, other)]
    together = int((np.isfinite(one_h) & np.isfinite(other_h)).sum())
    assert_share(together, COPIES, apart[0] * apart[1])


def test_two_sensors_of_one_ship_are_independent() -> None:
    ship, boat = course((0, 0), (12, 0), HOURS), course((12, -6), (0, 5), HOURS)
    sensors = {"disc_rate": laws.disc_rate(4.0, 1.0), "inverse_cube": laws.inverse_cube(6.0)}
    carrier = unit("ship", scripted(ship), *(law.sensor for law in sensors.values()))
    tables = sail(laboratory(HOURS, [carrier], voyages=[voyage("boat", boat, copies=COPIES)]))
    seen = [np.isfinite(first_seen_h(tables, sensor=name)) for name in sensors]
    chance = [-math.expm1(-gathered(rate_along(law, ship, boat))[-1]) for law in sensors.values()]
    assert_share(int((seen[0] & seen[1]).sum()), COPIES, chance[0] * chance[1])
    assert_share(int((~seen[0] & ~seen[1]).sum()), COPIES, (1.0 - chance[0]) * (1.0 - chance[1]))


TURNING_SHIP: Points = [[0, -12, 3], [0.8, -1, 4], [1.3, 1, -3], [1.3, 1, -3], [2.2, 9, -1], [2.9, 3, 6]]
TURNING_BOAT: Points = [[0.1, 0, 0], [0.6, 3, 1], [1.5, 2, 0], [1.9, 2, 0], [3.0, 8, 4]]
TURNING = {
    "cube": laws.inverse_cube(0.8),
    "cube_from_above": laws.inverse_cube(3.0, height=1.0),
    "radar": laws.radar(0.3, 30.0),
}


@pytest.mark.parametrize("name", TURNING)
def test_both_turn(name: str) -> None:
    law = TURNING[name]
    ship = unit("ship", scripted(TURNING_SHIP), law.sensor)
    tables = sail(laboratory(HOURS, [ship], voyages=[voyage("boat", TURNING_BOAT, copies=COPIES)]))
    exposure = gathered(rate_along(law, TURNING_SHIP, TURNING_BOAT))
    seen_h = first_seen_h(tables)
    seen_h = seen_h[np.isfinite(seen_h)]
    probability = -math.expm1(-exposure[-1])
    assert 0.3 < probability < 0.95
    assert_share(len(seen_h), COPIES, probability)
    assert_uniform(-np.expm1(-np.interp(seen_h, GRID_H, exposure)) / probability)


@pytest.mark.parametrize(
    "law", [laws.disc_rate(3.0, 1.2), laws.inverse_cube(3.0, reach=3.0)], ids=["disc", "cube"]
)
def test_a_boat_lost_is_found_anew(law: laws.Law) -> None:
    """Exposure goes on adding up over encounters until a contact; after one it starts afresh at the next."""
    ship = unit("ship", scripted(TURNING_SHIP), law.sensor)
    tables = sail(laboratory(HOURS, [ship], voyages=[voyage("boat", TURNING_BOAT, copies=COPIES)]))
    rate = rate_along(law, TURNING_SHIP, TURNING_BOAT)
    inside = rate > 0.0
    entries = np.flatnonzero(inside[1:] & ~inside[:-1]) + 1
    exits = np.flatnonzero(~inside[1:] & inside[:-1]) + 1
    assert len(entries) >= 2
    gains = gathered(rate)[exits] - gathered(rate)[entries]

    contacts = contacts_of(tables)
    in_encounter = np.searchsorted(GRID_H[entries], contacts["start_s"] / 3600.0 + 1e-4, side="right") - 1
    for number, gain in enumerate(gains):
        assert_share(int((in_encounter == number).sum()), COPIES, -math.expm1(-gain))
    np.testing.assert_allclose(contacts["end_s"] / 3600.0, GRID_H[exits][in_encounter], atol=2.0 * GRID_H[1])
    anew = contacts["number"] > 0
    assert (in_encounter[anew] > 0).all()
    assert anew.any()
