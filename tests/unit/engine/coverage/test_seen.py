"""The coverage grid against geometry and against an integral, in a box of open sea."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.environment.synthetic import PLAIN

from aegean_sim.engine.coverage.layers import layer_of
from aegean_sim.engine.run import simulate
from aegean_sim.engine.world import theatre_weather
from aegean_sim.quantities import KNOT_MPS, NM_M
from aegean_sim.recording.layers import Layer
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.streams import Streams

BOX = """
name: box
start: 2016-06-01T00:00:00Z
duration_h: 24
seed: 1
theatres:
  lab: {{coast: open_sea, box_nm: [-21, -21, 21, 21]}}
units:
  - id: ship
    theatre: lab
    patrol: {patrol}
    sensors:
      - {sensor}
"""
ANCHORED = "{kind: station, at: [0.3, 0.2]}"


def covered(folder: Path, patrol: str, sensor: str, **asked: Any) -> CoverageGrid:
    (folder / "box.yaml").write_text(BOX.format(patrol=patrol, sensor=sensor))
    loaded = load_scenario(str(folder / "box.yaml"), [])
    return layer_of(loaded.scenario, loaded.folder, 0, simulate(loaded, 0).tables["tracks"], Layer(**asked))[
        "lab"
    ]


def nearest_nm(grid: CoverageGrid) -> np.ndarray:
    """How near an hour at 5 kn north from each cell's centre comes to the anchored ship."""
    x, y = np.meshgrid(grid.x_m / NM_M - 0.3, grid.y_m / NM_M - 0.2)
    return np.hypot(x, np.maximum(np.abs(y + 2.5) - 2.5, 0.0))


def test_a_definite_range_covers_what_it_reaches_and_nothing_else(tmp_path: Path) -> None:
    grid = covered(tmp_path, ANCHORED, "{law: definite_range, range_nm: 5}")
    np.testing.assert_allclose(grid.values, nearest_nm(grid) < 5.0, rtol=0.0, atol=1e-12)
    assert 0.05 < grid.values.mean() < 0.5


def test_an_inverse_cube_covers_by_its_integral(tmp_path: Path) -> None:
    grid = covered(tmp_path, ANCHORED, "{law: inverse_cube, b_nm3_per_h: 12}")
    x, y = np.meshgrid(grid.x_m / NM_M - 0.3, grid.y_m / NM_M - 0.2)
    hours = (np.arange(20_000) + 0.5) / 20_000
    exposure = np.array(
        [
            (12.0 / np.hypot(east, north + 5.0 * hours) ** 3).mean()
            for east, north in zip(x.ravel(), y.ravel(), strict=True)
        ]
    ).reshape(x.shape)
    np.testing.assert_allclose(grid.values, -np.expm1(-exposure), rtol=1e-3)


def test_a_ship_that_is_there_for_half_an_hour_covers_its_surroundings(tmp_path: Path) -> None:
    scripted = "{kind: scripted, points: [[10, 0, 0], [10.5, 0.01, 0]]}"
    grid = covered(tmp_path, scripted, "{law: definite_range, range_nm: 5}")
    x, y = np.meshgrid(grid.x_m, grid.y_m)
    away_nm = np.hypot(x, y) / NM_M
    reached_nm = 5.0 + 5.0 * KNOT_MPS * 3600.0 / NM_M
    assert grid.values[away_nm < 4.9] == pytest.approx(1.0)
    assert (grid.values[away_nm > reached_nm + 0.1] == 0.0).all()
    assert grid.values.max() == pytest.approx(1.0)


def test_the_sea_is_as_rough_as_in_the_run_itself(tmp_path: Path) -> None:
    calm = BOX.format(patrol=ANCHORED, sensor="{preset: surface-radar-frigate}")
    (tmp_path / "made.yaml").write_text(f"{calm}weather: {{lab: {{synthetic: {json.dumps(PLAIN)}}}}}\n")
    made = load_scenario(str(tmp_path / "made.yaml"))
    tracks = simulate(made, 0).tables["tracks"]
    grids = []
    for replication in (0, 1):
        weather = theatre_weather(made.scenario, "lab", tmp_path, Streams(1, replication))
        rows = [f"2016-06-01T{3 * row:02}:00Z,0,{wave_m}" for row, wave_m in enumerate(weather.wave_m)]
        (tmp_path / "w.csv").write_text("\n".join(["time,wind_kn,wave_m", *rows]))
        (tmp_path / "read.yaml").write_text(f"{calm}weather: {{lab: {{table: w.csv}}}}\n")
        same = layer_of(load_scenario(str(tmp_path / "read.yaml")).scenario, tmp_path, 0, tracks, Layer())[
            "lab"
        ]
        grids.append(layer_of(made.scenario, tmp_path, replication, tracks, Layer())["lab"])
        np.testing.assert_array_equal(grids[-1].values, same.values)
    assert (grids[0].values != grids[1].values).any()
