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
    Iman and Conover, The use of the rank transform in regression, Technometrics 21, 1979. Worlds and
    replications cross, so a coefficient's variance is that of what the regression leaves over of these
    worlds, and that of the single replications' coefficients, whose luck all worlds share, less what is in
    both. Intervals are Student's, with degrees of freedom by Satterthwaite (Biometrics Bulletin 2, 1946).
    These are too many for two or three replications: none is narrower than that of the replications alone.
    """
    varied = (np.ptp(design.points, axis=0) > 0.0) & ~np.isin(design.paths, design.unordered)
    ranks = _standard_ranks(design.points[:, varied])
    wanted = _standard_ranks(means.values[:, np.newaxis])
    slopes, from_worlds, left = _least_squares(ranks, wanted)
    from_luck, both = _by_luck(ranks, means)
    found = slopes[:, 0]
    error, degrees = _crossed(from_worlds[:, 0], from_luck, both, _degrees(ranks), means.runs - 1)
    half, p_value = _student(found, error, degrees)
    least, surely = _student(found, np.sqrt(from_luck), np.full_like(found, means.runs - 1.0))
    half, p_value = np.maximum(half, least), np.maximum(p_value, surely)
    strength, low, high = (_spread_out(part, varied, 0.0) for part in (found, found - half, found + half))
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
        explained=1.0 - float(left[0]) if wanted.any() else 0.0,
    )


def _degrees(ranks: FloatArray) -> int:
    return int(len(ranks) - ranks.shape[1] - 1)


def _least_squares(ranks: FloatArray, wanted: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Regress each column of what is wanted, (worlds, columns).

    Returns
    -------
    slopes, variances : array of float, (paths, columns)
        The coefficients, and their variances by what is left over.
    left : array of float, (columns,)
        The mean square that is left over, over all worlds.
    """
    inverse = np.linalg.pinv(ranks.T @ ranks)
    slopes = inverse @ ranks.T @ wanted
    left = np.square(wanted - ranks @ slopes).mean(axis=0)
    return slopes, np.outer(np.diag(inverse), left * len(ranks) / _degrees(ranks)), np.asarray(left)


def _by_luck(ranks: FloatArray, means: Means) -> tuple[FloatArray, FloatArray]:
    """Give the variance of coefficients over replications, and what of it each world has for itself.

    Luck is taken in standard deviations between worlds, as ranks are.
    """
    scale = float(means.values.std())
    luck = means.residuals - means.residuals.mean(axis=1, keepdims=True)
    if scale == 0.0:
        return np.zeros(ranks.shape[1]), np.zeros(ranks.shape[1])
    slopes, own, _ = _least_squares(ranks, luck.T / scale)
    squares = means.runs * (means.runs - 1)
    return np.square(slopes).sum(axis=1) / squares, own.sum(axis=1) / squares


def _crossed(
    worlds: FloatArray, replications: FloatArray, both: FloatArray, of_worlds: int, of_replications: int
) -> tuple[FloatArray, FloatArray]:
    """Give standard errors and degrees of freedom of what varies by worlds and by replications."""
    variance = np.maximum(worlds + replications - both, np.maximum(worlds, replications))
    squares = np.square(worlds) / of_worlds + np.square(replications) / of_replications
    sure = np.full_like(variance, float(of_worlds))
    degrees = np.divide(np.square(variance), squares, out=sure, where=squares > 0.0)
    return np.sqrt(variance), np.clip(degrees, min(of_worlds, of_replications), of_worlds + of_replications)


def _student(slopes: FloatArray, error: FloatArray, degrees: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Give half-widths of 95 % intervals, and p-values."""
    from scipy.special import stdtr, stdtrit  # noqa: PLC0415  (needed for several runs only)

    sure = np.where(slopes == 0.0, 0.0, np.inf)
    away = np.divide(np.abs(slopes), error, out=sure, where=error > 0.0)
    half = np.asarray(stdtrit(degrees, (1.0 + SURE) / 2.0)) * error
    return half, np.asarray(2.0 * stdtr(degrees, -away))


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
