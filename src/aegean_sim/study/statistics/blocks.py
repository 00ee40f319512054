"""One measure over complete blocks: every cell in every replication, paired by common random numbers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means, means_of, ratios_of
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True, eq=False)
class Blocks:
    """What one measure came to.

    Parameters
    ----------
    parts : array of float, (replications, cells)
        The measure's values; of a share or another ratio of sums, what is above the line.
    wholes : array of float, (replications, cells), optional
        What is below the line; none for a plain mean.

    Raises
    ------
    ValueError
        When there are no replications, or shapes differ, or a number is not finite. A mean over those whom
        there may be none of is a ratio: its sum and their count.
    """

    parts: FloatArray
    wholes: FloatArray | None = None

    def __post_init__(self) -> None:
        """Check shapes and numbers."""
        given = [self.parts] if self.wholes is None else [self.parts, self.wholes]
        if self.parts.ndim != 2 or not self.parts.size or any(a.shape != self.parts.shape for a in given):
            raise ValueError(f"blocks are (replications, cells), all alike: {[a.shape for a in given]}")
        if not all(np.isfinite(array).all() for array in given):
            raise ValueError("a block holds a number that is not finite: give such means as parts and wholes")

    @property
    def replications(self) -> int:
        """Give the number of blocks."""
        return len(self.parts)

    def means(self) -> Means:
        """Give every cell's mean, or ratio of means."""
        return means_of(self.parts) if self.wholes is None else ratios_of(self.parts, self.wholes)

    def reweighted(self, weights: FloatArray) -> FloatArray:
        """Give the cells' means where blocks count more or less.

        Parameters
        ----------
        weights : array of float, (drawings, replications)

        Returns
        -------
        array of float, (drawings, cells)
            NaN where all wholes that count are 0.
        """
        if self.wholes is None:
            return np.asarray(weights @ self.parts / weights.sum(axis=1, keepdims=True))
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.asarray((weights @ self.parts) / (weights @ self.wholes))

    def cells(self, which: IntArray) -> Blocks:
        """Take some cells only, in that order."""
        return Blocks(self.parts[:, which], None if self.wholes is None else self.wholes[:, which])

    def gathered(self, most: int) -> Blocks:
        """Put neighbouring blocks together where there are very many; all means stay what they are."""
        size = -(-self.replications // most)
        if size == 1:
            return self
        starts = np.arange(0, self.replications, size)
        wholes = np.ones_like(self.parts) if self.wholes is None else self.wholes
        return Blocks(np.add.reduceat(self.parts, starts), np.add.reduceat(wholes, starts))

    def until(self, replications: int) -> Blocks:
        """Take the first blocks only."""
        return Blocks(self.parts[:replications], None if self.wholes is None else self.wholes[:replications])


def estimates(blocks: Blocks, pairs: IntArray | None = None) -> Means:
    """Give the cells' means; of pairs, (pairs, 2), the first's less the second's."""
    return blocks.means() if pairs is None else differences(blocks.means(), pairs)


def differences(means: Means, pairs: IntArray) -> Means:
    """Subtract cells within replications: of each pair, the first less the second.

    Parameters
    ----------
    means : Means
        Of the cells, as `Blocks.means` gives them.
    pairs : array of int, (pairs, 2)
        Numbers of cells.
    """
    first, second = pairs.T
    return Means(
        means.values[first] - means.values[second], means.residuals[:, first] - means.residuals[:, second]
    )


def with_baseline(cells: int, baseline: int) -> IntArray:
    """Pair every other cell with the baseline."""
    others = np.delete(np.arange(cells), baseline)
    return np.column_stack([others, np.full_like(others, baseline)])


def neighbours(cells: int) -> IntArray:
    """Pair every cell but the first with the one before it."""
    return np.column_stack([np.arange(1, cells), np.arange(cells - 1)])


MOST_DRAWN = 10_000
"""Blocks to draw from; beyond it neighbours are drawn together."""


def drawn_with_replacement(replications: int, drawings: int) -> FloatArray:
    """Draw whole blocks as often as there are, and count how often each came (drawings, replications).

    Chance hangs on the number of replications alone, so that the same blocks give the same intervals.
    """
    generator = Streams(seed=0, replication=0).generator("bootstrap", replications)
    chosen = generator.integers(0, replications, (drawings, replications))
    chosen += np.arange(drawings)[:, np.newaxis] * replications
    counts = np.bincount(chosen.ravel(), minlength=drawings * replications)
    return counts.reshape(drawings, replications).astype(np.float64)
