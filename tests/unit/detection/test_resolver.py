import numpy as np
from tests.unit.detection.sought import (
    B_M3PS,
    MakeSensors,
    MakeTargets,
    Row,
    assert_alike,
    rows_of,
    track,
)

from aegean_sim.detection.resolver import exposures, resolve
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Legs, legs_of, no_legs
from aegean_sim.streams import Streams


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
