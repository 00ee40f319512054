"""Made-up places: whatever their numbers, their weather is one that a run can use."""

from __future__ import annotations

from dataclasses import astuple
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
from tests.property.made_up import pick, seeds
from tests.unit.environment.synthetic import DAY_S, START, made

from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from tests.property.made_up import Dice


def monthly(dice: Dice, low: float, high: float) -> tuple[float, ...]:
    return tuple(float(value) for value in dice.uniform(low, high, 12))


def place(dice: Dice) -> dict[str, Any]:
    etesians = {
        "from_deg": dice.uniform(0.0, 360.0),
        "extra_kn": monthly(dice, 0.0, 15.0),
        "day_share": dice.uniform(0.0, 1.0),
        "strongest_at_h": dice.uniform(0.0, 24.0),
    }
    return {
        "wind_kn": monthly(dice, 0.0, 25.0),
        "wind_shape": dice.uniform(1.0, 10.0),
        "wind_memory_h": 10.0 ** dice.uniform(-1.0, 3.0),
        "spells": pick(dice, [None, {"share": dice.uniform(0.0, 1.0), "memory_h": 300.0}]),
        "wind_from_deg": monthly(dice, 0.0, 360.0),
        "wander_deg": dice.uniform(0.0, 180.0),
        "wander_memory_h": 10.0 ** dice.uniform(-1.0, 3.0),
        "etesians": pick(dice, [None, etesians]),
        "fetch_nm": tuple(float(fetch) for fetch in 10.0 ** dice.uniform(-1.0, 3.0, 8)),
        "growth_h": 10.0 ** dice.uniform(-2.0, 2.0),
        "decay_h": 10.0 ** dice.uniform(-2.0, 2.0),
        "sea_c": monthly(dice, -2.0, 40.0),
    }


@seeds(40)
def test_weather_covers_the_run_with_numbers_that_can_be(seed: int) -> None:
    dice = np.random.default_rng(seed)
    start = START + timedelta(seconds=int(dice.integers(-(10**9), 10**9)))
    days = float(10.0 ** dice.uniform(-2.0, 2.0))
    table = made(days, start=start, streams=Streams(seed, 0), **place(dice))
    assert all(np.isfinite(column).all() and len(column) == len(table.time_s) for column in astuple(table))
    assert table.time_s[0] <= 0.0
    assert (np.diff(table.time_s) > 0.0).all()
    assert table.time_s[-1] + 3 * 3600.0 >= days * DAY_S
    assert table.wind_mps.min() >= 0.0
    assert table.wave_m.min() >= 0.0
    assert table.sea_c.min() >= -2.0
    assert table.sea_c.max() <= 40.0
    assert table.wind_to_rad.min() >= 0.0
    assert table.wind_to_rad.max() <= 2.0 * np.pi
