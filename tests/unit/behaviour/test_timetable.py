"""Timetables: who sails when, how much of it, and that nobody jumps."""

import numpy as np
import pytest

from aegean_sim.behaviour.timetable import build_units
from aegean_sim.entities.unit import Unit
from aegean_sim.errors import GeographyError
from aegean_sim.geography.sea import open_box, open_theatre
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.model import Scenario
from aegean_sim.streams import Streams

SEA = open_box("lab", (-100.0, -100.0, 100.0, 100.0))
LOOP = {"kind": "loop", "points": [[0, 0], [10, 0], [10, 10]]}


def units(*some: dict[str, object], replication: int = 0, days: int = 60) -> list[Unit]:
    scenario = Scenario.model_validate({
        "name": "timetable",
        "start": "2016-06-01T06:00:00Z",
        "duration_h": 24 * days,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": [
            {"id": f"unit-{n}", "theatre": "lab", "speed_kn": 10, **each} for n, each in enumerate(some)
        ],
    })  # fmt: skip
    return build_units(scenario, "lab", SEA, Streams(5, replication))


def sailed_m(unit: Unit) -> float:
    return sum(float(np.hypot(np.diff(each.x_m), np.diff(each.y_m)).sum()) for each in unit.plan)


@pytest.mark.parametrize(
    "patrol",
    [
        LOOP,
        {"kind": "barrier", "between": [[-5, 3], [20, 3]]},
        {"kind": "ladder", "corner": [0, 0], "opposite": [30, 12], "spacing_nm": 4},
        {"kind": "random", "area": [[-20, -20], [20, -20], [0, 20]], "leg_nm": 15},
    ],
    ids=lambda patrol: str(patrol["kind"]),
)
def test_a_patrol_fills_the_run_at_its_speed(patrol: dict[str, object]) -> None:
    (unit,) = units({"patrol": patrol})
    (piece,) = unit.plan
    assert (piece.time_s[0], piece.time_s[-1]) == (0.0, 60 * DAY_S)
    speed = np.hypot(np.diff(piece.x_m), np.diff(piece.y_m)) / np.diff(piece.time_s)
    assert sailed_m(unit) == pytest.approx(10 * KNOT_MPS * 60 * DAY_S, rel=1e-9)
    np.testing.assert_allclose(speed, 10 * KNOT_MPS, rtol=1e-6)


def test_a_loop_starts_anywhere_on_its_round_and_is_keyed_by_the_replication() -> None:
    starts = [units({"patrol": LOOP}, replication=run, days=2)[0].plan[0] for run in range(400)]
    first = np.array([(piece.x_m[0], piece.y_m[0]) for piece in starts]) / NM_M
    on_first_leg = (np.abs(first[:, 1]) < 1e-9).mean()
    share = 10 / (20 + np.hypot(10, 10))
    assert on_first_leg == pytest.approx(share, abs=4 * np.sqrt(share * (1 - share) / 400))


def test_a_ladder_runs_along_its_longer_side_and_leaves_no_wider_gap() -> None:
    (unit,) = units({"patrol": {"kind": "ladder", "corner": [0, 0], "opposite": [30, 12], "spacing_nm": 4}})
    piece = unit.plan[0]
    y = np.unique(np.round(piece.y_m / NM_M, 6))
    assert np.diff(y[(y >= 0) & (y <= 12)]).max() <= 4.0 + 1e-6
    assert np.ptp(piece.x_m) == pytest.approx(30 * NM_M)


def test_days_on_and_off_take_their_share_with_transit_and_port() -> None:
    turns = {"patrol": LOOP, "home_port": [-30, 0], "availability": {"days_on": 9, "days_off": 4}}
    shares, starts = [], []
    for run in range(200):
        (unit,) = units(turns, replication=run)
        shares.append(sum(end - start for start, end in unit.on_call if end > 0) / (60 * DAY_S))
        starts.append(unit.plan[0].time_s[0])
        for piece in unit.plan:
            whole = piece.time_s[0] > 0 and piece.time_s[-1] < 60 * DAY_S
            if whole:
                ends = np.array([[piece.x_m[n], piece.y_m[n]] for n in (0, -1)]) / NM_M
                np.testing.assert_allclose(ends, [[-30, 0], [-30, 0]], atol=1e-6)
    moments = np.linspace(0, 59 * DAY_S, 50)
    sailing = [units(turns, replication=run)[0] for run in range(60)]
    at_sea = np.mean([[unit.piece_at(moment) is not None for moment in moments] for unit in sailing])
    assert at_sea == pytest.approx(9 / 13, abs=0.03)
    assert len(set(starts)) > 20


def test_a_shift_is_kept_by_the_clock_and_ends_in_port() -> None:
    (unit,) = units({
        "patrol": LOOP, "home_port": [-5, 0], "speed_kn": 20,
        "availability": {"shift_start_h": 22, "shift_h": 8, "ready_in_port": True},
    }, days=3)  # fmt: skip
    whole = [piece for piece in unit.plan if piece.time_s[0] > 0 and piece.time_s[-1] < 3 * DAY_S]
    for piece in whole:
        assert (piece.time_s[0] + 6 * HOUR_S) % DAY_S == pytest.approx(22 * HOUR_S)
        assert 7 * HOUR_S < piece.time_s[-1] - piece.time_s[0] <= 8 * HOUR_S
    assert len(whole) >= 2
    assert unit.free(12 * HOUR_S)
    assert unit.piece_at(12 * HOUR_S) is None
    place, ready_s = unit.start(12 * HOUR_S)
    np.testing.assert_allclose(np.array(place) / NM_M, [-5, 0])
    assert ready_s == 12 * HOUR_S


def test_stations_key_the_luck_of_whoever_sails_them() -> None:
    deployment = {
        "id": "nato", "theatre": "lab", "ships": 2,
        "hulls": [{"id": name, "speed_kn": 10} for name in ("one", "two", "three")],
        "stations": [
            {"id": "north", "patrol": LOOP},
            {"id": "closed", "patrol": LOOP, "area": "south"},
            {"id": "east", "patrol": {"kind": "barrier", "between": [[0, 0], [0, 9]]}},
        ],
        "closed_areas": ["south"],
    }  # fmt: skip
    base = {
        "name": "ships", "start": "2016-06-01T00:00:00Z", "duration_h": 24,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
    }  # fmt: skip

    def sailing(**changes: object) -> list[Unit]:
        scenario = Scenario.model_validate({**base, "deployments": [{**deployment, **changes}]})
        return build_units(scenario, "lab", SEA, Streams(1, 0))

    assert [(unit.id, unit.station) for unit in sailing()] == [("one", "north"), ("two", "east")]
    planned = sailing(placement="planned", ships=1, plans={1: ["east"], 2: ["north", "east"]})
    assert [(unit.id, unit.station) for unit in planned] == [("one", "east")]
    np.testing.assert_array_equal(planned[0].plan[0].y_m[0], sailing()[1].plan[0].y_m[0])


def test_points_on_land_are_refused_with_the_unit_and_the_place() -> None:
    scenario = Scenario.model_validate({
        "name": "dry", "start": "2016-06-01T00:00:00Z", "duration_h": 24,
        "theatres": {"aegean": {"coast": "aegean"}},
        "units": [{
            "id": "lost", "theatre": "aegean", "speed_kn": 9,
            "patrol": {"kind": "barrier", "between": [[26.3, 39.25], [25.5, 39.0]]},
        }],
    })  # fmt: skip
    with pytest.raises(
        GeographyError,
        match=r"^units\[lost\]\.patrol: patrol of lost: point 1, 26\.3000, 39\.2500, is on land",
    ):
        build_units(scenario, "aegean", open_theatre("aegean"), Streams(1, 0))


def test_a_patrol_without_speed_is_refused() -> None:
    with pytest.raises(GeographyError, match="unit-0 has speed_kn 0"):
        units({"patrol": LOOP, "speed_kn": 0})
