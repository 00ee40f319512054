"""Who ended where they had set out: washed back by the sea, or taken back by a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.scenario.boats import Flow

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray
    from aegean_sim.recording.rows import Columns
    from aegean_sim.scenario.model import Scenario


def departure_states(scenario: Scenario, theatre: str) -> set[str]:
    """Name the states from whose coasts the flows of a theatre set out, without those that others go to."""
    routes = [
        route
        for flow in scenario.flows
        if isinstance(flow, Flow) and flow.theatre == theatre
        for route in flow.routes
    ]
    begin, end = (
        {str(scenario.stretches[getattr(route, name)].waters) for route in routes}
        for name in ("origin", "destination")
    )
    return begin - end


def taken_back(responses: Columns, scenario: Scenario) -> BoolArray:
    """Tell which rows rescued people who are taken back to a state that boats of their theatre set out from.

    That is where they were brought ashore; of those whose port is not known, where the rules would take them.
    """
    theatre, brought_to = (np.asarray(responses[name], dtype=object) for name in ("theatre", "brought_to"))
    rules = scenario.handoffs.jurisdiction
    returned = dict(rules.returned) if rules is not None else {}
    bound = np.array([returned.get(owner, "") for owner in responses["owner"]], dtype=object)
    unknown = np.isin(brought_to, ["", HIGH_SEAS])
    back = unknown & (bound == "") & _going_home(responses, scenario)
    state = np.where(unknown, bound, brought_to)
    for name in scenario.theatres:
        own = departure_states(scenario, name) | set(returned.values())
        back |= (theatre == name) & np.isin(state, list(own))
    return np.asarray(back & (np.asarray(responses["result"]) == "rescued"))


def _going_home(responses: Columns, scenario: Scenario) -> BoolArray:
    """Tell which rows are of units of the departure side that go home, as no places of safety are given."""
    safe = {name for name in scenario.theatres if scenario.handoffs.rescue_in(name).places_of_safety}
    crafts = scenario.crafts()
    own = [name for name, craft in crafts.items() if craft.side == "departure"]
    unit, theatre = (np.asarray(responses[name], dtype=object) for name in ("unit", "theatre"))
    return np.asarray(np.isin(unit, own) & ~np.isin(theatre, list(safe)))


def washed_back(voyages: Columns, scenario: Scenario) -> BoolArray:
    """Tell which boats landed on a coast from which boats of their theatre set out."""
    theatre, state = (np.asarray(voyages[name], dtype=object) for name in ("theatre", "landed_in"))
    back = np.zeros(len(theatre), dtype=np.bool_)
    for name in scenario.theatres:
        back |= (theatre == name) & np.isin(state, list(departure_states(scenario, name)))
    return back
