"""Sectors: of stations that do not look all round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from aegean_sim.detection.sensors import ALL_ROUND_RAD
from aegean_sim.geography.frame import north_rad
from aegean_sim.geography.places import locate
from aegean_sim.scenario.forces import Station

if TYPE_CHECKING:
    from aegean_sim.geography.frame import Frame
    from aegean_sim.scenario.forces import Patrol


def sector_rad(patrol: Patrol, frame: Frame) -> tuple[float, float]:
    """Give where the sector of a patrol's unit begins, clockwise from +y, and how wide it is."""
    if not isinstance(patrol, Station) or patrol.sector_deg is None:
        return ALL_ROUND_RAD
    true_north_rad = north_rad(frame, *locate(frame, patrol.at))
    return true_north_rad + math.radians(patrol.sector_deg[0]), math.radians(patrol.sector_width_deg)
