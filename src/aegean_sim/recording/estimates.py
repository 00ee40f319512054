"""Numbers with their intervals, and how they are written."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.recording.figures import figure_of, wholes_of

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number and its 95 % interval; of one run the number alone, ``low`` and ``high`` NaN."""

    mean: float
    low: float = math.nan
    high: float = math.nan


def exact(numbers: Mapping[str, float]) -> dict[str, Estimate]:
    """Take the numbers of one run as they are."""
    return {name: Estimate(value) for name, value in numbers.items()}


def number(name: str, value: float) -> str:
    """Write a KPI's value with its unit."""
    if math.isnan(value):
        return "none"
    if wholes_of(name) or "_busy_share_" in name:
        return f"{100.0 * value:.1f} %"
    text = f"{value:,.0f}" if value.is_integer() else f"{value:,.1f}"
    return f"{text} min" if figure_of(name).endswith("_min") or "_wait_min_" in name else text


def interval(name: str, estimate: Estimate) -> str:
    """Write a KPI's interval; empty where there is none."""
    if math.isnan(estimate.low):
        return ""
    return f"{number(name, estimate.low)} to {number(name, estimate.high)}"
