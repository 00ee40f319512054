"""The sensors of a theatre as one table."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.views import Views, wedges

if TYPE_CHECKING:
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray, KeyArray

_MOST_KEPT = 16
ALL_ROUND_RAD = (0.0, 2.0 * np.pi)


@dataclass(frozen=True, slots=True, eq=False)
class SensorTable:
    """All sensors of a theatre: n sensors, k classes of targets, c conditions (light and sea state).

    Parameters
    ----------
    unit : array, shape (n,)
        Row of the unit that carries the sensor, which is the ``mover`` of the units' legs; not falling.
    key : array, shape (n,)
        Identity for draws.
    kind : array, shape (n,)
        Which of a boat's lasting cross-section factors applies: column of ``Targets.factor``.
    law : array, shape (n,)
        Codes of `aegean_sim.detection.laws.LAW_CODES`.
    reach_m : array, shape (n, k, c)
        Range beyond which nothing is seen; infinite for none, 0 where the sensor is off or blind.
    numbers : array, shape (n, k, c, 3)
        The law's numbers, SI, in the order of `aegean_sim.detection.laws.Law.numbers`.
    sector_rad : array, shape (n, 2)
        Where the sensor's sector begins, clockwise from +y, and how wide it is; a width of 2 pi is all round.
    aloft : array, shape (n,)
        Whether it looks down from an aircraft, so that no land comes between.
    """

    unit: IntArray
    key: KeyArray
    kind: IntArray
    law: IntArray
    reach_m: FloatArray
    numbers: FloatArray
    sector_rad: FloatArray
    aloft: BoolArray

    def __len__(self) -> int:
        return len(self.unit)

    def carriers(self, units: int) -> tuple[IntArray, IntArray]:
        """Give for each of so many units its first sensor and how many it carries."""
        bounds = np.searchsorted(self.unit, np.arange(units + 1))
        return bounds[:-1], bounds[1:] - bounds[:-1]

    def views(self, units: int) -> Views:
        """Give what each of so many units looks out with; the kinds to see are classes times conditions."""
        return _views(self, units)


@lru_cache(maxsize=_MOST_KEPT)
def _views(sensors: SensorTable, units: int) -> Views:
    reach_m, greatest_m = np.ascontiguousarray(sensors.reach_m.reshape(len(sensors), -1)), np.zeros(units)
    np.maximum.at(greatest_m, sensors.unit, reach_m.max(axis=1))
    return Views(*sensors.carriers(units), greatest_m, reach_m, wedges(sensors.sector_rad))
