"""Published facts: what the file holds, and what stands beside a run of some months."""

import csv
from collections import defaultdict
from datetime import UTC, datetime

import pytest

from aegean_sim.datafiles import history_folder
from aegean_sim.recording.history import Seen, history, months_covered, published, seen_in
from aegean_sim.scenario.loading import load_scenario

DAY_S = 86_400.0


def of(seen: tuple[Seen, ...], metric: str) -> Seen:
    (found,) = [each for each in seen if each.metric == metric]
    return found


def year(theatre: str, metric: str, name: str) -> float:
    rows = [row for row in published() if (row.theatre, row.metric) == (theatre, metric)]
    return sum(row.value for row in rows if row.first.startswith(name))


@pytest.mark.parametrize(
    ("theatre", "metric", "of_2015", "of_2016"),
    [
        ("aegean", "arrivals", 856_723, 173_450),
        # The published year of 2015 is one person more than its published months.
        ("central-med", "arrivals", 153_842 - 1, 181_436),
        ("aegean", "dead_or_missing", 804, 395),
        ("central-med", "dead_or_missing", 3_038, 4_572),
        ("aegean", "fatal_incidents", 130, 52),
        ("central-med", "fatal_incidents", 56, 135),
    ],
)
def test_months_add_up_to_the_published_years(
    theatre: str, metric: str, of_2015: float, of_2016: float
) -> None:
    assert year(theatre, metric, "2015") == of_2015
    assert year(theatre, metric, "2016") == of_2016


def test_stopped_add_up_to_the_published_years() -> None:
    assert year("aegean", "stopped_at_sea", "2016") == 37_130
    assert year("central-med", "stopped_at_sea", "2016") == 14_332
    assert year("aegean", "stopped_at_sea", "2015") == pytest.approx(91_611 - 13_165, rel=0.01)


def test_each_month_is_there_once_and_every_row_is_marked() -> None:
    keys = [(row.theatre, row.metric, row.first, row.last) for row in published()]
    assert len(set(keys)) == len(keys)
    for row in published():
        assert row.first <= row.last
        assert row.source
        assert row.confidence in {"high", "medium", "low"}
        assert row.basis in {"SOURCED", "DERIVED", "UNVERIFIED"}
        assert row.use in {"calibration", "not used"}
        assert row.unit in {"persons", "incidents", "share", "min"}
        assert row.unit != "share" or 0.0 <= row.value <= 1.0
        assert row.use == "not used" or row.first >= "2015-01"


def test_the_file_has_the_columns_that_its_page_explains() -> None:
    page = (history_folder() / "README.md").read_text(encoding="utf-8")
    with (history_folder() / "monthly.csv").open(encoding="utf-8", newline="") as file:
        header = next(csv.reader(file))
    for name in header:
        assert f"`{name}`" in page
    for metric in {row.metric for row in published()}:
        assert f"`{metric}`" in page or metric.startswith("rescued_share_")


def test_attempts_are_arrivals_stopped_and_dead() -> None:
    parts: dict[tuple[str, str], float] = defaultdict(float)
    for row in published():
        if row.metric in {"arrivals", "stopped_at_sea", "dead_or_missing"}:
            parts[row.theatre, row.first] += row.value
    attempts = [row for row in published() if row.metric == "attempts"]
    assert attempts
    for row in attempts:
        assert row.value == parts[row.theatre, row.first]


@pytest.mark.parametrize("name", ["aegean-2016", "aegean-2015-autumn", "central-med-2016"])
def test_flows_of_the_scenarios_are_the_published_attempts(name: str) -> None:
    scenario = load_scenario(name).scenario
    ((theatre, seen),) = history(scenario).items()
    (flow,) = scenario.flows
    assert flow.theatre == theatre
    months = months_covered(scenario.start, scenario.duration_s)
    total = sum(flow.persons_per_month[month].persons for month in months)
    assert of(seen, "attempts").value == total


def test_targets_of_the_calibration_are_the_agreed_ones() -> None:
    shares = {
        row.first: row.value
        for row in published()
        if (row.theatre, row.metric, row.use) == ("aegean", "stopped_share", "calibration")
    }
    targets = {1: 0.08, 2: 0.13, 3: 0.24, 4: 0.32, 10: 0.45, 11: 0.48}
    assert shares == pytest.approx(
        {f"2016-{month:02d}": value for month, value in targets.items()}, abs=0.005
    )
    (met,) = [row for row in published() if row.metric == "met_share"]
    assert (met.first, met.last, met.value, met.use) == ("2015-01", "2015-09", 0.24, "calibration")
    used = {(row.theatre, row.metric) for row in published() if row.use == "calibration"}
    deaths = {(row.theatre, row.first): row.use for row in published() if row.metric == "dead_or_missing"}
    of_aegean = {
        month for (theatre, month), use in deaths.items() if theatre == "aegean" and use != "not used"
    }
    assert of_aegean == {"2016-01", "2016-04"}
    assert ("central-med", "dead_or_missing") in used
    assert ("central-med", "attempts") in used
    shares = {metric for _, metric in used if metric.startswith("rescued_share_")}
    forces = ("ITCG", "ItalianNavy", "NGO", "Sophia", "Triton", "merchant")
    assert shares == {f"rescued_share_{force}" for force in forces}


def test_months_covered_are_shares_of_months() -> None:
    june = datetime(2016, 6, 1, tzinfo=UTC)
    assert months_covered(june, 30 * DAY_S) == {"2016-06": 1.0}
    assert months_covered(june, 45 * DAY_S) == pytest.approx({"2016-06": 1.0, "2016-07": 15 / 31})
    christmas = datetime(2015, 12, 25, 12, tzinfo=UTC)
    assert months_covered(christmas, 10 * DAY_S) == pytest.approx({"2015-12": 6.5 / 31, "2016-01": 3.5 / 31})


def test_counts_are_summed_over_whole_months_and_pro_rata_over_others() -> None:
    whole = of(seen_in("central-med", {"2016-06": 1.0, "2016-07": 1.0}), "arrivals")
    assert (whole.value, whole.pro_rata) == (22_339 + 23_552, False)
    assert (whole.first, whole.last) == ("2016-06", "2016-07")
    part = of(seen_in("central-med", {"2016-06": 1.0, "2016-07": 0.5}), "arrivals")
    assert (part.value, part.pro_rata) == (22_339 + 23_552 / 2, True)


def test_a_sum_is_as_weak_as_its_weakest_month() -> None:
    parts = {"2015-11": 1.0, "2015-12": 1.0}
    both = of(seen_in("aegean", parts), "arrivals")
    alone = of(seen_in("aegean", {"2015-12": 1.0}), "arrivals")
    assert (alone.confidence, alone.basis) == ("high", "SOURCED")
    assert (both.confidence, both.basis) == ("medium", "UNVERIFIED")
    assert len(both.sources) == 2
    mixed = of(seen_in("aegean", {"2016-04": 1.0, "2016-05": 1.0}), "stopped_at_sea")
    assert (mixed.use, mixed.basis) == ("calibration", "DERIVED")


def test_shares_are_given_for_the_shortest_period_that_holds_the_run() -> None:
    june = seen_in("central-med", {"2016-06": 1.0})
    assert of(june, "stopped_share").value == pytest.approx(9_270 / (9_270 + 70_222), abs=0.001)
    assert (of(june, "stopped_share").first, of(june, "stopped_share").last) == ("2016-01", "2016-06")
    assert of(june, "rescued_share_NGO").value == pytest.approx(0.26, abs=0.005)
    summer = seen_in("central-med", {"2016-06": 1.0, "2016-07": 1.0})
    assert "stopped_share" not in {each.metric for each in summer}


def test_a_month_that_is_not_known_leaves_its_metric_out() -> None:
    metrics = {each.metric for each in seen_in("aegean", {"2015-06": 1.0, "2015-07": 1.0})}
    assert "arrivals" in metrics
    assert not metrics & {"stopped_at_sea", "attempts"}
    assert seen_in("aegean", {"2018-01": 1.0}) == ()
    assert seen_in("aegean", {}) == ()


def test_a_laboratory_has_no_history() -> None:
    assert history(load_scenario("lab-crossing").scenario) == {}
