"""Stations that do not look all round: the resolver against a stepper, at edges, and behind their back."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from aegean_sim.detection.resolver import Contacts, Targets, exposures, resolve
from aegean_sim.detection.sectors import sector_rad
from aegean_sim.detection.sensors import ALL_ROUND_RAD, SensorTable
from aegean_sim.geography.frame import AEGEAN, Frame, OpenSeaFrame
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Legs, Track, legs_of
from aegean_sim.quantities import FloatArray
from aegean_sim.scenario.forces import Loop, Station
from aegean_sim.streams import Streams

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
REACH_M = 9000.0
LASTS_S = 9000.0
HEIGHT_M = 300.0
STEP_S = 0.5
LAB: Frame = OpenSeaFrame("lab", (-100.0, -100.0, 100.0, 100.0))


def at_rest(x: float, y: float) -> Track:
    return Track(np.array([0.0, LASTS_S]), np.array([x, x]), np.array([y, y]))


def degrees(first: float, width: float) -> tuple[float, float]:
    return math.radians(first), math.radians(width)


def rows_of(contacts: Contacts) -> list[tuple[float, ...]]:
    columns = (contacts.sensor, contacts.boat, contacts.number, contacts.start_s, contacts.end_s)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def random_track(rng: np.random.Generator) -> Track:
    return Track(np.linspace(0.0, LASTS_S, 8), *rng.uniform(-9000.0, 9000.0, (2, 8)))


def stepped(boat: Track, place: FloatArray, sector: tuple[float, float]) -> list[tuple[float, float]]:
    """Stretches within reach and sector, by the bearing at each step."""
    middle = np.arange(0.0, LASTS_S, STEP_S) + 0.5 * STEP_S
    east = np.interp(middle, boat.time_s, boat.x_m) - place[0]
    north = np.interp(middle, boat.time_s, boat.y_m) - place[1]
    seen = np.hypot(east, north) < REACH_M
    seen &= (np.arctan2(east, north) - sector[0]) % (2.0 * np.pi) < sector[1]
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(int), [0]])))
    return [(start * STEP_S, end * STEP_S) for start, end in edges.reshape(-1, 2).tolist()]


def test_contacts_agree_with_bearings_step_by_step(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    rng = np.random.default_rng(8)
    boats = [random_track(rng) for _ in range(25)]
    places = rng.uniform(-3000.0, 3000.0, (8, 2))
    sectors = [
        (float(rng.uniform(-1.0, 7.0)), math.radians(width))
        for width in (5, 60, 120, 180, 181, 240, 300, 355)
    ]
    sensors = make_sensors(*((unit, "definite_range", REACH_M, []) for unit in range(8)), sectors_rad=sectors)
    found = resolve(
        make_targets(boats), legs_of([at_rest(*place) for place in places]), sensors, open_sea, streams
    )
    several = 0
    for sensor, sector in enumerate(sectors):
        for row, boat in enumerate(boats):
            mine = (found.sensor == sensor) & (found.boat == row)
            wanted = stepped(boat, places[sensor], sector)
            contacts = list(zip(found.start_s[mine], found.end_s[mine], strict=True))
            plain = [one for one in contacts if one[1] - one[0] > 2 * STEP_S]
            assert len(plain) <= len(wanted) <= len(contacts)
            for start_s, end_s in plain:
                assert any(abs(start_s - a) <= STEP_S and abs(end_s - b) <= STEP_S for a, b in wanted)
            several += len(wanted) > 1
    assert several > 30


def exposure_stepped(boat: Track, sector: tuple[float, float], b_m3ps: float) -> float:
    middle = np.arange(0.0, LASTS_S, 0.01) + 0.005
    east, north = np.interp(middle, boat.time_s, boat.x_m), np.interp(middle, boat.time_s, boat.y_m)
    seen = (np.arctan2(east, north) - sector[0]) % (2.0 * np.pi) < sector[1]
    return float(np.sum(0.01 * b_m3ps / np.hypot(np.hypot(east, north)[seen], HEIGHT_M) ** 3))


@pytest.mark.parametrize("width", [40.0, 250.0])
def test_exposure_gathers_in_the_sector_alone(
    width: float, make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea
) -> None:
    rng = np.random.default_rng(9)
    boats, sector = [random_track(rng) for _ in range(10)], degrees(70.0, width)
    sensors = make_sensors((0, "inverse_cube", np.inf, [1e6, HEIGHT_M]), sectors_rad=[sector])
    found = exposures(make_targets(boats), legs_of([at_rest(0.0, 0.0)]), sensors, open_sea)
    wanted = [exposure_stepped(boat, sector, 1e6) for boat in boats]
    assert np.ptp(wanted) > 0.0
    np.testing.assert_allclose(found, wanted, rtol=1e-3, atol=1e-9)


@pytest.fixture
def watched(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> Callable[..., list[tuple[float, float]]]:
    """Contacts of a boat with a station at the origin that sees at once, within 9 km and a sector."""

    def watch(track: Track, sector: tuple[float, float]) -> list[tuple[float, float]]:
        sensors = make_sensors((0, "definite_range", REACH_M, []), sectors_rad=[sector])
        found = resolve(make_targets([track]), legs_of([at_rest(0.0, 0.0)]), sensors, open_sea, streams)
        return [(start_s, end_s) for *_, start_s, end_s in rows_of(found)]

    return watch


def passing(y: float) -> Track:
    """From 9 km in the west to 9 km in the east at 2 m/s, at a distance."""
    return Track(np.array([0.0, LASTS_S]), np.array([-9000.0, 9000.0]), np.array([y, y]))


Watch = Callable[[Track, tuple[float, float]], list[tuple[float, float]]]


def test_a_boat_through_the_back_is_lost_and_found_anew(watched: Watch) -> None:
    # Blind from south-east to south-west; at 1 km to the south the boat is there for 2 km.
    chord_s = math.sqrt(REACH_M**2 - 1000.0**2) / 2.0
    contacts = watched(passing(-1000.0), degrees(225.0, 270.0))
    assert contacts == [
        pytest.approx((4500.0 - chord_s, 4000.0)),
        pytest.approx((5000.0, 4500.0 + chord_s)),
    ]
    (front,) = watched(passing(1000.0), degrees(225.0, 270.0))
    assert front == pytest.approx((4500.0 - chord_s, 4500.0 + chord_s))


def test_a_narrow_sector_sees_what_crosses_it(watched: Watch) -> None:
    assert watched(passing(1000.0), degrees(315.0, 90.0)) == [pytest.approx((4000.0, 5000.0))]
    assert watched(passing(-1000.0), degrees(315.0, 90.0)) == []


def test_pieces_that_touch_are_one_contact(watched: Watch) -> None:
    bent = Track(
        np.array([0.0, 3000.0, 6000.0, LASTS_S]),
        np.array([-4000.0, -2000.0, 2000.0, 4000.0]),
        np.array([3000.0, 1000.0, 1000.0, 3000.0]),
    )
    assert watched(bent, degrees(250.0, 220.0)) == [pytest.approx((0.0, LASTS_S))]


@pytest.mark.parametrize("width", [60.0, 180.0, 300.0])
def test_edges_belong_to_the_sector(width: float, watched: Watch) -> None:
    for bearing in (30.0, 30.0 + width):
        away = 4000.0 * np.array([math.sin(math.radians(bearing)), math.cos(math.radians(bearing))])
        assert watched(at_rest(*away), degrees(30.0, width)) == [(0.0, LASTS_S)]
        outward = Track(np.array([0.0, LASTS_S]), *np.outer(away, [0.25, 1.0]))
        assert watched(outward, degrees(30.0, width)) == [pytest.approx((0.0, LASTS_S))]
    middle, back = math.radians(30.0 + width / 2.0), math.radians(210.0 + width / 2.0)
    assert watched(at_rest(4e3 * math.sin(middle), 4e3 * math.cos(middle)), degrees(30.0, width))
    assert not watched(at_rest(4e3 * math.sin(back), 4e3 * math.cos(back)), degrees(30.0, width))


def test_a_boat_that_only_touches_the_station_is_not_seen_by_its_narrow_sector(watched: Watch) -> None:
    assert watched(passing(0.0), degrees(10.0, 60.0)) == []
    assert watched(passing(0.0), degrees(100.0, 340.0)) == [pytest.approx((0.0, 4500.0), abs=1e-6)]
    assert watched(passing(0.0), degrees(200.0, 340.0)) == [pytest.approx((0.0, LASTS_S), abs=1e-6)]


def crowd(make_targets: MakeTargets) -> tuple[Targets, Legs]:
    rng = np.random.default_rng(10)
    return make_targets([random_track(rng) for _ in range(40)]), legs_of(
        [at_rest(*rng.uniform(-3e3, 3e3, 2)) for _ in range(3)]
    )


def test_another_sensors_sector_changes_nothing(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    targets, units = crowd(make_targets)
    rows = [(unit, "disc_rate", REACH_M, [4e-4]) for unit in range(3)]
    free = resolve(targets, units, make_sensors(*rows), open_sea, streams)
    sectors = [ALL_ROUND_RAD, degrees(20.0, 250.0), ALL_ROUND_RAD]
    bound = resolve(targets, units, make_sensors(*rows, sectors_rad=sectors), open_sea, streams)
    assert [row for row in rows_of(bound) if row[0] != 1] == [row for row in rows_of(free) if row[0] != 1]
    assert [row for row in rows_of(bound) if row[0] == 1] != [row for row in rows_of(free) if row[0] == 1]


def test_a_full_circle_is_as_none() -> None:
    full = sector_rad(Station(kind="station", at=(1.0, 2.0), sector_deg=(0.0, 360.0)), LAB)
    assert full == ALL_ROUND_RAD == sector_rad(Station(kind="station", at=(1.0, 2.0)), LAB)
    assert sector_rad(Loop(kind="loop", points=((0.0, 0.0), (1.0, 1.0))), LAB) == ALL_ROUND_RAD


@pytest.mark.parametrize(
    ("sector_deg", "width_deg"),
    [
        ((0.0, 90.0), 90.0),
        ((350.0, 10.0), 20.0),
        ((360.0, 90.0), 90.0),
        ((90.0, 0.0), 270.0),
        ((90.0, 360.0), 270.0),
    ],
)
def test_sectors_run_clockwise(sector_deg: tuple[float, float], width_deg: float) -> None:
    station = Station(kind="station", at=(0.0, 0.0), sector_deg=sector_deg)
    assert sector_rad(station, LAB) == pytest.approx(degrees(sector_deg[0], width_deg))


def test_bearings_on_a_coast_are_true() -> None:
    lon, lat = 29.6, 36.2
    station = Station(kind="station", at=(lon, lat), sector_deg=(0.0, 90.0))
    first, width = sector_rad(station, AEGEAN)
    x, y = AEGEAN.to_xy([lon, lon, lon + 0.01], [lat, lat + 0.01, lat])
    north, east = (math.atan2(x[way] - x[0], y[way] - y[0]) for way in (1, 2))
    assert abs(first) > math.radians(1.5)
    assert first == pytest.approx(north, abs=1e-4)
    assert first + width == pytest.approx(east, abs=2e-3)  # the plane keeps areas, not quite angles
