"""Phrases of a network: delays, hours and rules as a person reads them."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING

from aegean_sim.handoff.chance import quantile
from aegean_sim.scenario.base import Constant, Empirical, Exponential, Lognormal, Triangle

if TYPE_CHECKING:
    from collections.abc import Iterable

    from aegean_sim.scenario.base import Delay
    from aegean_sim.scenario.desks import Sharing, Silenced, Withheld

_LOW, _HIGH = 0.05, 0.95
_DAY_MIN = 24 * 60


@dataclass(frozen=True, slots=True)
class Spread:
    """A delay, minutes: its median, what 5 % and what 95 % of draws stay below, and its law in words."""

    typical_min: float
    low_min: float
    high_min: float
    law: str

    @property
    def typical(self) -> str:
        """The median, with its unit."""
        return f"{minutes(self.typical_min)} min"

    @property
    def range(self) -> str:
        """From the 5 to the 95 % quantile, without a unit; one number where both read alike."""
        low, high = minutes(self.low_min), minutes(self.high_min)
        return low if low == high else f"{low}–{high}"

    @property
    def both(self) -> str:
        """The median and, where it varies, the range."""
        return self.typical if self.range == minutes(self.typical_min) else f"{self.typical} ({self.range})"


def spread(delay: Delay) -> Spread:
    """Describe a delay that is given in minutes."""
    return Spread(_median(delay), quantile(delay, _LOW), quantile(delay, _HIGH), _law(delay))


def _median(delay: Delay) -> float:
    """Give the median: halfway between the middle two of an even number of measured values."""
    return median(delay.empirical) if isinstance(delay, Empirical) else quantile(delay, 0.5)


def _law(delay: Delay) -> str:
    match delay:
        case Constant():
            return "constant"
        case Exponential():
            return f"exponential, mean {delay.exponential:g}"
        case Triangle():
            return "triangular " + ", ".join(f"{value:g}" for value in delay.triangular)
        case Lognormal():
            median, factor = delay.lognormal
            return f"lognormal, median {median:g}, factor {factor:g}"
        case Empirical():
            return f"as measured, {counted(len(delay.empirical), 'value')}"


def minutes(value: float) -> str:
    """Write a number of minutes: whole from ten up, to a tenth below."""
    return f"{value:,.0f}" if value >= 9.95 else f"{round(value, 1):g}"


def hours_utc(hours: tuple[float, float]) -> str:
    """Write a daily stretch of hours as clock times."""
    return "–".join(_clock(hour) for hour in hours)


def _clock(hour: float) -> str:
    whole, rest = divmod(min(round(hour * 60), _DAY_MIN), 60)
    return f"{whole:02d}:{rest:02d}"


def counted(number: int, noun: str) -> str:
    """Write a number of things."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def percent(share: float) -> str:
    """Write a share in percent."""
    return f"{100.0 * share:.3g} %"


def listed(words: Iterable[str], last: str = "and") -> str:
    """Write a list: ``a, b and c``."""
    *front, end = words
    return f"{', '.join(front)} {last} {end}" if front else end


def when_shared(rule: Sharing) -> str:
    """Tell for which boats a rule holds."""
    conditions = [
        f"is {listed((_inside(place) for place in sorted(rule.waters)), 'or')}" if rule.waters else "",
        f"heads for {listed((_sea(place) for place in sorted(rule.heading)), 'or')}" if rule.heading else "",
        f"was seen by {listed(sorted(rule.forces), 'or')}" if rule.forces else "",
        f"was seen by a unit of {listed(sorted(rule.nations), 'or')}" if rule.nations else "",
        "is in distress" if rule.only_distress else "",
    ]
    said = [condition for condition in conditions if condition]
    return f"when the boat {listed(said)}" if said else "of every boat"


def _sea(waters: str) -> str:
    return "the high seas" if waters == "high_seas" else f"{waters} waters"


def _inside(waters: str) -> str:
    return f"{'on' if waters == 'high_seas' else 'in'} {_sea(waters)}"


def what_is_withheld(exception: Withheld) -> str:
    """Tell who is not told what, in a sentence without its full stop."""
    receivers = listed(dict.fromkeys(exception.receivers), "or")
    seen = f"what units of {listed(sorted(exception.nations), 'or')} saw"
    return f"{seen} is not passed to {receivers}, unless the boat is in distress"


def what_is_left_out(silenced: Silenced) -> list[str]:
    """Tell what a scenario silences, a sentence each without its full stop."""
    return [
        *(f"reports of unit {unit} reach nobody" for unit in sorted(silenced.units)),
        *(f"reports of all units of {force} reach nobody" for force in sorted(silenced.forces)),
        *(f"nothing reaches {desk}" for desk in sorted(silenced.desks)),
        *(f"nothing passes from {sender} to {receiver}" for sender, receiver in silenced.links),
    ]
