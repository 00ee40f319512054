import math

import numpy as np
import pytest
from pyproj import Geod, Proj

from aegean_sim.errors import GeographyError
from aegean_sim.geography.frame import AEGEAN, CENTRAL_MED, LambertFrame, OpenSeaFrame, north_rad


@pytest.mark.parametrize(("frame", "worst"), [(AEGEAN, 0.0009), (CENTRAL_MED, 0.0016)])
def test_distances_agree_with_wgs84_geodesics(frame: LambertFrame, worst: float) -> None:
    rng = np.random.default_rng(7)
    west, south, east, north = frame.door_bounds
    lon, lat = rng.uniform(west, east, (2, 5000)), rng.uniform(south, north, (2, 5000))
    true_m = Geod(ellps="WGS84").inv(lon[0], lat[0], lon[1], lat[1])[2]
    x, y = frame.to_xy(lon, lat)
    assert np.abs(np.hypot(x[1] - x[0], y[1] - y[0]) / true_m - 1.0).max() < worst


@pytest.mark.parametrize("frame", [AEGEAN, CENTRAL_MED])
def test_to_door_undoes_to_xy(frame: LambertFrame) -> None:
    west, south, east, north = frame.door_bounds
    lon, lat = np.meshgrid(np.linspace(west, east, 20), np.linspace(south, north, 20))
    back = frame.to_door(*frame.to_xy(lon, lat))
    np.testing.assert_allclose(back, (lon, lat), rtol=0, atol=2e-8)  # two millimetres


def test_east_is_x_and_north_is_y() -> None:
    x, y = AEGEAN.to_xy([26.25, 26.35, 26.25], [37.85, 37.85, 37.95])
    assert abs(x[0]) < 1e-6
    assert abs(y[0]) < 1e-6
    assert x[1] > 8000
    assert y[2] > 11000


@pytest.mark.parametrize(
    ("lon", "lat", "told"),
    [
        (21.9, 38.0, r"lon 21.9 .*aegean.* from 22 to 30.5"),
        (25.0, 41.3, r"lat 41.3 .* from 34.5 to 41.2"),
        (math.nan, 38.0, r"lon nan"),
        ([25.0, 25.0], [38.0, math.inf], r"lat inf"),
    ],
)
def test_places_outside_the_theatre_are_refused(lon: object, lat: object, told: str) -> None:
    with pytest.raises(GeographyError, match=told):
        AEGEAN.to_xy(lon, lat)  # type: ignore[arg-type]


def test_corners_of_the_theatre_belong_to_it() -> None:
    west, south, east, north = CENTRAL_MED.door_bounds
    assert np.isfinite(CENTRAL_MED.to_xy([west, east], [south, north])).all()


def test_open_sea_counts_nautical_miles() -> None:
    frame = OpenSeaFrame("lab", (-100.0, -50.0, 100.0, 50.0))
    x, y = frame.to_xy([1.0, -100.0], [2.0, 50.0])
    np.testing.assert_array_equal([x, y], [[1852.0, -185200.0], [3704.0, 92600.0]])
    np.testing.assert_allclose(frame.to_door(x, y), [[1.0, -100.0], [2.0, 50.0]])
    with pytest.raises(GeographyError, match=r"y_nm 50.1 is outside the lab theatre"):
        frame.to_xy(0.0, 50.1)


@pytest.mark.parametrize("frame", [AEGEAN, CENTRAL_MED])
def test_true_north_is_where_the_meridian_leads(frame: LambertFrame) -> None:
    rng = np.random.default_rng(5)
    west, south, east, north = frame.door_bounds
    lon, lat = rng.uniform(west, east, 200), rng.uniform(south, north, 200)
    found = [north_rad(frame, *map(float, point)) for point in zip(*frame.to_xy(lon, lat), strict=True)]
    wanted = -np.radians(Proj(frame.projection).get_factors(lon, lat).meridian_convergence)
    assert np.abs(wanted).max() > math.radians(2.0)
    np.testing.assert_allclose(found, wanted, atol=1e-7)


def test_north_is_up_in_a_laboratory() -> None:
    frame = OpenSeaFrame("lab", (-100.0, -50.0, 100.0, 50.0))
    assert north_rad(frame, 100.0 * 1852.0, 50.0 * 1852.0) == 0.0
