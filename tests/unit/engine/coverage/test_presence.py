"""Unit-hours by cell against positions at many moments, and all together against the time at sea."""

import numpy as np
import pytest
from tests.unit.engine.coverage.boxes import BLIND, aegean, anchored, box, grid_of, grids_of, scripted, unit

from aegean_sim.quantities import NM_M
from aegean_sim.recording.layers import Layer

WAY = ((1.0, -13.3, -11.0), (4.0, 9.7, 2.5), (6.5, 9.7, -16.2), (8.0, -2.0, -2.0))


def test_unit_hours_are_those_of_positions_at_many_moments() -> None:
    grid = grid_of(box(unit("nato-1", scripted(*WAY), BLIND)), Layer("unit_hours"))
    hours, x, y = np.array(WAY).T
    moments = 1.0 + 7.0 * (np.arange(200_000) + 0.5) / 200_000
    edges = [np.append(axis - NM_M, axis[-1] + NM_M) / NM_M for axis in (grid.y_m, grid.x_m)]
    counted, _, _ = np.histogram2d(np.interp(moments, hours, y), np.interp(moments, hours, x), bins=edges)
    np.testing.assert_allclose(grid.values, counted * 7.0 / 200_000, atol=2e-4)


def test_all_cells_together_are_the_time_at_sea_wherever_that_was() -> None:
    far = scripted((0.0, 26.1, 39.45), (3.0, 26.1, 39.45), (15.0, 25.2, 39.3), (20.0, 25.2, 39.3))
    loaded = aegean(unit("nato-1", far, BLIND), unit("hcg-site", anchored(26.3, 39.44), BLIND), hours=48.0)
    everybody, site, dark = grids_of(
        loaded, Layer("unit_hours"), Layer("unit_hours", by="hcg"), Layer("unit_hours", light="night")
    )
    assert everybody.values.sum() * 2.0 == pytest.approx(20.0, rel=1e-12)
    assert everybody.values.max() * 2.0 == pytest.approx(5.0, abs=0.5)
    assert site.values.max() == 0.0
    assert 4.0 < dark.values.sum() * 2.0 < 5.0
    seen = grid_of(loaded, Layer(by="nato"))
    assert everybody.x_m[0] < seen.x_m[0] - 15.0 * NM_M
    assert np.abs(everybody.x_m[:, np.newaxis] - seen.x_m).min(axis=0).max() < 1e-6


def test_day_and_night_are_all_hours() -> None:
    way = scripted((0.0, 26.1, 39.45), (3.0, 26.3, 39.45), (30.0, 26.2, 39.44), (71.0, 26.1, 39.45))
    loaded = aegean(unit("nato-1", way, BLIND))
    grids = grids_of(loaded, *(Layer("unit_hours", light=light) for light in ("any", "day", "night")))
    np.testing.assert_allclose(grids[0].values, grids[1].values + grids[2].values, atol=1e-12)
    assert grids[0].values.sum() * 3.0 == pytest.approx(71.0)
    assert grids[2].values.sum() > 0.0
