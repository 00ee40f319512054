"""What levels cost over the baseline, and what that buys.

Euro for each where all rates are published; else how much a level may cost at most.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from aegean_sim.means import Means
from aegean_sim.study.comparison.costs import price
from aegean_sim.study.statistics.blocks import differences, neighbours, with_baseline
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
    """What a level's cost buys of one measure: along a lever over the level before, else over the baseline.

    Parameters
    ----------
    level, against : int
    eur_each : Ratio, optional
        Euro for each; only where all rates are published.
    break_even : Ratio, optional
        How many times what the reference costs this may cost for it to come as cheap for each; only where a
        rate is assumed. None of the reference itself.
    """

    measure: str
    level: int
    against: int
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
        The level that others are measured by where rates are assumed: the first that costs more than what it
        is against.
    reference_eur : float
        How much more; 0 where none does.
    """

    prices: tuple[Price, ...]
    reference: int
    reference_eur: float
    bought: tuple[Bought, ...]

    @property
    def all_alike(self) -> bool:
        """Whether no level costs more or less than the baseline."""
        return not any(one.eur or one.low_eur or one.high_eur for one in self.prices)


class _Pair(NamedTuple):
    """A level, what it is against, and what it costs more."""

    level: int
    against: int
    price: Price


def costing_of(
    stratum: Stratum, found: Sequence[Compared], spent: Mapping[str, Mapping[str, float]]
) -> Costing | None:
    """Price the levels of a stratum; None where it cannot be told what cells pay for."""
    if not all(cell in spent for cell in stratum.cells):
        return None
    paid = [spent[cell] for cell in stratum.cells]
    levels = stratum.levels
    count = len(paid)
    numbers = with_baseline(count, levels.baseline) if levels.values is None else neighbours(count)
    pairs = [_Pair(one, other, price(paid[one], paid[other])) for one, other in numbers.tolist()]
    dear = [pair for pair in pairs if pair.price.eur > 0.0]
    return Costing(
        tuple(price(one, paid[levels.baseline]) for one in paid),
        dear[0].level if dear else levels.baseline,
        dear[0].price.eur if dear else 0.0,
        tuple(_bought(each, pair, dear[0]) for each in found if each.measure.name in BOUGHT for pair in dear),
    )


def _bought(each: Compared, pair: _Pair, reference: _Pair) -> Bought:
    gain, about = _gain(each, pair), (each.measure.name, pair.level, pair.against)
    if pair.price.is_sourced:
        cost = Means(np.array([pair.price.eur]), np.zeros_like(gain.residuals))
        return Bought(*about, ratios(cost, gain)[0], None)
    return Bought(*about, None, None if pair == reference else ratios(gain, _gain(each, reference))[0])


def _gain(each: Compared, pair: _Pair) -> Means:
    """Give how much better a level is than what it is against."""
    apart = differences(each.blocks.means(), np.array([[pair.level, pair.against]]))
    sign = -1.0 if each.measure.smaller_is_better else 1.0
    return Means(sign * apart.values, sign * apart.residuals)
