"""The runs that a chart is drawn from: one, or all replications of a scenario."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.means import means_of, student
from aegean_sim.recording.labels import sea_in_words

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.scenario.model import Scenario


@dataclass(frozen=True, slots=True)
class Runs:
    """Runs of one scenario, of which one theatre is drawn.

    Parameters
    ----------
    stored : tuple of StoredRun
        At least one; all of the same scenario.
    theatre : str
    """

    stored: tuple[StoredRun, ...]
    theatre: str

    @property
    def scenario(self) -> Scenario:
        """The scenario that all of them ran."""
        return self.stored[0].scenario

    @property
    def several(self) -> bool:
        """Tell whether there are intervals."""
        return len(self.stored) > 1

    def where(self) -> str:
        """Name the sea for a title; empty where the scenario has no other."""
        coast = self.scenario.theatres[self.theatre].coast
        return f"{sea_in_words(coast, self.theatre)}: " if len(self.scenario.theatres) > 1 else ""


@dataclass(frozen=True, slots=True, eq=False)
class Spread:
    """Means over runs, and both ends of their 95 % intervals by Student's t; NaN of one run."""

    mean: FloatArray
    low: FloatArray
    high: FloatArray

    @classmethod
    def of(cls, values: FloatArray) -> Spread:
        """Take the means of counts over the first axis; intervals are cut at 0."""
        means = means_of(np.asarray(values, np.float64))
        low, high = student(means)
        return cls(means.values, np.maximum(low, 0.0), high)


def counted(value: float) -> str:
    """Write a count, or a mean of counts: no more digits than it has."""
    if value >= 9.95 or float(value).is_integer():
        return f"{value:,.0f}"
    return f"{value:.1f}" if value >= 0.05 else "under 0.1"


def with_interval(mean: float, low: float, high: float) -> str:
    """Write a mean of counts with its interval, where it has one."""
    return counted(mean) if np.isnan(low) else f"{counted(mean)} ({counted(low)}–{counted(high)})"
