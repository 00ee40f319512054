"""The numbers behind the charts: each boat in one place, each step at its time, every person once."""

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from tests.unit.views.charts.conftest import Build
from tests.unit.views.conftest import Rows, laboratory_scenario, stored

from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.record import TABLES
from aegean_sim.views.charts.boats import WORD, boats_of
from aegean_sim.views.charts.delays import HANDS, LINK, LOOK, QUEUE, delays
from aegean_sim.views.charts.outcomes import FATES, OTHER_ROUTES, outcomes
from aegean_sim.views.charts.over_time import Bins, over_time
from aegean_sim.views.charts.runs import Runs, Spread, counted, with_interval
from aegean_sim.views.charts.trails import chain_of, trails_of


def test_each_boat_is_where_word_of_it_came(five_boats: Build) -> None:
    boats = boats_of(five_boats(), "lab")
    assert boats["word"].tolist() == list(WORD)
    assert boats["voyage"].tolist() == [f"lab-{word}" for word in WORD]


def test_what_is_seen_after_the_end_is_not_seen(tmp_path: Path) -> None:
    rows = Rows()
    rows.add("voyages", theatre="lab", voyage="boat", departed_s=0.0, ended_s=100.0)
    rows.add("contacts", theatre="lab", voyage="boat", owner="NATO", start_s=200.0)
    run = stored(tmp_path / "late", laboratory_scenario(("lab",)), rows, {})
    assert boats_of(run, "lab")["word"].tolist() == ["unknown"]


def test_counts_over_time_are_those_of_the_key_figures(five_boats: Build) -> None:
    run = five_boats()
    told = over_time(Runs((run,), "lab"))
    numbers = kpis({name: run.table(name) for name in TABLES}, run.scenario)
    assert told.deaths.sums.mean.sum() == numbers["persons_dead"] == 7
    assert told.boats.sums.mean.sum() == numbers["boats"]
    assert told.sightings.sums.mean.sum() == numbers["boats_seen_share"] * numbers["boats"]
    assert told.reports.sums.mean.sum() == numbers["messages"]
    acted = dict(zip(told.reports.names, told.reports.sums.mean, strict=True))["acted"]
    assert acted == numbers["reports_timely_share"] * numbers["reports"]
    assert told.boats.totals.mean[[0, 2]].tolist() == [4, 1]


def test_means_over_replications_have_intervals(five_boats: Build) -> None:
    runs = (five_boats("first"), five_boats("second", shift_h=5.0))
    totals = over_time(Runs(runs, "lab")).boats.totals
    assert totals.mean[[0, 5]].tolist() == [2.0, 2.0]
    assert totals.low[0] == 0.0
    assert totals.high[0] == pytest.approx(2.0 + 2.0 * 12.7062, abs=1e-3)
    assert np.isnan(over_time(Runs(runs[:1], "lab")).boats.totals.low).all()


LENGTHS = [(3, "hour", 3), (72, "hour", 72), (73, "day", 4), (93 * 24, "day", 93), (94 * 24, "week", 14)]


@pytest.mark.parametrize(("hours", "name", "count"), LENGTHS)
def test_bins_suit_the_length_of_the_run(hours: float, name: str, count: int) -> None:
    bins = Bins.of(pd.Timestamp("2016-06-01T00:00:00Z").to_pydatetime(), hours)
    assert (bins.name, bins.count) == (name, count)
    assert bins.sums(pd.Series([0.0, hours * 3600.0])).sum() == 2


def test_the_waterfall_times_the_report_that_brought_the_unit(five_boats: Build) -> None:
    fall = delays(Runs((five_boats(),), "lab")).waterfall
    assert (fall.boats, fall.known) == (5, 4)
    assert fall.came == (3, 3, 3, 3, 2, 2, 1)
    assert fall.minutes.tolist() == [[3, 4, 9, 19, 29, 49, 79]]


def test_chains_are_those_that_reports_took_to_their_last_desk(five_boats: Build) -> None:
    alone, passed = delays(Runs((five_boats(),), "lab")).chains
    assert (alone.names, alone.ended, alone.acted) == (("NATO units", "first"), 2, 1)
    assert (passed.names, passed.ended, passed.acted) == (("NATO units", "first", "table", "second"), 1, 1)
    assert passed.kinds == (LOOK, LINK, QUEUE, HANDS, LINK, QUEUE, HANDS)
    assert passed.minutes.tolist() == [[3, 4, 9, 19, 29, 34, 49]]


def test_a_bounced_report_is_followed_back_to_who_bounced_it() -> None:
    columns = ("handoff", "sender", "receiver", "way", "sent_s", "arrived_s", "decided_s")
    rows = [
        (0, "phone", "a", "tip", 1.0, 1.0, 9.0),
        (1, "a", "b", "link", 9.0, 12.0, 20.0),
        (2, "a", "c", "link", 9.0, 13.0, 19.0),
        (3, "b", "a", "bounce", 20.0, 25.0, np.nan),
    ]
    handoffs = pd.DataFrame(rows, columns=columns).assign(
        report=1, contact=-1, owner="phone", voyage="boat", copy=0, observed_s=0.0, taken_up_s=np.nan,
        decision="bounced", timely=False,
    )  # fmt: skip
    trails = trails_of(handoffs)
    assert [stage.handoff for stage in trails[3]] == [0, 1, 3]
    assert chain_of(trails[3]) == ("phone", "a", "b", "to and fro", "a")
    assert chain_of(trails[2]) == ("phone", "a", "c")


def test_every_person_flows_once(five_boats: Build) -> None:
    found = outcomes(Runs((five_boats(),), "lab"))
    assert found.routes == ("here › there",)
    assert found.persons == found.by_route.sum() == found.by_word.sum() == 50
    assert dict(zip(FATES, found.fates.mean.tolist(), strict=True)) == {
        "dead": 7, "rescued": 0, "met": 10, "stopped": 0, "landed": 23, "at_sea": 10,
    }  # fmt: skip
    dead = list(FATES).index("dead")
    assert dict(zip(WORD, found.by_word[:, dead].tolist(), strict=True))["seen"] == found.dead[0] == 7


def test_of_very_many_routes_the_last_are_told_together(tmp_path: Path) -> None:
    rows = Rows()
    for number in range(20):
        rows.add("voyages", theatre="lab", voyage=f"v{number}", route=f"r{number:02}>x", persons=30 - number,
                 persons_landed=30 - number, departed_s=0.0)  # fmt: skip
    found = outcomes(Runs((stored(tmp_path / "many", laboratory_scenario(("lab",)), rows, {}),), "lab"))
    assert len(found.routes) == 13
    assert (found.routes[0], found.routes[-1]) == ("r00 › x", OTHER_ROUTES)
    assert found.persons == sum(range(11, 31))


def test_counts_are_written_with_no_more_digits_than_they_have() -> None:
    assert [counted(value) for value in (0.0, 0.01, 0.43, 3.0, 9.9, 9.96, 1234.5)] == [
        "0", "under 0.1", "0.4", "3", "9.9", "10", "1,234",
    ]  # fmt: skip
    assert with_interval(12.0, 3.21, 20.4) == "12 (3.2–20)"
    assert with_interval(12.0, np.nan, np.nan) == "12"


def test_an_interval_of_counts_does_not_go_below_nothing() -> None:
    spread = Spread.of(np.array([[0.0, 1.0], [4.0, 1.0]]))
    assert spread.low.tolist() == [0.0, 1.0]
