"""What all maps of a theatre have in common: its plane, its coast, the limits of its territorial seas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.zones import load_zones
from aegean_sim.recording.reading import frames_of

if TYPE_CHECKING:
    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.geography.frame import Frame
    from aegean_sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Ground:
    """The ground of a map.

    Parameters
    ----------
    theatre : str
        Its name in the scenario.
    coast : Coastline or None
        ``None`` in a laboratory.
    territorial : shapely.Geometry or None
        Outer lines of the territorial seas.
    """

    theatre: str
    frame: Frame
    coast: Coastline | None
    territorial: shapely.Geometry | None


def ground_of(scenario: Scenario, theatre: str) -> Ground:
    """Give the ground of a theatre of a scenario."""
    frame, coast = frames_of(scenario)[theatre], scenario.theatres[theatre].coast
    if coast not in THEATRES:
        return Ground(theatre, frame, None, None)
    return Ground(theatre, frame, load_coastline(coast), _territorial_lines(coast))


def _territorial_lines(coast: str) -> shapely.Geometry:
    """Give the limits without doubles, so that dashes stay dashes where two states meet."""
    limits = shapely.boundary(list(load_zones(coast).territorial.values()))
    return shapely.line_merge(shapely.union_all(limits))
