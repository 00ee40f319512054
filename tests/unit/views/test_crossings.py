from collections.abc import Callable
from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from aegean_sim.quantities import HOUR_S, NM_M
from aegean_sim.recording.layers import MEAN, Layer
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views.maps.crossings import Crossing, _joined, crossings_of
from aegean_sim.views.maps.outcomes import outcomes_finding
from aegean_sim.views.maps.stretches import STRETCHES, routes_of
from aegean_sim.views.maps.unseen import Unseen, unseen_finding

Laboratory = Callable[..., StoredRun]
EVERY_BOAT = Layer(boat=MEAN)


def boat(*seen: tuple[float, float], hours: float = 12.0, outcome: str = "landed") -> Crossing:
    """Give a boat that sails east at a mile an hour, seen in some hours."""
    way = np.array([[0.0, 0.0, 0.0], [hours * NM_M, 0.0, hours * HOUR_S]])
    stretches = HOUR_S * np.array(seen).reshape(-1, 2)
    return Crossing("boat", "a>b", outcome, way, stretches, np.zeros(2) if seen else None)


def test_stretches_that_meet_are_joined() -> None:
    stretches = np.array([[0.0, 2.0], [1.0, 3.0], [1.5, 2.5], [4.0, 5.0], [5.0, 6.0]])
    assert _joined(stretches).tolist() == [[0.0, 3.0], [4.0, 6.0]]


def test_hours_unseen_are_those_in_nobodys_sight() -> None:
    one = boat((2.0, 5.0), (8.0, 9.0))
    assert (one.hours, one.unseen_hours, one.hours_to_first) == (12.0, 8.0, 2.0)
    assert boat().hours_to_first == boat().unseen_hours == 12.0


def test_a_stretch_tells_the_share_of_time_unseen_of_the_boats_that_got_there() -> None:
    (route,) = routes_of([boat((0.0, 6.0)), boat((3.0, 4.0)), boat(hours=6.0, outcome="stopped")])
    assert (route.boats, route.never, len(route.lines)) == (3, 1, STRETCHES)
    assert route.boats_there.tolist() == [3] * 6 + [2] * 6
    np.testing.assert_allclose(route.unseen[[0, 3, 6, 11]], [2 / 3, 1 / 3, 1.0, 1.0])
    np.testing.assert_allclose(route.unseen_h[[0, 3, 6]], [2 / 3, 1 / 3, 1.0])
    np.testing.assert_allclose(route.lines[3][[0, -1], 0] / NM_M, [3.0, 4.0])


def test_contacts_of_a_run_become_what_each_boat_went_through(laboratory: Laboratory) -> None:
    contacts = [
        {
            "voyage": "lab-0",
            "unit": "ship-lab",
            "owner": "NATO",
            "start_s": 3600.0,
            "end_s": 7200.0,
            "x_m": 5.0,
        },
        {"voyage": "lab-0", "unit": "tower", "owner": "HCG", "start_s": 5400.0, "end_s": np.nan, "x_m": 6.0},
        {"voyage": "lab-1", "unit": "tower", "owner": "HCG", "start_s": 9e5, "end_s": 9.1e5, "x_m": 7.0},
    ]
    run = laboratory(3, contacts=contacts, ended_s=10 * HOUR_S)
    seen = {one.voyage: one for one in crossings_of([run], "lab", EVERY_BOAT)}
    assert seen["lab-0"].seen.tolist() == [[3600.0, 36000.0]]
    assert seen["lab-0"].first_seen == pytest.approx([5.0, 0.0])
    assert not len(seen["lab-1"].seen)
    assert seen["lab-1"].first_seen is None
    by_tower = crossings_of([run], "lab", Layer(boat=MEAN, by="tower"))
    assert by_tower[0].seen.tolist() == [[5400.0, 36000.0]]
    assert crossings_of([run], "lab", Layer(boat="wooden")) == ()
    assert len(crossings_of([run, run], "lab", EVERY_BOAT)) == 6


def test_what_became_of_boats_is_told_with_those_nobody_saw() -> None:
    boats = [boat((0.0, 1.0)), boat(), boat((0.0, 1.0), outcome="met")]
    assert outcomes_finding(boats) == "Of 3 boats 2 landed, 1 met; 1 never seen"
    assert outcomes_finding([]) == "No boat set out"


def test_the_title_names_the_route_with_the_longest_bar_and_how_few_boats_that_is_of() -> None:
    usual = [boat((0.0, 9.0)) for _ in range(5)]
    rare = replace(boat((0.0, 2.0)), route="c>d")
    content = Unseen(SimpleNamespace(), (*usual, rare), tuple(routes_of([*usual, rare])))  # type: ignore[arg-type]
    assert unseen_finding(content).endswith("; longest on c>d (1 boat): 10.0 of 12.0")


def test_the_dead_are_in_the_title() -> None:
    boats = [replace(boat((1.0, 2.0)), persons=40, persons_dead=dead) for dead in (0, 3)]
    assert outcomes_finding(boats).endswith("; 3 persons died")
