"""Intervals of means, of ratios of means, and of their paired differences: Student's t and the bootstrap."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import student
from aegean_sim.study.statistics.blocks import MOST_DRAWN, drawn_with_replacement, estimates

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray, IntArray
    from aegean_sim.study.statistics.blocks import Blocks

DRAWINGS = 2000
_PAIRS_AT_A_TIME = 64
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Intervals:
    """Numbers with their intervals, arrays of one length; NaN where there is none."""

    estimate: FloatArray
    low: FloatArray
    high: FloatArray


def student_intervals(means: Means, level: float = 0.95) -> Intervals:
    """Put Student's intervals round means or differences, each for itself."""
    return Intervals(means.values, *student(means, level))


def bca_intervals(
    blocks: Blocks, pairs: IntArray | None = None, level: float = 0.95, *, drawings: int = DRAWINGS
) -> Intervals:
    """Put bias-corrected and accelerated bootstrap intervals round means, or round paired differences.

    Parameters
    ----------
    blocks : Blocks
    pairs : array of int, (pairs, 2), optional
        Cells to take differences of, the first less the second; without, the cells themselves.
    level : float, optional
    drawings : int, optional
        Bootstrap samples, the same for all cells. Each tail, ``(1 - level) / 2``, should hold some ten.

    Notes
    -----
    Whole replications are drawn with replacement. Efron and Tibshirani, An Introduction to the Bootstrap,
    1993, section 14.3; ties count half. A number that never varies has an interval of no width.
    """
    chosen = np.arange(blocks.parts.shape[1])[:, np.newaxis] if pairs is None else pairs
    blocks = blocks.gathered(MOST_DRAWN)
    weights = drawn_with_replacement(blocks.replications, drawings)
    starts = range(0, len(chosen), _PAIRS_AT_A_TIME)
    ends = [_bca(blocks, chosen[start : start + _PAIRS_AT_A_TIME], weights, level) for start in starts]
    return Intervals(
        estimates(blocks, pairs).values,
        np.concatenate([low for low, _ in ends]) if ends else np.empty(0),
        np.concatenate([high for _, high in ends]) if ends else np.empty(0),
    )


def _bca(
    blocks: Blocks, chosen: IntArray, weights: FloatArray, level: float
) -> tuple[FloatArray, FloatArray]:
    from scipy.special import ndtr, ndtri  # noqa: PLC0415  (needed for several runs only)

    count = blocks.replications
    drawn = np.sort(_numbers(blocks, chosen, weights), axis=0)
    whole = _numbers(blocks, chosen, np.ones((1, count)))
    cells = blocks.cells(chosen.ravel()).means().values.reshape(chosen.shape)
    alike = _ROUNDING * np.abs(cells).sum(axis=1)
    bias = ndtri(((drawn < whole - alike).mean(axis=0) + (drawn <= whole + alike).mean(axis=0)) / 2.0)
    acceleration = _acceleration(_numbers_without_one(blocks, chosen))
    tail = float(ndtri((1.0 - level) / 2.0))
    with np.errstate(invalid="ignore"):  # where all that is drawn is on one side: no interval
        shares = [ndtr(bias + (bias + z) / (1.0 - acceleration * (bias + z))) for z in (tail, -tail)]
    return _quantile(drawn, shares[0]), _quantile(drawn, shares[1])


def _numbers(blocks: Blocks, chosen: IntArray, weights: FloatArray) -> FloatArray:
    """Give cells, or differences of cells, (drawings, chosen), where blocks count by weights."""
    first = blocks.cells(chosen[:, 0]).reweighted(weights)
    return first if chosen.shape[1] == 1 else first - blocks.cells(chosen[:, 1]).reweighted(weights)


def _numbers_without_one(blocks: Blocks, chosen: IntArray) -> FloatArray:
    """Give cells, or differences of cells, (blocks, chosen), each block left out in turn."""
    parts, wholes = blocks.parts, blocks.wholes
    rest = len(parts) - 1.0 if wholes is None else wholes.sum(axis=0) - wholes
    with np.errstate(divide="ignore", invalid="ignore"):
        cells = (parts.sum(axis=0) - parts) / rest
    return np.asarray(cells[:, chosen[:, 0]] - (cells[:, chosen[:, 1]] if chosen.shape[1] == 2 else 0.0))


def _acceleration(left_out: FloatArray) -> FloatArray:
    """Give the skewness of the jackknife's values, over 6 and the root of their number; 0 without any."""
    ahead = left_out.mean(axis=0) - left_out
    cubes, scale = (ahead**3).sum(axis=0), 6.0 * np.square(ahead).sum(axis=0) ** 1.5
    return np.asarray(np.divide(cubes, scale, out=np.zeros_like(scale), where=scale > 0.0))


def _quantile(rising: FloatArray, shares: FloatArray) -> FloatArray:
    """Interpolate in every column of sorted values at that column's share; NaN where either is."""
    place = np.nan_to_num(shares, nan=0.0) * (len(rising) - 1)
    below = np.minimum(place.astype(np.int64), len(rising) - 2)
    columns = np.arange(rising.shape[1])
    lower, upper = rising[below, columns], rising[below + 1, columns]
    found = lower + (place - below) * (upper - lower)
    return np.where(np.isnan(shares) | np.isnan(rising[-1]), np.nan, found)
