"""A check of theory: one number by its formula and by simulation."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray

STANDARD_ERRORS = 4.0
DICE = Streams(2016, 0)
"""All chance of what the checks lay out; the runs have their own."""


@dataclass(frozen=True, slots=True)
class Check:
    """One number by its formula and by simulation.

    Parameters
    ----------
    name, what, unit, source : str
        Its short name, what the number is, its unit, and where the formula stands.
    formula, simulated, error : float
        In ``unit``; the error is the simulation's standard error.
    """

    name: str
    what: str
    unit: str
    source: str
    formula: float
    simulated: float
    error: float

    @property
    def holds(self) -> bool:
        """Tell whether the two agree within four standard errors."""
        return abs(self.simulated - self.formula) <= STANDARD_ERRORS * self.error


def share_of(count: int, tries: int) -> tuple[float, float]:
    """Give a share and its binomial standard error."""
    share = count / tries
    return share, math.sqrt(share * (1.0 - share) / tries)


def error_of(values: FloatArray) -> float:
    """Give the standard error of the mean of independent values."""
    return float(values.std(ddof=1)) / math.sqrt(len(values))
