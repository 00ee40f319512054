"""What each uncertain path does to one number of the worlds: Morris, Sobol, or regression of ranks."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.study.sensitivity.design import Method

_ALPHA = 0.05


@dataclass(frozen=True, slots=True, eq=False)
class Influences:
    """What each path does, arrays (paths,).

    Parameters
    ----------
    strength, low, high : array of float
        Morris' mu*, in the measure's unit over the path's whole range; Sobol's total index; the standardised
        coefficient of ranks. With its 95 % interval: over trajectories, base points, or worlds and their
        replications.
    others : mapping of str to array of float
        ``mu`` and ``sigma``; ``first``, ``first_low`` and ``first_high``.
    error : array of float
        Standard error that comes of the replications; NaN for regression, whose interval holds it.
    floor : array of float
        What luck alone stays below in 95 of 100 cases; NaN for regression.
    p_holm : array of float
        That luck alone gives as much, corrected for the number of paths.
    spread : float
        Standard deviation between worlds, in the measure's unit.
    noise_share : float
        What luck makes of its square.
    explained : float
        Share of the variance of ranks that the regression has; NaN for others.
    """

    method: Method
    paths: tuple[str, ...]
    units: int
    strength: FloatArray
    low: FloatArray
    high: FloatArray
    error: FloatArray
    floor: FloatArray
    p_holm: FloatArray
    spread: float
    noise_share: float
    explained: float = np.nan
    others: Mapping[str, FloatArray] = field(default_factory=dict)

    @property
    def told(self) -> BoolArray:
        """Tell which are told from noise."""
        return np.asarray(self.p_holm <= _ALPHA)

    @property
    def inert(self) -> BoolArray:
        """Tell which changed nothing in any run; regression cannot tell."""
        return np.asarray((self.strength == 0.0) & (self.floor == 0.0))

    @property
    def order(self) -> IntArray:
        """Places of the paths, the strongest first."""
        return np.argsort(-np.abs(self.strength), kind="stable")
