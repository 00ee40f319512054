"""What the luck of replications does to numbers of worlds: runs drawn again, and luck alone."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means
from aegean_sim.streams import Streams
from aegean_sim.study.statistics.blocks import drawn_with_replacement
from aegean_sim.study.statistics.several import holm

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.quantities import FloatArray

RESAMPLES = 300
DRAWINGS = 4000
SURE = 0.95


def resampled(means: Means) -> FloatArray:
    """Draw whole replications with replacement: numbers of the worlds, (resamples, worlds)."""
    weights = drawn_with_replacement(means.runs, RESAMPLES)
    widened = np.sqrt(means.runs / (means.runs - 1))
    return np.asarray(means.values + widened * weights @ means.residuals / means.runs)


def luck_alone(effects: FloatArray, size: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Draw how large effects would look if there were none, (drawings, paths).

    Parameters
    ----------
    effects : array of float, (replications, units, paths)
        What each replication has more than the mean.
    size : callable
        From effects (drawings, units) to what is said of them, (drawings,).

    Notes
    -----
    Replications get normal weights, the same in all units, so that units go together as they do. Each drawing
    is stretched as Student's law is, so that few replications do not look surer than they are: of a single
    unit this is Student's test. Where the luck of units differs, more is known of it: degrees of freedom are
    halfway to those of Box (Annals of Mathematical Statistics 25, 1954), whose estimate is too bold alone.
    """
    runs, _, paths = effects.shape
    chance = Streams(seed=0, replication=0).generator("luck of replications", runs)
    weights = chance.standard_normal((DRAWINGS, runs)) / np.sqrt(runs * (runs - 1))
    alone = np.empty((DRAWINGS, paths))
    for path in range(paths):
        own = effects[:, :, path]
        degrees = _degrees(own)
        stretch = np.sqrt(degrees / chance.chisquare(degrees, (DRAWINGS, 1)))
        alone[:, path] = size(stretch * (weights @ own))
    return alone


def _degrees(effects: FloatArray) -> float:
    products = effects @ effects.T
    least, squares = len(effects) - 1, float(np.square(products).sum())
    if squares == 0.0:
        return float(least)
    return 0.5 * least * (1.0 + float(np.trace(products)) ** 2 / squares)


def settled(means: Means, scale: float) -> Means:
    """Take away what is rounding: numbers of worlds that differ by 1e-11 of a scale are the same."""
    digits = 11 - math.ceil(math.log10(scale)) if scale > 0.0 else 0
    return Means(np.round(means.values, digits), np.round(means.residuals, digits))


def noise_share(means: Means) -> float:
    """Give the share of the variance between worlds that the luck of replications makes; 0 if none varies."""
    variance = float(np.var(means.values, ddof=1))
    apart = means.residuals - means.residuals.mean(axis=1, keepdims=True)
    degrees = means.runs * (means.runs - 1) * (len(means.values) - 1)
    return min(float(np.square(apart).sum()) / degrees / variance, 1.0) if variance > 0.0 else 0.0


def told_from_luck(found: FloatArray, alone: FloatArray) -> FloatArray:
    """Test indices against what luck alone gives: p-values after Holm.

    Parameters
    ----------
    found : array of float, (paths,)
    alone : array of float, (drawings, paths)
    """
    as_much = (alone >= found).sum(axis=0)
    p_value = np.where(found > 0.0, (1.0 + as_much) / (1.0 + len(alone)), 1.0)
    return holm(p_value)
