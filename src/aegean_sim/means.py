"""Means over runs, and ratios of means, with what each run leaves of them; Student's interval round them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class Means:
    """Means of some numbers over the same runs.

    Parameters
    ----------
    values : array of float, (...)
        The means, or ratios of means, or differences of them.
    residuals : array of float, (runs, ...)
        What each run has more than the mean, to first order; over the runs they add up to 0.
    """

    values: FloatArray
    residuals: FloatArray

    @property
    def runs(self) -> int:
        """Give the number of runs."""
        return len(self.residuals)

    @property
    def variances(self) -> FloatArray:
        """Give the variances of one run; NaN for a single run."""
        if self.runs < 2:
            return np.full_like(self.values, np.nan)
        return np.asarray(np.square(self.residuals).sum(axis=0) / (self.runs - 1))

    @property
    def errors(self) -> FloatArray:
        """Give the standard errors of the means; NaN for a single run."""
        return np.sqrt(self.variances / self.runs)


def means_of(values: FloatArray) -> Means:
    """Take means over runs, the first axis; what is the same in all runs leaves exactly 0."""
    ahead = values - values[0]
    return Means(np.asarray(values.mean(axis=0)), ahead - ahead.mean(axis=0))


def ratios_of(parts: FloatArray, wholes: FloatArray) -> Means:
    """Take ratios of means over runs, the first axis; NaN where the wholes are all 0.

    Notes
    -----
    Runs count by their wholes, and a run with a whole of 0 does no harm. The residuals are
    ``(part - ratio * whole) / mean whole`` (Cochran, Sampling Techniques, 3rd ed., section 6.3).
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.asarray(parts.sum(axis=0) / wholes.sum(axis=0))
        return Means(ratios, (parts - ratios * wholes) / wholes.mean(axis=0))


def student(means: Means, level: float = 0.95) -> tuple[FloatArray, FloatArray]:
    """Give both ends of Student's two-sided intervals round means; NaN for a single run."""
    from scipy.special import stdtrit  # noqa: PLC0415  (needed for several runs only)

    if means.runs < 2:
        return np.full_like(means.values, np.nan), np.full_like(means.values, np.nan)
    halves = float(stdtrit(means.runs - 1, (1.0 + level) / 2.0)) * means.errors
    return means.values - halves, means.values + halves
