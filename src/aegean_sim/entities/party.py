"""A party: people taken off one boat, together until they are ashore."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Party:
    """People aboard a unit, or brought ashore.

    Parameters
    ----------
    aboard_s : float
        When they were taken off their boat.
    ashore_s : float
        When they were brought ashore; NaN while they have not been.
    brought_to, brought_by : str
        State of the port, and the unit that landed them; empty while they are aboard.
    """

    boat: int
    persons: int
    aboard_s: float
    ashore_s: float = float("nan")
    brought_to: str = ""
    brought_by: str = ""

    def land(self, now_s: float, state: str, unit: str) -> None:
        """Put down that they are ashore."""
        self.ashore_s, self.brought_to, self.brought_by = now_s, state, unit
