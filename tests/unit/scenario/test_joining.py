"""Files that extend several others, and the fleet that their theatres share."""

from pathlib import Path

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario

EAST = """
name: east
start: 2016-06-01T00:00:00Z
duration_h: 24
theatres: {east: {coast: open_sea, box_nm: [-50, -50, 50, 50]}}
boat_types: {dinghy: {persons: {triangular: [10, 40, 60]}, speed_kn: {triangular: [3, 5, 7]}}}
units:
  - {id: cutter, theatre: east, owner: CG, speed_kn: 8, patrol: {kind: station, at: [0, 0]}}
deployments:
  - id: nato
    theatre: east
    ships: 3
    home_port: [0, 40]
    hulls:
      - {id: alpha, owner: NATO, speed_kn: 8, home_port: [0, 40], keep_out: [GR]}
      - {id: bravo, owner: NATO, speed_kn: 8, home_port: [0, 40]}
      - {id: charlie, owner: NATO, speed_kn: 8, home_port: [0, 40]}
    stations:
      - {id: e1, patrol: {kind: station, at: [1, 0]}}
      - {id: e2, patrol: {kind: station, at: [2, 0]}}
      - {id: e3, patrol: {kind: station, at: [3, 0]}}
handoffs:
  desks: [{id: coast, handling_min: 5, hears: [CG]}, {id: centre, handling_min: 5}]
  links: [{sender: coast, receiver: centre, latency_min: 3}]
  response: {search_h: 1.5}
facts:
  - {path: units.cutter.speed_kn, source: proposed, confidence: low, basis: ASSUMPTION}
  - {path: handoffs.links.0.latency_min, source: proposed, confidence: low, basis: ASSUMPTION}
"""
WEST = """
name: west
start: 2016-06-01T00:00:00Z
duration_h: 24
theatres: {west: {coast: open_sea, box_nm: [-90, -90, 90, 90]}}
units:
  - {id: patroller, theatre: west, owner: Sophia, speed_kn: 9, patrol: {kind: station, at: [0, 0]}}
deployments:
  - id: nato-sophia
    theatre: west
    ships: 0
    home_port: [0, 80]
    keep_out: [LY]
    stations:
      - {id: w1, patrol: {kind: station, at: [1, 0]}}
      - {id: w2, patrol: {kind: station, at: [2, 0]}}
handoffs:
  desks: [{id: headquarters, handling_min: 7, hears: [Sophia]}, {id: rome, handling_min: 5}]
  links: [{sender: headquarters, receiver: rome, latency_min: 4}]
  response: {search_h: 3}
facts:
  - {path: handoffs.links.0.latency_min, source: other, confidence: low, basis: ASSUMPTION}
"""
BOTH = """
extends: [east, west]
name: both
handoffs: {response: {search_h: 2}}
fleet: {ships: [alpha, bravo, charlie], sophia_support: 1}
"""


def load(folder: Path, both: str = BOTH, *overrides: str, east: str = EAST, west: str = WEST) -> Scenario:
    for name, text in (("east", east), ("west", west), ("both", both)):
        (folder / f"{name}.yaml").write_text(text)
    return load_scenario(str(folder / "both.yaml"), overrides).scenario


def sailing(scenario: Scenario) -> list[tuple[str, str]]:
    return [(posting.hull.id, posting.station.id) for posting in scenario.postings()]


def test_two_theatres_are_put_together(tmp_path: Path) -> None:
    scenario = load(tmp_path)
    assert list(scenario.theatres) == ["east", "west"]
    assert [unit.id for unit in scenario.units] == ["cutter", "patroller"]
    assert [desk.id for desk in scenario.handoffs.desks] == ["coast", "centre", "headquarters", "rome"]
    assert scenario.handoffs.response.search_h == 2


def test_facts_follow_their_values(tmp_path: Path) -> None:
    facts = {fact.path: fact.source for fact in load(tmp_path).facts}
    assert facts["handoffs.links.0.latency_min"] == "proposed"
    assert facts["handoffs.links.1.latency_min"] == "other"


def test_the_last_ships_go_first_and_keep_their_stations(tmp_path: Path) -> None:
    home = [("alpha", "e1"), ("bravo", "e2"), ("charlie", "e3")]
    away = [("charlie", "w1"), ("bravo", "w2")]
    for count in range(3):
        scenario = load(tmp_path, BOTH, f"fleet.sophia_support={count}")
        assert sailing(scenario) == home[: 3 - count] + away[:count]


def test_a_ship_sails_by_the_rules_of_where_it_is(tmp_path: Path) -> None:
    hulls = {posting.hull.id: posting.hull for posting in load(tmp_path).postings()}
    assert hulls["charlie"].home_port == (0, 80)
    assert hulls["charlie"].keep_out == {"LY"}
    assert hulls["alpha"].keep_out == {"GR"}


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ("handoffs: {response: {search_h: 2}}", "", "handoffs.response.search_h: east and west differ"),
        ("[east, west]", "[east]", "a list must name two scenarios or more"),
        ("[east, west]", "[east, wets]", "did you mean 'west'"),
        ("[east, west]", "[east, both]", "in a circle|no scenario"),
        ("sophia_support: 1", "sophia_support: 4", "but ships are only 3"),
        ("sophia_support: 1", "sophia_support: 3", "deployment nato-sophia has only 2 open stations"),
        ("charlie]", "charly]", "did you mean 'charlie'"),
        ("charlie]", "alpha]", "names 'alpha' twice"),
        ("charlie]", "charlie], home: nata", "did you mean 'nato'"),
    ],
)
def test_what_does_not_fit_is_told(old: str, new: str, part: str, tmp_path: Path) -> None:
    assert old in BOTH
    with pytest.raises(ScenarioError, match=part):
        load(tmp_path, BOTH.replace(old, new))


def test_the_numbers_of_the_fleets_deployments_follow_from_it(tmp_path: Path) -> None:
    shorter = BOTH.replace("bravo, charlie]", "bravo]")
    for scenario in (load(tmp_path, shorter), load(tmp_path, BOTH, "fleet.ships=[alpha, bravo]")):
        assert sailing(scenario) == [("alpha", "e1"), ("bravo", "w1")]
        assert [each.ships for each in scenario.deployments] == [2, 0]
    with pytest.raises(ScenarioError, match=r"--set deploy.*nato..ships is 2: must be 3: how many ships go"):
        load(tmp_path, BOTH, "deployments.nato.ships=2")


def test_what_is_wrong_in_files_extended_together_names_them(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"both\.yaml: from .*east\.yaml and .*west\.yaml: units\[cut"):
        load(tmp_path, east=EAST.replace("owner: CG, speed_kn: 8, patrol", "owner: CG, speed_kn: -8, patrol"))


def test_a_type_that_means_two_things_is_refused(tmp_path: Path) -> None:
    other = (
        "boat_types: {dinghy: {persons: {triangular: [90, 120, 160]}, speed_kn: {triangular: [3, 5, 7]}}}\n"
    )
    with pytest.raises(ScenarioError, match=r"boat_types\.dinghy\.persons.*: east and west differ"):
        load(tmp_path, west=WEST + other)


def test_ships_that_come_need_a_port(tmp_path: Path) -> None:
    with pytest.raises(ScenarioError, match=r"home_port: is missing: ships that come here"):
        load(tmp_path, west=WEST.replace("    home_port: [0, 80]\n", ""))


MOVES = BOTH.replace(
    "sophia_support: 1}",
    "sophia_support: 1, transit_days: 2, moves: [{on: 2016-06-10, sophia_support: 2},"
    " {on: 2016-06-20, sophia_support: 0}]}",
)


def test_ships_move_between_theatres_and_see_nobody_on_the_way(tmp_path: Path) -> None:
    scenario = load(tmp_path, MOVES)
    found = [
        (each.hull.id, each.station.id, str(each.hull.serves.since), str(each.hull.serves.until))
        for each in scenario.postings()
    ]
    assert found == [
        ("alpha", "e1", "None", "None"),
        ("bravo", "e2", "None", "2016-06-09"),
        ("bravo-3", "e2", "2016-06-22", "None"),
        ("charlie-2", "e3", "2016-06-22", "None"),
        ("charlie", "w1", "None", "2016-06-19"),
        ("bravo-2", "w2", "2016-06-12", "2016-06-19"),
    ]


def test_a_ship_that_moves_takes_nobodys_name(tmp_path: Path) -> None:
    east = EAST.replace("id: cutter", "id: bravo-2").replace("units.cutter", "units.bravo-2")
    assert load(tmp_path, east=east).fleet is not None
    with pytest.raises(ScenarioError, match="is called bravo-2 after a move"):
        load(tmp_path, MOVES, east=east)


def test_moves_come_in_order(tmp_path: Path) -> None:
    with pytest.raises(
        ScenarioError, match=r"fleet: moves\[1\]: the move on 2016-06-05 must come after that"
    ):
        load(tmp_path, MOVES.replace("2016-06-20", "2016-06-05"))


def test_each_theatre_keeps_its_round_table(tmp_path: Path) -> None:
    tables = [
        f"  round_tables: [{{id: {name}, aboard: {name}, seats: {{{desks}}}}}]\n"
        for name, desks in (("cutter", "coast: 1, centre: 1"), ("patroller", "headquarters: 1, rome: 2"))
    ]
    east, west = (
        text.replace("  response:", f"{table}  response:")
        for text, table in zip((EAST, WEST), tables, strict=True)
    )
    off = "handoffs.round_tables.patroller.switched_on=false"
    joined = load(tmp_path, BOTH, off, east=east, west=west).handoffs.round_tables
    assert [(table.id, table.switched_on) for table in joined] == [("cutter", True), ("patroller", False)]
