"""When and by whom a boat is met, against the quadratic of a straight intercept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import HOUR_S, course, laboratory, sail, still, unit, voyage

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray
    from tests.theory.laboratory import Part, Point

    Row = dict[str, Any]

AT_ONCE = {
    "contact_needed": False,
    "bring_ashore": False,
    "on_scene_min": 0.0,
    "per_person_min": 0.0,
}


def meeting_h(place: Point, velocity_kn: Point, speed_kn: float, ready_h: float = 0.0) -> float:
    """Solve ``(u² - V²) t² + 2 (p.u) t + p² = 0``, the boat as seen by the pursuer; infinite without one."""
    px, py = (p + u * ready_h for p, u in zip(place, velocity_kn, strict=True))
    ux, uy = velocity_kn
    roots = np.roots([ux**2 + uy**2 - speed_kn**2, 2.0 * (px * ux + py * uy), px**2 + py**2])
    good = [root.real for root in roots if abs(root.imag) < 1e-12 and root.real >= 0.0]
    return ready_h + min(good, default=math.inf)


def sent(
    boat_velocity_kn: Point, responders: list[Part], until_h: float, handling_min: float = 0.0
) -> tuple[list[Row], list[Row]]:
    """Let a boat start at the origin under the eyes of a watcher; give the handoffs and the responses."""
    watcher = unit("watcher", still((0, 1)), {"law": "definite_range", "range_nm": 5.0}, owner="eyes")
    desk = {"id": "desk", "handling_min": handling_min, "hears": ["eyes"], "commands": ["arms"]}
    boat = voyage("boat", course((0, 0), boat_velocity_kn, until_h))
    handoffs = {"desks": [desk], "response": AT_ONCE}
    tables = sail(laboratory(until_h + 1.0, [watcher, *responders], voyages=[boat], handoffs=handoffs))
    return _rows(tables["handoffs"]), _rows(tables["responses"])


def _rows(table: Mapping[str, NDArray[Any]]) -> list[Row]:
    return [dict(zip(table, row, strict=True)) for row in zip(*table.values(), strict=True)]


def responder(name: str, place: Point, dash_kn: float, **more: Any) -> Part:
    return unit(name, still(place), owner="arms", duties=["intercept"], max_speed_kn=dash_kn, **more)


OFF_THE_BOW = math.tan(math.asin(5.0 / 8.0))
"""How far off its bow, abeam by ahead, a boat at 8 knots may have a pursuer at 5."""
CASES = {
    "from_ahead": ((20, 0), 25.0),
    "from_abeam": ((5, 20), 25.0),
    "from_astern": ((-12, 3), 25.0),
    "as_fast_from_ahead": ((20, 8), 8.0),
    "slower_from_ahead": ((20, 4), 5.0),
    "slower_at_the_edge_of_what_can_be": ((20, 20 * OFF_THE_BOW * 0.999), 5.0),
}
HOPELESS = {
    "slower_from_astern": ((-12, 0), 5.0),
    "as_fast_from_astern": ((-12, 3), 8.0),
    "slower_from_abeam": ((0, 20), 7.9),
    "slower_just_too_far_off_the_bow": ((20, 20 * OFF_THE_BOW * 1.001), 5.0),
}
BOAT_V = (8.0, 0.0)


@pytest.mark.parametrize("delay_min", [0.0, 15.0])
@pytest.mark.parametrize("name", CASES)
def test_a_boat_is_met_when_the_quadratic_says(name: str, delay_min: float) -> None:
    place, speed_kn = CASES[name]
    seen_from = (-place[0], -place[1])
    wanted_h = meeting_h(seen_from, BOAT_V, speed_kn, delay_min / 60.0)
    if name != "slower_at_the_edge_of_what_can_be" or not delay_min:
        assert math.isfinite(wanted_h)
    handoffs, responses = sent(BOAT_V, [responder("ship", place, speed_kn)], 60.0, handling_min=delay_min)
    if math.isinf(wanted_h):
        assert (handoffs[0]["decision"], responses) == ("refused", [])
        return
    assert handoffs[0]["decision"] == "tasked"
    assert responses[0]["tasked_s"] == pytest.approx(delay_min * 60.0, abs=1e-6)
    assert responses[0]["on_scene_s"] == pytest.approx(wanted_h * HOUR_S, abs=1e-3)
    assert responses[0]["result"] == "met"


@pytest.mark.parametrize("name", HOPELESS)
def test_a_boat_that_cannot_be_caught_is_refused(name: str) -> None:
    place, speed_kn = HOPELESS[name]
    assert math.isinf(meeting_h((-place[0], -place[1]), BOAT_V, speed_kn))
    handoffs, responses = sent(BOAT_V, [responder("ship", place, speed_kn)], 60.0)
    assert responses == []
    assert handoffs[0]["decision"] == "refused"
    assert not handoffs[0]["timely"]


def test_a_boat_that_lands_first_is_not_met() -> None:
    """That it will land is nobody's to know: somebody is sent, and learns of it as it happens."""
    until_h = meeting_h((12, -3), BOAT_V, 25.0)
    for lands_h, result in ((until_h * 1.001, "met"), (until_h * 0.999, "too_late")):
        handoffs, responses = sent(BOAT_V, [responder("ship", (-12, 3), 25.0)], lands_h)
        assert [row["decision"] for row in handoffs] == ["tasked"]
        assert [row["result"].replace("stopped", "met") for row in responses] == [result]
        if result == "too_late":
            assert responses[0]["done_s"] == pytest.approx(lands_h * HOUR_S)


def test_getting_ready_in_port_counts() -> None:
    port, speed_kn, ready_min = (15.0, -6.0), 22.0, 25.0
    evening = {"shift_start_h": 20.0, "shift_h": 2.0, "ready_in_port": True}
    in_port = responder(
        "ship",
        (0, 30),
        speed_kn,
        speed_kn=10.0,
        home_port=list(port),
        ready_min=ready_min,
        availability=evening,
    )
    _, responses = sent(BOAT_V, [in_port], 12.0)
    wanted_h = meeting_h((-port[0], -port[1]), BOAT_V, speed_kn, ready_min / 60.0)
    assert responses[0]["on_scene_s"] == pytest.approx(wanted_h * HOUR_S, abs=1e-3)


@pytest.mark.parametrize("seed", range(25))
def test_the_unit_that_can_be_there_first_is_sent(seed: int) -> None:
    rng = np.random.default_rng(seed)
    velocity = tuple(rng.uniform(-9.0, 9.0, 2))
    places, speeds = rng.uniform(-40.0, 40.0, (6, 2)), rng.uniform(4.0, 30.0, 6)
    ready_min = rng.uniform(0.0, 60.0, 6)
    wanted_h = [
        meeting_h((-x, -y), velocity, speed, 0.0) for (x, y), speed in zip(places, speeds, strict=True)
    ]
    ships = [
        responder(f"u{row}", tuple(places[row]), float(speeds[row]), ready_min=float(ready_min[row]))
        for row in range(6)
    ]
    _, responses = sent(velocity, ships, 40.0)
    assert [row["unit"] for row in responses] == [f"u{int(np.argmin(wanted_h))}"]
    assert responses[0]["on_scene_s"] == pytest.approx(min(wanted_h) * HOUR_S, abs=1e-3)


def test_a_turn_of_the_boat_is_learnt_as_it_happens() -> None:
    """The ship heads for where the first leg would lead, and at the turn for where the second does."""
    watcher = unit("watcher", still((0, 1)), {"law": "definite_range", "range_nm": 5.0}, owner="eyes")
    desk = {"id": "desk", "handling_min": 0.0, "hears": ["eyes"], "commands": ["arms"]}
    boat = voyage("boat", [[0, 0, 0], [1, 8, 0], [4, 8, 18]])
    ships = [watcher, responder("ship", (30, 10), 11.0)]
    tables = sail(laboratory(6.0, ships, voyages=[boat], handoffs={"desks": [desk], "response": AT_ONCE}))
    first_h = meeting_h((-30, -10), (8, 0), 11.0)
    assert first_h > 1.0
    towards = np.array([8.0 * first_h - 30.0, -10.0])
    ship = np.array([30.0, 10.0]) + 11.0 * towards / np.hypot(*towards)
    met_h = 1.0 + meeting_h((8.0 - ship[0], -ship[1]), (0, 6), 11.0)
    assert _rows(tables["responses"])[0]["on_scene_s"] == pytest.approx(met_h * HOUR_S, abs=1e-2)
