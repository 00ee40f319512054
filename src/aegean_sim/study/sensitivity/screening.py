"""Screening by elementary effects: which paths matter at all, Morris' way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.sensitivity.influences import Influences
from aegean_sim.study.sensitivity.library import problem, salib
from aegean_sim.study.sensitivity.noise import SURE, luck_alone, noise_share, resampled, told_from_luck
from aegean_sim.study.sweeps.sampling import MORRIS_LEVELS

if TYPE_CHECKING:
    from aegean_sim.means import Means
    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.sensitivity.design import Design

LEAST_UNITS = 3
_RESAMPLES = 1000
_SEED = 1


def screened(design: Design, means: Means) -> Influences:
    """Screen by elementary effects.

    Notes
    -----
    Morris, Factorial sampling plans for preliminary computational experiments, Technometrics 33, 1991; mu* by
    Campolongo, Cariboni and Saltelli, Environmental Modelling & Software 22, 2007. Luck makes mu* of what
    does nothing more than 0: hence the floor.
    """
    count = len(design.paths)
    found = salib("SALib.analyze.morris").analyze(
        problem(count), design.points, means.values, num_resamples=_RESAMPLES, num_levels=MORRIS_LEVELS,
        seed=_SEED,
    )  # fmt: skip
    strength, half = (np.asarray(found[name], dtype=np.float64) for name in ("mu_star", "mu_star_conf"))
    alone = luck_alone(effects(design, means.residuals), _size)
    return Influences(
        "morris",
        design.paths,
        design.units,
        strength,
        np.maximum(strength - half, 0.0),
        strength + half,
        np.abs(effects(design, resampled(means))).mean(axis=1).std(axis=0, ddof=1),
        np.quantile(alone, SURE, axis=0),
        told_from_luck(strength, alone),
        float(means.values.std(ddof=1)),
        noise_share(means),
        others={name: np.asarray(found[name], dtype=np.float64) for name in ("mu", "sigma")},
    )


def effects(design: Design, numbers: FloatArray) -> FloatArray:
    """Give elementary effects of drawings of the worlds' numbers, to (drawings, trajectories, paths)."""
    own = len(design.paths) + 1
    steps = np.diff(design.points.reshape(-1, own, own - 1), axis=1)
    moved = np.abs(steps).argmax(axis=2)
    width = np.take_along_axis(steps, moved[..., np.newaxis], axis=2)[..., 0]
    found = np.diff(numbers.reshape(len(numbers), -1, own), axis=2) / width
    return np.asarray(np.take_along_axis(found, np.argsort(moved, axis=1)[np.newaxis], axis=2))


def _size(some: FloatArray) -> FloatArray:
    return np.asarray(np.abs(some).mean(axis=1))
