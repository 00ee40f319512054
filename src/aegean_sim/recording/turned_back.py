"""Who ended where they had set out: washed back by the sea, or taken back by a unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

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


def washed_back(voyages: Columns, scenario: Scenario) -> BoolArray:
    """Tell which boats landed on a coast from which boats of their theatre set out."""
    theatre, state = (np.asarray(voyages[name], dtype=object) for name in ("theatre", "landed_in"))
    back = np.zeros(len(theatre), dtype=np.bool_)
    for name in scenario.theatres:
        back |= (theatre == name) & np.isin(state, list(departure_states(scenario, name)))
    return back
