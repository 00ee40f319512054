"""Sectors: what is left of the stretches within reach of a station that does not look all round."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.detection.sensors import ALL_ROUND_RAD
from aegean_sim.geography.frame import north_rad
from aegean_sim.geography.places import locate
from aegean_sim.scenario.forces import Station

if TYPE_CHECKING:
    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.geography.frame import Frame
    from aegean_sim.kinematics.reach import Motion
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.scenario.forces import Patrol

_EDGE_M = 1e-9
"""Rounding decides nothing: a boat that goes along a sector's edge is in the sector."""


def sector_rad(patrol: Patrol, frame: Frame) -> tuple[float, float]:
    """Give where the sector of a patrol's unit begins, clockwise from +y, and how wide it is."""
    if not isinstance(patrol, Station) or patrol.sector_deg is None:
        return ALL_ROUND_RAD
    true_north_rad = north_rad(frame, *locate(frame, patrol.at))
    return true_north_rad + math.radians(patrol.sector_deg[0]), math.radians(patrol.sector_width_deg)


def cut_by_sectors(
    sensors: SensorTable,
    motion: Motion,
    pair: IntArray,
    sensor: IntArray,
    start_s: FloatArray,
    end_s: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Leave of stretches what lies in their sensors' sectors.

    Parameters
    ----------
    pair, sensor : array
        Rows of ``motion`` and of the sensors that each stretch belongs to.
    start_s, end_s : array
        The stretches, within their pair's own.

    Returns
    -------
    stretch, start_s, end_s : array
        What is left, sorted by stretch and time; some may be empty, and end before they start.

    Notes
    -----
    A wedge up to half a circle is seen for one stretch of straight motion. A wider sector is what a blind
    wedge leaves, before and after it.
    """
    some = np.flatnonzero(~sensors.all_round()[sensor])
    if not len(some):
        return np.arange(len(pair)), start_s, end_s
    first_rad, width_rad = sensors.sector_rad[sensor[some]].T
    wide = width_rad > math.pi
    first_rad = np.where(wide, first_rad + width_rad, first_rad)
    width_rad = np.where(wide, ALL_ROUND_RAD[1] - width_rad, width_rad)
    edge_m = np.where(wide, -_EDGE_M, _EDGE_M)
    enter_s, leave_s = motion.take(pair[some]).between(first_rad, width_rad, edge_m)
    unbroken = wide & ~(leave_s > enter_s)
    enter_s[unbroken] = leave_s[unbroken] = np.inf
    one, two = some[~wide], some[wide]
    again_s, until_s = np.maximum(start_s[two], leave_s[wide]), end_s[two]
    start_s, end_s = start_s.copy(), end_s.copy()
    start_s[one] = np.maximum(start_s[one], enter_s[~wide])
    end_s[one] = np.minimum(end_s[one], leave_s[~wide])
    end_s[two] = np.minimum(until_s, enter_s[wide])
    return (
        np.insert(np.arange(len(pair)), two + 1, two),
        np.insert(start_s, two + 1, again_s),
        np.insert(end_s, two + 1, until_s),
    )
