"""Sobol' indices: which share of the variance between worlds each path makes, alone and in interplay."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.sensitivity.influences import Influences
from aegean_sim.study.sensitivity.library import problem, salib
from aegean_sim.study.sensitivity.noise import SURE, luck_alone, noise_share, resampled, told_from_luck

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.sensitivity.design import Design

LEAST_UNITS = 8
_RESAMPLES = 1000
_SEED = 1


def sobol_indices(design: Design, means: Means) -> Influences:
    """Split the variance between worlds.

    Notes
    -----
    Sobol' indices, first and total, by the estimators of Saltelli et al., Computer Physics Communications
    181, 2010. Luck looks like interplay of everything with everything: it adds to total indices, hence
    the floor.
    """
    totals = total_indices(design, means.values[np.newaxis])[0]
    if not totals.any():
        first, first_half, half = (np.zeros_like(totals) for _ in range(3))
    else:
        found = salib("SALib.analyze.sobol").analyze(
            problem(len(design.paths)), means.values, calc_second_order=False, num_resamples=_RESAMPLES,
            seed=_SEED,
        )  # fmt: skip
        totals, half, first, first_half = (
            np.asarray(found[name], dtype=np.float64) for name in ("ST", "ST_conf", "S1", "S1_conf")
        )
    variance = float(_base_variance(design, means.values[np.newaxis])[0, 0])
    alone = luck_alone(_changes(design, means.residuals), _half_squares) / (variance or 1.0)
    return Influences(
        "sobol",
        design.paths,
        design.units,
        totals,
        np.maximum(totals - half, 0.0),
        totals + half,
        total_indices(design, resampled(means)).std(axis=0, ddof=1),
        np.quantile(alone, SURE, axis=0),
        told_from_luck(totals, alone),
        float(means.values.std(ddof=1)),
        noise_share(means),
        others={"first": first, "first_low": first - first_half, "first_high": first + first_half},
    )


def total_indices(design: Design, numbers: FloatArray) -> FloatArray:
    """Give total indices for many drawings of the worlds' numbers, (drawings, worlds) to (drawings, paths).

    Jansen's estimator, Computer Physics Communications 117, 1999; 0 where nothing varies.
    """
    variance = _base_variance(design, numbers)
    half = _half_squares(_changes(design, numbers))
    return np.divide(half, variance, out=np.zeros_like(half), where=variance > 0.0)


def _by_base(design: Design, numbers: FloatArray) -> FloatArray:
    return numbers.reshape(len(numbers), -1, len(design.paths) + 2)


def _changes(design: Design, numbers: FloatArray) -> FloatArray:
    """Give what changing one path at a time changes, (drawings, base points, paths)."""
    by_base = _by_base(design, numbers)
    return by_base[..., :1] - by_base[..., 1:-1]


def _half_squares(changes: FloatArray) -> FloatArray:
    return np.asarray(0.5 * np.square(changes).mean(axis=1))


def _base_variance(design: Design, numbers: FloatArray) -> FloatArray:
    by_base = _by_base(design, numbers)
    independent = np.concatenate([by_base[..., 0], by_base[..., -1]], axis=1)
    return np.asarray(np.var(independent, axis=1, keepdims=True))
