"""The replications and worlds that have all runs in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, IntArray


def most_complete(whole: BoolArray) -> tuple[IntArray, IntArray]:
    """Choose replications and units, each of one whole with each of the other, as many pairs as may be.

    Units that lack more go first; fewer than two replications are of no use.

    Parameters
    ----------
    whole : array of bool, (replications, units)

    Returns
    -------
    replications, units : arrays of int
        Rising; both empty where no unit has two whole replications.
    """
    order = np.argsort(-whole.sum(axis=0), kind="stable")
    common = np.logical_and.accumulate(whole[:, order], axis=1)
    shared = common.sum(axis=0)
    pairs = np.where(shared >= 2, shared, 0) * np.arange(1, len(order) + 1)
    last = len(order) - 1 - int(pairs[::-1].argmax())
    if not pairs[last]:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    return np.flatnonzero(common[:, last]), np.sort(order[: last + 1])
