"""What movers look out with: discs, or wedges of them, that go along."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray, IntArray

_EDGE_M = 1e-9
"""Rounding decides nothing: a boat that goes along a sector's edge is in the sector."""


class Views(NamedTuple):
    """What movers look out with: n views, each a disc or a wedge of it that goes along with its mover.

    Parameters
    ----------
    first, carried : array, shape (movers,)
        The first view of each mover, and how many it has.
    greatest_m : array, shape (movers,)
        The greatest reach of them; 0 without any.
    reach_m : array, shape (n, kinds)
        How far they reach to what is of a kind.
    wedge : array, shape (n, 5)
        See `wedges`.
    """

    first: IntArray
    carried: IntArray
    greatest_m: FloatArray
    reach_m: FloatArray
    wedge: FloatArray


def wedges(sector_rad: FloatArray) -> FloatArray:
    """Give sectors as wedges, each east and north along its two edges, and its margin.

    Parameters
    ----------
    sector_rad : array, shape (n, 2)
        Where each begins, clockwise from +y, and how wide it is; a width of 2 pi is all round.

    Returns
    -------
    array, shape (n, 5)
        The margin in metres is how far beyond its edges a wedge counts. A sector wider than half a circle is
        what a blind wedge leaves, whose margin is below 0; all round the margin is 0.
    """
    first_rad, width_rad = sector_rad.T
    wide = width_rad > math.pi
    first_rad = np.where(wide, first_rad + width_rad, first_rad)
    last_rad = first_rad + np.where(wide, 2.0 * math.pi - width_rad, width_rad)
    margin_m = np.where(width_rad >= 2.0 * math.pi, 0.0, np.where(wide, -_EDGE_M, _EDGE_M))
    edges = np.sin(first_rad), np.cos(first_rad), -np.sin(last_rad), -np.cos(last_rad)
    return np.column_stack([*edges, margin_m])
