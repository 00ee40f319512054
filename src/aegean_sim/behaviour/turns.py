"""Turns: the times in which a unit is away from port, by days, by the clock, and by what it can endure."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.quantities import DAY_S, HOUR_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from aegean_sim.scenario.availability import Availability
    from aegean_sim.scenario.model import Scenario

Window = tuple[float, float]
_ALWAYS = -np.inf, np.inf


def cycle(availability: Availability, share: float, duration_s: float) -> list[Window]:
    """Give the times away from port; the share tells how much of a cycle lies behind at time zero."""
    if availability.days_on is None or availability.days_off is None:
        return [(0.0, duration_s)] if availability.sortie_h is None else [_ALWAYS]
    period_s = (availability.days_on + availability.days_off) * DAY_S
    starts = np.arange(-share * period_s, duration_s, period_s)
    return [(float(start), float(start + availability.days_on * DAY_S)) for start in starts]


def by_the_clock(availability: Availability, share: float, scenario: Scenario) -> list[Window]:
    """Give the shifts or sorties of a run, those under way at its start too; without any, always.

    Where no hour is given, the share tells how much of the time between two take-offs lies behind at first.
    """
    if availability.sortie_h is not None:
        period_s = availability.sortie_period_h * HOUR_S
        first_s, lasts_s = -share * period_s, availability.sortie_h * HOUR_S
        if availability.first_sortie_h is not None:
            first_s = availability.first_sortie_h * HOUR_S - scenario.clock_s
        starts = np.arange(first_s % period_s - period_s, scenario.duration_s, period_s)
    elif availability.shift_start_h is not None and availability.shift_h is not None:
        lasts_s = availability.shift_h * HOUR_S
        first_s = availability.shift_start_h * HOUR_S - scenario.clock_s - DAY_S
        starts = np.arange(first_s, scenario.duration_s, DAY_S)
    else:
        return [_ALWAYS]
    return [(float(start), float(start + lasts_s)) for start in starts]


def common(some: Iterable[Window], others: Iterable[Window]) -> Iterator[Window]:
    """Give the times that lie in a window of both."""
    for start, end in some:
        for begin, finish in others:
            if max(start, begin) < min(end, finish):
                yield max(start, begin), min(end, finish)
