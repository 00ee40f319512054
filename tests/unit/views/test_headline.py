from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

import pytest

from aegean_sim.geography.frame import AEGEAN
from aegean_sim.recording.labels import lives_sections
from aegean_sim.recording.reading import StoredRun
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.taking_part import units_by_owner
from aegean_sim.views.headline import (
    credits_of,
    finding,
    forces,
    lives,
    percent,
    seen_by,
    theatre_kpis,
    when,
)


@pytest.fixture(scope="module")
def two() -> Scenario:
    moves = "fleet.moves=[{on: 2016-06-15, sophia_support: 1}]"
    return load_scenario("two-theatres-2016", ["fleet.sophia_support=3", moves]).scenario


def test_the_finding_is_counted_from_the_tables(aegean_run: StoredRun) -> None:
    numbers = theatre_kpis(aegean_run, "aegean")
    contacts, handoffs = aegean_run.table("contacts"), aegean_run.table("handoffs")
    seen = round(100 * contacts["voyage"].nunique() / 80)
    told = round(100 * handoffs[handoffs["timely"]]["voyage"].nunique() / 80)
    assert finding(aegean_run, "aegean", numbers) == (
        f"Six NATO ships and 30 other units: {seen} % of 80 boats seen, {told} % reported in time to act"
    )
    nato = round(100 * contacts[contacts["owner"] == "NATO"]["voyage"].nunique() / 80)
    assert f"NATO {nato} %" in seen_by(numbers, ["NATO", "HCG", "TCG"])


def test_ships_that_move_are_counted_where_they_are_and_support_is_natos(two: Scenario) -> None:
    assert forces(two, "aegean").startswith("Five NATO ships and ")
    assert forces(two, "central-med").startswith("Three NATO (Sea Guardian) ships and ")
    labels = {row for part in lives_sections(["persons_taken_SeaGuardian"]) for row in part.rows}
    assert labels == {("persons_taken_SeaGuardian", "taken off their boats by NATO (Sea Guardian)")}


def test_the_title_counts_as_many_units_as_the_legend(two: Scenario) -> None:
    counts = units_by_owner(two, "central-med")
    assert "merchant" not in counts
    others = int(forces(two, "central-med").split()[-3])
    assert others + 3 == sum(counts.values())


def test_who_tells_beside_units_is_said(two: Scenario) -> None:
    run: Any = SimpleNamespace(scenario=two)
    numbers = {"boats": 14.0, "boats_seen_share": 0.64, "reports": 9.0, "boats_told_in_time_share": 0.71}
    said = finding(run, "central-med", numbers).split(": ")[1]
    assert said == "64 % of 14 boats seen by units, 71 % reported in time to act, also by telephone"


def test_lives_come_in_one_line(aegean_run: StoredRun) -> None:
    voyages = aegean_run.table("voyages")
    total = {
        fate: voyages[f"persons_{fate}"].sum() for fate in ("dead", "rescued", "met", "stopped", "landed")
    }
    said = lives(theatre_kpis(aegean_run, "aegean"))
    assert said == (
        f"Of {voyages['persons'].sum():,} persons {total['dead']:,} died, {total['rescued']:,} were rescued,"
        f" {total['met']:,} met at sea, {total['stopped']:,} stopped, {total['landed']:,} landed,"
        f" {voyages['persons_at_sea'].sum():,} still at sea"
    )


def test_a_laboratory_says_what_there_is(laboratory: Callable[..., StoredRun]) -> None:
    run = laboratory(1)
    numbers = theatre_kpis(run, "lab")
    assert finding(run, "lab", numbers) == "One unit: 0 % of 1 boat seen"
    assert seen_by(numbers, ["NATO"]) == ""
    assert when(run.scenario, [run.manifest]) == "24 h from 1 June 2016, replication 0, seed 1"
    assert "no land" in credits_of(run, run.frames["lab"])[1]


def test_several_replications_are_said_to_be_several() -> None:
    scenario = load_scenario("lab-crossing").scenario
    runs: Any = [SimpleNamespace(replications=(number,)) for number in range(3)]
    assert ", mean of 3 replications (0 to 2), seed" in when(scenario, runs)
    assert ", 3 replications (0 to 2) together, seed" in when(scenario, runs, together=True)


def test_no_boats_are_no_finding(laboratory: Callable[..., StoredRun]) -> None:
    run = laboratory(0)
    assert finding(run, "lab", theatre_kpis(run, "lab")) == "One unit: no boat set out"


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.0, "0 %"),
        (0.001, "under 1 %"),
        (0.634, "63 %"),
        (0.999, "over 99 %"),
        (1.0, "100 %"),
        (float("nan"), "none"),
    ],
)
def test_shares_are_not_rounded_to_none_or_all(share: float, said: str) -> None:
    assert percent(share) == said


def test_only_the_forces_that_saw_most_are_named() -> None:
    numbers = {f"boats_seen_share_f{number}": number / 10 for number in range(8)}
    said = seen_by(numbers, [f"f{number}" for number in range(8)])
    assert said == (
        " · Seen by f7 70 %, f6 60 %, f5 50 %, f4 40 %, f3 30 % of boats and less by others (some by several)"
    )


def test_coast_and_origin_are_credited(aegean_run: StoredRun) -> None:
    made, coast = credits_of(aegean_run, AEGEAN)
    assert aegean_run.manifest.fingerprint[:12] in made
    assert aegean_run.manifest.versions["aegean-sim"] in made
    assert "GSHHG 2.3.6 (Wessel & Smith 1996), LGPL" in coast
    assert "Lambert azimuthal equal-area, centre 37.85°N 26.25°E" in coast


def test_means_are_rounded_not_cut(two: Scenario) -> None:
    run: Any = SimpleNamespace(scenario=two)
    numbers = {"boats": 13.8, "boats_seen_share": 0.5, "reports": 0.0, "persons": 99.7}
    fates = dict.fromkeys(("dead", "rescued", "met", "stopped", "landed", "at_sea"), 0.0)
    assert finding(run, "central-med", numbers).endswith("of 14 boats seen")
    assert lives(numbers | {f"persons_{fate}": number for fate, number in fates.items()}).startswith(
        "Of 100 "
    )
