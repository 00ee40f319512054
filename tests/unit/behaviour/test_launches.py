"""Departures: the published mean, more spread than Poisson, at the hours and in the waves of the file."""

from datetime import UTC, datetime

import numpy as np
import pytest
from scipy import stats

from aegean_sim.behaviour.launches import launch, let_go, poisson_quantiles
from aegean_sim.errors import ScenarioError
from aegean_sim.quantities import DAY_S
from aegean_sim.scenario.boats import Flow
from aegean_sim.streams import Streams

START = datetime(2016, 6, 1, tzinfo=UTC)


def flow(**launches: object) -> Flow:
    return Flow.model_validate({
        "id": "flow",
        "theatre": "aegean",
        "persons_per_month": {"2016-06": {"arrivals": 6000, "stopped_at_sea": 3000}},
        "routes": [
            {"origin": "a", "destination": "b", "share": 0.7},
            {"origin": "a", "destination": "c", "share": 0.3},
        ],
        "boat_types": ["rubber"],
        "launches": launches,
    })  # fmt: skip


def daily_counts(some: Flow, runs: int, wave_m: float = 0.2) -> np.ndarray:
    counts = [
        np.bincount(
            launch(some, Streams(1, run), START, 30 * DAY_S, 40.0, lambda t: np.full(len(t), wave_m)).day,
            minlength=30,
        )
        for run in range(runs)
    ]
    return np.concatenate(counts).astype(float)


def test_mean_is_the_published_one_and_routes_share_it() -> None:
    counts = daily_counts(flow(daily_spread=0.7, group_mean=1.5), 200)
    expected = 9000 / 40 / 30
    assert counts.mean() == pytest.approx(expected, abs=4 * counts.std() / np.sqrt(len(counts)))
    routes = np.concatenate([
        launch(flow(), Streams(1, run), START, 30 * DAY_S, 40.0, lambda t: np.zeros(len(t))).route
        for run in range(50)
    ])  # fmt: skip
    share = (routes == 0).mean()
    assert share == pytest.approx(0.7, abs=4 * np.sqrt(0.21 / len(routes)))


@pytest.mark.parametrize(("spread", "group"), [(0.0, 1.0), (0.7, 1.0), (0.0, 2.0), (0.7, 1.5)])
def test_variance_of_a_day_follows_the_formula(spread: float, group: float) -> None:
    counts = daily_counts(flow(daily_spread=spread, group_mean=group), 400)
    mean = 9000 / 40 / 30
    expected = mean * (2 * group - 1) + (mean * spread) ** 2
    errors = (counts - mean) ** 2
    assert errors.mean() == pytest.approx(expected, abs=4 * errors.std() / np.sqrt(len(errors)))


def test_hours_follow_their_weights_and_high_waves_their_gap() -> None:
    hours = [0.0] * 24
    hours[2], hours[3] = 1.0, 3.0
    calm_days = flow(hours_utc=hours, wave_half_m=0.8, wave_width_m=0.05)

    def wave(time_s: np.ndarray) -> np.ndarray:
        return np.where(time_s < 10 * DAY_S, 2.0, 0.2)

    found = [launch(calm_days, Streams(1, run), START, 30 * DAY_S, 40.0, wave) for run in range(40)]
    hour = np.concatenate([each.time_s for each in found]) % DAY_S / 3600.0
    assert ((hour >= 2) & (hour < 4)).all()
    share = (hour >= 3).mean()
    assert share == pytest.approx(0.75, abs=4 * np.sqrt(0.1875 / len(hour)))
    assert min(each.time_s.min() for each in found) >= 10 * DAY_S
    counts = np.array([len(each.time_s) for each in found])
    assert counts.mean() == pytest.approx(225.0, abs=4 * counts.std() / np.sqrt(40))


def test_launches_called_off_wait_for_the_next_day() -> None:
    windows = np.array([1.0, 0.0, 0.5, 1.0])
    assert let_go(windows, 0.0).tolist() == windows.tolist()
    assert let_go(windows, 0.5).tolist() == [1.0, 0.0, 0.75, 1.375]


def test_after_rough_days_more_leave_and_the_mean_stays() -> None:
    """Days 10 to 19 of thirty are rough; all of their launches are made up for on day 20."""

    def waves(time_s: np.ndarray) -> np.ndarray:
        return np.where((time_s // DAY_S >= 10) & (time_s // DAY_S < 20), 3.0, 0.1)

    some = flow(wave_half_m=0.8, waits_share=1.0)
    runs = [launch(some, Streams(1, run), START, 30 * DAY_S, 40.0, waves) for run in range(50)]
    counts = np.mean([np.bincount(one.day, minlength=30) for one in runs], axis=0)
    expected = 9000 / 40 / 30
    assert counts[20] == pytest.approx(11 * expected, rel=0.1)
    assert counts.mean() == pytest.approx(expected, rel=0.05)


def test_groups_leave_close_together() -> None:
    found = launch(
        flow(group_mean=4.0, group_spread_min=20.0), Streams(3, 0), START, 30 * DAY_S, 40.0,
        lambda t: np.zeros(len(t)),
    )  # fmt: skip
    groups: dict[tuple[int, int, int], list[float]] = {}
    for row in range(len(found.time_s)):
        place = int(found.route[row]), int(found.day[row]), int(found.group[row])
        groups.setdefault(place, []).append(float(found.time_s[row]))
    assert max(max(times) - min(times) for times in groups.values()) <= 1200.0
    assert max(len(times) for times in groups.values()) > 4


def test_a_larger_flow_keeps_the_boats_of_a_smaller_one() -> None:
    def keys(arrivals: int) -> set[int]:
        some = flow().model_copy(
            update={"persons_per_month": {"2016-06": flow().persons_per_month["2016-06"].model_copy(
                update={"arrivals": arrivals})}}
        )  # fmt: skip
        return set(
            launch(some, Streams(1, 0), START, 30 * DAY_S, 40.0, lambda t: np.zeros(len(t))).key.tolist()
        )

    assert keys(3000) < keys(6000)


def test_poisson_quantiles_are_those_of_scipy() -> None:
    share = np.random.default_rng(1).uniform(0, 1, 2000)
    mean = np.random.default_rng(2).uniform(0, 60, 2000)
    np.testing.assert_array_equal(poisson_quantiles(mean, share), stats.poisson.ppf(share, mean).astype(int))


def test_a_flow_beyond_what_can_be_drawn_is_refused() -> None:
    with pytest.raises(ScenarioError, match="at most 700 are possible"):
        poisson_quantiles(np.array([3.0, 900.0]), np.array([0.5, 0.5]))
