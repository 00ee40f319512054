"""The Pareto front of several measures: cells that no other cell beats in one without losing in another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.statistics.blocks import MOST_DRAWN, drawn_with_replacement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.study.statistics.blocks import Blocks

DRAWINGS = 1000
_ROUNDING = 1e-12


@dataclass(frozen=True, slots=True, eq=False)
class Front:
    """Which cells are on the front, arrays (cells,).

    Parameters
    ----------
    on_front : array of bool
        By their means.
    probability : array of float
        Share of bootstrap samples in which they are.
    """

    on_front: BoolArray
    probability: FloatArray


def pareto_front(measures: Sequence[tuple[Blocks, bool]], *, drawings: int = DRAWINGS) -> Front:
    """Find the front, and how sure it is.

    Parameters
    ----------
    measures : sequence of (Blocks, bool)
        Measures of the same cells and replications, and whether smaller is better. A mean that there is
        none of (a ratio over nothing) is taken for the worst.
    drawings : int, optional
        Bootstrap samples of whole replications, the same for all measures.
    """
    measures = [(blocks.gathered(MOST_DRAWN), smaller) for blocks, smaller in measures]
    replications = measures[0][0].replications
    weights = drawn_with_replacement(replications, drawings)
    return Front(
        _not_beaten(_costs(measures, np.ones((1, replications))))[0],
        _not_beaten(_costs(measures, weights)).mean(axis=0),
    )


def _costs(measures: Sequence[tuple[Blocks, bool]], weights: FloatArray) -> FloatArray:
    """Give means (drawings, cells, measures), the smaller the better."""
    costs = [blocks.reweighted(weights) * (1.0 if smaller else -1.0) for blocks, smaller in measures]
    return np.nan_to_num(np.stack(costs, axis=-1), nan=np.inf, posinf=np.inf, neginf=-np.inf)


def _not_beaten(costs: FloatArray) -> BoolArray:
    """Tell which cells no other is as good as in all measures and better than in one (drawings, cells)."""
    alike = _ROUNDING * np.abs(costs).max(axis=(0, 1), initial=0.0, where=np.isfinite(costs))
    unbeaten = np.empty(costs.shape[:2], dtype=np.bool_)
    for cell in range(costs.shape[1]):
        mine = costs[:, [cell]]
        as_good = (costs <= mine + alike).all(axis=-1)
        unbeaten[:, cell] = ~(as_good & (costs < mine - alike).any(axis=-1)).any(axis=-1)
    return unbeaten
