"""Queues hour by hour: by hand, second by second, and as sums over all hours."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from aegean_sim.engine.desk_load import desk_load
from aegean_sim.scenario.desks import Desk

Table = dict[str, NDArray[Any]]
NAN = float("nan")
HOUR_S = 3600


def desk(name: str, officers: int = 1, *shifts: tuple[float, float, int]) -> Desk:
    said = [{"hours_utc": [first, last], "officers": there} for first, last, there in shifts]
    return Desk.model_validate({"id": name, "handling_min": 5, "officers": officers, "shifts": said})


def hops(*rows: tuple[str, float, float, float, str, str]) -> Table:
    names = ("receiver", "arrived_s", "taken_up_s", "decided_s", "decision", "reason")
    columns = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else dict.fromkeys(names, ())
    columns["waited_until_s"] = (NAN,) * len(rows)
    return {
        name: np.array(values, dtype=np.float64 if name.endswith("_s") else object)
        for name, values in columns.items()
    }


def made_up(seed: int, horizon_s: int, desks: tuple[str, ...] = ("a", "b")) -> Table:
    """Messages at whole seconds, many of them at the same or on the hour; some unfinished, some lost."""
    dice = np.random.default_rng(seed)
    rows = []
    for _ in range(int(dice.integers(0, 60))):
        on_the_hour = dice.random() < 0.3
        came = int(dice.integers(0, horizon_s // HOUR_S + 1)) * HOUR_S if on_the_hour else 1
        came = min(came if on_the_hour else int(dice.integers(0, horizon_s)), horizon_s - 1)
        times = np.cumsum([came, *(int(dice.choice([0, 60, 900, 3600, 9000])) for _ in range(2))])
        arrived, taken_up, decided = np.where(times < horizon_s, times, NAN).tolist()
        decision = "" if np.isnan(decided) else str(dice.choice(["tasked", "refused", "passed_on"]))
        reason = "no_unit_free" if decision == "refused" and dice.random() < 0.5 else ""
        name = str(dice.choice(desks))
        if dice.random() < 0.1:
            rows.append((name, NAN, NAN, float(came), "lost", "lost_on_link"))
        else:
            rows.append((name, arrived, taken_up, decided, decision, reason))
    return hops(*rows)


def of(table: Table, name: str) -> Table:
    return {column: values[table["desk"] == name] for column, values in table.items()}


def test_an_evening_by_hand() -> None:
    """Two wait from half an hour on for one officer; the second stays in hand when the run ends."""
    table = desk_load(
        hops(
            ("hq", 1800.0, 1800.0, 5400.0, "refused", "late"),
            ("hq", 1800.0, 5400.0, 6300.0, "refused", "no_unit_free"),
            ("hq", 1900.0, 6300.0, NAN, "", ""),
            ("hq", NAN, NAN, 100.0, "lost", "lost_on_link"),
        ),
        [desk("hq")],
        0.0,
        9000.0,
    )
    assert table["start_s"].tolist() == [0.0, 3600.0, 7200.0]
    assert table["end_s"].tolist() == [3600.0, 7200.0, 9000.0]
    assert table["arrived"].tolist() == [3, 0, 0]
    assert table["taken_up"].tolist() == [1, 2, 0]
    assert table["decided"].tolist() == [0, 2, 0]
    assert table["refused"].tolist() == [0, 2, 0]
    assert table["no_unit"].tolist() == [0, 1, 0]
    assert table["lost"].tolist() == [1, 0, 0]
    assert table["waiting_max"].tolist() == [2, 2, 0]
    assert table["waiting_mean"].tolist() == [(1800 + 1700) / 3600, (1800 + 2700) / 3600, 0.0]
    assert table["busy_mean"].tolist() == [0.5, 1.0, 1.0]
    np.testing.assert_allclose(table["wait_mean_min"], [0.0, (3600 + 4400) / 2 / 60, NAN])


def test_who_is_taken_up_at_once_has_not_waited() -> None:
    table = desk_load(hops(("hq", 60.0, 60.0, 60.0, "tasked", "")), [desk("hq")], 0.0, 3600.0)
    assert (table["waiting_max"].tolist(), table["waiting_mean"].tolist()) == ([0], [0.0])
    assert table["busy_mean"].tolist() == [0.0]


def test_officers_come_and_go_with_their_shifts() -> None:
    """From half past three: nobody until six, three until a quarter past seven, then one."""
    shifts = ((0.0, 6.0, 0), (6.0, 7.25, 3))
    table = desk_load(hops(), [desk("hq", 1, *shifts), desk("other", 2)], 3.5 * HOUR_S, 4.5 * HOUR_S)
    assert of(table, "hq")["officers_mean"].tolist() == [0.0, 0.0, 1.5, (0.75 * 3 + 0.25), 1.0]
    assert of(table, "other")["officers_mean"].tolist() == [2.0] * 5


@pytest.mark.parametrize("seed", range(20))
def test_means_and_greatest_are_those_counted_second_by_second(seed: int) -> None:
    horizon_s = (5 * HOUR_S, 4 * HOUR_S + 1234)[seed % 2]
    handoffs = made_up(seed, horizon_s)
    table = desk_load(handoffs, [desk("a"), desk("b"), desk("idle")], 0.0, float(horizon_s))
    second = np.arange(horizon_s)
    for name in ("a", "b", "idle"):
        mine = of(table, name)
        rows = np.flatnonzero(handoffs["receiver"] == name)
        waiting, busy = np.zeros(horizon_s), np.zeros(horizon_s)
        for row in rows:
            arrived, taken_up, decided = (
                handoffs[column][row] for column in ("arrived_s", "taken_up_s", "decided_s")
            )
            waiting += (second >= arrived) & ~(second >= taken_up)
            busy += (second >= taken_up) & ~(second >= decided)
        for hour in range(5):
            here = slice(hour * HOUR_S, (hour + 1) * HOUR_S)
            assert mine["waiting_mean"][hour] == pytest.approx(waiting[here].mean(), abs=1e-9)
            assert mine["waiting_max"][hour] == waiting[here].max()
            assert mine["busy_mean"][hour] == pytest.approx(busy[here].mean(), abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32), horizon_s=st.integers(2, 40_000))
def test_all_hours_together_hold_all_waiting_and_every_message(seed: int, horizon_s: int) -> None:
    handoffs = made_up(seed, horizon_s)
    table = desk_load(handoffs, [desk("a"), desk("b")], 0.0, float(horizon_s))
    lasts_s = table["end_s"] - table["start_s"]
    arrived, taken_up, decided = (
        np.asarray(handoffs[column], np.float64) for column in ("arrived_s", "taken_up_s", "decided_s")
    )
    waited_s = np.where(np.isnan(arrived), 0.0, np.nan_to_num(taken_up, nan=horizon_s) - arrived)
    worked_s = np.where(np.isnan(taken_up), 0.0, np.nan_to_num(decided, nan=horizon_s) - taken_up)
    for name in ("a", "b"):
        mine, here = table["desk"] == name, handoffs["receiver"] == name
        total_s = (table["waiting_mean"] * lasts_s)[mine].sum()
        assert total_s == pytest.approx(waited_s[here].sum(), abs=1e-6)
        assert (table["busy_mean"] * lasts_s)[mine].sum() == pytest.approx(worked_s[here].sum(), abs=1e-6)
        counts = {
            "arrived": np.isfinite(arrived),
            "taken_up": np.isfinite(taken_up),
            "decided": np.isfinite(taken_up) & np.isfinite(decided),
            "lost": handoffs["decision"] == "lost",
            "refused": handoffs["decision"] == "refused",
            "no_unit": handoffs["reason"] == "no_unit_free",
        }
        for column, rows in counts.items():
            assert table[column][mine].sum() == (rows & here).sum(), column
    taken = table["taken_up"] > 0
    told_s = (table["wait_mean_min"] * table["taken_up"])[taken].sum() * 60.0
    assert told_s == pytest.approx((taken_up - arrived)[np.isfinite(taken_up)].sum(), abs=1e-6)
    assert np.isnan(table["wait_mean_min"][~taken]).all()


def test_without_desks_there_are_no_rows() -> None:
    assert {len(column) for column in desk_load(hops(), [], 0.0, 9000.0).values()} == {0}
