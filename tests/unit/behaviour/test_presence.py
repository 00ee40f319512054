"""Rescuers at sea by day, and the launches that follow them, by hand."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import laboratory, scripted, still, unit

from aegean_sim.behaviour.launches import hour_weights, launch
from aegean_sim.behaviour.presence import raised_m, ships_at_sea
from aegean_sim.behaviour.timetable import build_units
from aegean_sim.engine.world import open_sea
from aegean_sim.quantities import DAY_S
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.reactions import RescueResponse
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from aegean_sim.entities.unit import Unit

START = datetime(2016, 6, 1, tzinfo=UTC)
RULES = RescueResponse(wave_half_m_per_ship=0.1, reference_ships=1.0)


def rescuer(name: str, patrol: dict[str, Any], **more: Any) -> dict[str, Any]:
    way = {"speed_kn": 10.0, "capacity": 50, "home_port": [0.0, 0.0], "duties": ["rescue"]}
    return unit(name, patrol, owner="CG", **{**way, **more})


def units_of(*parts: dict[str, Any]) -> list[Unit]:
    scenario = laboratory(72, parts).scenario
    return build_units(scenario, "lab", open_sea(scenario, "lab"), Streams(1, 0))


def test_ships_count_by_the_time_that_they_are_at_sea() -> None:
    units = units_of(
        rescuer("always", still((5, 0))),
        rescuer("half", scripted([[12, 0, 0], [36, 9, 0]])),
        rescuer("watcher", still((5, 0)), duties=["watch"]),
    )
    np.testing.assert_allclose(ships_at_sea(units, 3), [1.5, 1.5, 1.0])
    raised = raised_m(RULES, units, 72 * 3600.0)
    assert raised is not None
    np.testing.assert_allclose(raised, [0.05, 0.05, 0.0])
    assert raised_m(None, units, 72 * 3600.0) is None


def flow(**launches: object) -> Flow:
    return Flow.model_validate({
        "id": "flow", "theatre": "aegean", "persons_per_month": {"2016-06": {"arrivals": 9000}},
        "routes": [{"origin": "a", "destination": "b", "share": 1.0}], "boat_types": ["rubber"],
        "launches": {"wave_half_m": 0.8, "wave_width_m": 0.1, **launches},
    })  # fmt: skip


def test_weights_of_the_hours_follow_the_raised_height() -> None:
    weights = hour_weights(flow(), START, 3, lambda t: np.full(len(t), 0.9), np.array([0.0, 0.1, -2.0]))
    halves = np.array([0.8, 0.9, 0.0])
    expected = 1.0 / (1.0 + np.exp((0.9 - halves) / 0.1)) / 24.0
    np.testing.assert_allclose(weights, np.repeat(expected[:, np.newaxis], 24, axis=1))


@pytest.mark.parametrize("raised", [-0.1, 0.0, 0.2])
def test_the_published_number_holds_at_the_reference(raised: float) -> None:
    counts = np.array([
        len(launch(flow(), Streams(1, run), START, 30 * DAY_S, 40.0, lambda t: np.full(len(t), 0.9),
                   np.full(30, raised)).key)
        for run in range(100)
    ])  # fmt: skip
    open_share = [1.0 / (1.0 + np.exp((0.9 - half) / 0.1)) for half in (0.8 + raised, 0.8)]
    wanted = 9000 / 40 * open_share[0] / open_share[1]
    assert counts.mean() == pytest.approx(wanted, abs=4 * np.sqrt(wanted / 100))
