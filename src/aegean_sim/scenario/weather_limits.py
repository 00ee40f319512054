"""What weather is believed, from whichever source, and in which unit a number beyond it may be meant."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Least and greatest likely value at any sea.

    Parameters
    ----------
    other : tuple of str, float, float
        A unit that is often taken for ours, and how a number in it becomes one in ours: factor and shift.
    """

    least: float
    most: float
    unit: str
    other: tuple[str, float, float] | None = None

    def broken(self, value: float) -> str:
        """Give the rule that a value breaks, and what was probably meant; empty for a likely value."""
        if self.least <= value <= self.most:
            return ""
        return f"{self.rule()}{self.hint(value)}"

    def rule(self) -> str:
        """Give the limits in words."""
        return f"must be a number {self.least:g} to {self.most:g} ({self.unit})"

    def hint(self, value: float) -> str:
        """Tell what a value would be in another unit, where that is likely; else nothing."""
        if self.other is None or not value > self.most:
            return ""
        name, factor, shift = self.other
        meant = factor * value + shift
        return f"; taken as {name} it would be {meant:.3g}" if self.least <= meant <= self.most else ""


_BEARING = Limits(0.0, 360.0, "degrees")
LIMITS = {
    "wind_kn": Limits(0.0, 120.0, "knots", ("km/h", 1.0 / 1.852, 0.0)),
    "wave_m": Limits(0.0, 20.0, "metres", ("centimetres", 0.01, 0.0)),
    "wind_from_deg": _BEARING,
    "sea_c": Limits(-2.0, 40.0, "degrees Celsius", ("kelvin", 1.0, -273.15)),
    "current_kn": Limits(0.0, 10.0, "knots", ("cm/s", 0.036 / 1.852, 0.0)),
    "current_to_deg": _BEARING,
}
"""By the names of the scenario's weather block and of a table's columns."""
