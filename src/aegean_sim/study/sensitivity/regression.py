"""Regression of ranks: what each path does, as far as more of it always does more, or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.sensitivity.influences import Influences
from aegean_sim.study.sensitivity.noise import SURE, noise_share
from aegean_sim.study.statistics.several import holm

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.study.sensitivity.design import Design


def least_worlds(paths: int) -> int:
    """Give how many worlds it takes: two for every number that is worked out."""
    return 2 * (paths + 1)


def regressed_ranks(design: Design, means: Means) -> Influences:
    """Regress the ranks of a number on the ranks of all paths, each in its standard deviations.

    Notes
    -----
    Iman and Conover, The use of the rank transform in regression, Technometrics 21, 1979. Intervals are
    Student's; what is left over, luck too, is in them.
    """
    varied = (np.ptp(design.points, axis=0) > 0.0) & ~np.isin(design.paths, design.unordered)
    ranks, wanted = _standard_ranks(design.points[:, varied]), _standard_ranks(means.values[:, np.newaxis])
    slopes, error, left = _least_squares(ranks, wanted[:, 0])
    half, p_value = _student(slopes, error, len(ranks) - len(slopes) - 1)
    strength, low, high = (_spread_out(part, varied, 0.0) for part in (slopes, slopes - half, slopes + half))
    none = np.full(len(varied), np.nan)
    return Influences(
        "regression",
        design.paths,
        design.units,
        strength,
        low,
        high,
        none,
        none,
        holm(_spread_out(p_value, varied, 1.0)),
        float(means.values.std(ddof=1)),
        noise_share(means),
        explained=1.0 - left if wanted.any() else 0.0,
    )


def _least_squares(ranks: FloatArray, wanted: FloatArray) -> tuple[FloatArray, FloatArray, float]:
    """Give the coefficients, their standard errors, and the share of the variance that is left over."""
    inverse = np.linalg.pinv(ranks.T @ ranks)
    slopes = inverse @ ranks.T @ wanted
    left = float(np.square(wanted - ranks @ slopes).sum())
    degrees = len(ranks) - len(slopes) - 1
    return slopes, np.sqrt(np.diag(inverse) * left / degrees), left / len(ranks)


def _student(slopes: FloatArray, error: FloatArray, degrees: int) -> tuple[FloatArray, FloatArray]:
    """Give half-widths of 95 % intervals, and p-values."""
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415  (needed for several runs only)

    sure = np.where(slopes == 0.0, 0.0, np.inf)
    away = np.divide(np.abs(slopes), error, out=sure, where=error > 0.0)
    return float(stdtrit(degrees, (1.0 + SURE) / 2.0)) * error, np.asarray(2.0 * stdtr(degrees, -away))


def _spread_out(values: FloatArray, varied: BoolArray, nothing: float) -> FloatArray:
    whole = np.full(len(varied), nothing)
    whole[varied] = values
    return whole


def _standard_ranks(values: FloatArray) -> FloatArray:
    from scipy.stats import rankdata  # noqa: PLC0415  (slow to import)

    ranks = np.asarray(rankdata(values, axis=0), dtype=np.float64)
    ranks -= ranks.mean(axis=0)
    scale = ranks.std(axis=0)
    return ranks / np.where(scale > 0.0, scale, 1.0)
