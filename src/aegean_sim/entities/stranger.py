"""Strangers: harmless craft that a unit takes for a migrant boat."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aegean_sim.kinematics.legs import Track


@dataclass(slots=True, eq=False)
class Stranger:
    """One suspect craft that is none.

    Parameters
    ----------
    kind : str
        Name of the traffic it belongs to.
    key : int
        Identity for draws.
    unit, sensor : int
        Who has seen it: rows in the theatre's tables.
    range_m : float
        From where.
    track : Track
        Its way from then on.
    looked_into : bool
        Whether somebody has been there.
    """

    kind: str
    key: int
    unit: int
    sensor: int
    range_m: float
    track: Track
    looked_into: bool = False
