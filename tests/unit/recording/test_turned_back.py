"""Who ended where they had set out: washed ashore there, or taken back."""

from typing import Any

import pandas as pd
import pytest

from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.lives import lives
from aegean_sim.recording.turned_back import departure_states
from aegean_sim.scenario.model import Scenario

STRETCHES = {
    "zuwara": {"waters": "LY", "line": [[12.0, 33.0]]},
    "zarzis": {"waters": "TN", "line": [[11.2, 33.5]]},
    "lampedusa": {"waters": "IT", "line": [[12.6, 35.5]]},
}


def scenario(*ways: tuple[str, str], **more: Any) -> Scenario:
    routes = [{"origin": origin, "destination": to, "share": 1 / len(ways)} for origin, to in ways]
    flow = {"id": "flow", "theatre": "central-med", "routes": routes, "boat_types": ["dinghy"]}
    return Scenario.model_validate(
        {
            "name": "back",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 48,
            "theatres": {"central-med": {"coast": "central-med"}},
            "stretches": STRETCHES,
            "boat_types": {
                "dinghy": {"persons": {"triangular": [1, 2, 3]}, "speed_kn": {"triangular": [3, 4, 5]}}
            },
            "flows": [{**flow, "persons_per_month": {"2016-06": {"arrivals": 9}}}] if ways else [],
            **more,
        }
    )


NORTH = (("zuwara", "lampedusa"), ("zarzis", "lampedusa"))


def rows(name: str, *some: dict[str, Any]) -> pd.DataFrame:
    def filled(row: dict[str, Any], column: str) -> Any:
        missing = float("nan") if column.endswith("_s") else 0 if column.startswith("persons") else ""
        return {column: missing, "copy": 0, "theatre": "central-med", "departed_s": 0.0, **row}[column]

    return pd.DataFrame({column: [filled(row, column) for row in some] for column in COLUMNS[name]})


def landed(name: str, state: str, persons: int) -> dict[str, Any]:
    return {
        "voyage": name,
        "outcome": "landed",
        "landed_in": state,
        "persons": persons,
        "persons_landed": persons,
    }


def counted(numbers: dict[str, float], *names: str) -> list[float]:
    return [numbers[f"persons_{name}"] for name in names]


def test_who_is_washed_back_has_landed_but_neither_arrived_nor_returned() -> None:
    boats = [
        landed("a", "IT", 5),
        landed("b", "LY", 7),
        landed("c", "TN", 11),
        landed("d", "MT", 13),
        landed("e", "", 1),
    ]
    tables = {
        "voyages": rows("voyages", *boats),
        "handoffs": rows("handoffs"),
        "responses": rows("responses"),
    }
    numbers = lives(tables, scenario(*NORTH))
    names = ("landed", "washed_back", "arrived", "returned", "brought_in")
    assert counted(numbers, *names) == [37, 18, 19, 0, 0]


def test_a_state_that_others_make_for_is_not_one_to_be_washed_back_to() -> None:
    assert departure_states(scenario(*NORTH), "central-med") == {"LY", "TN"}
    assert departure_states(scenario(*NORTH, ("zuwara", "zarzis")), "central-med") == {"LY"}
    assert departure_states(scenario(), "central-med") == set()


LCG = {
    "id": "lcg", "owner": "LCG", "theatre": "central-med", "side": "departure", "duties": ["rescue"],
    "speed_kn": 10, "capacity": 99, "home_port": [13, 33], "patrol": {"kind": "station", "at": [13, 33.1]},
}  # fmt: skip
ROME = {"places_of_safety": [{"theatre": "central-med", "places": ["Pozzallo"]}]}


@pytest.mark.parametrize(
    ("brought_to", "rescue", "returned"),
    [("IT", ROME, 0), ("IT", {}, 0), ("LY", ROME, 8), ("", ROME, 0), ("", {}, 8)],
)
def test_whom_the_departure_side_brings_to_italy_is_not_returned(
    brought_to: str, rescue: dict[str, Any], returned: int
) -> None:
    handoffs = {"desks": [{"id": "hq", "handling_min": 5}], "rescue": rescue}
    boat = {"voyage": "a", "outcome": "rescued", "persons": 8, "persons_rescued": 8}
    trip = {"voyage": "a", "unit": "lcg", "owner": "LCG", "result": "rescued", "persons": 8}
    tables = {
        "voyages": rows("voyages", boat),
        "handoffs": rows("handoffs"),
        "responses": rows("responses", {**trip, "brought_to": brought_to}),
    }
    numbers = lives(tables, scenario(*NORTH, units=[LCG], handoffs=handoffs))
    assert counted(numbers, "returned", "arrived") == [returned, 8 - returned]
