"""Rescue, in small laboratories: room aboard, staying out, handing over, places of safety, passing ships."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from aegean_sim.behaviour.limits import Limits
from aegean_sim.behaviour.passing import Passing, passing_units
from aegean_sim.engine.run import simulate
from aegean_sim.errors import ScenarioError
from aegean_sim.geography.sea import open_box
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import HOUR_S, MINUTE_S
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.loading import Loaded, load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.rescue import PassingShips
from aegean_sim.streams import Streams

RESCUER = {
    "theatre": "lab", "owner": "CG", "side": "destination", "duties": ["watch", "rescue"], "capacity": 100,
    "speed_kn": 10, "max_speed_kn": 20, "home_port": [0, 90],
    "sensors": [{"law": "definite_range", "range_nm": 30}],
}  # fmt: skip


def ship(name: str, at: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {"id": name, **RESCUER, "patrol": {"kind": "station", "at": list(at)}, **more}


def adrift(name: str, at: tuple[float, float], persons: int, distress_h: float = 1.0) -> dict[str, Any]:
    """Give a boat that lies still and is in distress from a moment on, till the run's end and after."""
    points = [[0, *at], [200, at[0] + 0.01, at[1]]]
    return {
        "id": name, "theatre": "lab", "points": points, "persons": persons, "distress_h": distress_h,
    }  # fmt: skip


def run(units: list[Any], boats: list[Any], *, rescue: Any = None, **more: Any) -> RunRecord:
    desk = {"id": "hq", "officers": 5, "handling_min": 0, "hears": ["CG"], "commands": ["CG"]}
    scenario = Scenario.model_validate({
        "name": "rescue", "start": "2016-06-01T00:00:00Z", "duration_h": 60, "seed": 3,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-100, -100, 100, 100]}},
        "units": units, "voyages": boats, "passing_ships": more.pop("passing_ships", ()),
        "handoffs": {
            "desks": [desk],
            "response": {"on_scene_min": 10, "per_person_min": 0.5, "ashore_min": 30, "no_unit": "wait"},
            "rescue": rescue or {},
        },
    })  # fmt: skip
    return simulate(Loaded(scenario, "test", Path()), 0)


def responses(record: RunRecord) -> list[dict[str, Any]]:
    table = record.tables["responses"]
    return [{name: column[row] for name, column in table.items()} for row in range(len(table["unit"]))]


def fates(record: RunRecord, boat: str) -> dict[str, int]:
    table = record.tables["voyages"]
    row = table["voyage"].tolist().index(boat)
    return {name[8:]: int(table[name][row]) for name in table if name.startswith("persons_")}


def test_who_finds_no_room_waits_for_the_next() -> None:
    record = run([ship("near", (0, 10), capacity=30), ship("far", (0, 60))], [adrift("boat", (0, 0), 90)])
    first, second = responses(record)
    # One with room for all would be there in 3 h, the small one in half an hour: two hours sooner and more.
    assert (first["unit"], first["persons"]) == ("near", 30)
    assert (second["unit"], second["persons"]) == ("far", 60)
    assert first["on_scene_s"] == pytest.approx(1.5 * HOUR_S, abs=60)
    # Known to be too many when the first is there, then 60 nm at 20 kn.
    assert second["tasked_s"] == first["on_scene_s"]
    assert second["on_scene_s"] - second["tasked_s"] == pytest.approx(3 * HOUR_S, abs=60)
    assert fates(record, "boat") == {
        "landed": 0, "stopped": 0, "met": 0, "rescued": 90, "dead": 0, "at_sea": 0,
    }  # fmt: skip


def test_one_with_room_for_all_is_preferred_when_it_is_nearly_as_soon() -> None:
    record = run([ship("small", (0, 10), capacity=30), ship("large", (0, 40))], [adrift("boat", (0, 0), 90)])
    assert [(each["unit"], each["persons"]) for each in responses(record)] == [("large", 90)]


def test_a_ship_stays_for_a_second_boat_and_brings_both_ashore() -> None:
    boats = [adrift("one", (0, 0), 40), adrift("two", (5, 0), 40, distress_h=4)]
    record = run([ship("ship", (0, 10))], boats, rescue={"stay_h": 12})
    one, two = responses(record)
    assert one["done_s"] == pytest.approx(one["on_scene_s"] + 30 * MINUTE_S)
    assert two["tasked_s"] == 4 * HOUR_S
    # Twelve hours after the first came aboard it turns for port: 80 nm at 20 kn, and 30 min there.
    turned_s = one["on_scene_s"] + 12 * HOUR_S
    assert one["ashore_s"] == two["ashore_s"]
    assert one["ashore_s"] == pytest.approx(turned_s + 4.5 * HOUR_S, abs=60)
    assert one["brought_by"] == "ship"


def test_a_full_ship_leaves_at_once() -> None:
    record = run(
        [ship("ship", (0, 10))], [adrift("boat", (0, 0), 70)], rescue={"stay_h": 24, "full_share": 0.6}
    )
    (sent,) = responses(record)
    assert sent["ashore_s"] == pytest.approx(sent["done_s"] + 4.5 * HOUR_S + 30 * MINUTE_S, abs=60)


def test_people_are_handed_to_a_bigger_ship_that_is_near() -> None:
    bigger = ship("bigger", (20, 0), capacity=400, duties=["watch"])
    record = run(
        [ship("ship", (0, 10)), bigger], [adrift("boat", (0, 0), 70)],
        rescue={"stay_h": 6, "full_share": 0.6, "transfer": {"per_person_min": 1}},
    )  # fmt: skip
    (sent,) = responses(record)
    assert sent["brought_by"] == "bigger"
    # Six hours after they were taken off: 92 nm to port at 20 kn, and half an hour there.
    port_s = float(np.hypot(20, 90)) / 20 * HOUR_S + 30 * MINUTE_S
    assert sent["ashore_s"] == pytest.approx(sent["on_scene_s"] + 6 * HOUR_S + port_s, abs=60)


def test_a_ship_that_is_given_people_lies_until_they_are_aboard() -> None:
    bigger = ship(
        "bigger", (20, 0), capacity=400, duties=["watch"], sensors=[],
        patrol={"kind": "barrier", "between": [[20, 0], [20, 40]]},
    )  # fmt: skip
    record = run(
        [ship("ship", (0, 10)), bigger], [adrift("boat", (0, 0), 70)],
        rescue={"stay_h": 6, "full_share": 0.6, "transfer": {"per_person_min": 1}},
    )  # fmt: skip
    places = {}
    tracks = record.tables["tracks"]
    for name in ("ship", "bigger"):
        mine = tracks["mover"] == name
        time_s, x_m, y_m = (tracks[column][mine] for column in ("time_s", "x_m", "y_m"))
        at_rest = np.hypot(np.diff(x_m), np.diff(y_m)) < 1.0
        still = np.flatnonzero(at_rest & np.isclose(np.diff(time_s), 70 * MINUTE_S, atol=1.0))
        places[name] = (time_s[still], x_m[still], y_m[still])
    assert [len(each[0]) for each in places.values()] == [1, 1]
    for one, other in zip(*places.values(), strict=True):
        assert one == pytest.approx(other, abs=5.0)


def test_people_are_brought_to_the_nearest_place_of_safety_that_holds() -> None:
    past = {"theatre": "lab", "places": [[0, 12]], "until": "2014-12-31"}
    other = {"theatre": "lab", "places": [[0, 14]], "forces": ["NGO"]}
    ours = {"theatre": "lab", "places": [[0, -80], [0, -40]], "since": "2015-01-01"}
    record = run(
        [ship("ship", (0, 10))], [adrift("boat", (0, 0), 40)],
        rescue={"places_of_safety": [past, other, ours]},
    )  # fmt: skip
    (sent,) = responses(record)
    assert sent["ashore_s"] == pytest.approx(sent["on_scene_s"] + (30 + 120 + 30) * MINUTE_S, abs=60)


PASSING = {
    "id": "merchant", "theatre": "lab", "waters": [], "per_1000_nm2": 20, "speed_kn": 12, "max_speed_kn": 14,
    "capacity": 200, "ready_min": 20, "home_port": [0, 90],
    "sensors": [{"law": "definite_range", "range_nm": 10}],
}  # fmt: skip


def test_a_ship_that_passes_by_is_called_when_it_is_sooner() -> None:
    record = run(
        [ship("far", (0, 90), sensors=[{"law": "definite_range", "range_nm": 95}])],
        [adrift("boat", (0, 0), 70)], passing_ships=[PASSING],
    )  # fmt: skip
    (sent,) = responses(record)
    assert (sent["unit"], sent["owner"], sent["persons"]) == ("merchant-1", "merchant", 70)
    tracks = record.tables["tracks"]
    mine = tracks["mover"] == "merchant-1"
    start = tracks["x_m"][mine][0], tracks["y_m"][mine][0]
    sailed_s = np.hypot(*start) / (14 * 1852 / 3600)
    assert sent["on_scene_s"] == pytest.approx(HOUR_S + 20 * MINUTE_S + sailed_s, abs=60)
    # Without places of safety it brings them to its home port, not to where it happened to be.
    home_s = 90 / 14 * HOUR_S
    assert sent["ashore_s"] == pytest.approx(sent["on_scene_s"] + (10 + 35 + 30) * MINUTE_S + home_s, abs=60)


def test_a_ship_that_passes_by_sails_on_when_a_unit_is_nearly_as_soon() -> None:
    record = run([ship("near", (0, 10))], [adrift("boat", (0, 0), 70)], passing_ships=[PASSING])
    assert [each["unit"] for each in responses(record)] == ["near"]
    assert not (record.tables["tracks"]["mover"] == "merchant-1").any()


def test_the_nearest_ship_lies_as_in_a_poisson_field() -> None:
    rules = PassingShips.model_validate({**PASSING, "per_1000_nm2": 2.0})
    sea = open_box("lab", (-1000, -1000, 1000, 1000))
    passing = Passing(rules, passing_units(rules, 0, HOUR_S), Streams(3, 0))
    still = Track(np.array([0.0, 1e6]), np.zeros(2), np.zeros(2))
    range_nm = []
    for boat in range(4000):
        called = passing.called(Limits(sea, None, "hq", boat), still, 0.0)
        assert called is not None
        assert called[0].port is not None
        range_nm.append(np.hypot(*called[0].port) / 1852)
    # Farther than r with probability exp(-density pi r²), at 2 per 1000 nm2.
    beyond = np.sort(np.exp(-0.002 * np.pi * np.square(range_nm)))
    even = (np.arange(len(beyond)) + 0.5) / len(beyond)
    assert np.abs(beyond - even).max() < 1.95 / np.sqrt(len(beyond))


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("capacity: 60", "capacity: 0", "has no room for anybody"),
        ("response:", "rescue: {full_share: 0}\n  response:", "handoffs.rescue.full_share is 0"),
        (
            "response:",
            "rescue: {places_of_safety: [{theatre: lab, places: [[0, 1]], until: 2016-05-30}]}\n  response:",
            "handoffs.rescue.places_of_safety: none of lab holds on 2016-06-01, when the run starts; give",
        ),
        ("response:", "rescue: {stay_h: -1}\n  response:", "handoffs.rescue.stay_h is -1"),
    ],
)
def test_bad_rules_of_rescue_are_refused(old: str, new: str, part: str, tmp_path: Path) -> None:
    text = (Path(__file__).parents[2] / "data" / "scenarios" / "whole.yaml").read_text()
    assert old in text
    (tmp_path / "mine.yaml").write_text(text.replace(old, new, 1))
    with pytest.raises(ScenarioError, match=part):
        load_scenario(str(tmp_path / "mine.yaml"), [])
