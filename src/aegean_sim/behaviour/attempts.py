"""Attempts: when those aboard would set out again, or where else; drawn ahead, whatever comes of it."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.launches import hour_weights, launch
from aegean_sim.handoff.chance import triangle_quantile
from aegean_sim.quantities import DAY_S, HOUR_S
from aegean_sim.streams import identities, identity

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.behaviour.launches import Launch
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray, KeyArray
    from aegean_sim.scenario.boats import BoatType, Flow
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.scenario.reactions import Displacement, Reactions, Retry
    from aegean_sim.streams import Streams

MOST_ATTEMPTS = 4
"""Those aboard try again three times at most: what is drawn ahead must come to an end."""


@dataclass(frozen=True, slots=True)
class Attempts:
    """Boats of a flow that set out or may do so, as columns of one length.

    Parameters
    ----------
    of : array
        Number of the launch from which it comes.
    attempt : array
        1 at the launch itself, 2 and more later.
    moved : array of bool
        Whether it is the launch's boat on another route.
    route : array
        Number of its route in the flow.
    key : array
        Its identity; moved boats keep that of the launch.
    time_s : array
        When it would set out.
    """

    of: IntArray
    attempt: IntArray
    moved: BoolArray
    route: IntArray
    key: KeyArray
    time_s: FloatArray

    def take(self, rows: IntArray) -> Attempts:
        """Give some of them."""
        return Attempts(*(getattr(self, each.name)[rows] for each in fields(self)))

    def named(self, launches: Sequence[str]) -> list[str]:
        """Name their voyages after those of the launches; a tilde is in no name of a scenario file."""
        return [
            launches[of] if attempt == 1 else f"{launches[of]}~{attempt}"
            for of, attempt in zip(self.of.tolist(), self.attempt.tolist(), strict=True)
        ]


@dataclass(frozen=True, slots=True)
class Habits:
    """What a flow's later attempts go by.

    Parameters
    ----------
    hours : array
        Weight of each hour since the start; a calm day's add up to 1.
    shares : array
        The routes' shares of launches.
    horizon_s : float
        End of the run.
    """

    hours: FloatArray
    shares: FloatArray
    horizon_s: float


def launches_of(
    flow: Flow,
    types: Sequence[BoatType],
    scenario: Scenario,
    streams: Streams,
    weather: WeatherTable,
    raised_m: FloatArray | None,
) -> tuple[Launch, Attempts]:
    """Draw a flow's launches, and what may come of them."""
    shares = np.array([each.share for each in types])
    mean_persons = float(shares @ [sum(each.persons.triangular) / 3.0 for each in types])

    def wave_m_at(time_s: FloatArray) -> FloatArray:
        row = np.searchsorted(weather.time_s, time_s, side="right") - 1
        return np.asarray(weather.wave_m[row.clip(0)])

    start, horizon_s = scenario.start, scenario.duration_s
    launched = launch(flow, streams, start, horizon_s, mean_persons, wave_m_at, raised_m)
    hours = hour_weights(flow, start, int(np.ceil(horizon_s / DAY_S)), wave_m_at, raised_m).ravel()
    habits = Habits(hours, np.array([route.share for route in flow.routes]), horizon_s)
    tries = attempts(scenario.reactions, streams, habits, launched.key, launched.time_s, launched.route)
    return launched, tries


def attempts(
    reactions: Reactions, streams: Streams, habits: Habits, key: KeyArray, time_s: FloatArray, route: IntArray
) -> Attempts:
    """Give launches, and what may come of them by the reactions that are on.

    Parameters
    ----------
    key, time_s, route : arrays
        Of the launches.
    """
    count = len(key)
    never = np.zeros(count, dtype=np.bool_)
    launches = Attempts(np.arange(count), np.ones(count, dtype=np.int64), never, route, key, time_s)
    parts = [launches]
    if reactions.displacement is not None:
        parts.append(_elsewhere(reactions.displacement, streams, habits, launches))
    if reactions.retry is not None:
        parts += _later(reactions.retry, streams, habits, launches)
    return Attempts(
        *(np.concatenate([getattr(part, each.name) for part in parts]) for each in fields(Attempts))
    )


def _elsewhere(rules: Displacement, streams: Streams, habits: Habits, launches: Attempts) -> Attempts:
    """Draw which launches can move, and to which other route of their flow, by the routes' shares."""
    other = np.tile(habits.shares, (len(launches.key), 1))
    other[np.arange(len(other)), launches.route] = 0.0
    able = (streams.uniform("moves", launches.key) < rules.share) & (other.sum(axis=1) > 0.0)
    rows = np.flatnonzero(able)
    sums = np.cumsum(other[rows], axis=1)
    wanted = streams.uniform("other route", launches.key[rows]) * sums[:, -1]
    moved = launches.take(rows)
    route = (sums <= wanted[:, np.newaxis]).sum(axis=1)
    return Attempts(moved.of, moved.attempt, np.ones(len(rows), np.bool_), route, moved.key, moved.time_s)


def _later(rules: Retry, streams: Streams, habits: Habits, launches: Attempts) -> Iterator[Attempts]:
    before = launches
    for _ in range(MOST_ATTEMPTS - 1):
        before = _again(rules, streams, habits, before)
        yield before


def _again(rules: Retry, streams: Streams, habits: Habits, before: Attempts) -> Attempts:
    """Draw who would try again after an attempt, and when: ready after some days, at an hour of launches.

    In a calm they leave within a day of being ready; where waves call launches off they wait longer.
    """
    rows = np.flatnonzero(streams.uniform("tries again", before.key) < rules.share)
    last = before.take(rows)
    key = identities(identity("try again"), last.key)
    days = [triangle_quantile(rules.days.triangular, u) for u in streams.uniform("days ashore", key).tolist()]
    ready_s = last.time_s + np.array(days, dtype=np.float64) * DAY_S
    time_s = leaves_s(habits.hours, ready_s, streams.uniform("hour again", key))
    again = Attempts(last.of, last.attempt + 1, last.moved, last.route, key, time_s)
    return again.take(np.flatnonzero(time_s < habits.horizon_s))


def leaves_s(hours: FloatArray, ready_s: FloatArray, share: FloatArray) -> FloatArray:
    """Give when the hours' weights since a boat was ready add up to its share; infinite for never.

    Parameters
    ----------
    hours : array
        Weight of each hour since the start, even within it.
    ready_s, share : arrays
        One number a boat.
    """
    edges_s = np.arange(len(hours) + 1) * HOUR_S
    total = np.concatenate([np.zeros(1), np.cumsum(hours)])
    wanted = np.interp(ready_s, edges_s, total) + share
    after = np.searchsorted(total, wanted)
    found = after < len(total)
    hour = after[found] - 1
    time_s = np.full(len(ready_s), np.inf)
    time_s[found] = (hour + (wanted[found] - total[hour]) / hours[hour]) * HOUR_S
    return time_s
