"""A unit's timetable as it was planned, as it is changed, and as it was sailed."""

import numpy as np
import pytest

from aegean_sim.entities.unit import Unit
from aegean_sim.kinematics.legs import Track
from aegean_sim.scenario.forces import Craft


def along(start_s: float, end_s: float, y_m: float = 0.0) -> Track:
    """Sail east at 1 m/s, from as many metres as seconds."""
    return Track(np.array([start_s, end_s]), np.array([start_s, end_s]), np.full(2, y_m))


@pytest.fixture
def unit() -> Unit:
    craft = Craft(speed_kn=10, ready_min=2)
    plan = (along(0.0, 100.0), along(200.0, 300.0))
    return Unit("ship", "ship", 0, "lab", craft, plan, (-5.0, -5.0), ((0.0, 300.0),))


def spans(pieces: list[Track]) -> list[list[float]]:
    return [piece.time_s.tolist() for piece in pieces]


def test_it_is_at_sea_or_in_port(unit: Unit) -> None:
    assert [unit.place(now_s) for now_s in (40.0, 150.0, 250.0)] == [(40.0, 0.0), (-5.0, -5.0), (250.0, 0.0)]
    assert unit.start(40.0) == ((40.0, 0.0), 40.0)
    assert unit.start(150.0) == ((-5.0, -5.0), 270.0)


def test_diverted_at_sea_it_keeps_what_it_has_sailed(unit: Unit) -> None:
    unit.divert(40.0, (along(40.0, 260.0, 7.0), along(280.0, 300.0)))
    assert spans(unit.pieces) == [[0.0, 40.0], [40.0, 260.0], [280.0, 300.0]]
    unit.divert(150.0, (along(150.0, 170.0, 9.0),))
    assert spans(unit.pieces) == [[0.0, 40.0], [40.0, 150.0], [150.0, 170.0]]
    assert [unit.place(now_s) for now_s in (39.0, 149.0, 160.0)] == [(39.0, 0.0), (149.0, 7.0), (160.0, 9.0)]
    assert spans(list(unit.plan)) == [[0.0, 100.0], [200.0, 300.0]]


@pytest.mark.parametrize("now_s", [150.0, 200.0])
def test_diverted_before_it_sails_it_leaves_out_what_was_planned(unit: Unit, now_s: float) -> None:
    unit.divert(now_s, (along(210.0, 230.0),))
    assert spans(unit.pieces) == [[0.0, 100.0], [210.0, 230.0]]


@pytest.mark.parametrize(
    ("until_s", "sailed"),
    [
        (0.0, []),
        (60.0, [[0.0, 60.0]]),
        (100.0, [[0.0, 100.0]]),
        (200.0, [[0.0, 100.0]]),
        (250.0, [[0.0, 100.0], [200.0, 250.0]]),
        (999.0, [[0.0, 100.0], [200.0, 300.0]]),
    ],
)
def test_what_was_sailed(unit: Unit, until_s: float, sailed: list[list[float]]) -> None:
    assert spans(unit.sailed(until_s)) == sailed


@pytest.mark.parametrize(
    ("course", "back_s", "until_s"),
    [
        ((along(40.0, 60.0, 9.0), along(60.0, 100.0), along(200.0, 300.0)), 60.0, 60.0),
        ((along(40.0, 60.0, 9.0), along(200.0, 300.0)), 60.0, 100.0),
        ((along(40.0, 150.0, 9.0), along(200.0, 300.0)), 150.0, 150.0),
        ((along(40.0, 250.0, 9.0),), 250.0, 300.0),
        ((), 40.0, 100.0),
    ],
    ids=["rejoined", "home before the end of the piece", "home in between", "too late for both", "gone"],
)
def test_until_when_the_plan_is_left_aside(
    unit: Unit, course: tuple[Track, ...], back_s: float, until_s: float
) -> None:
    unit.divert(40.0, course)
    assert unit.off_plan_until_s(back_s) == until_s
