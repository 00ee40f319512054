"""False reports: what a craft taken for a migrant boat costs, and that it changes nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from tests.theory.laboratory import course, laboratory, sail, still, unit, voyage

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

WATCH = unit("watch", still((0, 0)), {"law": "definite_range", "range_nm": 5}, owner="NATO")
GUARD = unit(
    "guard", still((0, 20)), owner="CG", side="destination", duties=["intercept", "rescue"], capacity=60,
    speed_kn=5, max_speed_kn=25, home_port=[0, 30],
)  # fmt: skip
TRAFFIC = {"id": "fishing", "theatre": "lab", "per_1000_nm2": 100, "speed_kn": 6}
DESK = {"id": "hq", "handling_min": 5, "hears": ["NATO", "CG"], "commands": ["CG"]}
BOATS = [voyage(f"boat{day}", course((-20, 1), (6, 0), 24.0 * day + 7, 24.0 * day)) for day in range(5)]


def run(*kinds: dict[str, Any], commands: tuple[str, ...] = ("CG",), **more: Any) -> Tables:
    handoffs = {
        "desks": [{**DESK, "commands": list(commands)}], "harmless": list(kinds),
        "classing": {"suspect": [0.03, 0.03], "missed": [0.2, 0.2], "look_min": {"exponential": 5}},
        "response": {"on_scene_min": 10, "per_person_min": 0, "ashore_min": 30}, **more,
    }  # fmt: skip
    return sail(laboratory(150.0, [WATCH, GUARD], voyages=BOATS, handoffs=handoffs))


def test_a_false_report_makes_a_trip_for_nobody() -> None:
    table = run(TRAFFIC)["responses"]
    trips = table["traffic"] == "fishing"
    looked_into = trips & np.isfinite(table["on_scene_s"])
    assert looked_into.sum() > 5
    assert set(table["result"][looked_into]) == {"false"}
    assert set(table["voyage"][trips]) == {""}
    assert set(table["persons"][trips]) == {0}
    assert set(table["brought_to"][trips]) == {""}
    assert "false" not in set(table["result"][~trips])


def test_a_false_report_ends_as_false() -> None:
    table = run(TRAFFIC)["handoffs"]
    acted = (table["traffic"] == "fishing") & (table["decision"] == "tasked")
    assert acted.any()
    assert (table["end"][acted] == "false").all()
    assert not (table["end"][~acted] == "false").any()
    boats = table["traffic"] == ""
    assert set(table["end"][boats & (table["decision"] == "tasked")]) == {"acted"}


def test_a_trip_brings_the_responder_to_where_the_craft_is() -> None:
    """Its course is kept, so the two meet where guard and craft can be at once."""
    tables = run(TRAFFIC)
    trip = int(np.flatnonzero(tables["responses"]["result"] == "false")[0])
    start_s, x, y = (tables["contacts"][name] for name in ("start_s", "x_m", "y_m"))
    contact = tables["handoffs"]["contact"][tables["responses"]["handoff"][trip]]
    scene_s = tables["responses"]["on_scene_s"][trip]
    tracks = tables["tracks"]
    own = tracks["mover"] == "guard"
    there = [np.interp(scene_s, tracks["time_s"][own], tracks[name][own]) for name in ("x_m", "y_m")]
    sailed_m = np.hypot(there[0] - x[contact], there[1] - y[contact])
    assert abs(sailed_m - 6 * 1852 / 3600 * (scene_s - start_s[contact])) < 20.0


def test_a_trip_keeps_the_unit_from_a_boat() -> None:
    crowded = {**TRAFFIC, "per_1000_nm2": 5000}
    assert "no_unit" in set(run(crowded)["handoffs"]["end"])
    assert "no_unit" not in set(run()["handoffs"]["end"])


def boats_only(tables: Tables, name: str, without: tuple[str, ...]) -> list[str]:
    table = tables[name]
    rows = table["traffic"] == "" if "traffic" in table else np.ones(len(table["voyage"]), dtype=np.bool_)
    return [repr(values[rows].tolist()) for column, values in table.items() if column not in without]


def test_harmless_traffic_changes_nothing_about_boats_where_nobody_acts() -> None:
    with_, without = run(TRAFFIC, commands=()), run(commands=())
    assert (with_["contacts"]["traffic"] == "fishing").sum() > 20
    assert len(without["handoffs"]["report"]) > 2
    for name in ("voyages", "contacts"):
        assert boats_only(with_, name, ()) == boats_only(without, name, ())
    numbers = ("handoff", "report", "taken_up_s", "decided_s", "age_min", "error_m")
    assert boats_only(with_, "handoffs", numbers) == boats_only(without, "handoffs", numbers)
    assert with_["tracks"]["time_s"].tolist() == without["tracks"]["time_s"].tolist()


def test_what_nobody_may_take_for_a_boat_is_not_there() -> None:
    assert run(TRAFFIC, classing={}, commands=())["contacts"]["traffic"].tolist().count("fishing") == 0
