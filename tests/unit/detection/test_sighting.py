"""Islands hide boats: the resolver on the real coast of the Aegean."""

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest

from aegean_sim.detection.resolver import Contacts, Targets, resolve
from aegean_sim.detection.sensors import SensorTable
from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.geography.sea import Sea
from aegean_sim.geography.zones import OPEN_SEA
from aegean_sim.kinematics.legs import Track, legs_of
from aegean_sim.streams import Streams

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
REACH_M = 14_000.0
LASTS_S = 4000.0


@pytest.fixture(scope="module")
def sea() -> Sea:
    return Sea("aegean", AEGEAN, load_coastline("aegean"), OPEN_SEA, None, (-4e5, -4e5, 4e5, 4e5))


def tracks_at_sea(sea: Sea, count: int, seed: int, speed_mps: float) -> list[Track]:
    """Tracks with one bend among Samos, Fournoi and Ikaria that keep off land."""
    rng = np.random.default_rng(seed)
    east, north = AEGEAN.to_xy([26.3, 26.8], [37.5, 37.75])
    tracks: list[Track] = []
    assert sea.coast is not None
    while len(tracks) < count:
        x, y = rng.uniform(*east), rng.uniform(*north)
        angle = rng.uniform(0.0, 2.0 * np.pi, 2)
        step = speed_mps * LASTS_S / 2.0
        xs = x + np.cumsum([0.0, *(step * np.cos(angle))])
        ys = y + np.cumsum([0.0, *(step * np.sin(angle))])
        if not sea.coast.crosses(xs[:-1], ys[:-1], xs[1:], ys[1:]).any():
            tracks.append(Track(np.array([0.0, 0.5, 1.0]) * LASTS_S + 5000.0, xs, ys))
    return tracks


def rows_of(contacts: Contacts) -> list[tuple[int, int, int, float, float]]:
    columns = (contacts.sensor, contacts.boat, contacts.number, contacts.start_s, contacts.end_s)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def stepped(sea: Sea, boat: Track, unit: Track) -> list[tuple[float, float]]:
    """Stretches within reach and in sight, second by second."""
    seconds = np.arange(5000.0, 5000.0 + LASTS_S)
    bx, by = (np.interp(seconds, boat.time_s, axis) for axis in (boat.x_m, boat.y_m))
    ux, uy = (np.interp(seconds, unit.time_s, axis) for axis in (unit.x_m, unit.y_m))
    seen = (np.hypot(bx - ux, by - uy) < REACH_M) & ~sea.crosses(bx, by, ux, uy)
    edges = np.flatnonzero(np.diff(np.concatenate([[0], seen.astype(int), [0]])))
    return [(5000.0 + start, 5000.0 + end) for start, end in edges.reshape(-1, 2).tolist()]


@pytest.mark.slow
def test_contacts_begin_and_end_where_islands_let_them(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    boats, units = tracks_at_sea(sea, 25, 1, 4.0), tracks_at_sea(sea, 4, 2, 7.0)
    sensors = make_sensors(*((unit, "definite_range", REACH_M, []) for unit in range(4)))
    found = resolve(make_targets(boats), legs_of(units), sensors, sea, streams)
    hidden = 0
    for unit in range(4):
        for boat in range(25):
            expected = stepped(sea, boats[boat], units[unit])
            mine = (found.sensor == unit) & (found.boat == boat)
            contacts = list(zip(found.start_s[mine], found.end_s[mine], strict=True))
            clear = [one for one in expected if one[1] - one[0] > 60.0]
            matched = [
                (start, end)
                for start, end in clear
                if any(abs(start - a) <= 5.0 and abs(end - b) <= 5.0 for a, b in contacts)
            ]
            assert matched == clear
            assert len(contacts) <= len(expected)
            hidden += len(expected) != 1 or expected[0][1] - expected[0][0] < LASTS_S - 1.0
    assert hidden > 20


def test_another_sensor_that_sees_farther_moves_no_moment_of_sight(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    targets, units = make_targets(tracks_at_sea(sea, 40, 3, 4.0)), legs_of(tracks_at_sea(sea, 2, 4, 7.0))
    near = make_sensors((0, "disc_rate", 9000.0, [2e-3]), (1, "definite_range", 6000.0, []), keys=[1, 2])
    both = make_sensors(
        (0, "disc_rate", 9000.0, [2e-3]),
        (0, "disc_rate", 25_000.0, [1e-3]),
        (1, "definite_range", 6000.0, []),
        (1, "definite_range", 15_000.0, []),
        keys=[1, 7, 2, 8],
    )
    before = rows_of(resolve(targets, units, near, sea, streams))
    after = rows_of(resolve(targets, units, both, sea, streams))
    assert len(before) > 20
    assert sorted((row[0] // 2, *row[1:]) for row in after if row[0] % 2 == 0) == sorted(before)


def test_a_new_course_moves_no_moment_of_sight_in_the_past(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    targets = make_targets(tracks_at_sea(sea, 40, 5, 4.0))
    sensors, now = make_sensors((0, "definite_range", REACH_M, [])), 6900.0
    plan = tracks_at_sea(sea, 1, 6, 7.0)[0]
    turned = plan.until(now)
    course = Track(np.append(turned.time_s, 9000.0), *(np.append(a, a[-1]) for a in (turned.x_m, turned.y_m)))

    def past(unit: Track) -> list[tuple[float, ...]]:
        found = rows_of(resolve(targets, legs_of([unit]), sensors, sea, streams))
        return sorted((*row[:4], min(row[4], now)) for row in found if row[3] < now)

    assert len(past(plan)) > 20
    assert len({row[4] for row in past(plan)}) > 5
    np.testing.assert_allclose(past(plan), past(course), rtol=0.0, atol=1e-6)


def test_a_boat_behind_an_island_is_not_seen(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    east, west = AEGEAN.to_xy([26.75, 26.0], [39.2, 39.2])[0]
    _, north = AEGEAN.to_xy([26.75], [39.2])
    boat = Track(np.array([0.0, 900.0]), np.array([east, east]), north[[0, 0]])
    unit = legs_of([Track(np.array([0.0, 900.0]), np.array([west, west - 100.0]), north[[0, 0]])])
    sensors = make_sensors((0, "definite_range", 200_000.0, []))
    assert len(resolve(make_targets([boat]), unit, sensors, sea, streams)) == 0


def test_from_the_air_no_island_hides_a_boat_and_others_see_as_before(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    targets, units = make_targets(tracks_at_sea(sea, 40, 9, 4.0)), legs_of(tracks_at_sea(sea, 4, 8, 7.0))
    rows = [
        (unit, law, REACH_M, [2e-3][: law == "disc_rate"])
        for unit in range(4)
        for law in ("definite_range", "disc_rate")
    ]
    high = [False, False, True, True, False, False, True, True]

    def found(where: Sea, aloft: list[bool]) -> list[tuple[int, int, int, float, float]]:
        return rows_of(resolve(targets, units, make_sensors(*rows, aloft=aloft), where, streams))

    on_coast, open_water = found(sea, [False] * 8), found(replace(sea, coast=None), [False] * 8)
    mixed = found(sea, high)
    assert [row for row in mixed if not high[row[0]]] == [row for row in on_coast if not high[row[0]]]
    assert [row for row in mixed if high[row[0]]] == [row for row in open_water if high[row[0]]]
    assert len(on_coast) != len(open_water)


def test_two_at_rest_see_each_other_always_or_never(
    sea: Sea, make_targets: MakeTargets, make_sensors: MakeSensors, streams: Streams
) -> None:
    lasts_s = 2 * 86_400.0
    places = [(track.x_m[0], track.y_m[0]) for track in tracks_at_sea(sea, 40, 7, 4.0)]
    resting = [Track(np.array([0.0, lasts_s]), np.array([x, x]), np.array([y, y])) for x, y in places]
    sensors = make_sensors(*((unit, "definite_range", REACH_M, []) for unit in range(5)))
    found = resolve(make_targets(resting[5:]), legs_of(resting[:5]), sensors, sea, streams)
    ux, uy = np.repeat(np.array(places[:5]), 35, axis=0).T
    bx, by = np.tile(np.array(places[5:]), (5, 1)).T
    near = np.hypot(ux - bx, uy - by) < REACH_M
    seen = near & ~sea.crosses(ux, uy, bx, by)
    assert 20 < seen.sum() < near.sum()
    assert sorted(zip(found.sensor * 35 + found.boat, found.start_s, found.end_s, strict=True)) == [
        (pair, 0.0, lasts_s) for pair in np.flatnonzero(seen)
    ]
