"""A contact: one sensor holding one boat for a stretch of time."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Contact:
    """A contact, planned or happened.

    Parameters
    ----------
    unit, sensor, boat : int
        Rows in the theatre's tables.
    number : int
        The how-manieth of this sensor on this boat, from 0.
    start_s, end_s : float
        As the tracks are known now.
    classed : str
        What the boat is taken for: suspect, harmless, or nothing yet, which is empty.
    stale : bool
        Set when a track has changed since this was planned: it will not happen.
    row : int
        Place among the contacts that have happened; -1 before.
    """

    unit: int
    sensor: int
    boat: int
    number: int
    start_s: float
    end_s: float
    classed: str = ""
    stale: bool = False
    row: int = -1
