"""When boats set out: groups by day and hour, more bunched than a Poisson stream, fewer in high waves."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import ScenarioError
from aegean_sim.quantities import DAY_S, HOUR_S, MINUTE_S
from aegean_sim.streams import identities, identity

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aegean_sim.quantities import FloatArray, IntArray, KeyArray
    from aegean_sim.scenario.boats import Flow
    from aegean_sim.streams import Streams

_GREATEST_MEAN = 700.0


@dataclass(frozen=True, slots=True)
class Launch:
    """Boats of one flow that set out: columns of one length, in no order that matters.

    Parameters
    ----------
    route : array
        Number of the route in the flow.
    day, group, member : array
        Day of the run, group of that day and route, boat of that group.
    key : array
        Each boat's identity.
    time_s : array
        When it sets out.
    """

    route: IntArray
    day: IntArray
    group: IntArray
    member: IntArray
    key: KeyArray
    time_s: FloatArray

    def names(self, flow: str) -> list[str]:
        """Name the boats' voyages."""
        columns = (self.day, self.route, self.group, self.member)
        return [
            f"{flow}-d{day:02d}-r{route}-g{group}-b{member}"
            for day, route, group, member in zip(*columns, strict=True)
        ]


def boats_per_day(flow: Flow, start: datetime, days: int, mean_persons: float) -> FloatArray:
    """Give the mean number of boats that set out on each day of the run, from the months' persons."""
    rates = np.zeros(days)
    for day in range(days):
        date = (start + timedelta(days=day)).date()
        month = flow.persons_per_month.get(f"{date:%Y-%m}")
        if month is not None:
            rates[day] = month.persons / monthrange(date.year, date.month)[1] / mean_persons
    return rates


def launch(
    flow: Flow,
    streams: Streams,
    start: datetime,
    duration_s: float,
    mean_persons: float,
    wave_m_at: Callable[[FloatArray], FloatArray],
    raised_m: FloatArray | None = None,
) -> Launch:
    """Draw all departures of a flow.

    Parameters
    ----------
    raised_m : array, shape (days,), optional
        By how much the wave height at which half of the launches are called off is raised on each day; the
        mean number of boats is the published one where it is not.

    Notes
    -----
    A day's intensity is the month's mean times a gamma factor of mean 1, common to all routes, times what
    waves let go of those who are ready (`let_go`), over that number's mean in the run. Groups are Poisson
    given the intensity; their sizes are geometric. So the mean number of boats is the published one, and in
    steady weather the variance of a day's count is ``m (2 g - 1) + m² cv²``, with mean ``m``, group mean
    ``g`` and spread ``cv``.
    """
    days = int(np.ceil(duration_s / DAY_S))
    hours = hour_weights(flow, start, days, wave_m_at, raised_m)
    waits_share = flow.launches.waits_share
    gone = let_go(hours.sum(axis=1), waits_share)
    usual = gone
    if raised_m is not None:
        usual = let_go(hour_weights(flow, start, days, wave_m_at).sum(axis=1), waits_share)
    mean_gone = usual.mean()
    openness = gone / mean_gone if mean_gone > 0.0 else np.zeros(days)
    rate = boats_per_day(flow, start, days, mean_persons)
    daily = np.asarray(rate * openness * _day_factors(flow, streams, days), dtype=np.float64)
    parts = [
        _route_launch(flow, streams, number, route.share * daily, hours)
        for number, route in enumerate(flow.routes)
    ]
    keep = np.concatenate([part.time_s for part in parts]) < duration_s
    return Launch(
        *(np.concatenate([getattr(part, each.name) for part in parts])[keep] for each in fields(Launch))
    )


def hour_weights(
    flow: Flow,
    start: datetime,
    days: int,
    wave_m_at: Callable[[FloatArray], FloatArray],
    raised_m: FloatArray | None = None,
) -> FloatArray:
    """Give the weight of each hour since the start, shape (days, 24): habit times what waves allow."""
    hour_s = np.arange(24 * days, dtype=np.float64) * HOUR_S
    clock = (start.hour + np.arange(24 * days)) % 24
    weight = np.array(flow.launches.hours_utc)[clock] / sum(flow.launches.hours_utc)
    if flow.launches.wave_half_m is not None:
        half_m = np.repeat(np.zeros(days) if raised_m is None else raised_m, 24) + flow.launches.wave_half_m
        excess = (wave_m_at(hour_s) - np.maximum(half_m, 0.0)) / flow.launches.wave_width_m
        weight = weight / (1.0 + np.exp(np.clip(excess, -50.0, 50.0)))
    return np.asarray(weight.reshape(days, 24))


def let_go(windows: FloatArray, waits_share: float) -> FloatArray:
    """Give how many leave on each day, of whom one is ready anew each day, shape (days,).

    Parameters
    ----------
    windows : array, shape (days,)
        Share of a day's launches that waves allow.
    waits_share : float
        Of those held back on a day, the share that is ready on the next; nobody waits at the start.
    """
    gone = np.empty(len(windows))
    waiting = 0.0
    for day, window in enumerate(windows):
        gone[day] = (1.0 + waiting) * window
        waiting = waits_share * (1.0 + waiting - gone[day])
    return gone


def _day_factors(flow: Flow, streams: Streams, days: int) -> FloatArray:
    spread = flow.launches.daily_spread
    if spread == 0.0:
        return np.ones(days)
    from scipy.special import gammaincinv  # noqa: PLC0415  (slow to import, needed only here)

    shape = 1.0 / spread**2
    share = streams.uniform("day", identity("flow", flow.id), np.arange(days, dtype=np.uint64))
    return np.asarray(gammaincinv(shape, share) / shape)


def _route_launch(flow: Flow, streams: Streams, number: int, daily: FloatArray, hours: FloatArray) -> Launch:
    """Draw one route's groups day by day, and the boats of each."""
    route = flow.routes[number]
    base = identity("route", flow.id, route.origin, route.destination)
    day_keys = identities(base, np.arange(len(daily), dtype=np.uint64))
    mean: FloatArray = np.divide(daily, flow.launches.group_mean)
    groups_a_day = poisson_quantiles(mean, streams.uniform("groups", day_keys))
    day = np.repeat(np.arange(len(daily)), groups_a_day)
    group = _count_within(groups_a_day)
    group_key = day_keys[day] ^ identities(identity("group"), group.astype(np.uint64))
    size = _geometric(flow.launches.group_mean, streams.uniform("size", group_key))
    first_s: FloatArray = day * DAY_S + _hour_of(hours[day], streams.uniform("hour", group_key)) * HOUR_S
    member = _count_within(size)
    which = np.repeat(np.arange(len(day)), size)
    key = group_key[which] ^ identities(identity("member"), member.astype(np.uint64))
    later_s = streams.uniform("within group", key) * flow.launches.group_spread_min * MINUTE_S
    time_s = first_s[which] + np.where(member == 0, 0.0, later_s)
    return Launch(np.full(len(key), number), day[which], group[which], member, key, time_s)


def poisson_quantiles(mean: FloatArray, share: FloatArray) -> IntArray:
    """Invert the Poisson law of each mean at each share by adding up its terms.

    Raises
    ------
    ScenarioError
        When a mean is above 700: its first term would be too small for a double.
    """
    if (mean > _GREATEST_MEAN).any():
        raise ScenarioError(
            f"a flow launches {mean.max():.0f} groups on one route on one day; at most"
            f" {_GREATEST_MEAN:.0f} are possible: give it more routes, larger groups or fewer persons"
        )
    count = np.zeros(len(mean), dtype=np.int64)
    term = np.exp(-mean)
    total = term.copy()
    left = np.flatnonzero(share > total)
    while len(left):
        count[left] += 1
        term[left] *= mean[left] / count[left]
        total[left] += term[left]
        left = left[(share[left] > total[left]) & ((count[left] < mean[left]) | (term[left] > 1e-18))]
    return count


def _geometric(mean: float, share: FloatArray) -> IntArray:
    """Invert the geometric law on 1, 2, 3 ... with a given mean."""
    if mean == 1.0:
        return np.ones(len(share), dtype=np.int64)
    size = np.ceil(np.log1p(-share) / np.log1p(-1.0 / mean)).astype(np.int64)
    return np.asarray(np.maximum(size, 1))


def _hour_of(weights: FloatArray, share: FloatArray) -> FloatArray:
    """Give the hour within the day, in hours, at each share of the day's weight."""
    total = np.cumsum(weights, axis=1)
    wanted = share * total[:, -1]
    hour = (total <= wanted[:, np.newaxis]).sum(axis=1).clip(0, 23)
    rows = np.arange(len(hour))
    before = total[rows, hour] - weights[rows, hour]
    return np.asarray(hour + (wanted - before) / weights[rows, hour])


def _count_within(sizes: IntArray) -> IntArray:
    """Give 0, 1, 2 ... anew for each group of the given sizes."""
    total = int(sizes.sum())
    return np.arange(total) - np.repeat(np.cumsum(sizes) - sizes, sizes)
