"""The page's plane: Mercator there and back, and heat cells where the grid has them."""

import numpy as np
import pytest

from aegean_sim.geography.frame import AEGEAN, OpenSeaFrame
from aegean_sim.page.heat import heat_of
from aegean_sim.page.plane import Plane
from aegean_sim.quantities import NM_M
from aegean_sim.recording.layers import Layer
from aegean_sim.recording.record import CoverageGrid

PLANES = [Plane(AEGEAN), Plane(OpenSeaFrame("lab", (-100.0, -100.0, 100.0, 100.0)))]


@pytest.mark.parametrize("plane", PLANES, ids=["mercator", "laboratory"])
def test_points_come_back(plane: Plane) -> None:
    x_m, y_m = np.array([-90e3, 0.0, 120e3]), np.array([80e3, -3e3, 0.0])
    back = plane.to_xy(*plane.of_xy(x_m, y_m).T)
    assert np.allclose(back, [x_m, y_m], atol=1e-3)


def test_mercator_keeps_angles() -> None:
    """Steps east and north are equally long, to the half per cent by which the earth is no sphere."""
    here, east, north = Plane(AEGEAN).of_xy([0.0, 100.0, 0.0], [0.0, 0.0, 100.0])
    assert np.hypot(*(east - here)) == pytest.approx(np.hypot(*(north - here)), rel=5e-3)
    assert np.hypot(*(east - here)) == pytest.approx(10.0 / np.cos(np.radians(37.85)), rel=5e-3)


@pytest.mark.parametrize("plane", PLANES, ids=["mercator", "laboratory"])
def test_heat_lies_where_the_grid_has_it(plane: Plane) -> None:
    axis = np.arange(-20.0, 21.0, 4.0) * NM_M
    values = np.full((11, 11), 0.01)
    values[8, 2], values[2, 8] = 0.97, np.nan
    heat = heat_of(Layer(), CoverageGrid(axis, axis, values), plane)
    west, south, east, north = heat["box"]
    cells = np.cumsum(heat["cells"]["steps"]).reshape(-1, heat["columns"])
    hot = np.argwhere(cells == len(heat["colours"]))
    assert len(hot) == np.count_nonzero(cells) > 1
    row, column = hot.mean(axis=0)
    x = west + (column + 0.5) * (east - west) / cells.shape[1]
    y = north - (row + 0.5) * (north - south) / cells.shape[0]
    x_m, y_m = plane.to_xy(np.array([x]), np.array([y]))
    assert (x_m[0], y_m[0]) == pytest.approx((axis[2], axis[8]), abs=2.0 * NM_M)
