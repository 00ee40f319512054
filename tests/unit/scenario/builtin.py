"""The built-in scenarios, each read once."""

from functools import cache

from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario


@cache
def scenario(name: str, *overrides: str) -> Scenario:
    return load_scenario(name, overrides).scenario
