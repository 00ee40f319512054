"""What must not change the contacts that are found: company, cuts, other places, a later turn."""

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from tests.unit.detection.sought import (
    LAWS,
    RADAR,
    MakeSensors,
    MakeTargets,
    Row,
    assert_alike,
    random_track,
    rows_of,
)

from aegean_sim.detection import resolver
from aegean_sim.detection.resolver import exposures, resolve
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Track, legs_of
from aegean_sim.streams import Streams


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
