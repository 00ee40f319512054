"""The interval of a ratio whose denominator may be 0, such as euro for each death averted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.means import Means


class Reach(StrEnum):
    """Where a ratio may lie."""

    BETWEEN = "between"
    OUTSIDE = "outside"
    ANYWHERE = "anywhere"


@dataclass(frozen=True, slots=True)
class Ratio:
    """A ratio and where it may lie.

    Parameters
    ----------
    estimate : float
        NaN where the denominator's mean is 0.
    reach : Reach
        ``between`` low and high; or ``outside``: at most low or at least high, as the denominator is not
        told from 0 and the numerator is; or ``anywhere``.
    low, high : float
        NaN where the ratio may lie anywhere.
    """

    estimate: float
    reach: Reach
    low: float = math.nan
    high: float = math.nan


def ratios(numerators: Means, denominators: Means, level: float = 0.95) -> tuple[Ratio, ...]:
    """Put Fieller's intervals round ratios of means or differences over the same replications.

    Parameters
    ----------
    numerators, denominators : Means
        (ratios,) each, with the same runs; a known cost has residuals of 0.
    level : float, optional
        Of each interval for itself.

    Notes
    -----
    All ``r`` for which Student's test does not tell ``numerator - r * denominator`` from 0: a quadratic
    inequality (Fieller, Some problems in interval estimation, Journal of the Royal Statistical Society B 16,
    1954). It is bounded where the denominator is told from 0.
    """
    from scipy.special import stdtrit  # noqa: PLC0415  (needed for several runs only)

    runs = numerators.runs
    if runs < 2:
        return tuple(Ratio(_over(*pair), Reach.ANYWHERE) for pair in _pairs(numerators, denominators))
    reach = float(stdtrit(runs - 1, (1.0 + level) / 2.0)) ** 2 / (runs * (runs - 1))
    products = (numerators.residuals * denominators.residuals).sum(axis=0)
    squares = (np.square(means.residuals).sum(axis=0) for means in (numerators, denominators))
    spreads = zip(*((reach * spread).tolist() for spread in (*squares, products)), strict=True)
    return tuple(
        _ratio(*pair, *spread) for pair, spread in zip(_pairs(numerators, denominators), spreads, strict=True)
    )


def _pairs(numerators: Means, denominators: Means) -> list[tuple[float, float]]:
    return list(zip(numerators.values.tolist(), denominators.values.tolist(), strict=True))


def _over(numerator: float, denominator: float) -> float:
    return numerator / denominator if denominator else math.nan


def _ratio(above: float, below: float, above_spread: float, below_spread: float, joint: float) -> Ratio:
    """Solve ``square * r**2 - 2 * middle * r + rest <= 0``."""
    square, middle, rest = below**2 - below_spread, above * below - joint, above**2 - above_spread
    inside = middle**2 - square * rest
    if square == 0.0 or inside < 0.0 or math.isnan(inside):
        return Ratio(_over(above, below), Reach.ANYWHERE)
    ends = sorted((middle + sign * math.sqrt(inside)) / square for sign in (-1.0, 1.0))
    return Ratio(_over(above, below), Reach.BETWEEN if square > 0.0 else Reach.OUTSIDE, *ends)
