"""Units of a run as the page draws them: whose they are, how far they see, where they go."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.detection.fitting import Carrier, fit_sensors
from aegean_sim.detection.sectors import sector_rad
from aegean_sim.engine.world import target_heights_m
from aegean_sim.page.encoding import moments, places, plain, steps, words
from aegean_sim.page.plane import UNIT_M, whole
from aegean_sim.recording.labels import force_in_words
from aegean_sim.scenario.forces import Station
from aegean_sim.scenario.rescue import PassingShips
from aegean_sim.scenario.sensing import TARGET_CLASSES
from aegean_sim.scenario.taking_part import in_theatre
from aegean_sim.views.style import owner_styles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aegean_sim.page.plane import Plane
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.forces import Craft, Patrol
    from aegean_sim.scenario.model import Scenario

_TARGET = TARGET_CLASSES.index("rubber")


def crafts_by_theatre(scenario: Scenario) -> dict[str, dict[str, Craft]]:
    """Give all that take part, by theatre and name."""
    return {theatre: in_theatre(scenario, theatre) for theatre in scenario.theatres}


def units_of(scenario: Scenario, planes: Mapping[str, Plane]) -> dict[str, Any]:
    """Give all units as columns; a sector is degrees from grid north, and how wide."""
    crafts = [
        (name, craft, theatre)
        for theatre, here in crafts_by_theatre(scenario).items()
        for name, craft in here.items()
    ]
    patrols = _patrols(scenario)
    reach, sector = _sight(scenario, crafts, patrols, planes)
    return {
        "name": [name for name, *_ in crafts],
        "theatre": plain([list(planes).index(theatre) for *_, theatre in crafts]),
        "owner": words(craft.owner for _, craft, _ in crafts),
        "kind": words(_kind(craft, patrols.get(name)) for name, craft, _ in crafts),
        "reach": plain(reach),
        "from_deg": plain(sector[:, 0]),
        "width_deg": plain(sector[:, 1]),
    }


def owners_of(scenario: Scenario, theatre: str) -> dict[str, dict[str, str]]:
    """Give the name and the colour of each owner of a theatre, in the order of the scenario."""
    looks = owner_styles(craft.owner for craft in in_theatre(scenario, theatre).values())
    return {owner: {"name": force_in_words(owner), "colour": look.colour} for owner, look in looks.items()}


def _patrols(scenario: Scenario) -> dict[str, Patrol]:
    patrols = {posting.hull.id: posting.station.patrol for posting in scenario.postings()}
    return patrols | {unit.id: unit.patrol for unit in scenario.units}


def _kind(craft: Craft, patrol: Patrol | None) -> str:
    if craft.flies:
        return "aircraft"
    if isinstance(craft, PassingShips):
        return "passing"
    return "site" if isinstance(patrol, Station) and not craft.dash_kn else "ship"


def _sight(
    scenario: Scenario,
    crafts: Sequence[tuple[str, Craft, str]],
    patrols: Mapping[str, Patrol],
    planes: Mapping[str, Plane],
) -> tuple[FloatArray, FloatArray]:
    """Give how far each unit may see a rubber boat at best, in the page's units, and its sector, degrees."""
    sectors = [
        sector_rad(patrols[name], planes[theatre].frame) if name in patrols else (0.0, 2.0 * np.pi)
        for name, _, theatre in crafts
    ]
    carriers = [Carrier(name, craft.sensors) for name, craft, _ in crafts]
    table, _ = fit_sensors(carriers, scenario.sensor_presets, target_heights_m(scenario))
    reach_m = np.zeros(len(crafts))
    np.maximum.at(reach_m, table.unit, table.reach_m[:, _TARGET].max(axis=-1))
    known = np.where(np.isfinite(reach_m), reach_m, 0.0)
    return known / UNIT_M, np.degrees(np.array(sectors).reshape(-1, 2))


def tracks_of(tracks: pd.DataFrame, movers: Mapping[str, int], planes: Mapping[str, Plane]) -> dict[str, Any]:
    """Give tracks as columns, a piece after the other: whose each is, how many points it has, and these.

    Parameters
    ----------
    movers : mapping of mover to int
        Those that are wanted, and their numbers, by which the pieces are sorted.
    """
    wanted = tracks.assign(who=places(tracks["mover"], movers))
    wanted = wanted[wanted["who"] >= 0].sort_values(["who", "piece", "seq"], kind="stable")
    points = points_of(wanted, planes)
    seconds = np.floor(wanted["time_s"].to_numpy(np.float64))
    piece = wanted[["who", "piece"]].to_numpy(np.int64)
    new_piece = np.r_[True, (np.diff(piece, axis=0) != 0).any(axis=1)][: len(piece)]
    moved = np.r_[True, (np.diff(np.column_stack([points, seconds]), axis=0) != 0).any(axis=1)][: len(piece)]
    kept = new_piece | moved
    starts = [*np.flatnonzero(new_piece[kept]).tolist(), int(kept.sum())]
    return {
        "who": plain(piece[new_piece, 0]),
        "size": plain([last - first for first, last in pairwise(starts)]),
        "t": moments(seconds[kept]),
        "x": steps(points[kept, 0]),
        "y": steps(points[kept, 1]),
    }


def points_of(table: pd.DataFrame, planes: Mapping[str, Plane]) -> FloatArray:
    """Give the places of rows, by their theatres, in the page's whole units."""
    points = np.zeros((len(table), 2))
    for theatre, plane in planes.items():
        here = (table["theatre"] == theatre).to_numpy()
        both = (table[name].to_numpy(np.float64)[here] for name in plane.frame.door_names)
        points[here] = whole(plane.of_door(*both))
    return points
