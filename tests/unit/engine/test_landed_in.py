"""Whose shore boats reach."""

from pathlib import Path

from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

WAYS = {
    "back": [[0, 26.35, 39.42], [1, 26.36, 39.468]],
    "over": [[0, 26.35, 39.42], [2, 26.35, 39.40]],
    "nowhere": [[0, 25.2, 38.8], [1, 25.2, 38.85]],
    "under-way": [[0, 26.35, 39.42], [99, 26.36, 39.468]],
}


def test_the_state_of_a_shore_is_told_of_boats_that_landed() -> None:
    voyages = [{"id": name, "theatre": "aegean", "points": points} for name, points in WAYS.items()]
    scenario = Scenario.model_validate(
        {
            "name": "shores",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 6,
            "theatres": {"aegean": {"coast": "aegean"}},
            "voyages": voyages,
        }
    )
    table = simulate(Loaded(scenario, "test", Path()), 0).tables["voyages"]
    reached = dict(zip(table["voyage"], table["landed_in"], strict=True))
    assert reached == {"back": "TR", "over": "GR", "nowhere": "", "under-way": ""}
