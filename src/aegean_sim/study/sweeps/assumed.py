"""Assumptions of a scenario that can be varied: those it marks as such, with a range."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from aegean_sim.scenario.facts import spots
from aegean_sim.scenario.fingerprint import resolved
from aegean_sim.scenario.messages import dotted
from aegean_sim.scenario.overrides import value_at

if TYPE_CHECKING:
    from aegean_sim.scenario.model import Scenario


def assumptions(scenario: Scenario) -> dict[str, Any]:
    """Give the spread of every number that the file marks as an assumption with a range, by its path.

    A path with stars is spelled out, so that each number is varied by itself; whole numbers stay whole.
    """
    values = resolved(scenario)
    spreads: dict[str, Any] = {}
    for fact in scenario.facts:
        if fact.basis != "ASSUMPTION" or fact.range is None:
            continue
        for location in spots(values, fact.path):
            value = value_at(values, location)
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                continue
            path = dotted(location, values).replace("[", ".").replace("]", "")
            spreads[path] = _spread(value, *fact.range)
    return spreads


def _spread(value: float, least: float, greatest: float) -> Any:
    whole = isinstance(value, int) and least.is_integer() and greatest.is_integer()
    return f"{int(least)}..{int(greatest)}" if whole else {"uniform": [least, greatest]}
