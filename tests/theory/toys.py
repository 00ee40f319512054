"""Laws of one number a run, as studies meet them, with their true means; and studies that stop."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.study.statistics.stopping import narrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from aegean_sim.quantities import FloatArray
    from aegean_sim.study.statistics.blocks import Blocks
    from aegean_sim.study.statistics.stopping import Rule


@dataclass(frozen=True, slots=True)
class Law:
    """A law to draw arrays from, and its mean."""

    name: str
    draw: Callable[[np.random.Generator, tuple[int, int]], FloatArray]
    mean: float


def wrecks(rate: float) -> Callable[[np.random.Generator, tuple[int, int]], FloatArray]:
    """Draw sums of a Poisson number of lognormal sizes of mean 1: mostly 0 where they are rare."""

    def draw(generator: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
        counts = generator.poisson(rate, shape)
        sizes = generator.lognormal(-0.5, 1.0, int(counts.sum()))
        starts = np.cumsum(counts) - counts.ravel()
        sums = np.concatenate([[0.0], np.cumsum(sizes)])
        return (sums[starts + counts.ravel()] - sums[starts]).reshape(shape)

    return draw


def _both_ways(generator: np.random.Generator, shape: tuple[int, int]) -> FloatArray:
    return wrecks(0.3)(generator, shape) - wrecks(0.3)(generator, shape)


LAWS = [
    Law("normal", lambda generator, shape: generator.normal(size=shape), 0.0),
    Law("Student, 3 degrees", lambda generator, shape: generator.standard_t(3, shape), 0.0),
    Law("Poisson, 1 a run", lambda generator, shape: generator.poisson(1.0, shape).astype(np.float64), 1.0),
    Law("exponential", lambda generator, shape: generator.exponential(size=shape), 1.0),
    Law("lognormal, sigma 1", lambda generator, shape: generator.lognormal(-0.5, 1.0, shape), 1.0),
    Law("shipwrecks, 3 a run", wrecks(3.0), 3.0),
    Law("shipwrecks, 1 a run", wrecks(1.0), 1.0),
    Law("shipwrecks, 1 in 3 runs", wrecks(0.3), 0.3),
    Law("shipwrecks, 1 in 10 runs", wrecks(0.1), 0.1),
    Law("difference of two, 1 in 3 runs", _both_ways, 0.0),
]


def stopped(blocks: Blocks, rule: Rule) -> Iterator[Blocks]:
    """Stop every cell for itself: the blocks used of those that stop at a look, at the latest at the last."""
    cells = np.arange(blocks.parts.shape[1])
    looks = rule.looks(blocks.replications).tolist()
    for look in looks:
        there = blocks.until(look).cells(cells)
        enough = narrow(there, rule) | (look == looks[-1])
        if enough.any():
            yield there.cells(np.flatnonzero(enough))
        cells = cells[~enough]
        if not cells.size:
            return
