"""A day with 4,000 in distress off Libya, as facts tell of: everybody is accounted for, and more ships help."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.property.accounts import assert_accounted_for, assert_nobody_is_overloaded

from aegean_sim.behaviour.delivery import Delivery
from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import Loaded, load_scenario

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.theory.laboratory import Tables

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.entities.party import Party
    from aegean_sim.entities.unit import Unit

RUNS = 4
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
    """Take every so-manieth of the ships that rescue, and neither merchant ships nor the Libyan Coast Guard."""
    loaded = load_scenario("central-med-2016", ONE_DAY)
    ships = [unit for unit in loaded.scenario.units if unit.side == "destination" and "rescue" in unit.duties]
    changed = {"units": tuple(ships[::every]), "passing_ships": (), "operations": (), "training": {}}
    return Loaded(loaded.scenario.model_copy(update=changed), loaded.source, loaded.folder)


def checked_room(took: object) -> object:
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


def waits_h(voyages: Tables) -> np.ndarray:
    in_distress = np.isfinite(voyages["distress_s"])
    return (np.fmin(voyages["ended_s"], 60 * 3600.0) - voyages["distress_s"])[in_distress] / 3600.0


def test_show(days) -> None:
    for name, runs in days.items():
        for t in runs:
            v, h = t["voyages"], t["handoffs"]
            print(name, len(v["voyage"]), v["persons"].sum(), np.isfinite(v["distress_s"]).sum(), "dead", v["persons_dead"].sum(), "sea", v["persons_at_sea"].sum(), "wait", np.median(waits_h(v)), "queued", np.isfinite(h["waited_until_s"]).sum(), (h["decision"]=="queued").sum())
