"""Whether the ranking of options survives what is not known: the best level in every world, and regret."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means
from aegean_sim.study.statistics.best import against_best

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray

_ROUNDING = 1e-9
_MOST_OF = 0.95


@dataclass(frozen=True, slots=True, eq=False)
class Ranking:
    """How the levels of a lever do over the worlds, arrays (levels,).

    Parameters
    ----------
    mean : array of float
        Over worlds.
    best : array of float
        Share of worlds in which a level is the best, or as good.
    may_be_best : array of float
        Share of worlds in which it is not shown to be worse than another, all levels of a world at 95 %.
    regret_most, regret_95, regret_mean : array of float
        By how much it is worse than the best of a world, in the measure's unit.
    choice : int
        The level that is best on the mean of all worlds.
    beaten : array of bool, (worlds,)
        Where another level is shown to be better than the choice.
    """

    mean: FloatArray
    best: FloatArray
    may_be_best: FloatArray
    regret_most: FloatArray
    regret_95: FloatArray
    regret_mean: FloatArray
    choice: int
    beaten: BoolArray

    @property
    def is_tie(self) -> bool:
        """Whether all levels come to the same in all worlds."""
        return bool((self.best == 1.0).all())

    @property
    def worlds(self) -> int:
        """Number of worlds."""
        return len(self.beaten)


def ranking_of(means: Means, *, smaller_is_better: bool) -> Ranking:
    """Rank levels in every world.

    Parameters
    ----------
    means : Means
        Values (worlds, levels), two levels or more, over two replications or more.
    """
    worse = means.values if smaller_is_better else -means.values
    regret = worse - worse.min(axis=1, keepdims=True)
    alike = _ROUNDING * np.abs(worse).max(initial=0.0)
    may_be = np.array(
        [
            against_best(
                Means(means.values[world], means.residuals[:, world]), smaller_is_better=smaller_is_better
            ).may_be_best
            for world in range(len(worse))
        ]
    )
    choice = int(worse.mean(axis=0).argmin())
    return Ranking(
        means.values.mean(axis=0),
        (regret <= alike).mean(axis=0),
        may_be.mean(axis=0),
        regret.max(axis=0),
        np.quantile(regret, _MOST_OF, axis=0),
        regret.mean(axis=0),
        choice,
        ~may_be[:, choice],
    )
