from datetime import UTC, datetime

import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.fence import holders
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.zones import HIGH_SEAS, OPEN_SEA, load_zones
from aegean_sim.quantities import NM_M

BREADTH_NM = {"GR": 6.0, "TR": 6.0, "IT": 12.0, "MT": 12.0, "LY": 12.0, "TN": 12.0}
STATES = {"aegean": {"GR", "TR"}, "central-med": {"GR", "IT", "MT", "LY", "TN"}}


@pytest.mark.parametrize("theatre", THEATRES)
def test_territorial_seas_do_not_overlap(theatre: str) -> None:
    territorial = load_zones(theatre).territorial
    assert set(territorial) == STATES[theatre]
    areas = list(territorial.values())
    assert shapely.is_valid(areas).all()
    shared_m2 = [shapely.intersection(a, b).area for i, a in enumerate(areas) for b in areas[:i]]
    assert max(shared_m2) < 1.0


@pytest.mark.parametrize("theatre", THEATRES)
def test_waters_are_those_of_the_nearest_state_within_its_breadth(theatre: str) -> None:
    coast, zones, frame = load_coastline(theatre), load_zones(theatre), THEATRES[theatre]
    rng = np.random.default_rng(21)
    west, south, east, north = frame.door_bounds
    x, y = frame.to_xy(rng.uniform(west + 0.3, east - 0.3, 1500), rng.uniform(south + 0.3, north - 0.3, 1500))
    wet = ~coast.on_land(x, y)
    x, y = x[wet], y[wet]
    points = shapely.points(x, y)
    states = sorted(STATES[theatre])
    lands = [shapely.union_all(coast.polygons[coast.states == state]) for state in states]
    shapely.prepare(lands)
    distance_m = np.array([[shapely.distance(land, point) for land in lands] for point in points])
    order = np.sort(distance_m, axis=1)
    nearest = np.argmin(distance_m, axis=1)
    breadth_m = np.array([BREADTH_NM[state] for state in states])[nearest] * NM_M
    expected = np.where(order[:, 0] <= breadth_m, np.array(states)[nearest], HIGH_SEAS)
    # points within 60 m of a limit may fall on either side of the stored line
    clear = (np.abs(order[:, 0] - breadth_m) > 60.0) & (order[:, 1] - order[:, 0] > 120.0)
    assert clear.sum() > 500
    np.testing.assert_array_equal(zones.waters_at(x, y)[clear], expected[clear])


def test_the_line_between_greece_and_turkey_is_the_median() -> None:
    coast, zones = load_coastline("aegean"), load_zones("aegean")
    lands = [shapely.union_all(coast.polygons[coast.states == state]) for state in ("GR", "TR")]
    line = shapely.intersection(
        shapely.boundary(zones.territorial["GR"]), shapely.boundary(zones.territorial["TR"])
    )
    points = shapely.points(shapely.get_coordinates(line))
    distance_m = np.array([shapely.distance(land, points) for land in lands])
    at_sea = distance_m.min(axis=0) > 100.0
    assert at_sea.sum() > 200
    assert np.abs(distance_m[0] - distance_m[1])[at_sea].max() < 60.0


@pytest.mark.parametrize(
    ("theatre", "lon", "lat", "waters"),
    [
        ("aegean", 26.22, 39.40, "GR"),
        ("aegean", 26.20, 39.445, "TR"),
        ("aegean", 29.60, 36.115, "GR"),
        ("aegean", 25.00, 38.75, HIGH_SEAS),
        ("aegean", 28.00, 40.92, "TR"),
        ("central-med", 12.60, 35.40, "IT"),
        ("central-med", 14.60, 35.80, "MT"),
        ("central-med", 13.20, 33.00, "LY"),
        ("central-med", 11.20, 34.70, "TN"),
        ("central-med", 13.00, 34.00, HIGH_SEAS),
    ],
)
def test_known_waters(theatre: str, lon: float, lat: float, waters: str) -> None:
    assert load_zones(theatre).waters_at(*THEATRES[theatre].to_xy(lon, lat))[0] == waters


def test_a_path_enters_only_the_waters_it_comes_through() -> None:
    zones, frame = load_zones("aegean"), THEATRES["aegean"]
    across = np.column_stack(frame.to_xy([26.20, 26.22], [39.445, 39.40]))
    north = np.column_stack(frame.to_xy([26.19, 26.20], [39.45, 39.445]))
    assert zones.enters(across, {"GR"})
    assert zones.enters(across, {"TR"})
    assert not zones.enters(north, {"GR"})
    assert not zones.enters(across, {"MT"})
    assert not zones.enters(across, ())
    whole = np.concatenate([north, across[1:]])
    assert zones.entered(whole, {"GR"}).tolist() == [False, True]
    assert zones.entered(whole, {"GR", "TR"}).tolist() == [True, True]


@pytest.mark.parametrize(
    ("theatre", "lon", "lat", "day", "region"),
    [
        ("central-med", 12.6, 33.5, datetime(2018, 6, 27, tzinfo=UTC), ""),
        ("central-med", 12.6, 33.5, datetime(2018, 6, 28, tzinfo=UTC), "LY"),
        ("central-med", 11.2, 34.7, datetime(2024, 6, 18, tzinfo=UTC), ""),
        ("central-med", 11.2, 34.7, datetime(2024, 6, 19, tzinfo=UTC), "TN"),
        ("central-med", 12.6, 35.4, datetime(2016, 6, 1, tzinfo=UTC), "IT/MT"),
        ("central-med", 16.0, 35.0, datetime(2016, 6, 1, tzinfo=UTC), "MT"),
        ("central-med", 17.0, 34.36, datetime(2020, 6, 1, tzinfo=UTC), "MT"),
        ("central-med", 17.0, 34.30, datetime(2020, 6, 1, tzinfo=UTC), "LY"),
        ("central-med", 14.0, 38.5, datetime(2016, 6, 1, tzinfo=UTC), "IT"),
        ("aegean", 25.0, 38.0, datetime(2016, 6, 1, tzinfo=UTC), "GR"),
        ("aegean", 26.9, 38.5, datetime(2016, 6, 1, tzinfo=UTC), "TR"),
        ("aegean", 28.0, 40.7, datetime(2016, 6, 1, tzinfo=UTC), "TR"),
    ],
)
def test_rescue_regions_count_from_their_day(
    theatre: str, lon: float, lat: float, day: datetime, region: str
) -> None:
    x, y = THEATRES[theatre].to_xy([lon], [lat])
    regions = load_zones(theatre).regions_in_force(day)
    assert "/".join(state for state, each in regions.items() if holders(each, x, y)[0]) == region


def test_open_sea_belongs_to_nobody() -> None:
    far = np.array([0.0, 1e6])
    assert list(OPEN_SEA.waters_at(far, far)) == [HIGH_SEAS, HIGH_SEAS]
    assert OPEN_SEA.regions_in_force(datetime(2020, 1, 1, tzinfo=UTC)) == {}
    assert not OPEN_SEA.enters(np.array([[0.0, 0.0], [1.0, 1.0]]), {"GR", "TR"})
