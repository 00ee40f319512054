"""After a capsize there are swimmers to be seen, not a boat."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from tests.theory.laboratory import laboratory, sail, still, unit

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

HOUR_S = 3600.0
EYE = {
    "kind": "visual", "law": "inverse_cube", "at_speed_kn": 10.0, "height_m": 500.0, "source": "made up",
    "confidence": "low",
}  # fmt: skip
FLOW = {
    "id": "flow", "theatre": "lab", "rate_per_day": 2000.0, "persons": 50, "speed_kn": [5.0, 5.0],
    "origin": [[-10.0, -1.0], [-10.0, 1.0]], "destination": [[40.0, -1.0], [40.0, 1.0]],
    "perils": {"capsizing": {"per_h": 0.2}},
}  # fmt: skip


def watched(swimmers_nm: float, reach_nm: float) -> Tables:
    """Run a ship that sees boats for certain within some 15 nm, and swimmers at a width of their own."""
    widths = {"rubber": [25.0] * 4, "wooden": [25.0] * 4, "swimmers": [swimmers_nm] * 4}
    reach = {"rubber": 15.0, "wooden": 15.0, "swimmers": reach_nm}
    preset = {**EYE, "sweep_width_nm": widths, "max_range_nm": reach}
    ship = unit("ship", still((0.0, 0.0)), {"preset": "eye"}, owner="watch")
    return sail(
        laboratory(24.0, [ship], flows=[FLOW], sensor_presets={"eye": preset}, daylight={"sun": False})
    )


def capsized_of(tables: Tables) -> np.ndarray:
    """Give for each contact when its boat capsizes, infinite for never."""
    voyages, contacts = tables["voyages"], tables["contacts"]
    names = zip(voyages["voyage"], voyages["copy"], strict=True)
    moments = dict(zip(names, voyages["capsized_s"], strict=True))
    seen = [moments[boat] for boat in zip(contacts["voyage"], contacts["copy"], strict=True)]
    return np.nan_to_num(np.array(seen), nan=np.inf)


def test_who_cannot_see_swimmers_loses_them_as_the_boat_capsizes() -> None:
    tables = watched(0.0, 1.0)
    contacts, capsized_s = tables["contacts"], capsized_of(tables)
    assert (contacts["start_s"] < capsized_s).all()
    assert (contacts["end_s"] <= capsized_s + 1e-6).all()
    cut_short = np.isclose(contacts["end_s"], capsized_s)
    assert 0.2 < cut_short.mean() < 0.9


def test_swimmers_are_seen_only_within_their_own_reach() -> None:
    tables = watched(25.0, 3.0)
    contacts, capsized_s = tables["contacts"], capsized_of(tables)
    afterwards = contacts["start_s"] > capsized_s
    assert afterwards.sum() > 5
    assert (contacts["range_m"][afterwards] <= 3.0 * 1852.0 + 1.0).all()
    assert (contacts["range_m"][~afterwards] > 3.0 * 1852.0).any()


def test_swimmers_as_visible_as_a_boat_are_held_on() -> None:
    tables = watched(25.0, 15.0)
    contacts, capsized_s = tables["contacts"], capsized_of(tables)
    assert not np.isclose(contacts["end_s"], capsized_s).any()
    assert (contacts["end_s"] > capsized_s).any()
