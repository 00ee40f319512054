import numpy as np
import pytest

from aegean_sim.geography.frame import AEGEAN, CENTRAL_MED, LambertFrame, OpenSeaFrame
from aegean_sim.quantities import NM_M
from aegean_sim.views.window import Window, busiest, fitted, grid_lines, limits_of

WIDE = Window(-1e6, -1e6, 1e6, 1e6)


def test_a_window_moves_into_limits_and_is_cut_only_where_larger() -> None:
    limits = Window(0.0, 0.0, 10.0, 10.0)
    assert Window(-3.0, 4.0, 1.0, 6.0).within(limits) == Window(0.0, 4.0, 4.0, 6.0)
    assert Window(8.0, -20.0, 12.0, 40.0).within(limits) == Window(6.0, 0.0, 10.0, 10.0)
    assert limits.contains(Window(0.0, 0.0, 10.0, 9.0))
    assert not limits.contains(Window(0.0, 0.0, 10.1, 9.0))


@pytest.mark.parametrize("aspect", [0.5, 1.0, 1.9])
def test_a_fitted_window_holds_all_points_in_its_shape(aspect: float) -> None:
    points = np.random.default_rng(4).normal(0.0, 5e4, (200, 2))
    window = fitted(points, WIDE, aspect)
    assert window.holds(*points.T).all()
    assert window.width / window.height == pytest.approx(aspect)
    low, high = points.min(axis=0), points.max(axis=0)
    assert window.width < 1.1 * max(high[0] - low[0], aspect * (high[1] - low[1]))


def test_one_point_still_has_water_round_it_and_none_shows_everything() -> None:
    window = fitted(np.array([[5e3, 5e3]]), WIDE, 2.0)
    assert window.width == pytest.approx(10 * NM_M)
    assert window.height == pytest.approx(5 * NM_M)
    assert fitted(np.empty((0, 2)), WIDE, 2.0) == WIDE


def test_a_window_beyond_the_limits_keeps_inside() -> None:
    limits = Window(0.0, 0.0, 1e5, 1e5)
    window = fitted(np.array([[0.0, 0.0], [1e5, 9e4]]), limits, 1.0)
    assert window == limits


def test_the_busiest_window_is_where_the_points_are() -> None:
    rng = np.random.default_rng(6)
    crowd, spread = rng.normal((3e5, -2e5), 5e3, (300, 2)), rng.uniform(-9e5, 9e5, (300, 2))
    window = busiest(np.concatenate([spread, crowd]), 5e4, 4e4, WIDE)
    np.testing.assert_allclose([window.width, window.height], [5e4, 4e4])
    assert window.holds(*crowd.T).mean() > 0.99


def test_very_many_points_are_thinned() -> None:
    points = np.repeat([[1e4, 2e4]], 50_000, axis=0)
    assert busiest(points, 2e3, 2e3, WIDE) == Window(9e3, 19e3, 11e3, 21e3)


@pytest.mark.parametrize("frame", [AEGEAN, CENTRAL_MED, OpenSeaFrame("lab", (-60, -30, 60, 30))])
def test_limits_are_the_largest_rectangle_inside_the_bounds(frame: LambertFrame | OpenSeaFrame) -> None:
    limits = limits_of(frame)
    x, y = np.meshgrid(np.linspace(limits.left, limits.right, 50), np.linspace(limits.bottom, limits.top, 50))
    first, second = frame.to_door(x, y)
    west, south, east, north = frame.door_bounds
    slack = 1e-3 * (east - west)
    assert first.min() > west - slack
    assert first.max() < east + slack
    assert second.min() > south - slack
    assert second.max() < north + slack
    tight = [first.min() - west, east - first.max(), second.min() - south, north - second.max()]
    assert max(tight) < 5 * slack


def test_grid_lines_follow_their_coordinate_and_end_on_the_edge() -> None:
    window = Window(-2e5, -3e5, 2.5e5, 2e5)
    risers, levels = grid_lines(AEGEAN, window)
    assert [line.value for line in risers] == [25, 26, 27, 28]
    assert [line.value for line in levels] == [36, 37, 38, 39]
    for line in risers:
        np.testing.assert_allclose(AEGEAN.to_door(*line.xy.T)[0], line.value, atol=1e-9)
        lon, _ = AEGEAN.to_door(line.edge_m, window.bottom)
        assert lon == pytest.approx(line.value, abs=1e-3)
    for line in levels:
        np.testing.assert_allclose(AEGEAN.to_door(*line.xy.T)[1], line.value, atol=1e-9)
        _, lat = AEGEAN.to_door(window.left, line.edge_m)
        assert lat == pytest.approx(line.value, abs=1e-3)


@pytest.mark.parametrize(("half_nm", "step"), [(0.4, 0.1), (3.0, 1.0), (30.0, 10.0), (4000.0, 1000.0)])
def test_laboratory_lines_are_round_numbers(half_nm: float, step: float) -> None:
    frame = OpenSeaFrame("lab", (-half_nm, -half_nm, half_nm, half_nm))
    risers, levels = grid_lines(frame, limits_of(frame))
    values = np.array([line.value for line in risers])
    np.testing.assert_allclose(np.diff(values), step)
    np.testing.assert_allclose([line.edge_m / NM_M for line in levels], values, atol=1e-9)
