"""What the luck of replications does to numbers of worlds: runs drawn again, and luck alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.streams import Streams
from aegean_sim.study.statistics.blocks import drawn_with_replacement
from aegean_sim.study.statistics.several import holm

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray

RESAMPLES = 300
DRAWINGS = 4000
SURE = 0.95


def resampled(means: Means) -> FloatArray:
    """Draw whole replications with replacement: numbers of the worlds, (resamples, worlds)."""
    weights = drawn_with_replacement(means.runs, RESAMPLES)
    widened = np.sqrt(means.runs / (means.runs - 1))
    return np.asarray(means.values + widened * weights @ means.residuals / means.runs)


def luck_alone(means: Means) -> FloatArray:
    """Draw what the numbers of worlds would be if no world differed from another, (drawings, worlds).

    Notes
    -----
    Replications get normal weights, the same in all worlds, so that worlds go together as pairs do; each
    drawing is stretched as Student's law is, so that few replications do not look surer than they are. Of
    a single difference of worlds this is Student's test.
    """
    chance = Streams(seed=0, replication=0).generator("luck of replications", means.runs)
    weights = chance.standard_normal((DRAWINGS, means.runs))
    degrees = means.runs - 1
    stretch = np.sqrt(degrees / chance.chisquare(degrees, (DRAWINGS, 1)))
    return np.asarray(stretch * (weights @ means.residuals) / np.sqrt(means.runs * degrees))


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
