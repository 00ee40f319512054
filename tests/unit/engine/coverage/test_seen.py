"""The coverage grid against geometry and against an integral, in a box of open sea."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.engine.coverage.boxes import (
    BLIND,
    EYES,
    RATE,
    aegean,
    anchored,
    box,
    grid_of,
    grids_of,
    scripted,
    unit,
    watch,
)
from tests.unit.environment.synthetic import PLAIN

from aegean_sim.engine.coverage.layers import coverage_of, layer_of
from aegean_sim.engine.coverage.moments import light_stretches
from aegean_sim.engine.coverage.passage import passages
from aegean_sim.engine.run import simulate
from aegean_sim.engine.world import theatre_weather
from aegean_sim.errors import AegeanError
from aegean_sim.quantities import HOUR_S, KNOT_MPS, NM_M
from aegean_sim.recording.layers import Layer, keep_layer
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.recording.store import write_run
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


LAYERS = {"all": Layer(), "nato": Layer(by="nato"), "hcg": Layer(by="hcg"), "hcg-2": Layer(by="hcg-2")}


def test_watchers_at_rest_miss_independently() -> None:
    loaded = box(
        unit("nato-1", anchored(0.0, 0.0), RATE),
        unit("hcg-1", anchored(4.0, 3.0), RATE),
        unit("hcg-2", anchored(-5.0, 1.0), RATE),
    )
    chance = {
        name: grid.values for name, grid in zip(LAYERS, grids_of(loaded, *LAYERS.values()), strict=True)
    }
    missed = (1.0 - chance["nato"]) * (1.0 - chance["hcg"])
    np.testing.assert_allclose(chance["all"], 1.0 - missed, atol=1e-12)
    for name in ("nato", "hcg", "hcg-2"):
        assert (chance["all"] >= chance[name] - 1e-12).all()
        assert chance[name].max() > 0.3
    assert (chance["hcg"] >= chance["hcg-2"] - 1e-12).all()


def test_who_is_blind_or_lies_far_off_changes_nothing() -> None:
    seeing = unit("nato-1", scripted((0.0, -9.0, 0.0), (24.0, 9.0, 0.0)), RATE)
    alone = grids_of(box(seeing), Layer(), Layer("gap_mean"))
    blind = unit("hcg-1", scripted((2.0, -9.0, 4.0), (20.0, 9.0, 4.0)), BLIND)
    idle = unit("hcg-2", anchored(0.0, 0.0))
    for before, after in zip(
        alone, grids_of(box(seeing, blind, idle), Layer(), Layer("gap_mean")), strict=True
    ):
        np.testing.assert_allclose(after.values, before.values, atol=1e-12)


def test_a_longer_time_and_a_more_visible_boat_are_seen_more() -> None:
    loaded = box(unit("nato-1", scripted((0.0, -9.0, 0.0), (24.0, 9.0, 0.0)), {"preset": "eyes"}), hours=24.0,
                 sensor_presets={"eyes": EYES | {"sweep_width_nm": WIDTHS}})  # fmt: skip
    layers = (Layer(boat="wooden"), Layer(), Layer(hours=3.0))
    wooden, rubber, longer = (grid.values for grid in grids_of(loaded, *layers))
    seen = rubber > 1e-6
    assert (wooden[seen] > rubber[seen]).all()
    assert longer.mean() > rubber.mean()


WIDTHS = {"rubber": [2, 2, 2, 2], "wooden": [4, 4, 4, 4], "swimmers": [1, 1, 1, 1]}


def test_day_and_night_together_are_any_time() -> None:
    loaded = aegean(unit("nato-1", anchored(26.2, 39.42), {"preset": "eyes"}))
    layers = [Layer(light=light) for light in ("any", "day", "night")]
    either, day, night = (grid.values for grid in grids_of(loaded, *layers))
    conditions = watch(loaded).conditions
    shares = {light: light_stretches(conditions, light, 0.0, 71.0 * HOUR_S) for light in ("day", "night")}
    dark = np.diff(shares["night"]).sum() / (71.0 * HOUR_S)
    assert np.diff(shares["day"]).sum() / (71.0 * HOUR_S) == pytest.approx(1.0 - dark)
    np.testing.assert_allclose(either, (1.0 - dark) * day + dark * night, atol=1e-12)
    assert np.nanmax(day) > np.nanmax(night)


def test_a_boat_that_lands_is_seen_no_more() -> None:
    loaded = aegean(unit("nato-1", anchored(26.2, 39.42), RATE))
    hour, longer = grids_of(loaded, Layer(hours=12.0), Layer(hours=48.0))
    lands = passages(watch(loaded), 5.0 * KNOT_MPS, 48.0 * HOUR_S)
    ends_s = np.bincount(lands.mover, lands.end_s - lands.start_s, len(watch(loaded).cells.wet))
    soon = watch(loaded).cells.on_grid(ends_s) < 11.9 * HOUR_S
    np.testing.assert_allclose(hour.values[soon], longer.values[soon], atol=0.02)
    assert soon.sum() > 50


def test_there_is_no_answer_for_a_light_that_never_is() -> None:
    assert np.isnan(grid_of(box(unit("nato-1", anchored(0, 0), RATE)), Layer(light="night")).values).all()


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ({"by": "natoo"}, "nobody called 'natoo' watches; did you mean 'nato'?"),
        ({"boat": "ruber"}, "no boat type or target class 'ruber'; did you mean 'rubber'?"),
    ],
)
def test_what_the_scenario_does_not_have_is_refused(asked: dict[str, Any], message: str) -> None:
    loaded = box(unit("nato-1", anchored(0, 0), RATE))
    with pytest.raises(AegeanError) as refused:
        grid_of(loaded, Layer(**asked))
    assert message in str(refused.value)


def test_a_stored_run_keeps_what_was_worked_out_and_works_it_out_again_when_torn(tmp_path: Path) -> None:
    loaded = box(unit("nato-1", anchored(0, 0), RATE))
    folder = write_run(simulate(loaded, 0), tmp_path / "run", inputs=Path(), overwrite=False)
    run, layer = read_run(folder), Layer(hours=2.0)
    first = coverage_of(run, layer)["lab"]
    np.testing.assert_allclose(first.values, grid_of(loaded, layer).values, atol=1e-9)
    changed = CoverageGrid(first.x_m, first.y_m, first.values + 1.0)
    keep_layer({"lab": changed}, layer, folder, run.manifest)
    np.testing.assert_array_equal(coverage_of(run, layer)["lab"].values, changed.values)
    layer.path(folder).write_bytes(layer.path(folder).read_bytes()[:-9])
    np.testing.assert_array_equal(coverage_of(run, layer)["lab"].values, first.values)
    np.testing.assert_array_equal(run.coverage(layer)["lab"].values, first.values)
