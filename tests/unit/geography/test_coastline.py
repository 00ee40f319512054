import csv
from pathlib import Path

import geopandas as gpd
import numpy as np
import pytest
import shapely
from pyproj import Geod

from aegean_sim.errors import GeographyError
from aegean_sim.geography.coastline import Coastline, build_coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN, THEATRES
from aegean_sim.geography.layers import stored

DATA = Path(__file__).resolve().parents[2] / "data"
with (DATA / "straits.csv").open(encoding="utf-8", newline="") as file:
    STRAITS = list(csv.DictReader(file))


def polygon_nearest(coast: Coastline, theatre: str, lon: float, lat: float) -> int:
    x, y = THEATRES[theatre].to_xy(lon, lat)
    return int(np.argmin(shapely.distance(coast.polygons, shapely.Point(x, y))))


@pytest.mark.parametrize("strait", STRAITS, ids=lambda row: row["strait"])
def test_straits_are_as_wide_as_in_full_resolution(strait: dict[str, str]) -> None:
    theatre = "aegean" if float(strait["lon_a"]) > 21 else "central-med"
    coast = load_coastline(theatre)
    one, other = (
        coast.polygons[
            polygon_nearest(coast, theatre, float(strait[f"lon_{end}"]), float(strait[f"lat_{end}"]))
        ]
        for end in "ab"
    )
    assert one is not other
    (x0, y0), (x1, y1) = shapely.shortest_line(one, other).coords
    lon, lat = THEATRES[theatre].to_door([x0, x1], [y0, y1])
    width_m = Geod(ellps="WGS84").inv(lon[0], lat[0], lon[1], lat[1])[2]
    assert width_m == pytest.approx(1000.0 * float(strait["gshhg_f_km"]), abs=50.0)


@pytest.mark.parametrize("theatre", THEATRES)
def test_polygons_are_valid_and_do_not_overlap(theatre: str) -> None:
    polygons = load_coastline(theatre).polygons
    assert shapely.is_valid(polygons).all()
    first, second = shapely.STRtree(polygons).query(polygons, predicate="intersects")
    pairs = [(a, b) for a, b in zip(first, second, strict=True) if a < b]
    overlaps_m2 = [shapely.intersection(polygons[a], polygons[b]).area for a, b in pairs]
    assert max(overlaps_m2, default=0.0) < 1.0


@pytest.mark.parametrize("theatre", THEATRES)
def test_stored_coast_is_lon_lat_within_the_theatre(theatre: str) -> None:
    table = gpd.read_parquet(stored(f"{theatre}-coast.parquet"))
    west, south, east, north = table.total_bounds
    least_lon, least_lat, most_lon, most_lat = THEATRES[theatre].door_bounds
    assert table.crs == "EPSG:4326"
    np.testing.assert_allclose((west, east, north), (least_lon, most_lon, most_lat), rtol=0, atol=1e-6)
    assert south > least_lat - 1e-6


@pytest.mark.parametrize(
    ("theatre", "name", "lon", "lat", "state"),
    [
        ("aegean", "Symi", 27.8237, 36.5915, "GR"),
        ("aegean", "Kastellorizo", 29.5874, 36.144, "GR"),
        ("aegean", "Ro", 29.4995, 36.1557, "GR"),
        ("aegean", "Strongyli", 29.637, 36.114, "GR"),
        ("aegean", "Catalada", 27.2165, 37.0071, "TR"),
        ("aegean", "Lesvos", 26.30, 39.20, "GR"),
        ("aegean", "Chios", 26.03, 38.40, "GR"),
        ("aegean", "Gokceada", 25.85, 40.17, "TR"),
        ("aegean", "Bozcaada", 26.03, 39.82, "TR"),
        ("aegean", "Alexandroupoli", 25.87, 40.87, "GR"),
        ("aegean", "Kesan", 26.63, 40.85, "TR"),
        ("aegean", "Izmir", 27.20, 38.40, "TR"),
        ("central-med", "Lampedusa", 12.59, 35.51, "IT"),
        ("central-med", "Malta", 14.43, 35.89, "MT"),
        ("central-med", "Gozo", 14.25, 36.05, "MT"),
        ("central-med", "Djerba", 10.87, 33.80, "TN"),
        ("central-med", "Ben Gardane", 11.20, 33.10, "TN"),
        ("central-med", "Zuwara", 12.08, 32.90, "LY"),
    ],
)
def test_land_belongs_to_its_state(theatre: str, name: str, lon: float, lat: float, state: str) -> None:
    coast = load_coastline(theatre)
    x, y = THEATRES[theatre].to_xy(lon, lat)
    holding = shapely.intersects_xy(coast.polygons, float(x), float(y))
    assert list(coast.states[holding]) == [state], name


def test_every_label_correction_holds() -> None:
    coast = load_coastline("aegean")
    corrections = stored("build/label_overrides.csv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(corrections))
    assert len(rows) == 29
    for row in rows:
        x, y = AEGEAN.to_xy(float(row["lon"]), float(row["lat"]))
        holding = shapely.dwithin(coast.polygons, shapely.Point(x, y), 1.0)
        assert list(coast.states[holding]) == [row["correct"]], row


def test_strongyli_is_approximate_and_imia_is_disputed() -> None:
    table = gpd.read_parquet(stored("aegean-coast.parquet"))
    assert list(table.state[table.approximate]) == ["GR"]
    assert list(table.area_km2[table.approximate]) == [0.87]
    imia = table.geometry[table.disputed].to_numpy()
    assert len(imia) == 2
    assert (shapely.distance(imia, shapely.Point(27.152, 37.046)) < 0.003).all()


def test_segments_across_an_island_cross_it_and_others_do_not() -> None:
    coast = load_coastline("aegean")
    x, y = AEGEAN.to_xy([25.7, 26.65, 26.45, 26.3, 25.0], [39.2, 39.15, 39.42, 39.2, 38.5])
    crossed = coast.crosses(x[[0, 2, 3, 3]], y[[0, 2, 3, 3]], x[[1, 2, 3, 4]], y[[1, 2, 3, 4]])
    np.testing.assert_array_equal(crossed, [True, False, True, True])
    np.testing.assert_array_equal(coast.on_land(x, y), [False, False, False, True, False])


def test_crossing_agrees_with_whole_polygons() -> None:
    coast = load_coastline("aegean")
    rng = np.random.default_rng(3)
    x, y = rng.uniform(-150e3, 150e3, (2, 400)), rng.uniform(-200e3, 200e3, (2, 400))
    x[1], y[1] = x[0] + rng.uniform(-2e4, 2e4, 400), y[0] + rng.uniform(-2e4, 2e4, 400)
    lines = [shapely.LineString(ends) for ends in np.stack([x, y], axis=-1).swapaxes(0, 1)]
    shapely.prepare(lines)
    slow = [shapely.intersects(line, coast.polygons).any() for line in lines]
    np.testing.assert_array_equal(coast.crosses(x[0], y[0], x[1], y[1]), slow)


@pytest.mark.parametrize("clearance_m", [200.0, 600.0])
def test_points_are_moved_off_land_no_further_than_needed(clearance_m: float) -> None:
    coast = load_coastline("aegean")
    rng = np.random.default_rng(5)
    lon, lat = rng.uniform(25.9, 26.7, 40), rng.uniform(38.9, 39.5, 40)
    x, y = AEGEAN.to_xy(lon, lat)
    new_x, new_y = coast.nearest_water(x, y, clearance_m)
    off_m = shapely.distance(coast.land, shapely.points(new_x, new_y))
    before_m = shapely.distance(coast.land, shapely.points(x, y))
    assert off_m.min() >= clearance_m
    clear = before_m > clearance_m
    np.testing.assert_array_equal(new_x[clear], x[clear])
    at_sea = (before_m > 0) & ~clear
    moved_m = np.hypot(new_x - x, new_y - y)
    assert (moved_m[at_sea] >= clearance_m - before_m[at_sea]).all()
    assert clear.any()
    assert (before_m == 0).any()


def test_a_point_on_an_islet_goes_to_the_nearest_side() -> None:
    islet = shapely.box(0.0, 0.0, 1000.0, 4000.0)
    coast = build_coastline(np.array([islet]), np.array(["GR"]))
    x, y = coast.nearest_water(np.array([900.0]), np.array([2000.0]), 100.0)
    np.testing.assert_allclose([x[0], y[0]], [1100.0, 2000.0], atol=0.5)


def test_a_lagoon_is_not_open_water() -> None:
    ring = shapely.Point(0, 0).buffer(5000.0, quad_segs=256).difference(shapely.Point(0, 0).buffer(3000.0))
    coast = build_coastline(np.array([ring]), np.array(["GR"]))
    x, y = coast.nearest_water(np.array([2900.0]), np.array([0.0]), 200.0)
    assert np.hypot(x, y)[0] > 5199.0


def test_the_middle_of_a_continent_has_no_water() -> None:
    coast = build_coastline(np.array([shapely.box(-1e5, -1e5, 1e5, 1e5)]), np.array(["TR"]))
    with pytest.raises(GeographyError, match=r"no open water 500 m off land within 20 km"):
        coast.nearest_water(np.array([0.0]), np.array([0.0]), 500.0)
