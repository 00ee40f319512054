"""What each further unit adds along an ordered lever, and where that ends."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means
from aegean_sim.study.statistics.blocks import differences, neighbours
from aegean_sim.study.statistics.doubts import shown_intervals
from aegean_sim.study.statistics.intervals import Intervals
from aegean_sim.study.statistics.several import bonferroni

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.study.statistics.blocks import Blocks


@dataclass(frozen=True, slots=True, eq=False)
class Marginal:
    """What each step along a lever gains by unit of it, arrays (steps,).

    Parameters
    ----------
    gains : Intervals
        For the better above 0, whichever way the measure counts; all hold together.
    helps : array of bool
        Shown to gain.
    worth_having, not_worth_having : array of bool
        Shown to gain at least, or less than, what was called worth having.
    """

    gains: Intervals
    helps: BoolArray
    worth_having: BoolArray
    not_worth_having: BoolArray

    @property
    def first_unclear(self) -> int | None:
        """Give the first step that is not shown to gain: from there on more is not told from nothing."""
        return _first(~self.helps)

    @property
    def first_not_worth(self) -> int | None:
        """Give the first step that is shown to gain less than what is worth having."""
        return _first(self.not_worth_having)


def gains_of(means: Means, lever: FloatArray, *, smaller_is_better: bool) -> Means:
    """Give the gain by unit of a lever in each step from one cell to the next, within replications.

    Parameters
    ----------
    means : Means
        Of the cells, in the lever's order.
    lever : array of float, (cells,)
        Its settings, rising.
    """
    units = _units(lever, smaller_is_better=smaller_is_better)
    steps = differences(means, neighbours(len(lever)))
    return Means(steps.values / units, steps.residuals / units)


def marginal(
    blocks: Blocks, lever: FloatArray, *, smaller_is_better: bool, worth: float = 0.0, level: float = 0.95
) -> Marginal:
    """Tell what each step along a lever gains, and whether that is worth having.

    Parameters
    ----------
    blocks : Blocks
        Of the cells in the lever's order.
    lever : array of float, (cells,)
        Its settings, rising.
    smaller_is_better : bool
    worth : float, optional
        What a unit must gain, in the measure's unit.
    level : float, optional
        At which all intervals hold together.
    """
    units = _units(lever, smaller_is_better=smaller_is_better)
    steps = shown_intervals(blocks, neighbours(len(lever)), bonferroni(level, len(units)))
    ends = np.sort([steps.low / units, steps.high / units], axis=0)
    gains = Intervals(steps.estimate / units, *ends)
    return Marginal(gains, gains.low > 0.0, gains.low >= worth, gains.high < worth)


def _units(lever: FloatArray, *, smaller_is_better: bool) -> FloatArray:
    """Give by how many units each step goes up, below 0 where the measure's fall is a gain."""
    if not (np.diff(lever) > 0.0).all():
        raise ValueError(f"a lever's settings must rise: {lever.tolist()}")
    return np.asarray((-1.0 if smaller_is_better else 1.0) * np.diff(lever))


def _first(steps: BoolArray) -> int | None:
    return int(steps.argmax()) if steps.any() else None
