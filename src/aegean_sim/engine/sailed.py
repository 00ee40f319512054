"""What sailed: all that moved in one theatre during a run, in one piece."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.kinematics.bundle import bundled

if TYPE_CHECKING:
    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.kinematics.bundle import Bundle
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Sailed:
    """What moved in one theatre.

    Parameters
    ----------
    pieces : array, shape (units,)
        How many pieces each unit sailed.
    units : Bundle
        The pieces, unit by unit.
    boats : Bundle
        The boats that set out, on their whole way.
    rows : array
        Their rows in the fleet.
    """

    pieces: IntArray
    units: Bundle
    boats: Bundle
    rows: IntArray

    @classmethod
    def of(cls, scene: Scene, horizon_s: float) -> Sailed:
        """Take down what moved before a moment."""
        pieces = [unit.sailed(horizon_s) for unit in scene.units]
        rows = scene.fleet.sailed(horizon_s)
        return cls(
            np.array([len(some) for some in pieces], dtype=np.int64),
            bundled([piece for some in pieces for piece in some]),
            scene.fleet.ways.take(rows),
            rows,
        )

    def boats_at(self, boat: IntArray, time_s: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Tell where boats that set out are on their whole way, by rows in the fleet, each at a moment."""
        return self.boats.at(np.searchsorted(self.rows, boat), time_s)
