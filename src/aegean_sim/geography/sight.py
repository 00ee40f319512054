"""Sight: how far the earth's curve lets a sensor look, and when an island comes between two that move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.quantities import NM_M, BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from aegean_sim.geography.coastline import Coastline

RADAR_HORIZON_NM = 2.226
OPTICAL_HORIZON_NM = 2.07
BRACKET_S = 60.0
RESOLUTION_S = 5.0


def radar_horizon_m(antenna_m: ArrayLike, target_m: ArrayLike) -> FloatArray:
    """Give the range at which a target comes over the radar horizon of a 4/3 earth.

    Parameters
    ----------
    antenna_m, target_m : array_like
        Heights above the sea, metres.

    Notes
    -----
    ``d = 2.226 (sqrt(antenna) + sqrt(target))`` nautical miles (Skolnik; 2.21 to 2.23 are quoted).
    """
    return _horizon_m(RADAR_HORIZON_NM, antenna_m, target_m)


def optical_horizon_m(eye_m: ArrayLike, target_m: ArrayLike) -> FloatArray:
    """Give the range at which a target comes over the visible horizon, heights in metres (factor 2.07 nm)."""
    return _horizon_m(OPTICAL_HORIZON_NM, eye_m, target_m)


def _horizon_m(factor_nm: float, first_m: ArrayLike, second_m: ArrayLike) -> FloatArray:
    return np.asarray(factor_nm * NM_M * (np.sqrt(first_m) + np.sqrt(second_m)), dtype=np.float64)


def sight_pieces(  # noqa: PLR0917  (two moving points are ten columns)
    coast: Coastline,
    start_s: FloatArray,
    end_s: FloatArray,
    ax: FloatArray,
    ay: FloatArray,
    avx: FloatArray,
    avy: FloatArray,
    bx: FloatArray,
    by: FloatArray,
    bvx: FloatArray,
    bvy: FloatArray,
) -> tuple[IntArray, FloatArray, FloatArray]:
    """Find when no land lies between two points, each in straight motion, one pair a row.

    Parameters
    ----------
    coast : Coastline
        The land that hides.
    start_s, end_s : array
        The stretch of time of each row.
    ax, ay, avx, avy, bx, by, bvx, bvy : array
        Positions at ``start_s`` in metres and velocities in m/s of the two points.

    Returns
    -------
    index, start_s, end_s : array
        The pieces in sight, sorted by row and time. A row whose swept area is free of land comes back whole.

    Notes
    -----
    A stretch in sight at both ends is whole when the convex hull of its four end points, which holds all its
    sight lines, meets no land; else it is halved. Changes are found to 2.5 s. A gap shorter than 60 s between
    two hidden moments can be missed; a stretch hidden for more than 5 s cannot.
    """
    pairs = _Pairs(
        coast, start_s, np.stack([ax, ay, bx, by], axis=-1), np.stack([avx, avy, bvx, bvy], axis=-1)
    )
    rows = np.arange(len(start_s), dtype=np.int64)
    pending = _Stretches(rows, start_s, end_s, pairs.hidden(rows, start_s), pairs.hidden(rows, end_s))
    found: list[tuple[IntArray, FloatArray, FloatArray]] = []
    while len(pending.row):
        pending = _settle(pairs, pending, found)
    return _merged(found)


@dataclass(frozen=True, slots=True)
class _Pairs:
    """Two moving points a row; columns of ``place`` and ``speed`` are ax, ay, bx, by."""

    coast: Coastline
    start_s: FloatArray
    place: FloatArray
    speed: FloatArray

    def at(self, row: IntArray, time_s: FloatArray) -> FloatArray:
        """Give both points of each row at its time: shape (rows, 2 points, 2 axes)."""
        elapsed = (time_s - self.start_s[row])[:, np.newaxis]
        return (self.place[row] + self.speed[row] * elapsed).reshape(-1, 2, 2)

    def hidden(self, row: IntArray, time_s: FloatArray) -> BoolArray:
        """Tell of each row whether land lies between its points."""
        return self.coast.hides(np.asarray(shapely.linestrings(self.at(row, time_s))))

    def swept_clear(self, row: IntArray, start_s: FloatArray, end_s: FloatArray) -> BoolArray:
        """Tell of each row whether the hull of all its sight lines is free of shores."""
        corners = np.concatenate([self.at(row, start_s), self.at(row, end_s)], axis=1)
        hulls = shapely.convex_hull(shapely.multipoints(corners))
        clear = np.ones(len(row), dtype=np.bool_)
        clear[self.coast.pieces.query(hulls, predicate="intersects")[0]] = False
        return clear


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of time of rows, and whether each is hidden at its start and at its end."""

    row: IntArray
    start_s: FloatArray
    end_s: FloatArray
    hidden_first: BoolArray
    hidden_last: BoolArray

    def only(self, which: BoolArray) -> _Stretches:
        """Give some of the stretches."""
        return _Stretches(
            self.row[which],
            self.start_s[which],
            self.end_s[which],
            self.hidden_first[which],
            self.hidden_last[which],
        )


def _settle(
    pairs: _Pairs, some: _Stretches, found: list[tuple[IntArray, FloatArray, FloatArray]]
) -> _Stretches:
    """Add what is surely in sight to ``found``, drop what is hidden, and halve the rest."""
    length_s = some.end_s - some.start_s
    fine = length_s <= RESOLUTION_S
    whole = ~some.hidden_first & ~some.hidden_last
    unsure = np.flatnonzero(whole & ~fine)
    whole[unsure] = pairs.swept_clear(some.row[unsure], some.start_s[unsure], some.end_s[unsure])
    change = fine & (some.hidden_first != some.hidden_last)
    middle_s = 0.5 * (some.start_s + some.end_s)
    leaves, appears = change & some.hidden_last, change & some.hidden_first
    found += [
        (some.row[whole], some.start_s[whole], some.end_s[whole]),
        (some.row[leaves], some.start_s[leaves], middle_s[leaves]),
        (some.row[appears], middle_s[appears], some.end_s[appears]),
    ]
    gone = some.hidden_first & some.hidden_last & (length_s <= BRACKET_S)
    return _halved(pairs, some.only(~whole & ~change & ~gone))


def _halved(pairs: _Pairs, some: _Stretches) -> _Stretches:
    middle_s = 0.5 * (some.start_s + some.end_s)
    hidden = pairs.hidden(some.row, middle_s)
    return _Stretches(
        np.concatenate([some.row, some.row]),
        np.concatenate([some.start_s, middle_s]),
        np.concatenate([middle_s, some.end_s]),
        np.concatenate([some.hidden_first, hidden]),
        np.concatenate([hidden, some.hidden_last]),
    )


def _merged(found: list[tuple[IntArray, FloatArray, FloatArray]]) -> tuple[IntArray, FloatArray, FloatArray]:
    """Sort pieces by row and time, and join those that touch."""
    if not found:
        return np.empty(0, dtype=np.int64), np.empty(0), np.empty(0)
    row, start_s, end_s = (np.concatenate(column) for column in zip(*found, strict=True))
    order = np.lexsort((start_s, row))
    row, start_s, end_s = row[order], start_s[order], end_s[order]
    joins = (row[1:] == row[:-1]) & (start_s[1:] == end_s[:-1])
    first = np.concatenate([[True], ~joins])[: len(row)]
    last = np.concatenate([~joins, [True]])[: len(row)]
    return row[first], start_s[first], end_s[last]
