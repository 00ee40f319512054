"""Rules of reactions: whoever is to react is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.messages import Problem

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.scenario.model import Scenario


def reactions_have_boats(scenario: Scenario) -> Iterator[Problem]:
    """Refuse switches that switch nothing."""
    flows = [flow for flow in scenario.flows if isinstance(flow, Flow)]
    able = {
        "retry": (bool(scenario.flows), "flow, and voyages do not react"),
        "displacement": (any(len(flow.routes) > 1 for flow in flows), "flow with a second route to move to"),
        "sar_response": (
            any(flow.launches.wave_half_m is not None for flow in flows),
            "flow with launches.wave_half_m",
        ),
    }
    for name, (has_boats, lacking) in able.items():
        if getattr(scenario.reactions, name) is not None and not has_boats:
            yield Problem(("reactions", name), f"changes nothing: there is no {lacking}")


REACTION_RULES: tuple[Callable[[Scenario], Iterator[Problem]], ...] = (reactions_have_boats,)
