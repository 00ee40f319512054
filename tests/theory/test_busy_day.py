"""A day with 4,000 in distress off Libya: everybody is accounted for, and more ships help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.property.accounts import assert_accounted_for, assert_nobody_is_overloaded

from aegean_sim.behaviour.delivery import Delivery
from aegean_sim.engine.run import simulate
from aegean_sim.quantities import HOUR_S
from aegean_sim.scenario.loading import Loaded, load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from typing import Any

    from tests.theory.laboratory import Tables

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.party import Party
    from aegean_sim.entities.unit import Unit

RUNS = 4
LASTS_S = 60 * HOUR_S
FLOW = "flows.central-med-2016"
ONE_DAY = (
    "start=2016-06-30T00:00:00Z",
    "duration_h=60",
    f"{FLOW}.persons_per_month={{2016-06: {{arrivals: 120000}}, 2016-07: {{arrivals: 0}}}}",
    f"{FLOW}.boat_types=[med-rubber]",
    f"{FLOW}.launches.daily_spread=0",
    f"{FLOW}.launches.group_mean=1",
    f"{FLOW}.launches.wave_half_m=null",
    "boat_types.med-rubber.share=1",
    "boat_types.med-rubber.persons={triangular: [100, 115, 130]}",
    "boat_types.med-rubber.perils.calls_h={triangular: [1, 2, 4]}",
    "handoffs.tips.satellite-phone.share=1",
)
"""Boats of rubber with 100 to 130 aboard, that call for help within four hours, on the last day of June."""


def fleet(every: int) -> Loaded:
    """Take every so-manieth ship that rescues; neither merchant ships nor the Libyan Coast Guard."""
    loaded = load_scenario("central-med-2016", ONE_DAY)
    ships = [unit for unit in loaded.scenario.units if unit.side == "destination" and "rescue" in unit.duties]
    changed = {"units": tuple(ships[::every]), "passing_ships": (), "operations": (), "training": {}}
    return Loaded(loaded.scenario.model_copy(update=changed), loaded.source, loaded.folder)


def checked_room(took: Callable[[Delivery, Scene, Unit, Party], None]) -> Callable[..., None]:
    """Let ships take people aboard, and see that they have room for them."""

    def take(delivery: Delivery, scene: Scene, unit: Unit, party: Party) -> None:
        took(delivery, scene, unit, party)
        assert unit.room >= 0

    return take


@pytest.fixture(scope="module")
def days() -> Iterator[dict[str, list[Tables]]]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Delivery, "took", checked_room(Delivery.took))
        yield {
            name: [simulate(fleet(every), run).tables for run in range(RUNS)]
            for name, every in (("few", 4), ("twice as many", 2))
        }


def waits_h(voyages: Mapping[str, Any]) -> Any:
    """Give how long boats were in distress, to the run's end at most."""
    in_distress = np.isfinite(voyages["distress_s"])
    return (np.fmin(voyages["ended_s"], LASTS_S) - voyages["distress_s"])[in_distress] / HOUR_S


def test_everybody_is_accounted_for_and_all_were_in_distress(days: dict[str, list[Tables]]) -> None:
    capacity = {name: craft.capacity for name, craft in fleet(2).scenario.crafts().items()}
    for tables in (tables for runs in days.values() for tables in runs):
        voyages = tables["voyages"]
        assert np.isfinite(voyages["distress_s"]).all()
        assert ((voyages["persons"] >= 100) & (voyages["persons"] <= 130)).all()
        assert_accounted_for(tables, LASTS_S)
        assert_nobody_is_overloaded(tables, capacity)
    assert max(tables["voyages"]["persons"].sum() for tables in days["few"]) > 4000


def test_cases_queue_and_are_taken_up(days: dict[str, list[Tables]]) -> None:
    waited = {
        name: sum(np.isfinite(tables["handoffs"]["waited_until_s"]).sum() for tables in runs)
        for name, runs in days.items()
    }
    assert min(waited.values()) > 20


def test_twice_the_ships_neither_raise_deaths_nor_the_time_in_distress(days: dict[str, list[Tables]]) -> None:
    dead, waits, left = (
        {name: np.mean([measure(tables["voyages"]) for tables in runs]) for name, runs in days.items()}
        for measure in (
            lambda voyages: voyages["persons_dead"].sum(),
            lambda voyages: np.median(waits_h(voyages)),
            lambda voyages: voyages["persons_at_sea"].sum(),
        )
    )
    assert dead["twice as many"] <= dead["few"]
    assert waits["twice as many"] < 0.8 * waits["few"]
    assert left["twice as many"] < left["few"]
