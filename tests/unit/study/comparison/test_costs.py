"""What scenarios pay for, and what levels cost."""

import csv
import math
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.unit.study.comparison.made_up import write_sweep

from aegean_sim.datafiles import costs_folder
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.study.comparison.comparison import Part, compare
from aegean_sim.study.comparison.costs import price, quantities, rates
from aegean_sim.study.comparison.loading import material_of
from aegean_sim.study.comparison.question import Question

BASE = "sophia-support"


def more(*overrides: str) -> dict[str, float]:
    plain, changed = (quantities(load_scenario(BASE, each).scenario) for each in ((), overrides))
    found = {name: changed.get(name, 0.0) - plain.get(name, 0.0) for name in {**plain, **changed}}
    return {name: value for name, value in found.items() if abs(value) > 1e-9}


def test_rates_have_a_range_a_basis_and_a_source() -> None:
    with (costs_folder() / "rates.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert {row["basis"] for row in rows} == {"SOURCED", "ASSUMPTION"}
    assert all(row["source"] and row["confidence"] in {"high", "medium", "low"} for row in rows)
    assert all(rate.low_eur <= rate.eur <= rate.high_eur for rate in rates().values())


def test_a_split_of_the_fleet_costs_nothing() -> None:
    assert more("fleet.sophia_support=3") == {}


def test_a_round_table_costs_its_seats() -> None:
    table = load_scenario(BASE).scenario.handoffs.round_tables
    seats = next(sum(each.seats.values()) for each in table if each.id == "sophia-flagship")
    found = more("handoffs.round_tables.sophia-flagship.switched_on=true")
    assert found == {"table_officer_day": pytest.approx(30.0 * seats)}


def test_officers_count_by_hours_on_watch() -> None:
    found = more("handoffs.desks.mrcc-rome.officers=9")
    plain = next(desk for desk in load_scenario(BASE).scenario.handoffs.desks if desk.id == "mrcc-rome")
    assert found == {"officer_day": pytest.approx(30.0 * (9 - plain.officers))}


def test_an_aircraft_costs_its_hours_and_training_its_years_and_boats() -> None:
    assert set(more("deployments.nato-aircraft.ships=1")) == {"flight_hour"}
    found = more("training.LCG.crews_trained=8")
    assert found["crew_year"] == pytest.approx(8.0 * 30.0 / 365.25)
    assert found["patrol_boat_day"] > 0.0


def test_supplies_at_sea_are_paid_by_days_on_task() -> None:
    assert set(more("support.logistics.Sophia.days_on_factor=1.3")) == {"warship_day"}


def test_a_price_has_the_range_of_its_rates() -> None:
    found = price({"officer_day": 10.0, "ngo_ship_day": 1.0}, {"ngo_ship_day": 1.0})
    assert (found.eur, found.low_eur, found.high_eur, found.is_sourced) == (6000.0, 4000.0, 9000.0, False)
    sourced = price({"ngo_ship_day": 2.0}, {"ngo_ship_day": 4.0})
    assert (sourced.eur, sourced.low_eur, sourced.is_sourced) == (-22_000.0, -22_000.0, True)


def priced(tmp_path: Path, levers: dict[str, Any], gain: dict[str, float]) -> Part:
    def law(label: Any, chance: np.random.Generator) -> dict[str, float]:
        own = np.random.default_rng([len(label["help"]), int(chance.integers(10**6))])
        return {"persons_dead": float(chance.poisson(100)) - gain[label["help"]] + 0.1 * own.normal()}

    sweep = {"name": "s", "scenario": BASE, "levers": {"help": levers}, "replications": 30}
    about = {"sweep": sweep, "scenario": load_scenario(BASE).scenario.model_dump(mode="json")}
    folder = write_sweep(tmp_path / "s", {"help": list(levers)}, law, about=about)
    return compare(material_of([folder]), Question()).parts[0]


def test_where_rates_are_assumed_a_break_even_is_given_and_no_euro_each(tmp_path: Path) -> None:
    levers = {
        "none": {},
        "officers": {"handoffs.desks.mrcc-rome.officers": 9},
        "table": {"handoffs.round_tables.sophia-flagship.switched_on": True},
    }
    costing = priced(tmp_path, levers, {"none": 0.0, "officers": 10.0, "table": 25.0}).costing
    assert costing is not None
    assert [one.level for one in costing.bought] == [1, 2]
    assert all(one.eur_each is None for one in costing.bought)
    assert costing.reference == 1
    assert costing.bought[0].break_even is None
    found = costing.bought[1].break_even
    assert found is not None
    assert found.low < found.estimate < found.high
    assert found.estimate == pytest.approx(2.5, abs=0.05)


def test_where_rates_are_published_euro_each_has_fiellers_interval(tmp_path: Path) -> None:
    scenario = load_scenario(BASE).scenario
    ship = next(unit.id for unit in scenario.units if unit.owner == "NGO")
    levers = {"none": {f"units.{ship}.serves": {"until": "2016-06-10"}}, "whole month": {}}
    costing = priced(tmp_path, levers, {"none": 0.0, "whole month": 20.0}).costing
    assert costing is not None
    (one,) = costing.bought
    assert one.break_even is None
    assert one.eur_each is not None
    assert one.eur_each.estimate == pytest.approx(costing.prices[1].eur / 20.0, rel=0.02)
    assert one.eur_each.low < costing.prices[1].eur / 20.0 < one.eur_each.high
    assert math.isfinite(one.eur_each.high)


def test_along_a_lever_each_step_is_measured_by_the_first(tmp_path: Path) -> None:
    """The second step averts half of what the first does, so it breaks even at half its cost."""

    def law(label: Any, chance: np.random.Generator) -> dict[str, float]:
        own = np.random.default_rng([label["officers"], int(chance.integers(10**6))])
        averted = {9: 0.0, 10: 20.0, 11: 30.0}[label["officers"]]
        return {"persons_dead": float(chance.poisson(100)) - averted + 0.1 * own.normal()}

    path = "handoffs.desks.mrcc-rome.officers"
    sweep = {"name": "s", "scenario": BASE, "levers": {path: [9, 10, 11]}, "replications": 30}
    about = {"sweep": sweep, "scenario": load_scenario(BASE).scenario.model_dump(mode="json")}
    folder = write_sweep(tmp_path / "s", {"officers": [9, 10, 11]}, law, about=about)
    costing = compare(material_of([folder]), Question(baseline="11")).parts[0].costing
    assert costing is not None
    assert [(one.level, one.against) for one in costing.bought] == [(1, 0), (2, 1)]
    assert costing.reference_eur == pytest.approx(30 * 600.0)
    assert costing.prices[0].eur == pytest.approx(-2 * 30 * 600.0)
    found = costing.bought[1].break_even
    assert found is not None
    assert found.estimate == pytest.approx(0.5, abs=0.02)
