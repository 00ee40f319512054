"""What became of everybody: hand-made tables of two theatres, and what holds of any."""

import math
from collections.abc import Callable
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.figures import at_theatre, figure_of, theatre_of
from aegean_sim.recording.lives import FATES, lives
from aegean_sim.recording.record import RunRecord
from aegean_sim.recording.replications import aligned, estimate
from aegean_sim.scenario.model import Scenario

NAN = math.nan
TAKES = {"duties": ["watch", "rescue"], "capacity": 500, "patrol": {"kind": "station", "at": [0, 0]}}


def scenario(**more: Any) -> Scenario:
    box = {"coast": "open_sea", "box_nm": [-50, -50, 50, 50]}
    return Scenario.model_validate(
        {
            "name": "two",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 48,
            "theatres": {"east": {**box, "recorded_share": 0.5}, "west": box},
            "units": [
                {"id": "tcg", "owner": "TCG", "theatre": "east", **TAKES, "side": "departure"},
                {"id": "hcg", "owner": "HCG", "theatre": "east", **TAKES},
                {"id": "watcher", "owner": "NATO", "theatre": "east", **TAKES, "duties": ["watch"]},
                {"id": "ngo", "owner": "NGO", "theatre": "west", **TAKES},
            ],
            "passing_ships": [
                {"id": "ship", "theatre": "west", "per_1000_nm2": 1, "speed_kn": 12, "capacity": 99}
            ],
            "handoffs": {
                "desks": [{"id": "centre", "handling_min": 5}],
                "jurisdiction": {"desks": {"GR": ["centre"]}, "returned": {"NATO": "TR"}},
            },
            **more,
        }
    )


def boat(name: str, theatre: str, outcome: str, distress_s: float = NAN, **fates: int) -> dict[str, Any]:
    counts = {f"persons_{fate}": number for fate, number in fates.items()}
    own = {"voyage": name, "theatre": theatre, "outcome": outcome, "distress_s": distress_s}
    return {**own, "persons": sum(fates.values()), **counts}


def trip(name: str, theatre: str, owner: str, result: str, persons: int, **more: Any) -> dict[str, Any]:
    own = {"voyage": name, "theatre": theatre, "owner": owner, "result": result, "persons": persons}
    return {**own, **more}


def told(name: str, arrived_s: float, *, distress: bool = True) -> dict[str, Any]:
    return {"voyage": name, "theatre": "west", "arrived_s": arrived_s, "distress": distress}


VOYAGES = [
    boat("e1", "east", "stopped", stopped=30),
    boat("e2", "east", "rescued", 1000.0, rescued=18, dead=2),
    boat("e3", "east", "met", met=40),
    boat("e4", "east", "landed", landed=25),
    boat("e5", "east", "at_sea", 90_000.0, at_sea=5),
    *(boat(f"w{number}", "west", "rescued", 600.0, rescued=90, dead=number) for number in range(1, 11)),
    boat("w11", "west", "lost", 600.0, dead=345) | {"ended_s": 4200.0},
    boat("w12", "west", "landed", 600.0, landed=7) | {"ended_s": 2400.0},
    boat("w13", "west", "rescued", 5000.0, rescued=10),
]
RESPONSES = [
    trip("e1", "east", "TCG", "stopped", 30, unit="tcg", on_scene_s=500.0, ashore_s=3000.0, brought_to="TR"),
    trip("e2", "east", "TCG", "rescued", 10, unit="tcg", on_scene_s=4600.0, ashore_s=9000.0, brought_to="TR"),
    trip("e2", "east", "HCG", "rescued", 8, on_scene_s=9000.0, ashore_s=9900.0, brought_to="GR"),
    trip("e3", "east", "HCG", "met", 40, on_scene_s=700.0),
    trip("e5", "east", "HCG", "under_way", 0),
    *(
        trip(f"w{number}", "west", "NGO", "rescued", 90, on_scene_s=600.0 + 60.0 * number, ashore_s=9e4)
        for number in range(1, 11)
    ),
    trip("w11", "west", "NGO", "too_late", 0),
    trip("w13", "west", "merchant", "rescued", 10, on_scene_s=4000.0, ashore_s=9e4),
    {"voyage": "", "theatre": "west", "result": "false"},
]
HANDOFFS = [
    told("w1", 300.0, distress=False),
    told("w1", 630.0),
    told("w1", 640.0),
    told("w2", NAN),
    told("w3", 480.0),
    told("w13", 6000.0),
]


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    def filled(row: dict[str, Any], column: str) -> Any:
        missing = NAN if column.endswith("_s") else 0 if column.startswith("persons") else ""
        return {column: missing, "copy": 0, "distress": False, "departed_s": 0.0, **row}[column]

    return pd.DataFrame({column: [filled(row, column) for row in rows] for column in COLUMNS[name]})


def tables(**more: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    rows = {"voyages": VOYAGES, "responses": RESPONSES, "handoffs": HANDOFFS, **more}
    return {name: table(name, some) for name, some in rows.items()}


@pytest.fixture(scope="module")
def by_hand() -> dict[str, float]:
    return lives(tables(), scenario())


def test_persons_are_counted_in_all_and_by_theatre(by_hand: dict[str, float]) -> None:
    expected = {
        "persons@east": 120, "persons_dead@east": 2, "persons_stopped@east": 30, "persons_rescued@east": 18,
        "persons_met@east": 40, "persons_landed@east": 25, "persons_at_sea@east": 5,
        "persons_returned@east": 40, "persons_arrived@east": 73, "persons_brought_in@east": 48,
        "persons@west": 1317, "persons_dead@west": 400, "persons_rescued@west": 910,
        "persons": 1437, "persons_dead": 402, "persons_returned": 40, "persons_arrived": 990,
    }  # fmt: skip
    assert {name: by_hand[name] for name in expected} == expected


def test_who_took_them_off_and_who_is_still_aboard(by_hand: dict[str, float]) -> None:
    taken = {name: value for name, value in by_hand.items() if name.startswith("persons_taken_")}
    assert taken == {
        "persons_taken_HCG": 48, "persons_taken_NGO": 900, "persons_taken_TCG": 40,
        "persons_taken_merchant": 10, "persons_taken_HCG@east": 48, "persons_taken_TCG@east": 40,
        "persons_taken_NGO@west": 900, "persons_taken_merchant@west": 10,
    }  # fmt: skip
    assert by_hand["persons_aboard@east"] == 40
    assert by_hand["persons_aboard@west"] == 0
    assert by_hand["persons_per_event_HCG"] == (8 + 40) / 2
    assert by_hand["brought_in_share_HCG@east"] == 48 / 48
    assert by_hand["brought_in_share_TCG@east"] == 0.0
    assert by_hand["brought_in_share_merchant"] == pytest.approx(10 / 958)


def test_shares_of_arrivals(by_hand: dict[str, float]) -> None:
    assert by_hand["arrivals_met_share@east"] == 48 / 73
    assert by_hand["stopped_share@east"] == 30 / 103
    assert by_hand["returned_share@east"] == 40 / 113


def test_a_few_wrecks_have_most_deaths(by_hand: dict[str, float]) -> None:
    """In the west 11 incidents: 1 to 10 dead and 345; the worst tenth of them are two."""
    assert by_hand["fatal_incidents@west"] == 11
    assert by_hand["deaths_worst_incident@west"] == 345
    assert by_hand["deaths_median_incident@west"] == 6
    assert by_hand["deaths_worst_tenth_share@west"] == 355 / 400
    assert by_hand["fatal_incidents"] == 12
    assert by_hand["deaths_worst_tenth_share"] == 355 / 402


def test_recorded_deaths_are_those_of_each_theatre_times_its_share(by_hand: dict[str, float]) -> None:
    assert by_hand["persons_dead_recorded@east"] == 0.5 * 2
    assert by_hand["persons_dead_recorded@west"] == 400
    assert by_hand["persons_dead_recorded"] == 401


def test_time_in_distress_ends_with_the_first_unit_there(by_hand: dict[str, float]) -> None:
    """In the west the rescued wait 1 to 10 min, and one had a unit there before."""
    assert by_hand["boats_in_distress"] == 15
    assert by_hand["boats_unreached@west"] == 2
    assert by_hand["boats_unreached@east"] == 0
    assert by_hand["distress_to_scene_min@east"] == 60.0
    assert by_hand["distress_to_scene_min@west"] == 5.0
    assert by_hand["distress_to_scene_worst_min@west"] == 9.0


def test_hours_in_distress_are_of_all_boats_whether_or_not_somebody_came(by_hand: dict[str, float]) -> None:
    """In the east one waits an hour and one to the end of the run; in the west 55 min, 60 and 30 in vain."""
    assert by_hand["distress_h@east"] == pytest.approx(1.0 + (48.0 - 25.0))
    assert by_hand["distress_h@west"] == pytest.approx((55.0 + 60.0 + 30.0) / 60.0)
    assert by_hand["distress_h"] == pytest.approx(24.0 + 145.0 / 60.0)


def test_from_a_desk_told_of_distress_to_somebody_there(by_hand: dict[str, float]) -> None:
    """One of 30 s, one of 300 s; who was there before a desk was told is left out."""
    assert by_hand["told_to_scene_min@west"] == pytest.approx((30.0 + 300.0) / 2 / 60)
    assert math.isnan(by_hand["told_to_scene_min@east"])


def test_nobody_is_aboard_where_people_are_not_brought_ashore() -> None:
    response = {"bring_ashore": False}
    handoffs = {"desks": [{"id": "centre", "handling_min": 5}], "response": response}
    assert lives(tables(), scenario(handoffs=handoffs))["persons_aboard"] == 0.0
    east = {"desks": handoffs["desks"], "responses": {"east": response}}
    assert lives(tables(), scenario(handoffs=east))["persons_aboard"] == 0.0
    west = {"desks": handoffs["desks"], "responses": {"west": response}}
    assert lives(tables(), scenario(handoffs=west))["persons_aboard"] == 40


def test_operations_are_told_of_where_there_are_some(by_hand: dict[str, float]) -> None:
    assert "suspects" not in by_hand
    rows = [
        boat("a", "west", "met", met=3) | {"hull": "destroyed", "suspects": 2},
        boat("b", "west", "met", met=3) | {"hull": "adrift", "suspects": 0},
        boat("c", "west", "landed", landed=3) | {"suspects": 0},
    ]
    operation = {"force": "NATO", "phases": [{"name": "1", "since": "2016-01-01", "duties": ["rescue"]}]}
    numbers = lives(tables(voyages=rows, responses=[], handoffs=[]), scenario(operations=[operation]))
    counted = {
        name: numbers[name] for name in ("hulls_destroyed", "hulls_reused", "hulls_adrift", "suspects")
    }
    assert counted == {"hulls_destroyed": 1, "hulls_reused": 0, "hulls_adrift": 1, "suspects": 2}
    assert numbers["persons_taken_NATO"] == 0.0


def test_one_theatre_has_no_names_of_theatres(record: RunRecord) -> None:
    numbers = lives(record.tables, record.scenario)
    assert not [name for name in numbers if theatre_of(name)]
    assert numbers["persons_brought_to_GR"] == sum(
        record.tables["responses"]["persons"][record.tables["responses"]["brought_to"] == "GR"]
    )


@settings(max_examples=25, deadline=None)
@given(boats=st.integers(0, 40), seed=st.integers(0, 2**32))
def test_counts_add_up(make_record: Callable[..., RunRecord], boats: int, seed: int) -> None:
    record = make_record(boats, seed=seed, box=True)
    numbers = lives(record.tables, record.scenario)
    for theatre in ("", "aegean", "lab"):
        here = {figure_of(name): value for name, value in numbers.items() if theatre_of(name) == theatre}
        assert here["persons"] == sum(here[f"persons_{fate}"] for fate in FATES)
        parts = ("dead", "at_sea", "arrived", "returned", "washed_back")
        assert here["persons"] == sum(here[f"persons_{part}"] for part in parts)
        assert here["fatal_incidents"] <= here["persons_dead"]
    for figure in (
        "persons",
        "persons_dead",
        "boats",
        "boats_unreached",
        "fatal_incidents",
        "persons_aboard",
    ):
        parts_of = [numbers[at_theatre(figure, theatre)] for theatre in ("aegean", "lab")]
        assert numbers[figure] == sum(parts_of)


def test_the_share_of_stopped_over_several_runs_counts_persons_and_not_runs() -> None:
    few = {"stopped_share@west": 1.0, "persons_stopped@west": 10.0, "persons_arrived@west": 0.0}
    many = {"stopped_share@west": 0.2, "persons_stopped@west": 18.0, "persons_arrived@west": 72.0}
    assert estimate(aligned([few, many]), "stopped_share@west").mean == pytest.approx(28 / 100)


@pytest.mark.parametrize(
    ("unit", "owner", "brought_to", "returned"),
    [
        ("tcg", "TCG", "", 9),
        ("tcg", "TCG", "GR", 0),
        ("ship", "NATO", "TR", 9),
        ("ship", "NATO", "", 9),
        ("ship", "NATO", "GR", 0),
        ("hcg", "HCG", "TR", 9),
        ("hcg", "HCG", "", 0),
    ],
)
def test_rescued_is_returned_by_the_port_and_where_that_is_unknown_by_the_rules(
    unit: str, owner: str, brought_to: str, returned: int
) -> None:
    rows = [boat("a", "east", "rescued", 100.0, rescued=9)]
    trips = [trip("a", "east", owner, "rescued", 9, unit=unit, brought_to=brought_to)]
    numbers = lives(tables(voyages=rows, responses=trips, handoffs=[]), scenario())
    assert numbers["persons_returned"] == returned
    assert numbers["persons_arrived"] == 9 - returned
