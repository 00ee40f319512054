"""What levels cost over the baseline, and what that buys.

Euro for each where all rates are published; else how much a level may cost at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import Means
from aegean_sim.study.comparison.costs import price
from aegean_sim.study.statistics.blocks import differences
from aegean_sim.study.statistics.fieller import Ratio, ratios

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.study.comparison.comparing import Compared
    from aegean_sim.study.comparison.costs import Price
    from aegean_sim.study.comparison.strata import Stratum

BOUGHT = {"persons_dead": "death averted", "persons_met": "person met", "boats_decisive": "decisive boat"}
"""Measures of which each has a price, and what one is called."""


@dataclass(frozen=True, slots=True)
class Bought:
    """What one level's cost over the baseline buys of one measure.

    Parameters
    ----------
    eur_each : Ratio, optional
        Euro for each; only where all rates are published.
    break_even : Ratio, optional
        How many times what the reference costs the level may cost for it to come as cheap for each; only
        where a rate is assumed. None of the reference itself.
    """

    measure: str
    level: int
    eur_each: Ratio | None
    break_even: Ratio | None


@dataclass(frozen=True, slots=True)
class Costing:
    """Costs of the levels of a stratum.

    Parameters
    ----------
    prices : tuple of Price
        Of each level over the baseline.
    reference : int
        The level that others are measured by where rates are assumed: the first that costs anything.
    """

    prices: tuple[Price, ...]
    reference: int
    bought: tuple[Bought, ...]

    @property
    def all_alike(self) -> bool:
        """Whether no level costs more or less than the baseline."""
        return not any(one.eur or one.low_eur or one.high_eur for one in self.prices)


def costing_of(
    stratum: Stratum, found: Sequence[Compared], spent: Mapping[str, Mapping[str, float]]
) -> Costing | None:
    """Price the levels of a stratum; None where it cannot be told what cells pay for."""
    if not all(cell in spent for cell in stratum.cells):
        return None
    paid = [spent[cell] for cell in stratum.cells]
    prices = tuple(price(one, paid[stratum.levels.baseline]) for one in paid)
    dear = [place for place, one in enumerate(prices) if one.eur > 0.0]
    reference = dear[0] if dear else stratum.levels.baseline
    bought = [
        one
        for each in found
        if each.measure.name in BOUGHT
        for level in dear
        for one in [_bought(each, level, reference, stratum.levels.baseline, prices)]
    ]
    return Costing(prices, reference, tuple(bought))


def _bought(each: Compared, level: int, reference: int, baseline: int, prices: Sequence[Price]) -> Bought:
    gain = _gain(each, level, baseline)
    cost = Means(np.array([prices[level].eur]), np.zeros_like(gain.residuals))
    if prices[level].is_sourced:
        return Bought(each.measure.name, level, ratios(cost, gain)[0], None)
    factor = None if level == reference else ratios(gain, _gain(each, reference, baseline))[0]
    return Bought(each.measure.name, level, None, factor)


def _gain(each: Compared, level: int, baseline: int) -> Means:
    """Give how much better than the baseline a level is."""
    apart = differences(each.blocks.means(), np.array([[level, baseline]]))
    sign = -1.0 if each.measure.smaller_is_better else 1.0
    return Means(sign * apart.values, sign * apart.residuals)
