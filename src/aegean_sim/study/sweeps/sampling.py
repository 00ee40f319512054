"""Samples of the unit cube: which worlds are tried of all that might be."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.sweeps.model import Sampling
    from aegean_sim.study.sweeps.values import Spread

_MOST_R = 0.03
_SWEEPS = 20
MORRIS_LEVELS = 4


def shares(sampling: Sampling, spreads: Sequence[Spread]) -> FloatArray:
    """Give the points of a design as shares of each spread's chance, shape (points, spreads).

    Raises
    ------
    ScenarioError
        When a grid is asked of a spread without single values.
    AegeanError
        When a design needs SALib, and that is not installed.
    """
    count = len(spreads)
    if sampling.design == "grid":
        return _grid(spreads)
    if sampling.design == "sobol":
        return _sobol(count, sampling)
    if sampling.design == "morris":
        return _morris(count, sampling)
    if sampling.design == "saltelli":
        return _saltelli(count, sampling)
    drawn = _latin(count, sampling)
    return _less_correlated(drawn) if sampling.design == "nearly_orthogonal" else drawn


def _grid(spreads: Sequence[Spread]) -> FloatArray:
    from aegean_sim.study.sweeps.values import Choice  # noqa: PLC0415

    middles = []
    for spread in spreads:
        if not isinstance(spread, Choice):
            raise ScenarioError("a grid needs lists of values; least~greatest is for the sampled designs")
        edges = np.concatenate([[0.0], np.cumsum(spread.shares)])
        middles.append(0.5 * (edges[:-1] + edges[1:]))
    return np.array(list(product(*middles)), dtype=np.float64).reshape(-1, len(spreads))


def _latin(count: int, sampling: Sampling) -> FloatArray:
    from scipy.stats import qmc  # noqa: PLC0415  (slow to import, and most commands do not ask)

    return np.asarray(
        qmc.LatinHypercube(count, rng=np.random.default_rng(sampling.seed)).random(sampling.points)
    )


def _sobol(count: int, sampling: Sampling) -> FloatArray:
    """Take the first points of a scrambled Sobol sequence: a power of two is balanced."""
    from scipy.stats import qmc  # noqa: PLC0415

    exponent = max(0, math.ceil(math.log2(sampling.points)))
    drawn = qmc.Sobol(count, rng=np.random.default_rng(sampling.seed)).random_base2(exponent)
    return np.asarray(drawn[: sampling.points])


def _morris(count: int, sampling: Sampling) -> FloatArray:
    from aegean_sim.study.sensitivity.library import morris_points  # noqa: PLC0415  (needs an extra)

    return morris_points(count, sampling.points, MORRIS_LEVELS, sampling.seed)


def _saltelli(count: int, sampling: Sampling) -> FloatArray:
    from aegean_sim.study.sensitivity.library import saltelli_points  # noqa: PLC0415  (needs an extra)

    return saltelli_points(count, sampling.points, sampling.seed)


def greatest_correlation(points: FloatArray) -> float:
    """Tell the greatest correlation of two columns, by amount; 0 for a single one."""
    if points.shape[1] < 2 or len(points) < 3:
        return 0.0
    between = np.abs(np.corrcoef(points, rowvar=False))
    return float(np.max(between[~np.eye(len(between), dtype=np.bool_)]))


def _less_correlated(points: FloatArray) -> FloatArray:
    """Swap values within columns as long as that brings correlations down; rows stay a Latin hypercube.

    Each column in turn is moved against the others, as by regression, and its values are dealt out in the
    order that comes of it (Owen 1994, Controlling correlations in Latin hypercube samples).
    """
    best = points
    for _ in range(_SWEEPS):
        if greatest_correlation(best) <= _MOST_R:
            break
        moved = best.copy()
        for column in range(points.shape[1]):
            others = np.delete(moved, column, axis=1) - 0.5
            wanted = moved[:, column] - 0.5
            wanted = wanted - others @ np.linalg.lstsq(others, wanted, rcond=None)[0]
            moved[np.argsort(wanted, kind="stable"), column] = np.sort(moved[:, column])
        if greatest_correlation(moved) >= greatest_correlation(best):
            break
        best = moved
    return best
