"""Small boxes of open sea whose coverage can be worked out by hand."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from aegean_sim.engine.coverage.layers import layer_of
from aegean_sim.engine.coverage.watch import Watch, watch_of
from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.rules import broken_rules

if TYPE_CHECKING:
    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.record import CoverageGrid

DISC = {"law": "definite_range", "range_nm": 5}
RATE = {"law": "disc_rate", "range_nm": 6, "rate_per_h": 1}
BLIND = {"law": "disc_rate", "range_nm": 1e-9, "rate_per_h": 1}


EYES = {
    "kind": "visual", "law": "inverse_cube", "at_speed_kn": 15, "height_m": 25, "night_factor": 0,
    "sweep_width_nm": {kind: [4, 4, 4, 0] for kind in ("rubber", "wooden", "swimmers")},
    "max_range_nm": dict.fromkeys(("rubber", "wooden", "swimmers"), 6),
    "source": "made up", "confidence": "low",
}  # fmt: skip


def unit(name: str, patrol: dict[str, Any], *sensors: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": name, "theatre": "lab", "owner": name.partition("-")[0], "patrol": patrol,
            "sensors": list(sensors), **more}  # fmt: skip


def anchored(*place: float) -> dict[str, Any]:
    return {"kind": "station", "at": list(place)}


def scripted(*points: tuple[float, float, float]) -> dict[str, Any]:
    return {"kind": "scripted", "points": [list(point) for point in points]}


def box(*units: dict[str, Any], hours: float = 24.0, half_nm: float = 20.0, **more: Any) -> Loaded:
    sides = [-half_nm, -half_nm, half_nm, half_nm]
    scenario = Scenario.model_validate(
        {"name": "box", "start": "2016-06-01T00:00:00Z", "duration_h": hours, "units": list(units),
         "theatres": {"lab": {"coast": "open_sea", "box_nm": sides}}, **more}
    )  # fmt: skip
    assert broken_rules(scenario) == []
    return Loaded(scenario, "box.yaml", Path())


def aegean(*units: dict[str, Any], hours: float = 72.0, **more: Any) -> Loaded:
    """The strait north of Lesvos, which one boat crosses; sensors called ``eyes`` are blind at night."""
    boat = {"id": "boat", "theatre": "aegean", "points": [[1, 26.2, 39.445], [3, 26.25, 39.39]]}
    scenario = Scenario.model_validate(
        {"name": "strait", "start": "2016-06-01T00:00:00Z", "duration_h": hours, "voyages": [boat], **more,
         "units": [each | {"theatre": "aegean"} for each in units],
         "theatres": {"aegean": {"coast": "aegean"}}, "sensor_presets": {"eyes": EYES}}
    )  # fmt: skip
    assert broken_rules(scenario) == []
    return Loaded(scenario, "strait.yaml", Path())


def grid_of(loaded: Loaded, layer: Layer) -> CoverageGrid:
    (grid,) = grids_of(loaded, layer)
    return grid


def grids_of(loaded: Loaded, *layers: Layer) -> list[CoverageGrid]:
    tracks = simulate(loaded, 0).tables["tracks"]
    (theatre,) = loaded.scenario.theatres
    return [layer_of(loaded.scenario, loaded.folder, 0, tracks, layer)[theatre] for layer in layers]


def watch(loaded: Loaded) -> Watch:
    tracks = simulate(loaded, 0).tables["tracks"]
    (theatre,) = loaded.scenario.theatres
    return watch_of(loaded.scenario, loaded.folder, 0, theatre, tracks)
