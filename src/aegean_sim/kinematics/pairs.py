"""Which legs of two tables share time and come near each other."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.reach import Motion
from aegean_sim.ragged import firsts, ragged

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray, IntArray

_MARGIN_M = 1.0


@dataclass(frozen=True, slots=True)
class LegPairs:
    """Pairs of a boat's leg and a unit's leg, sorted by unit, boat and time.

    Parameters
    ----------
    boat_leg, unit_leg : array
        Rows of the two tables of legs.
    motion : Motion
        The boat as seen from the unit while both legs last.
    """

    boat_leg: IntArray
    unit_leg: IntArray
    motion: Motion

    def __len__(self) -> int:
        return len(self.boat_leg)


def pair_legs(boats: Legs, units: Legs, reach_m: FloatArray) -> LegPairs:
    """Pair each boat's legs with those of every unit whose waters it enters.

    Parameters
    ----------
    boats, units : Legs
        The two tables, neither empty.
    reach_m : array
        By the units' ``mover``: how far the unit sees at most. With 0 a unit has no pairs.

    Notes
    -----
    Not every pair comes within reach, but every pair that does is there: a boat is only looked at while it is
    inside the box of all the unit's legs, widened by the reach. Some may share no more than a moment.
    """
    unit, waters = _waters(units, reach_m)
    chosen, boat_leg, enter_s, leave_s = _in_waters(boats, waters)
    base = min(boats.start_s.min(), units.start_s.min())
    span = max(boats.end_s.max(), units.end_s.max()) - base + 1.0
    band = unit[chosen] * span - base
    bands = units.mover * span - base
    first = np.searchsorted(bands + units.end_s, band + enter_s, side="right")
    last = np.searchsorted(bands + units.start_s, band + leave_s, side="left")
    owner, unit_leg = ragged(first, np.maximum(last - first, 0))
    return _overlaps(boats, units, boat_leg[owner], unit_leg)


def batches(boats: Legs, units: Legs, most: int) -> list[slice]:
    """Cut the boats' legs, between boats, into slices of about ``most`` pairs of legs that share time."""
    if len(boats) * len(units) <= most:
        return [slice(0, len(boats))]
    begun = np.searchsorted(np.sort(units.start_s), boats.end_s, side="left")
    over = np.searchsorted(np.sort(units.end_s), boats.start_s, side="right")
    heads = firsts(boats.mover)
    several = len(firsts(units.mover))
    block = np.cumsum(begun - over + several)[heads] // most
    cuts = heads[firsts(block)].tolist()
    return [slice(start, stop) for start, stop in zip(cuts, [*cuts[1:], len(boats)], strict=True)]


def _waters(units: Legs, reach_m: FloatArray) -> tuple[IntArray, FloatArray]:
    """Give the units that see at all, and the box of each one's waters: least and greatest x, then y."""
    heads = firsts(units.mover)
    unit = units.mover[heads]
    length_s, grow = units.end_s - units.start_s, reach_m[unit] + _MARGIN_M
    sides: list[FloatArray] = []
    for here, speed in ((units.x_m, units.vx_mps), (units.y_m, units.vy_mps)):
        there = here + speed * length_s
        sides.append(np.minimum.reduceat(np.minimum(here, there), heads) - grow)
        sides.append(np.maximum.reduceat(np.maximum(here, there), heads) + grow)
    sees = reach_m[unit] > 0.0
    return unit[sees], np.stack(sides)[:, sees]


def _in_waters(boats: Legs, waters: FloatArray) -> tuple[IntArray, IntArray, FloatArray, FloatArray]:
    """Find when each boat's leg is inside each box: rows of boxes and of legs, and the two moments."""
    west, east, south, north = waters[:, :, np.newaxis]
    with np.errstate(divide="ignore", invalid="ignore"):
        x1, x2 = (west - boats.x_m) / boats.vx_mps, (east - boats.x_m) / boats.vx_mps
        y1, y2 = (south - boats.y_m) / boats.vy_mps, (north - boats.y_m) / boats.vy_mps
    enter = np.fmax(np.fmin(x1, x2), np.fmin(y1, y2))
    leave = np.fmin(np.fmax(x1, x2), np.fmax(y1, y2))
    enter_s = boats.start_s + np.fmax(enter, 0.0)
    leave_s = np.fmin(boats.start_s + leave, boats.end_s)
    box, leg = np.nonzero(enter_s < leave_s)
    return box, leg, enter_s[box, leg], leave_s[box, leg]


def _overlaps(boats: Legs, units: Legs, boat_leg: IntArray, unit_leg: IntArray) -> LegPairs:
    """Give the relative motion of pairs of legs while both last."""
    start_s = np.maximum(boats.start_s[boat_leg], units.start_s[unit_leg])
    end_s = np.minimum(boats.end_s[boat_leg], units.end_s[unit_leg])
    bvx, bvy = boats.vx_mps[boat_leg], boats.vy_mps[boat_leg]
    uvx, uvy = units.vx_mps[unit_leg], units.vy_mps[unit_leg]
    boat_s, unit_s = start_s - boats.start_s[boat_leg], start_s - units.start_s[unit_leg]
    x_m = (boats.x_m[boat_leg] + bvx * boat_s) - (units.x_m[unit_leg] + uvx * unit_s)
    y_m = (boats.y_m[boat_leg] + bvy * boat_s) - (units.y_m[unit_leg] + uvy * unit_s)
    return LegPairs(boat_leg, unit_leg, Motion(start_s, end_s, x_m, y_m, bvx - uvx, bvy - uvy))
