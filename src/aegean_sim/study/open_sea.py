"""Laboratories of open sea in which theory is exact: theatre ``lab``, nautical miles, knots and hours."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.recording.rows import Tables

    Part = dict[str, Any]
    Point = tuple[float, float]


def sail(hours: float, units: Sequence[Part], **more: Any) -> Tables:
    """Run a laboratory once and give its tables; ``more`` are further parts of its scenario file."""
    scenario = Scenario.model_validate(
        {
            "name": "lab",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": hours,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-1000, -1000, 1000, 1000]}},
            "units": list(units),
            **more,
        }
    )
    return simulate(Loaded(scenario, "lab", Path()), 0).tables


def searcher(name: str, patrol: Part, sensor: Part, **more: Any) -> Part:
    """Give a unit with one sensor, as in a scenario file."""
    return {"id": name, "theatre": "lab", "patrol": patrol, "sensors": [sensor], **more}


def scripted(points: Sequence[Sequence[float]]) -> Part:
    """Give a patrol through points ``[hour, x, y]``."""
    return {"kind": "scripted", "points": [list(point) for point in points]}


def boat(name: str, points: Sequence[Sequence[float]], copies: int = 1) -> Part:
    """Give boats that sail through points ``[hour, x, y]``, each with luck of its own."""
    return {"id": name, "theatre": "lab", "points": [list(point) for point in points], "copies": copies}


def at_rest(name: str, place: Point, hours: float) -> Part:
    """Give a boat that stays where it is."""
    return boat(name, [[0.0, *place], [hours, *place]])


def definite_range(range_nm: float) -> Part:
    """Give a sensor that sees everything within its range, and nothing beyond."""
    return {"law": "definite_range", "range_nm": range_nm}
