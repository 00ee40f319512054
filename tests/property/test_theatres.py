"""Books that balance over two theatres, in made-up scenarios with all in them and in short real ones."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.property.accounts import assert_accounted_for, assert_nobody_is_overloaded
from tests.property.made_up import seeds
from tests.property.made_up_theatres import everything
from tests.theory.laboratory import laboratory

from aegean_sim.engine.run import simulate
from aegean_sim.recording.figures import at_theatre
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.lives import FATES
from aegean_sim.scenario.loading import load_scenario

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

    from aegean_sim.scenario.loading import Loaded

RUNS = 24
REACTIONS = (
    "reactions={retry: {share: 0.8, days: {triangular: [1, 1, 1.2]}}, displacement: {share: 0.5},"
    " sar_response: {wave_half_m_per_ship: 0.02, reference_ships: 20}}"
)
SHORT = {
    "central-med-2016": (
        "duration_h=96", "start=2016-10-05T00:00:00Z", "training.LCG.crews_trained=8", REACTIONS,
    ),
    "two-theatres-2016": ("duration_h=48",),
    "sophia-support": ("duration_h=48", "fleet.sophia_support=3"),
}  # fmt: skip


@cache
def made_up(seed: int) -> tuple[Loaded, Tables]:
    loaded = laboratory(**everything(seed))
    return loaded, simulate(loaded, 0).tables


def assert_books_balance(loaded: Loaded, tables: Tables) -> None:
    """See that tables and key figures account for everybody, over all and in each theatre."""
    scenario = loaded.scenario
    assert_accounted_for(tables, scenario.duration_s)
    assert_nobody_is_overloaded(tables, {name: craft.capacity for name, craft in scenario.crafts().items()})
    numbers = kpis(tables, scenario)
    for where in ("", *(scenario.theatres if len(scenario.theatres) > 1 else ())):
        fates = sum(numbers[at_theatre(f"persons_{fate}", where)] for fate in FATES)
        assert fates == numbers[at_theatre("persons", where)]


@seeds(RUNS)
def test_everybody_is_accounted_for_whatever_happens(seed: int) -> None:
    assert_books_balance(*made_up(seed))


def test_made_up_theatres_have_everything_in_them() -> None:
    found = {
        "lost on a link": 0, "passing ship": 0, "transfer": 0, "dead aboard": 0, "swimmers rescued": 0,
        "force": 0, "stopped": 0, "tries again": 0, "moved": 0, "in the second theatre": 0,
    }  # fmt: skip
    for seed in range(RUNS):
        tables = made_up(seed)[1]
        voyages, sent = tables["voyages"], tables["responses"]
        capsized, rescued = np.isfinite(voyages["capsized_s"]), voyages["persons_rescued"] > 0
        found["lost on a link"] += (tables["handoffs"]["reason"] == "lost_on_link").sum()
        found["passing ship"] += (sent["owner"] == "merchant").sum()
        found["transfer"] += ((sent["brought_by"] != "") & (sent["brought_by"] != sent["unit"])).sum()
        found["dead aboard"] += ((voyages["persons_dead"] > 0) & np.isnan(voyages["distress_s"])).sum()
        found["swimmers rescued"] += (capsized & rescued).sum()
        found["force"] += sent["forced"].sum()
        found["stopped"] += (voyages["outcome"] == "stopped").sum()
        found["tries again"] += (voyages["attempt"] > 1).sum()
        found["moved"] += voyages["moved"].sum()
        found["in the second theatre"] += (sent["unit"] == "one-2").sum() + (sent["unit"] == "two-2").sum()
    assert min(found.values()) > 0, found


@pytest.mark.parametrize("name", SHORT)
def test_everybody_is_accounted_for_in_short_runs_of_history(name: str) -> None:
    loaded = load_scenario(name, SHORT[name])
    tables = simulate(loaded, 0).tables
    assert len(tables["voyages"]["voyage"]) > 5
    assert_books_balance(loaded, tables)
