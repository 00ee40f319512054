"""Plans: cells of a sweep file or a command line, and what is refused before anything is run."""

import json
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import SMALL_LABORATORY

from aegean_sim.errors import ScenarioError
from aegean_sim.study.sweeps.planning import Changes, plan_sweep
from aegean_sim.study.sweeps.sweeping import manifest_of, table_of


def sweep_file(folder: Path, **parts: Any) -> str:
    file = folder / "mine.yaml"
    file.write_text(json.dumps({"name": "mine", "scenario": "sophia-support", **parts}), encoding="utf-8")
    return str(file)


def test_a_range_on_the_command_line_makes_a_cell_each() -> None:
    plan = plan_sweep("sophia-support", Changes(vary=["fleet.sophia_support=0..6"]))
    assert [cell.settings for cell in plan.cells] == [{"fleet.sophia_support": n} for n in range(7)]
    assert len({cell.id for cell in plan.cells}) == 7


def test_a_grid_crosses_its_levers_in_every_world(tmp_path: Path) -> None:
    file = sweep_file(
        tmp_path,
        levers={"fleet.sophia_support": "0..2", "flow": {"few": {"seed": 1}, "many": {"seed": 2}}},
        uncertainties={"fleet.transit_days": "2..6"},
        sampling={"design": "grid"},
    )
    cells = plan_sweep(file, Changes()).cells
    assert len(cells) == 3 * 2 * 5
    assert cells[7].world == 1
    assert cells[7].labels == {"fleet.sophia_support": 0, "flow": "many", "fleet.transit_days": 3}
    assert cells[7].settings == {"fleet.transit_days": 3, "fleet.sophia_support": 0, "seed": 2}


def test_zipped_levers_change_together(tmp_path: Path) -> None:
    levers = {"fleet.sophia_support": [0, 2], "fleet.transit_days": [3, 5]}
    cells = plan_sweep(sweep_file(tmp_path, levers=levers, lever_design="zip"), Changes()).cells
    assert [list(cell.settings.values()) for cell in cells] == [[0, 3], [2, 5]]


def test_points_are_taken_as_they_are(tmp_path: Path) -> None:
    points = [{"fleet.sophia_support": 1}, {"seed": 4}]
    cells = plan_sweep(sweep_file(tmp_path, points=points), Changes()).cells
    assert [cell.settings for cell in cells] == points


def test_the_order_of_keys_and_the_form_of_numbers_make_no_other_cell(tmp_path: Path) -> None:
    def ids(points: list[dict[str, Any]]) -> list[str]:
        return [cell.id for cell in plan_sweep(sweep_file(tmp_path, points=points), Changes()).cells]

    assert ids([{"seed": 4, "fleet.transit_days": 3}]) == ids([{"fleet.transit_days": 3, "seed": 4}])
    assert ids([{"duration_h": 24}]) == ids([{"duration_h": 24.0}])


@pytest.fixture
def laboratory(tmp_path: Path) -> Path:
    path = tmp_path / "small-lab.yaml"
    path.write_text(SMALL_LABORATORY, encoding="utf-8")
    return path


def test_what_holds_in_all_cells_changes_their_fingerprints(tmp_path: Path) -> None:
    one, other = (
        plan_sweep(sweep_file(tmp_path), Changes(fixed=[f"duration_h={hours}"])).cells[0].id
        for hours in (24, 48)
    )
    assert one != other


@pytest.mark.parametrize(
    ("parts", "told"),
    [
        ({"levers": {"fleet.sophia_suport": "0..6"}}, "sophia_support"),
        ({"levers": {"fleet.sophia_support": "0..7"}}, "ships are only 6"),
        ({"levers": {"fleet.sophia_support": "6..0"}}, "rises"),
        ({"levers": {"seed": [1, 1.0]}}, "the same"),
        ({"levers": {"seed": [1], "flow": {"a": {"seed": 2}}}}, "both set seed"),
        ({"levers": {"seed": [1, 2], "duration_h": [24]}, "lever_design": "zip"}, "zipped"),
        ({"levers": {"flow": {"a": 3}}}, "named cases"),
        ({"levers": {"seed": [1]}, "points": [{"seed": 2}]}, "two ways"),
        ({"uncertainties": {"fleet.transit_days": "2..90"}}, "at most 60"),
        ({"uncertainties": {"fleet.transit_days": "2~5.5"}}, "a whole number"),
        ({"uncertainties": {"fleet.transit_days": 3}}, "least~greatest"),
        ({"replications": 0}, "at least 1"),
        ({"lever": {}}, "did you mean 'levers'"),
        ({"sampling": {"design": "latin"}}, "latin_hypercube"),
        ({"sampling": {"design": "saltelli", "points": 12}}, "power of two"),
        ({"levers": {"cell": {"a": {"seed": 1}}}}, "levers.cell"),
        ({"levers": {"number": {"a": {"seed": 1}}}}, "levers.number"),
        ({"levers": {"world": {"a": {"seed": 1}}}}, "levers.world"),
        ({"levers": {"replications": [1, 2]}}, "levers.replications"),
        ({"points": [{"title": "a"}, {"title": "b"}]}, "points.title"),
        ({"uncertainties": {"name": ["a", "b"]}}, "uncertainties.name"),
        ({"levers": {"seed": [1, 2]}, "uncertainties": {"seed": "3..4"}}, "levers.seed .*both set seed"),
        (
            {"levers": {"a": {"x": {"seed": 1}}}, "uncertainties": {"seed": "3..4"}},
            "levers.a .*both set",
        ),
        ({"levers": {"seed": {"x": {}}}, "uncertainties": {"seed": "3..4"}}, "both set seed"),
        ({"levers": {"fleet.transit_days": [3]}, "uncertainties": {"fleet": [1]}}, "fleet.*transit_days"),
        ({"levers": {"a": {"x": {"fleet": {}}}, "fleet.transit_days": [3]}}, "a and .*transit_days both"),
        ({"levers": {"boat_types.med-rubber": [1], "boat_types[med-rubber].share": [1]}}, "both set"),
        ({"set": {"duration_h": -1}}, "duration_h"),
        ({"scenario": "sophia-suport"}, "sophia-support"),
    ],
)
def test_what_is_refused(tmp_path: Path, parts: dict[str, Any], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        plan_sweep(sweep_file(tmp_path, **parts), Changes())


@pytest.mark.parametrize("vary", ["seed", "=3", "seed=", "seeed=1..3"])
def test_what_is_refused_on_the_command_line(vary: str) -> None:
    with pytest.raises(ScenarioError, match=r"seed|path=value"):
        plan_sweep("lab-crossing", Changes(vary=[vary]))


def test_a_value_that_is_right_only_beside_another_is_planned(tmp_path: Path) -> None:
    ships = {"fleet.ships": ["de-bonn", "gr-spetsai"], "deployments.nato.ships": 2}
    levers = {"fleet": {"six": {}, "two": ships}}
    assert len(plan_sweep(sweep_file(tmp_path, levers=levers), Changes()).cells) == 2


def test_every_assumption_with_a_range_is_varied_or_left_out_with_its_reason() -> None:
    plan = plan_sweep("aegean-2016", Changes(assumptions=True, replications=1))
    assert len(plan.cells) == 16
    assert len(plan.assumed.spreads) > 30
    assert set(plan.cells[0].settings) == set(plan.assumed.spreads)
    assert "add up" in plan.assumed.left_out["boat_types.rubber.share"]
    assert all("boat_types" in path for path in plan.assumed.left_out)


@pytest.mark.parametrize(
    ("parts", "changes", "told"),
    [
        ({}, Changes(most=50), "--most goes with --until-half-width only"),
        ({}, Changes(replications=20, until="persons_dead:5"), "two ways"),
        ({"replications": 20, "until": {"measure": "persons_dead", "half_width": 5}}, Changes(), "two ways"),
        ({}, Changes(until="persons_dead:5", most=29), "30"),
    ],
)
def test_how_often_to_run_is_said_once(
    tmp_path: Path, parts: dict[str, Any], changes: Changes, told: str
) -> None:
    file = sweep_file(tmp_path, levers={"fleet.sophia_support": [0, 1]}, **parts)
    with pytest.raises(ScenarioError, match=told):
        plan_sweep(file, changes)


def test_an_interval_on_the_command_line_takes_the_place_of_the_files_replications(tmp_path: Path) -> None:
    file = sweep_file(tmp_path, levers={"fleet.sophia_support": [0, 1]}, replications=20)
    assert plan_sweep(file, Changes(until="persons_dead:5")).sweep.until is not None


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        (["seed=1..2", "seed=3"], "--vary seed is there twice"),
        (["fleet.sophia_support=5..7"], r"^sophia-support: --vary fleet.sophia_support=7: .*only 6"),
        (["seed=2..1"], "^sophia-support: --vary seed is"),
        (["fleet=1", "fleet.transit_days=3"], "--vary fleet and --vary fleet.transit_days both set"),
        (["seed=1e9999999999..2e9999999999"], "--vary seed .*beyond"),
    ],
)
def test_messages_name_what_the_command_line_varies(vary: list[str], told: str) -> None:
    with pytest.raises(ScenarioError, match=told):
        plan_sweep("sophia-support", Changes(vary=vary))


def test_a_message_has_the_file_once(tmp_path: Path, laboratory: Path) -> None:
    with pytest.raises(ScenarioError) as refused:
        plan_sweep(str(laboratory), Changes(vary=["duration_h=-1,3"]))
    assert str(refused.value).count("small-lab.yaml") == 1
    assert str(refused.value).startswith(f"{laboratory}: --vary duration_h=-1: ")


def test_an_assumption_that_is_set_is_not_varied(laboratory: Path) -> None:
    rate, reach, copies, persons = paths = (
        "units.ship.sensors.0.rate_per_h",
        "units.ship.sensors.0.range_nm",
        "voyages.boat.copies",
        "voyages.boat.persons",
    )
    facts = [
        {"path": path, "basis": "ASSUMPTION", "confidence": "low", "source": "made up", "range": [1, 9]}
        for path in paths
    ]
    laboratory.write_text(f"{SMALL_LABORATORY}facts: {json.dumps(facts)}\n", encoding="utf-8")
    file = sweep_file(
        laboratory.parent,
        scenario=str(laboratory),
        levers={"sensor": {"keen": {"units[0].sensors[0].rate_per_h": 20}, "as it is": {}}},
        set={reach: 4},
        uncertainties={copies: "2..3"},
        assumptions=True,
        sampling={"points": 4},
    )
    plan = plan_sweep(file, Changes())
    assert plan.assumed.left_out == {rate: "set by a lever", reach: "set in all cells"}
    assert list(plan.assumed.spreads) == [persons]
    about = manifest_of(plan).about
    assert about["levers"] == ["sensor"]
    assert about["uncertainties"] == [persons, copies]
    assert table_of(plan.cells).schema.names == ["cell", "number", "world", "sensor", persons, copies]
    keen = next(cell for cell in plan.cells if cell.labels["sensor"] == "keen")
    assert keen.settings["units[0].sensors[0].rate_per_h"] == 20


def test_one_wrong_value_among_very_many_is_found(laboratory: Path) -> None:
    seeds = [*range(900), 2.5, *range(900, 1800)]
    with pytest.raises(ScenarioError, match=r"seed=2\.5"):
        plan_sweep(sweep_file(laboratory.parent, scenario=str(laboratory), levers={"seed": seeds}), Changes())
    words = ["box", *range(300)]
    with pytest.raises(ScenarioError, match=r"seed=.*box"):
        plan_sweep(sweep_file(laboratory.parent, scenario=str(laboratory), levers={"seed": words}), Changes())


def test_the_end_of_a_spread_is_tried_beside_what_else_its_cell_sets(tmp_path: Path) -> None:
    def planned(*ships: int) -> int:
        levers = {"fleet.ships": [["de-bonn", "gr-spetsai"]]}
        uncertainties = {"deployments.nato.ships": list(ships)}
        file = sweep_file(tmp_path, levers=levers, uncertainties=uncertainties, sampling={"design": "grid"})
        return len(plan_sweep(file, Changes()).cells)

    assert planned(2) == 1
    with pytest.raises(ScenarioError, match=r"deployments.nato.ships=3: .*must be 2"):
        planned(2, 3)
