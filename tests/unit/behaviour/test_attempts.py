"""Attempts drawn ahead: who tries again, when, and by which other route, by the laws of the file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from scipy import stats
from tests.theory.laboratory import assert_share, assert_uniform

from aegean_sim.behaviour.attempts import MOST_ATTEMPTS, Habits, attempts, leaves_s
from aegean_sim.quantities import DAY_S, HOUR_S
from aegean_sim.scenario.reactions import Reactions
from aegean_sim.streams import Streams, identities

if TYPE_CHECKING:
    from aegean_sim.behaviour.attempts import Attempts

COUNT = 20_000
DAYS = 400
STREAMS = Streams(3, 0)
NIGHT = np.zeros(24)
NIGHT[2:4] = 0.25, 0.75


def drawn(count: int = COUNT, hours: np.ndarray = NIGHT, **switches: object) -> Attempts:
    """Let boats be launched at noon of the first day, by three routes in turn."""
    key = identities(1, np.arange(count, dtype=np.uint64))
    habits = Habits(np.tile(hours, DAYS), np.array([0.5, 0.3, 0.2]), DAYS * DAY_S)
    reactions = Reactions.model_validate(switches)
    return attempts(reactions, STREAMS, habits, key, np.full(count, 0.5 * DAY_S), np.arange(count) % 3)


def retry(share: float, days: tuple[float, float, float]) -> dict[str, object]:
    return {"share": share, "days": {"triangular": list(days)}}


def test_without_reactions_there_are_the_launches_alone() -> None:
    found = drawn(100)
    assert found.of.tolist() == list(range(100))
    assert (found.attempt == 1).all()
    assert not found.moved.any()


def test_a_share_tries_again_and_of_these_a_share_and_no_more_than_three_times() -> None:
    found = drawn(retry=retry(0.6, (1, 2, 3)))
    counts = np.bincount(found.attempt)
    assert len(counts) == MOST_ATTEMPTS + 1
    for before, after in zip(counts[1:-1].tolist(), counts[2:].tolist(), strict=True):
        assert_share(after, before, 0.6)
    assert len(set(found.key.tolist())) == len(found.key)
    assert (found.route == found.of % 3).all()


def test_days_ashore_follow_their_triangle_where_boats_leave_at_any_hour() -> None:
    found = drawn(hours=np.full(24, 1.0 / 24.0), retry=retry(1.0, (2, 3, 9)))
    second = found.attempt == 2
    lasts_days = (found.time_s[second] - found.time_s[0]) / DAY_S
    # Ready after a triangular time, and off at an even moment of the day that follows.
    mean, spread = (2 + 3 + 9) / 3 + 0.5, np.sqrt(stats.triang(1 / 7, 2, 7).var() + 1 / 12)
    assert lasts_days.mean() == pytest.approx(mean, abs=4 * spread / np.sqrt(COUNT))
    assert lasts_days.std() == pytest.approx(spread, rel=4 / np.sqrt(2 * COUNT))
    assert 2.0 < lasts_days.min() < lasts_days.max() < 10.0


def test_they_leave_at_the_hours_of_launches_and_never_within_a_day() -> None:
    found = drawn(retry=retry(1.0, (1, 1.3, 2)))
    again = found.attempt > 1
    hour = found.time_s[again] % DAY_S / HOUR_S
    assert ((hour >= 2.0) & (hour < 4.0)).all()
    assert_share((hour >= 3.0).sum(), int(again.sum()), 0.75)
    by_try = [found.time_s[found.attempt == number] for number in range(1, MOST_ATTEMPTS + 1)]
    assert all((np.diff(times) > DAY_S).all() for times in np.column_stack(by_try))


def test_in_a_storm_they_wait_for_it_to_end() -> None:
    hours = np.concatenate([np.full(24, 1 / 24), np.zeros(72), np.full(48, 1 / 24)])
    ready_s = np.array([0.0, 30.0, 50.0, 140.0]) * HOUR_S
    found = leaves_s(hours, ready_s, np.array([0.5, 0.25, 0.75, 0.5]))
    np.testing.assert_allclose(found[:3] / HOUR_S, [12.0, 102.0, 114.0])
    assert found[3] == np.inf


def test_a_share_of_the_launches_may_move_to_each_other_route_by_its_share() -> None:
    found = drawn(displacement={"share": 0.4})
    moved = found.take(np.flatnonzero(found.moved))
    assert_share(len(moved.of), COUNT, 0.4)
    own = moved.of % 3
    assert (moved.route != own).all()
    first = own == 0
    assert_share((moved.route[first] == 1).sum(), int(first.sum()), 0.3 / 0.5)
    np.testing.assert_array_equal(moved.key, found.key[moved.of])
    np.testing.assert_array_equal(moved.time_s, found.time_s[moved.of])


def test_a_flow_of_one_route_has_nowhere_to_move_to() -> None:
    habits = Habits(np.tile(NIGHT, 3), np.ones(1), 3 * DAY_S)
    key = identities(1, np.arange(50, dtype=np.uint64))
    rules = Reactions.model_validate({"displacement": {"share": 1.0}})
    found = attempts(rules, STREAMS, habits, key, np.zeros(50), np.zeros(50, dtype=np.int64))
    assert not found.moved.any()


def test_a_larger_share_keeps_those_who_try_again_at_a_smaller_one() -> None:
    few, many = (drawn(2000, retry=retry(share, (1, 2, 4))) for share in (0.3, 0.7))
    lasting = dict(zip(many.key.tolist(), many.time_s.tolist(), strict=True))
    assert all(lasting[key] == time for key, time in zip(few.key.tolist(), few.time_s.tolist(), strict=True))


def test_the_moment_within_the_weights_is_even() -> None:
    share = STREAMS.uniform("test", np.arange(5000, dtype=np.uint64))
    found = leaves_s(np.tile(NIGHT, 2), np.zeros(5000), share) / HOUR_S
    assert_uniform(np.where(found < 3.0, 0.25 * (found - 2.0), 0.25 + 0.75 * (found - 3.0)))
