"""Sight: how far the earth's curve lets a sensor look, and when an island comes between two that move."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.quantities import NM_M, BoolArray, FloatArray, IntArray

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
    A stretch is whole when the convex hull of its four end points, which holds all its sight lines, meets no
    land; that settles most rows, and those of two points at rest, which have one sight line. Where chords of
    land tell that the row is hidden throughout, nothing is left of it. Others are looked at every 60 s or
    less, and changes bisected down to 2.5 s. What then is in sight at both ends is tried by its hull again,
    and looked at every 5 s if that meets land. A gap shorter than 60 s between two hidden moments can be
    missed; a stretch hidden for more than 5 s cannot.
    """
    pairs = _Pairs(
        coast, start_s, np.stack([ax, ay, bx, by], axis=-1), np.stack([avx, avy, bvx, bvy], axis=-1)
    )
    whole = _Stretches(np.arange(len(start_s), dtype=np.int64), start_s, end_s)
    clear, unsure = _settled(coast, pairs.rings(whole))
    rough = _looked_at(pairs, whole.only(unsure & pairs.speed.any(axis=1)), BRACKET_S)
    doubtful = rough.end_s - rough.start_s > RESOLUTION_S
    doubtful[doubtful] = coast.shores.touch(pairs.rings(rough.only(doubtful)))
    close = _looked_at(pairs, rough.only(doubtful), RESOLUTION_S)
    return _merged([whole.only(clear), rough.only(~doubtful), close])


@dataclass(frozen=True, slots=True)
class _Stretches:
    """Stretches of time of rows."""

    row: IntArray
    start_s: FloatArray
    end_s: FloatArray

    def only(self, which: BoolArray) -> _Stretches:
        """Give some of the stretches."""
        return _Stretches(self.row[which], self.start_s[which], self.end_s[which])


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

    def rings(self, some: _Stretches) -> FloatArray:
        """Give four corners of what each stretch's sight lines sweep: both points first, then last."""
        first, last = self.at(some.row, some.start_s), self.at(some.row, some.end_s)
        return np.concatenate([first, last[:, ::-1]], axis=1)


def _settled(coast: Coastline, rings: FloatArray) -> tuple[BoolArray, BoolArray]:
    """Tell which rings are clear of land, and of which others land may leave something in sight."""
    row, line = coast.shores.near(rings)
    some = np.unique(row)
    parted = np.zeros(len(rings), dtype=np.bool_)
    parted[some] = coast.parts(rings[some])
    open_ = ~parted[row]
    unsure = coast.shores.meet(rings, row[open_], line[open_])
    return ~(unsure | parted), unsure


def _looked_at(pairs: _Pairs, some: _Stretches, most_s: float) -> _Stretches:
    """Look at stretches every so many seconds or less, and give what is in sight from look to look."""
    row, moment_s, follows = _looks(some, most_s)
    hidden = pairs.hidden(row, moment_s)
    both = np.flatnonzero(follows & ~hidden[:-1] & ~hidden[1:])
    leaves = np.flatnonzero(follows & ~hidden[:-1] & hidden[1:])
    appears = np.flatnonzero(follows & hidden[:-1] & ~hidden[1:])
    dark, light = np.concatenate([leaves + 1, appears]), np.concatenate([leaves, appears + 1])
    seen = _bisected(pairs, row[dark], moment_s[dark], moment_s[light])
    return _joined([_Stretches(row[both], moment_s[both], moment_s[both + 1]), *seen])


def _looks(some: _Stretches, most_s: float) -> tuple[IntArray, FloatArray, BoolArray]:
    """Give rows and moments of looks, halving stretches, and whether the next look is at the same stretch."""
    length_s = some.end_s - some.start_s
    parts = np.exp2(np.ceil(np.log2(np.maximum(length_s / most_s, 1.0)))).astype(np.int64)
    last = np.cumsum(parts + 1) - 1
    which = np.repeat(np.arange(len(parts)), parts + 1)
    share = (np.arange(len(which)) - (last - parts)[which]) / parts[which]
    moment_s = some.start_s[which] + share * length_s[which]
    moment_s[last] = some.end_s
    return some.row[which], moment_s, which[1:] == which[:-1]


def _bisected(pairs: _Pairs, row: IntArray, dark_s: FloatArray, light_s: FloatArray) -> Iterator[_Stretches]:
    """Narrow down changes between a hidden moment and one in sight, and give what is in sight between."""
    while len(row):
        middle_s = 0.5 * (dark_s + light_s)
        fine = np.abs(light_s - dark_s) <= RESOLUTION_S
        seen = fine.copy()
        seen[~fine] = ~pairs.hidden(row[~fine], middle_s[~fine])
        earlier_s, later_s = np.minimum(middle_s, light_s)[seen], np.maximum(middle_s, light_s)[seen]
        yield _Stretches(row[seen], earlier_s, later_s)
        dark_s, light_s = np.where(seen, dark_s, middle_s)[~fine], np.where(seen, middle_s, light_s)[~fine]
        row = row[~fine]


def _joined(some: Sequence[_Stretches]) -> _Stretches:
    return _Stretches(
        np.concatenate([each.row for each in some]),
        np.concatenate([each.start_s for each in some]),
        np.concatenate([each.end_s for each in some]),
    )


def _merged(some: Sequence[_Stretches]) -> tuple[IntArray, FloatArray, FloatArray]:
    """Sort stretches by row and time, and join those that touch."""
    found = _joined(some)
    order = np.lexsort((found.start_s, found.row))
    row, start_s, end_s = found.row[order], found.start_s[order], found.end_s[order]
    joins = (row[1:] == row[:-1]) & (start_s[1:] == end_s[:-1])
    first = np.concatenate([[True], ~joins])[: len(row)]
    last = np.concatenate([~joins, [True]])[: len(row)]
    return row[first], start_s[first], end_s[last]
