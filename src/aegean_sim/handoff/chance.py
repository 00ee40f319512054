"""Durations drawn from the laws of a scenario file."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING

from aegean_sim.quantities import MINUTE_S
from aegean_sim.scenario.base import Constant, Empirical, Exponential, Lognormal, Triangle

if TYPE_CHECKING:
    from aegean_sim.scenario.base import Delay
    from aegean_sim.streams import Streams


def quantile(delay: Delay, share: float) -> float:
    """Give the value that a share of draws stays below, in the law's own unit."""
    if type(delay) is Constant:  # not `isinstance`, which models of files make slow
        return delay.constant
    if type(delay) is Exponential:
        return -delay.exponential * math.log1p(-share)
    if type(delay) is Triangle:
        return triangle_quantile(delay.triangular, share)
    if type(delay) is Lognormal:
        median, factor = delay.lognormal
        return median * math.pow(factor, NormalDist().inv_cdf(share))
    assert type(delay) is Empirical  # noqa: S101  (there is no other law)
    return delay.empirical[int(share * len(delay.empirical))]


def triangle_quantile(triangle: tuple[float, float, float], share: float) -> float:
    """Invert the triangular law (least, most likely, greatest)."""
    low, mode, high = triangle
    if high == low:
        return low
    if share * (high - low) < mode - low:
        return low + math.sqrt(share * (high - low) * (mode - low))
    return high - math.sqrt((1.0 - share) * (high - low) * (high - mode))


def minutes_s(delay: Delay, streams: Streams, purpose: str, who: int, whom: int = 0) -> float:
    """Draw a duration given in minutes, in seconds, for one pair of identities."""
    if type(delay) is Constant:
        return delay.constant * MINUTE_S
    return quantile(delay, streams.one(purpose, who, whom)) * MINUTE_S
