"""Plans: cells of a sweep file or a command line, and what is refused before anything is run."""

import json
from pathlib import Path
from typing import Any

import pytest

from aegean_sim.errors import ScenarioError
from aegean_sim.study.sweeps.planning import Changes, plan_sweep


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
