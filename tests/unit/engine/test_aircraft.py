"""What an aircraft sees brings a ship by the ordinary way: report, desk, order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.theory.laboratory import HOUR_S, laboratory, sail, still, unit, voyage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.theory.laboratory import Part, Tables

EYE = {"law": "definite_range", "range_nm": 5.0}
SHIP = unit(
    "ship", still((0, 0)), EYE, owner="navy", side="destination",
    speed_kn=12.0, max_speed_kn=20.0, home_port=[0.0, -9.0], capacity=300, duties=["watch", "intercept"],
)  # fmt: skip
BOX = {"kind": "search", "length_nm": 60.0, "width_nm": 40.0, "spacing_nm": 10.0}
HELICOPTER = unit(
    "helicopter", BOX, EYE, owner="navy",
    flies=True, base="ship", speed_kn=150.0,
    availability={"sortie_h": 3.0, "sorties_per_day": 1, "first_sortie_h": 1},
)  # fmt: skip
FOLLOW = {"watching": {"shadow_h": {"navy": 2.0}}}


def run(units: Sequence[Part], **handoffs: Any) -> Tables:
    desk = {"id": "hq", "handling_min": 5.0, "hears": ["navy"], "commands": ["navy"]}
    boat = voyage("boat", [[0.5, 40.0, 18.0], [9.0, -40.0, 18.0]], persons=100)
    network = {"desks": [desk], "response": {"on_scene_min": 10.0}, **handoffs}
    return sail(laboratory(24.0, units, voyages=[boat], handoffs=network))


def test_a_helicopter_cues_its_ship() -> None:
    assert run([SHIP])["voyages"]["outcome"].tolist() == ["landed"]
    tables = run([SHIP, HELICOPTER])
    contacts = tables["contacts"]
    assert contacts["unit"][0] == "helicopter"
    assert contacts["range_m"][0] == pytest.approx(5.0 * 1852.0)
    assert tables["responses"]["unit"].tolist() == ["ship"]
    assert tables["responses"]["tasked_s"][0] == pytest.approx(contacts["start_s"][0] + 300.0)
    assert tables["voyages"]["outcome"].tolist() == ["met"]


def test_an_aircraft_keeps_to_its_sortie_where_ships_follow_boats() -> None:
    plans = []
    for handoffs in ({}, FOLLOW):
        tracks = run([{**SHIP, "duties": ["watch"]}, HELICOPTER], **handoffs)["tracks"]
        mine = tracks["mover"] == "helicopter"
        plans.append(np.column_stack([tracks[name][mine] for name in ("time_s", "x_m", "y_m")]))
    np.testing.assert_array_equal(plans[0], plans[1])
    assert plans[0][[0, -1], 0] == pytest.approx([HOUR_S, 4 * HOUR_S])
