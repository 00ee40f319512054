"""Validation: cases beside made-up and published values, checks that can fail, and what is printed of it."""

import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from tests.cli.conftest import SMALL_LABORATORY

from aegean_sim.cli.validation_tables import show_validation, validation_document
from aegean_sim.engine.run import simulate
from aegean_sim.engine.world import theatre_weather
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.errors import AegeanError, ScenarioError
from aegean_sim.recording.history import published
from aegean_sim.recording.kpis import kpis
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.streams import Streams
from aegean_sim.study.cases import Case, Figure, Published, cases, counterpart
from aegean_sim.study.check import Check, error_of, share_of
from aegean_sim.study.launches import busiest_day_ratio, high_waves_ratio, launch_figures
from aegean_sim.study.theory import CHECKS
from aegean_sim.study.validation import Plan, Validation, compare, plan, validate

MADE_UP = Published(0.25, "not used", "made up")
GOOD = Check("good", "a number", "nm", "made up", 1.0, 1.39, 0.1)
BAD = replace(GOOD, name="bad", simulated=1.41)


def silent(_stage: str):
    return lambda _done: None


@pytest.fixture
def small(tmp_path: Path) -> Case:
    path = tmp_path / "small-lab.yaml"
    path.write_text(SMALL_LABORATORY)
    figures = (
        Figure("boats_seen_share", given=MADE_UP),
        Figure("persons", given=replace(MADE_UP, value=400.0)),
    )
    return Case("small", "A small laboratory", str(path), ("duration_h=2",), figures)


def test_a_case_gives_the_mean_of_its_runs_with_an_interval_beside_the_published_value(small: Case) -> None:
    loaded = load_scenario(small.scenario, small.overrides)
    runs = [kpis(simulate(loaded, number).tables, loaded.scenario) for number in range(3)]
    seen, persons = compare(small, 3, silent).compared
    assert seen.estimate.mean == pytest.approx(np.mean([run["boats_seen_share"] for run in runs]))
    assert seen.estimate.low < seen.estimate.mean < seen.estimate.high
    assert (persons.estimate.mean, persons.published.value) == (400.0, 400.0)


def test_one_run_has_no_interval(small: Case) -> None:
    seen = compare(small, 1, silent).compared[0]
    assert math.isnan(seen.estimate.low)


def test_a_check_holds_within_four_standard_errors() -> None:
    assert GOOD.holds
    assert not BAD.holds
    assert Validation((GOOD,), ()).theory_holds
    assert not Validation((GOOD, BAD), ()).theory_holds


def test_standard_errors_of_shares_and_means() -> None:
    assert share_of(20, 100) == pytest.approx((0.2, 0.04))
    assert error_of(np.array([1.0, 3.0, 5.0, 7.0])) == pytest.approx(math.sqrt(20 / 3 / 4))


@pytest.mark.parametrize("name", ["lateral-range", "drift-mean", "drift-spread"])
def test_quick_checks_hold(name: str) -> None:
    check = CHECKS[name]()
    assert check.name == name
    assert check.holds
    assert 0.0 < check.error < 0.05 * check.formula


@pytest.mark.slow
@pytest.mark.parametrize("name", ["sweep-width", "random-search", "desk-wait", "drift-search"])
def test_slower_checks_hold(name: str) -> None:
    check = CHECKS[name]()
    assert check.name == name
    assert check.holds


def test_all_cases_have_their_published_figures() -> None:
    for case in cases().values():
        scenario = load_scenario(case.scenario, case.overrides).scenario
        for figure in case.figures:
            assert counterpart(figure, scenario).use in {"calibration", "not used"}
            assert counterpart(figure, scenario).source


@pytest.mark.parametrize(
    ("month", "share"), [(1, 0.08), (2, 0.13), (3, 0.24), (4, 0.32), (10, 0.45), (11, 0.48)]
)
def test_the_agreed_months_are_there(month: int, share: float) -> None:
    case = cases()[f"aegean-2016-{month:02d}"]
    loaded = load_scenario(case.scenario, case.overrides)
    assert (loaded.scenario.start.year, loaded.scenario.start.month) == (2016, month)
    (stopped,) = [figure for figure in case.figures if figure.figure == "stopped_share"]
    assert counterpart(stopped, loaded.scenario).value == pytest.approx(share, abs=0.005)
    assert (loaded.scenario.deployments[0].ships == 0) == (month < 3)


def test_deaths_per_thousand_of_a_year_are_those_of_its_months() -> None:
    scenario = load_scenario("central-med-2016").scenario
    figure = Figure("dead", "dead_or_missing", "attempts", "2016-01..2016-12")
    found = counterpart(figure, scenario)
    sums = [
        sum(
            row.value
            for row in published()
            if (row.theatre, row.metric) == ("central-med", metric) and row.first.startswith("2016-")
        )
        for metric in ("dead_or_missing", "attempts")
    ]
    assert found.value == pytest.approx(1000.0 * sums[0] / sums[1])
    assert found.months == "2016-01..2016-12"


def test_what_was_not_published_is_told() -> None:
    scenario = load_scenario("central-med-2016").scenario
    with pytest.raises(ScenarioError, match=r"no arrivals of 2014-01\.\.2014-02 is in"):
        counterpart(Figure("persons", "arrivals", months="2014-01..2014-02"), scenario)


def test_departures_in_high_waves_are_counted_by_the_hour() -> None:
    """Of 10 h, two are high; 6 persons leave in those, 48 in the other eight: 3 an hour to 6."""
    one = np.ones(4)
    waves_m = np.array([0.5, 1.2, 1.0, 2.0])
    time_s = 3600.0 * np.array([-5.0, 3.0, 5.0, 10.0])
    weather = WeatherTable(time_s, one, waves_m, one, one, one, one)
    departed_s = 3600.0 * np.array([0.0, 3.0, 4.9, 5.0, 9.0])
    persons = np.array([8.0, 4.0, 2.0, 10.0, 30.0])
    assert high_waves_ratio(departed_s, persons, weather, 36_000.0) == pytest.approx(0.5)
    calm = WeatherTable(time_s, one, 0.2 * one, one, one, one, one)
    assert math.isnan(high_waves_ratio(departed_s, persons, calm, 36_000.0))


def test_the_busiest_day_is_measured_by_the_mean_day() -> None:
    departed_s = 86_400.0 * np.array([0.1, 0.9, 1.5, 3.99])
    persons = np.array([10.0, 20.0, 6.0, 4.0])
    assert busiest_day_ratio(departed_s, persons, 4 * 86_400.0) == pytest.approx(3.0)
    assert math.isnan(busiest_day_ratio(np.array([]), np.array([]), 86_400.0))


def test_launches_of_a_run_keep_to_its_own_weather() -> None:
    """Counted boat by boat and row by row, in the weather of the same replication."""
    loaded = load_scenario("central-med-2016", ["duration_h=96", "start=2016-08-01T00:00:00Z"])
    record = simulate(loaded, 1)
    scenario = loaded.scenario
    sky = theatre_weather(scenario, "central-med", loaded.folder, Streams(scenario.seed, 1))
    hours, left = {True: 0.0, False: 0.0}, {True: 0.0, False: 0.0}
    ends_s = [*sky.time_s[1:], math.inf]
    voyages = record.tables["voyages"]
    for begin_s, end_s, wave_m in zip(sky.time_s, ends_s, sky.wave_m, strict=True):
        hours[wave_m > 1.0] += max(min(end_s, scenario.duration_s) - max(begin_s, 0.0), 0.0) / 3600.0
        inside = (voyages["departed_s"] >= begin_s) & (voyages["departed_s"] < end_s)
        left[wave_m > 1.0] += voyages["persons"][inside].sum()
    found = launch_figures(loaded, record)["departed_high_waves_ratio"]
    wanted = left[True] / hours[True] / (left[False] / hours[False]) if hours[True] else math.nan
    assert found == pytest.approx(wanted, nan_ok=True)
    assert left[False] > 0.0


def test_names_choose_checks_and_cases() -> None:
    assert (*plan().checks, *plan().cases) == (*CHECKS, *cases())
    assert not plan(theory=False).checks
    assert not plan(history=False).cases
    chosen = plan(["desk-wait", "aegean-2016-04"])
    assert (list(chosen.checks), list(chosen.cases)) == (["desk-wait"], ["aegean-2016-04"])
    with pytest.raises(AegeanError, match="no case 'desk-weight'; did you mean 'desk-wait'"):
        plan(["desk-weight"])


def test_tables_tell_what_agrees_and_what_was_used(
    small: Case, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "200")
    found = validate(Plan({"bad": lambda: BAD, "good": lambda: GOOD}, {"small": small}), 2, silent)
    assert not found.theory_holds
    show_validation(found)
    text = capsys.readouterr().out
    assert "2 runs of each" in text
    assert "A small laboratory" in text
    assert text.index("A small laboratory") < text.index("Theory")
    assert "25.0 %" in text
    assert "not used" in text
    good, bad = (next(line for line in text.splitlines() if number in line) for number in ("1.390", "1.410"))
    assert "yes" in good
    assert "NO" in bad


def test_the_document_holds_every_number(small: Case) -> None:
    found = validate(Plan({"bad": lambda: BAD}, {"small": small}), 1, silent)
    document = validation_document(found)
    assert document["theory_holds"] is False
    (case,) = document["history"]
    assert [figure["published"] for figure in case["figures"]] == [0.25, 400.0]
    assert case["figures"][0]["low"] is None
    assert document["theory"][0]["standard_error"] == 0.1
