"""Classing: how a unit tells migrant boats from other craft, and how often it errs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from aegean_sim.environment.weather import SEA_CLASSES
from aegean_sim.handoff.chance import minutes_s
from aegean_sim.quantities import NM_M
from aegean_sim.scenario.base import Constant

if TYPE_CHECKING:
    from aegean_sim.scenario.doctrine import Classing
    from aegean_sim.streams import Streams

SUSPECT, HARMLESS = "suspect", "harmless"
# Far more than any share needs to come to 1; from 1024 on a float cannot hold it.
_MOST_DOUBLINGS = 1000.0


@dataclass(frozen=True, slots=True)
class Classer:
    """The eye and judgement of all units.

    Parameters
    ----------
    at_once_and_sure : bool
        Whether every boat is known for what it is at first sight.
    """

    rules: Classing
    streams: Streams
    at_once_and_sure: bool = field(init=False)

    def __post_init__(self) -> None:
        at_once = self.rules.look_min == Constant(constant=0.0)
        object.__setattr__(self, "at_once_and_sure", at_once and self.rules.missed == (0.0, 0.0))

    def look_s(self, key: int) -> float:
        """Draw for how long a craft is looked at, by the identity of the sighting."""
        return minutes_s(self.rules.look_min, self.streams, "look", key)

    def word(self, condition: int, range_m: float, key: int) -> str:
        """Tell what a migrant boat is taken for, first seen at a range."""
        missed = error_share(self.rules, self.rules.missed, condition, range_m)
        return HARMLESS if missed > 0.0 and self.streams.one("missed", key) < missed else SUSPECT


def error_share(rules: Classing, close_by: tuple[float, float], condition: int, range_m: float) -> float:
    """Give the share of craft classed wrongly, from that by day and by night close by in calm water."""
    night, sea = divmod(condition, SEA_CLASSES)
    share = close_by[night] * rules.sea_factor**sea
    if rules.doubles_nm is not None:
        share *= 2.0 ** min(range_m / (rules.doubles_nm * NM_M), _MOST_DOUBLINGS)
    return min(share, 1.0)
