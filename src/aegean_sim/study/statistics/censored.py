"""Delays of a fixed population, some of which never ended: those who were not dealt with count too."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray


@dataclass(frozen=True, slots=True)
class Restricted:
    """Delays up to a horizon: part and whole of a ratio over replications.

    Parameters
    ----------
    total_s : float
        Sum of all delays, none counted beyond the horizon.
    population : int
        All whose delays are counted, ended or not.
    """

    total_s: float
    population: int


def restricted(delays_s: FloatArray, horizon_s: float) -> Restricted:
    """Add up delays, each cut at the horizon, which also stands for those that never ended (NaN).

    Notes
    -----
    The restricted mean ``total / population`` is the area under the share still waiting, up to the horizon
    (Irwin, Journal of Hygiene 47, 1949). All are followed as far as the horizon, so there is nothing for
    Kaplan and Meier's estimate to correct. The mean of ended delays alone may rise because more end.
    """
    cut = np.where(np.isnan(delays_s), horizon_s, np.minimum(delays_s, horizon_s))
    return Restricted(float(cut.sum()), len(delays_s))


def quantile_s(delays_s: FloatArray, share: float, horizon_s: float = math.inf) -> float | None:
    """Give the delay by which that share of the population was dealt with; none if not by the horizon.

    Parameters
    ----------
    delays_s : array of float, (population,)
        NaN for those that never ended.
    share : float
        Above 0, at most 1.
    """
    place = max(math.ceil(share * len(delays_s) - _ROUNDING), 1) - 1
    reached = np.sort(delays_s[delays_s <= horizon_s])
    return float(reached[place]) if place < len(reached) else None


_ROUNDING = 1e-9
