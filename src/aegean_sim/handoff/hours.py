"""Hours of the day, UTC: when a link is open, and how many officers a desk has."""

from __future__ import annotations

from dataclasses import dataclass

from aegean_sim.quantities import DAY_S, HOUR_S


@dataclass(frozen=True, slots=True)
class DailyHours:
    """A stretch of hours that comes back every day, perhaps over midnight.

    Parameters
    ----------
    first_h, last_h : float
        UTC hours of its beginning and end.
    clock_s : float
        Seconds after midnight of time zero.
    """

    first_h: float
    last_h: float
    clock_s: float

    @property
    def lasts_s(self) -> float:
        """Length of the stretch, at most a day."""
        return (self.last_h - self.first_h) * HOUR_S % DAY_S or DAY_S

    def wait_s(self, time_s: float) -> float:
        """Tell how long it is to the stretch from a moment; 0 within it."""
        into_s = (self.clock_s + time_s - self.first_h * HOUR_S) % DAY_S
        return 0.0 if into_s < self.lasts_s else DAY_S - into_s

    def next_change_s(self, time_s: float) -> float:
        """Give the first moment after another at which the stretch begins or ends."""
        into_s = (self.clock_s + time_s - self.first_h * HOUR_S) % DAY_S
        return time_s + (self.lasts_s if into_s < self.lasts_s else DAY_S) - into_s
