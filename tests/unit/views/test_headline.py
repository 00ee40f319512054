from collections.abc import Callable

import pytest

from aegean_sim.geography.frame import AEGEAN
from aegean_sim.recording.reading import StoredRun
from aegean_sim.views.headline import _percent, credits_of, finding, lives, seen_by, theatre_kpis, when


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
    assert when(run) == "24 h from 1 June 2016, replication 0, seed 1"
    assert "no land" in credits_of(run, run.frames["lab"])[1]


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
    assert _percent(share) == said


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
