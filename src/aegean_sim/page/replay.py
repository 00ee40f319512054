"""Everything that the page needs to replay a run."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.page.encoding import plain, steps
from aegean_sim.page.heat import heat_of, layers_of
from aegean_sim.page.plane import Plane, whole
from aegean_sim.page.sea import sea_of
from aegean_sim.page.tables import tables_of
from aegean_sim.page.units import owners_of, units_of
from aegean_sim.quantities import HOUR_S

if TYPE_CHECKING:
    import pandas as pd

    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.scenario.desks import Desk

SCHEMA = 1
_EDGE = 0.01
_SEAS = {"aegean": "Aegean", "central-med": "Central Mediterranean"}


def replay_of(stored: StoredRun) -> dict[str, Any]:
    """Give a run as one document: what it is, its seas, its units and desks, and all that happened.

    Raises
    ------
    StoreError
        When a table is broken.
    """
    scenario = stored.scenario
    planes = {theatre: Plane(frame) for theatre, frame in stored.frames.items()}
    units = units_of(scenario, planes)
    names = {name: number for number, name in enumerate(units["name"])}
    tracks = stored.tracks()
    seas = {theatre: _theatre(stored, theatre, plane, tracks) for theatre, plane in planes.items()}
    for layer, grids in layers_of(stored).items():
        for theatre, grid in grids.items():
            seas[theatre]["heat"].append(heat_of(layer, grid, planes[theatre]))
    return {
        "schema": SCHEMA,
        "kind": "run",
        "start_ms": round(scenario.start.timestamp() * 1000),
        "duration_s": round(scenario.duration_s),
        "theatres": list(seas.values()),
        "units": units,
        "desks": [_desk(desk) for desk in scenario.handoffs.desks],
        "links": [[link.sender, link.receiver] for link in scenario.handoffs.links],
        "tables": [[table.id, table.aboard] for table in scenario.handoffs.round_tables if table.switched_on],
        "hours": _hours(stored.table("desks"), [desk.id for desk in scenario.handoffs.desks]),
        **tables_of(stored, tracks, names, planes),
    }


def _theatre(stored: StoredRun, theatre: str, plane: Plane, tracks: pd.DataFrame) -> dict[str, Any]:
    return {
        "name": theatre,
        "title": _SEAS.get(theatre, theatre),
        "mercator": plane.is_mercator,
        "bounds": plane.bounds,
        "extent": _extent(tracks, theatre, plane),
        "owners": owners_of(stored.scenario, theatre),
        "heat": [],
        **sea_of(stored.scenario, theatre, plane),
    }


def _extent(tracks: pd.DataFrame, theatre: str, plane: Plane) -> list[int]:
    """Give the box that holds nearly all points where boats and units were; the whole sea without any."""
    here = tracks[tracks["theatre"] == theatre]
    if here.empty:
        return plane.bounds
    points = plane.of_door(*(here[name].to_numpy(np.float64) for name in plane.frame.door_names))
    return whole(np.quantile(points, [_EDGE, 1.0 - _EDGE], axis=0)).ravel().tolist()


def _desk(desk: Desk) -> dict[str, Any]:
    return {"name": desk.id, "officers": desk.officers, "hears": list(desk.hears)}


def _hours(desks: pd.DataFrame, names: list[str]) -> dict[str, Any]:
    """Give, hour by hour, the officers of each desk, and how many messages waited at all desks at most."""
    rows = {name: desks[desks["desk"] == name].sort_values("start_s") for name in names}
    return {
        "length_s": round(HOUR_S),
        "officers": [plain(np.rint(rows[name]["officers_mean"].to_numpy(np.float64))) for name in names],
        "waiting": [steps(rows[name]["waiting_max"].to_numpy(np.int64)) for name in names],
    }
