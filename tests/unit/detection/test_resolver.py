from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from aegean_sim.detection import resolver
from aegean_sim.detection.resolver import Contacts, Targets, exposures, resolve
from aegean_sim.detection.sensors import SensorTable
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Legs, Track, legs_of, no_legs
from aegean_sim.streams import Streams

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
Row = tuple[int, int, int, float, float]
B_M3PS = 12 * 1852.0**3 / 3600.0
RADAR = (4000.0, np.log(1e-6), 30.0)
LAWS = [
    ("definite_range", 9000.0, [0.0]),
    ("disc_rate", 9000.0, [3e-4]),
    ("inverse_cube", np.inf, [B_M3PS, 30.0]),
    ("inverse_cube", 12_000.0, [B_M3PS]),
    ("radar", 20_000.0, RADAR),
]


def track(*vertices: tuple[float, float, float]) -> Track:
    return Track(*np.array(vertices, dtype=np.float64).T)


def random_track(rng: np.random.Generator, vertices: int = 4, end_s: float = 12_000.0) -> Track:
    inner = np.sort(rng.uniform(0.0, end_s, vertices - 2))
    return Track(np.array([0.0, *inner, end_s]), *rng.uniform(-25_000.0, 25_000.0, (2, vertices)))


def rows_of(contacts: Contacts) -> list[Row]:
    columns = (contacts.sensor, contacts.boat, contacts.number, contacts.start_s, contacts.end_s)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def assert_alike(first: list[Row], second: list[Row], within_s: float) -> None:
    first, second = sorted(first), sorted(second)
    assert [row[:3] for row in first] == [row[:3] for row in second]
    for one, other in zip(first, second, strict=True):
        assert one[3:] == pytest.approx(other[3:], abs=within_s)


def test_definite_range_counts_each_encounter(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat = track((0, -10_000, 0), (2000, 10_000, 0), (4000, -10_000, 0), (4500, -5_000, 0))
    unit = legs_of([track((0, 0, 3000), (10_000, 0, 3000))])
    found = resolve(
        make_targets([boat]), unit, make_sensors((0, "definite_range", 5000.0, [])), open_sea, streams
    )
    expected = [(0, 0, 0, 600.0, 1400.0), (0, 0, 1, 2600.0, 3400.0)]
    assert_alike(rows_of(found), expected, 1e-9)


def test_a_vertex_or_a_change_of_condition_within_reach_does_not_end_a_contact(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat = track((0, -10_000, 0), (777.7, -2223, 100), (1000, 0, 0), (1300.3, 500, 60), (2000, 10_000, 0))
    unit = legs_of([track((0, 0, 0), (333.3, 0, 0), (950.1, 30, 30), (5000, 0, 0))])
    targets = make_targets([boat], condition_at=lambda start: int(start > 700.0))
    sensors = make_sensors((0, "definite_range", [5000.0, 4000.0], []))
    assert len(resolve(targets, unit, sensors, open_sea, streams)) == 1


def test_reach_that_changes_with_conditions_cuts_and_joins(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    still = track((0, 3000, 0), (1000, 3000, 0), (2000, 3000, 0), (3000, 3000, 0), (4000, 3000, 0))
    targets = make_targets([still], condition_at=lambda start: [0, 1, 2, 0][int(start // 1000)])
    unit = legs_of([track((0, 0, 0), (9000, 0, 0))])
    dark = make_sensors((0, "definite_range", [5000.0, 4000.0, 2000.0], []))
    expected = [(0, 0, 0, 0.0, 2000.0), (0, 0, 1, 3000.0, 4000.0)]
    assert rows_of(resolve(targets, unit, dark, open_sea, streams)) == expected


def test_rate_that_changes_midway_adds_up(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    sensors = make_sensors((0, "disc_rate", [5000.0] * 3, [[1e-3], [0.0], [4e-3]]))
    still = track((0, 3000, 0), (200, 3000, 0), (400, 3000, 0), (4000, 3000, 0))
    count = 40
    targets = make_targets([still] * count, condition_at=lambda start: [0, 1, 2][min(2, int(start // 200))])
    unit = legs_of([track((0, 0, 0), (4000, 0, 0))])
    needed = streams.exponential("detection", sensors.key, targets.key)
    expected = np.where(needed < 0.2, needed / 1e-3, 400.0 + (needed - 0.2) / 4e-3)
    seen = expected < 4000.0
    found = resolve(targets, unit, sensors, open_sea, streams)
    order = np.argsort(found.boat)
    np.testing.assert_array_equal(found.boat[order], np.flatnonzero(seen))
    np.testing.assert_allclose(found.start_s[order], expected[seen], rtol=1e-12)
    assert ((found.start_s < 200.0) | (found.start_s >= 400.0)).all()
    assert (found.end_s == 4000.0).all()


def test_each_contact_has_a_threshold_of_its_own_counted_from_its_next_encounter(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    rate, count, visits = 1.5e-3, 200, 6
    corners = [(1000.0 * k, 10_000.0 * (-1) ** k, 0.0) for k in range(visits + 1)]
    targets = make_targets([track(*corners)] * count)
    unit = legs_of([track((0, 0, 0), (9000, 0, 0))])
    sensors = make_sensors((0, "disc_rate", 5000.0, [rate]))
    expected: list[Row] = []
    for boat in range(count):
        number, gathered = 0, 0.0
        for visit in range(visits):
            enter, leave = 1000.0 * visit + 250.0, 1000.0 * visit + 750.0
            needed = (
                streams.exponential("detection", sensors.key, targets.key[boat], turn=number)[0] - gathered
            )
            if needed < rate * (leave - enter):
                expected.append((0, boat, number, enter + needed / rate, leave))
                number, gathered = number + 1, 0.0
            else:
                gathered += rate * (leave - enter)
    found = rows_of(resolve(targets, unit, sensors, open_sea, streams))
    assert max(row[2] for row in found) >= 3
    assert_alike(found, expected, 1e-6)


def test_without_reach_a_contact_lasts_as_far_as_both_tracks_go_on(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat = track((100, 50, 0), (600, 60, 0), (700, 60, 10), (2000, 50, 5))
    unit = legs_of([track((0, 0, 0), (900, 0, 10)), track((0, 0, 0), (500, 1, 1), (3000, 1, 9))])
    away = legs_of([track((0, 0, 0), (900, 0, 10)), track((1200, 0, 0), (1500, 0, 0))], np.array([0, 1]))
    gap = Legs(away.mover * 0, away.start_s, away.end_s, away.x_m, away.y_m, away.vx_mps, away.vy_mps)
    near = [B_M3PS * 1e3]
    two = make_sensors((0, "inverse_cube", np.inf, near), (1, "inverse_cube", np.inf, near))
    ends = [row[4] for row in rows_of(resolve(make_targets([boat]), unit, two, open_sea, streams))]
    assert sorted(ends) == [900.0, 2000.0]
    one = make_sensors((0, "inverse_cube", np.inf, near))
    found = rows_of(resolve(make_targets([boat]), gap, one, open_sea, streams))
    assert [row[2] for row in found] == [0, 1]
    assert [row[4] for row in found] == [900.0, 1500.0]


def test_nothing_comes_of_nothing(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boats, unit = make_targets([track((0, 0, 0), (10, 0, 0))]), legs_of([track((0, 0, 0), (10, 0, 0))])
    sensors = make_sensors((0, "definite_range", 5000.0, []), (3, "definite_range", 5000.0, []))
    assert len(resolve(boats, unit, sensors, open_sea, streams)) == 1
    assert len(resolve(make_targets([]), unit, sensors, open_sea, streams)) == 0
    assert len(resolve(boats, no_legs(), sensors, open_sea, streams)) == 0
    later = legs_of([track((20, 0, 0), (30, 0, 0))])
    assert len(resolve(boats, later, sensors, open_sea, streams)) == 0
    far = legs_of([track((0, 5001, 0), (30, 5001, 0))])
    assert len(resolve(boats, far, sensors, open_sea, streams)) == 0
    assert exposures(boats, far, sensors, open_sea).tolist() == [0.0]


@pytest.mark.parametrize("law", LAWS)
def test_company_changes_nothing_to_the_last_bit(
    law: tuple[str, float, list[float]],
    make_targets: MakeTargets,
    make_sensors: MakeSensors,
    open_sea: Sea,
    streams: Streams,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    rng = np.random.default_rng(9)
    boats = [random_track(rng) for _ in range(60)]
    units = [random_track(rng, 30) for _ in range(4)]
    every = make_sensors(*((unit, *law) for unit in range(4)))
    together = rows_of(resolve(make_targets(boats), legs_of(units), every, open_sea, streams))
    total = exposures(make_targets(boats), legs_of(units), every, open_sea)
    assert len(together) > 40
    for chosen in ([3], [0, 1, 2], list(range(20, 51))):
        alone = rows_of(
            resolve(
                make_targets([boats[i] for i in chosen], chosen), legs_of(units), every, open_sea, streams
            )
        )
        named = [(row[0], chosen[row[1]], *row[2:]) for row in alone]
        assert named == [row for row in together if row[1] in chosen]
        some = exposures(make_targets([boats[i] for i in chosen], chosen), legs_of(units), every, open_sea)
        assert some.tolist() == total[chosen].tolist()
    for unit in range(4):
        alone = rows_of(
            resolve(make_targets(boats), legs_of([units[unit]], np.array([unit])), every, open_sea, streams)
        )
        assert alone == [row for row in together if row[0] == unit]
    monkeypatch.setattr(resolver, "_PAIRS_AT_ONCE", 100)
    assert rows_of(resolve(make_targets(boats), legs_of(units), every, open_sea, streams)) == together
    assert exposures(make_targets(boats), legs_of(units), every, open_sea).tolist() == total.tolist()


def test_more_sensors_and_blind_ones_change_nothing_for_the_others(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    rng = np.random.default_rng(12)
    targets = make_targets([random_track(rng) for _ in range(50)])
    units = legs_of([random_track(rng, 12) for _ in range(2)])
    few = make_sensors((0, *LAWS[1]), (1, *LAWS[4]), keys=[10, 11])
    more = make_sensors(
        (0, "inverse_cube", np.inf, [0.0]),
        (0, *LAWS[1]),
        (0, "radar", 0.0, RADAR),
        (0, *LAWS[2]),
        (1, *LAWS[0]),
        (1, *LAWS[4]),
        (1, "disc_rate", 50_000.0, [0.0]),
        keys=[0, 10, 1, 2, 3, 11, 4],
    )
    names = {1: 0, 5: 1}
    before = rows_of(resolve(targets, units, few, open_sea, streams))
    after = rows_of(resolve(targets, units, more, open_sea, streams))
    assert not {row[0] for row in after} & {0, 2, 6}
    assert sorted((names[row[0]], *row[1:]) for row in after if row[0] in names) == sorted(before)
    assert len(after) > len(before) > 10


seeds = st.integers(0, 10**6)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, law=st.sampled_from(LAWS[:4]), share=st.floats(0.05, 0.95))
def test_cutting_legs_changes_nothing(
    seed: int,
    law: tuple[str, float, list[float]],
    share: float,
    make_targets: MakeTargets,
    make_sensors: MakeSensors,
    open_sea: Sea,
    streams: Streams,
) -> None:
    rng = np.random.default_rng(seed)
    boat, unit, sensors = random_track(rng), random_track(rng), make_sensors((0, *law))

    def cut(whole: Track, *moments: float) -> Track:
        time = np.unique(np.concatenate([whole.time_s, moments]))
        return Track(time, *(np.interp(time, whole.time_s, axis) for axis in (whole.x_m, whole.y_m)))

    before = resolve(make_targets([boat]), legs_of([unit]), sensors, open_sea, streams)
    pieces = cut(unit, 12_000 * share, 500.0), cut(boat, 11_000 * share, 7000.0, 7001.0)
    after = resolve(make_targets([pieces[1]]), legs_of([pieces[0]]), sensors, open_sea, streams)
    assume(not len(before) or (before.end_s - before.start_s).min() > 1e-2)
    assert_alike(rows_of(before), rows_of(after), 1e-6)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, law=st.sampled_from(LAWS))
def test_boat_and_unit_may_change_places(
    seed: int,
    law: tuple[str, float, list[float]],
    make_targets: MakeTargets,
    make_sensors: MakeSensors,
    open_sea: Sea,
    streams: Streams,
) -> None:
    rng = np.random.default_rng(seed)
    one, other, sensors = random_track(rng), random_track(rng), make_sensors((0, *law))
    first = resolve(make_targets([one]), legs_of([other]), sensors, open_sea, streams)
    second = resolve(make_targets([other]), legs_of([one]), sensors, open_sea, streams)
    assert rows_of(first) == rows_of(second)


@settings(max_examples=40, deadline=None)
@given(seed=seeds, law=st.sampled_from(LAWS), angle=st.floats(0.0, 6.28), east=st.floats(-5e4, 5e4))
def test_only_relative_places_matter(
    seed: int,
    law: tuple[str, float, list[float]],
    angle: float,
    east: float,
    make_targets: MakeTargets,
    make_sensors: MakeSensors,
    open_sea: Sea,
    streams: Streams,
) -> None:
    rng = np.random.default_rng(seed)
    boat, unit, sensors = random_track(rng), random_track(rng), make_sensors((0, *law))

    def moved(some: Track) -> Track:
        x, y = some.x_m, some.y_m
        return Track(
            some.time_s,
            x * np.cos(angle) - y * np.sin(angle) + east,
            x * np.sin(angle) + y * np.cos(angle) - east,
        )

    before = resolve(make_targets([boat]), legs_of([unit]), sensors, open_sea, streams)
    after = resolve(make_targets([moved(boat)]), legs_of([moved(unit)]), sensors, open_sea, streams)
    assume(not len(before) or (before.end_s - before.start_s).min() > 1e-2)
    assert_alike(rows_of(before), rows_of(after), 1e-2 if law[0] == "radar" else 1e-5)


def test_a_track_that_changes_keeps_its_past(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    rng = np.random.default_rng(40)
    boats, sensors = (
        make_targets([random_track(rng) for _ in range(200)]),
        make_sensors((0, *LAWS[1]), (0, *LAWS[2])),
    )
    plan, now = random_track(rng, 6), 6100.0
    turned = plan.until(now)
    course = Track(
        np.append(turned.time_s, 12_000.0), np.append(turned.x_m, 2e4), np.append(turned.y_m, -2e4)
    )

    def past(unit: Track) -> list[Row]:
        found = rows_of(resolve(boats, legs_of([unit]), sensors, open_sea, streams))
        return [(*row[:4], min(row[4], now)) for row in found if row[3] < now]

    assert len(past(plan)) > 30
    assert_alike(past(plan), past(course), 1e-6)
