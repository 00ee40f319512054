"""Reports in a queue at a desk, and on their way over links, against the formulas of queueing theory."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.stats import triang
from tests.theory.laboratory import assert_mean, assert_uniform, laboratory, sail, still, unit

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from tests.theory.laboratory import Tables

    Floats = NDArray[np.float64]

PER_H = 7.2
REPORTS = 12_000
HOURS = REPORTS / PER_H
BATCHES = 40
MINUTE_S = 60.0
TRIANGLE_MIN = (1.0, 4.0, 13.0)
DESKS: dict[str, tuple[int, dict[str, Any]]] = {
    "mm1": (1, {"exponential": 6.0}),
    "mmc": (3, {"exponential": 20.0}),
    "mg1": (1, {"triangular": list(TRIANGLE_MIN)}),
}


@cache
def queued() -> Tables:
    """Let a Poisson stream of boats start in the reach of one unit a desk."""
    cookie = {"law": "definite_range", "range_nm": 5.0}
    units = [unit(f"u-{name}", still((0, 0)), cookie, owner=name) for name in DESKS]
    desks = [
        {"id": name, "officers": officers, "handling_min": handling, "hears": [name]}
        for name, (officers, handling) in DESKS.items()
    ]
    flow = {
        "id": "flow",
        "theatre": "lab",
        "rate_per_day": 24.0 * PER_H,
        "origin": [[-1, 0], [1, 0]],
        "destination": [[-1, 1], [1, 1]],
        "speed_kn": [5, 9],
    }
    return sail(laboratory(HOURS, units, flows=[flow], handoffs={"desks": desks}))


def at_desk(name: str) -> dict[str, NDArray[Any]]:
    """Give a desk's rows that were taken up, in the order of arrival, from the 500th on."""
    rows = queued()["handoffs"]
    mine = (rows["receiver"] == name) & np.isfinite(rows["taken_up_s"])
    order = np.argsort(rows["arrived_s"][mine], kind="stable")
    return {column: values[mine][order][500:] for column, values in rows.items()}


def wait_min(name: str) -> Floats:
    rows = at_desk(name)
    waits: Floats = (rows["taken_up_s"] - rows["arrived_s"]) / MINUTE_S
    return waits


def batch_means(values: Floats) -> tuple[float, float]:
    """Give mean and standard error of numbers that depend on their neighbours, by batches."""
    whole = len(values) // BATCHES * BATCHES
    means = values[:whole].reshape(BATCHES, -1).mean(axis=1)
    return float(means.mean()), float(means.std(ddof=1)) / math.sqrt(BATCHES)


def erlang_c(servers: int, load: float) -> float:
    """Give the chance to wait."""
    full = load**servers / math.factorial(servers) * servers / (servers - load)
    return full / (sum(load**k / math.factorial(k) for k in range(servers)) + full)


def test_reports_arrive_as_a_poisson_stream() -> None:
    gaps_h = np.diff(at_desk("mmc")["arrived_s"]) / 3600.0
    assert_uniform(-np.expm1(-PER_H * gaps_h))
    assert abs(np.corrcoef(gaps_h[1:], gaps_h[:-1])[0, 1]) < 4.0 / math.sqrt(len(gaps_h))


@pytest.mark.parametrize(("name", "handling_min"), [("mm1", 6.0), ("mmc", 20.0)])
def test_waiting_for_one_of_several_officers(name: str, handling_min: float) -> None:
    servers = DESKS[name][0]
    load = PER_H * handling_min / 60.0
    spare_per_min = (servers - load) / handling_min
    chance = erlang_c(servers, load)
    waits = wait_min(name)
    assert_mean(*batch_means(waits), chance / spare_per_min)
    for minutes in (0.0, 5.0, 20.0, 60.0):
        later = (waits > minutes + 1e-9).astype(np.float64)
        assert_mean(*batch_means(later), chance * math.exp(-spare_per_min * minutes))


def test_waiting_for_one_officer_with_triangular_handling() -> None:
    low, mode, high = TRIANGLE_MIN
    mean = (low + mode + high) / 3.0
    square = (low**2 + mode**2 + high**2 + low * mode + low * high + mode * high) / 6.0
    per_min = PER_H / 60.0
    assert_mean(*batch_means(wait_min("mg1")), per_min * square / (2.0 * (1.0 - per_min * mean)))


@pytest.mark.parametrize(("name", "handling_min"), [("mm1", 6.0), ("mmc", 20.0)])
def test_queue_and_work_over_time(name: str, handling_min: float) -> None:
    """Little's law: messages that wait, and officers at work, are the rate times what one message takes."""
    servers, load = DESKS[name][0], PER_H * handling_min / 60.0
    hours = queued()["desks"]
    steady = (hours["desk"] == name) & (hours["start_s"] >= 72 * 3600.0)
    queue = erlang_c(servers, load) * load / (servers - load)
    assert_mean(*batch_means(hours["waiting_mean"][steady]), queue)
    assert_mean(*batch_means(hours["busy_mean"][steady]), load)
    assert (hours["officers_mean"][steady] == servers).all()


@pytest.mark.parametrize("name", DESKS)
def test_first_come_first_served(name: str) -> None:
    assert (np.diff(at_desk(name)["taken_up_s"]) >= 0.0).all()


@pytest.mark.parametrize("name", DESKS)
def test_officers_are_never_idle_while_a_report_waits(name: str) -> None:
    """Rebuild each start of work from arrivals and handling times alone (Kiefer and Wolfowitz)."""
    rows = queued()["handoffs"]
    mine = (rows["receiver"] == name) & np.isfinite(rows["decided_s"])
    order = np.argsort(rows["arrived_s"][mine], kind="stable")
    times = (rows[column][mine][order][:2000] for column in ("arrived_s", "taken_up_s", "decided_s"))
    free_s = np.zeros(DESKS[name][0])
    for arrived_s, taken_s, decided_s in zip(*times, strict=True):
        first = free_s.argmin()
        assert taken_s == pytest.approx(max(arrived_s, free_s[first]), abs=1e-6)
        free_s[first] = decided_s


@cache
def relayed() -> Tables:
    """Pass reports on over two links, from desk to desk, with an officer for everybody."""
    cookie = {"law": "definite_range", "range_nm": 5.0}
    links = [
        {"sender": "a", "receiver": "b", "latency_min": {"triangular": [2.0, 5.0, 30.0]}},
        {"sender": "b", "receiver": "c", "latency_min": {"exponential": 12.0}},
        {"sender": "a", "receiver": "d", "latency_min": 7.0},
    ]
    desks = [
        {"id": "a", "officers": 100_000, "handling_min": {"exponential": 4.0}, "hears": ["force"]},
        {"id": "b", "officers": 100_000, "handling_min": {"triangular": [1.0, 1.0, 9.0]}},
        {"id": "c", "officers": 100_000, "handling_min": 0.0},
        {"id": "d", "officers": 100_000, "handling_min": 0.0},
    ]
    sharing = [{"sender": "a", "receivers": ["b", "d"]}, {"sender": "b", "receivers": ["c"]}]
    boat = {"id": "boat", "theatre": "lab", "points": [[0, 1, 0], [1, 2, 0]], "copies": 4_000}
    watcher = unit("ship", still((0, 0)), cookie, owner="force")
    handoffs = {"desks": desks, "links": links, "sharing": sharing}
    return sail(laboratory(10.0, [watcher], voyages=[boat], handoffs=handoffs))


def relayed_to(desk: str) -> dict[str, Floats]:
    """Give a desk's rows in the order of boats."""
    rows = relayed()["handoffs"]
    mine = rows["receiver"] == desk
    order = np.argsort(rows["copy"][mine])
    return {column: values[mine][order] for column, values in rows.items()}


def on_the_way_min(desk: str) -> Floats:
    rows = relayed_to(desk)
    return (rows["arrived_s"] - rows["sent_s"]) / MINUTE_S


def handled_min(desk: str) -> Floats:
    rows = relayed_to(desk)
    return (rows["decided_s"] - rows["taken_up_s"]) / MINUTE_S


def triangle(low: float, mode: float, high: float) -> Any:
    return triang((mode - low) / (high - low), loc=low, scale=high - low)


def test_latencies_follow_their_laws() -> None:
    assert_uniform(triangle(2.0, 5.0, 30.0).cdf(on_the_way_min("b")))
    assert_uniform(-np.expm1(-on_the_way_min("c") / 12.0))
    np.testing.assert_allclose(on_the_way_min("d"), 7.0, atol=1e-6)


def test_handling_times_follow_their_laws() -> None:
    assert_uniform(-np.expm1(-handled_min("a") / 4.0))
    assert_uniform(triangle(1.0, 1.0, 9.0).cdf(handled_min("b")))
    assert not handled_min("c").any()


def test_delays_of_one_report_do_not_hang_together() -> None:
    delays = [handled_min("a"), on_the_way_min("b"), handled_min("b"), on_the_way_min("c")]
    together = np.corrcoef(delays) - np.eye(len(delays))
    assert (np.abs(together) < 4.0 / math.sqrt(len(delays[0]))).all()


def test_a_report_goes_on_when_a_desk_has_decided() -> None:
    for desk, before in (("b", "a"), ("d", "a"), ("c", "b")):
        np.testing.assert_array_equal(relayed_to(desk)["sent_s"], relayed_to(before)["decided_s"])
        assert (relayed_to(desk)["hop"] == relayed_to(before)["hop"] + 1).all()
