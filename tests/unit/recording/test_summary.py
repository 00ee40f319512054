import math
from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.recording.estimates import Estimate, exact, interval, number
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.labels import lives_sections, work_sections
from aegean_sim.recording.manifest import of_run
from aegean_sim.recording.record import RunRecord
from aegean_sim.recording.story import lives_in_words
from aegean_sim.recording.summary import summary


@pytest.mark.parametrize(
    ("name", "value", "told"),
    [
        ("persons", 12345.0, "12,345"),
        ("persons", 12345.67, "12,345.7"),
        ("boats_seen_share", 0.7314, "73.1 %"),
        ("first_contact_min", 34.25, "34.2 min"),
        ("first_contact_min", 34.0, "34 min"),
        ("reports_timely_share", math.nan, "none"),
        ("desk_busy_share_hcg", 0.25, "25.0 %"),
        ("desk_wait_min_hcg", 12.0, "12 min"),
        ("desk_longest_queue_hcg", 12.0, "12"),
    ],
)
def test_numbers_carry_their_unit(name: str, value: float, told: str) -> None:
    assert number(name, value) == told


def test_intervals_are_told_where_there_are_some() -> None:
    assert interval("persons", Estimate(5.0, 4.0, 6.5)) == "4 to 6.5"
    assert interval("boats_seen_share", Estimate(0.5, 0.25, 0.75)) == "25.0 % to 75.0 %"
    assert interval("persons", Estimate(5.0)) == ""


def test_every_number_of_a_run_is_in_one_section(record: RunRecord) -> None:
    numbers = kpis(record.tables, record.scenario)
    sections = lives_sections(numbers) + work_sections(numbers)
    shown = [name for section in sections for name in section.names()]
    assert sorted(shown) == sorted(numbers)


def test_the_summary_begins_with_lives_and_ends_with_the_origin(record: RunRecord) -> None:
    numbers = kpis(record.tables, record.scenario)
    manifest = of_run(record, Path(), {})
    said = summary(manifest, record.scenario, exact(numbers))
    headings = [line for line in said.splitlines() if line.startswith("#")]
    assert headings[:3] == ["# made-up", "## Lives", "## Who took people off their boats"]
    assert headings[-2:] == ["## What the model leaves out", "## Where this comes from"]
    persons, dead = (number(name, numbers[name]) for name in ("persons", "persons_dead"))
    assert f"Of {persons} persons in 20 boats {dead} died" in said
    assert f"| dead | {dead} |" in said
    assert "boats seen by units of NATO" in said
    messages, on_boats = (number(name, numbers[name]) for name in ("messages", "reports"))
    assert f"\nReports: {messages}; of these false, on harmless craft: 0.0 %. Of the {on_boats} on" in said
    assert f"fingerprint {manifest.fingerprint}\n- seed 7\n- replication 3\n" in said
    left_out = said.split("## What the model leaves out\n\n")[1].split("\n\n")[0]
    assert left_out.startswith("Departures do not react to patrols or rescue")


def test_what_the_same_month_saw_comes_after_lives_and_before_work(record: RunRecord) -> None:
    numbers = kpis(record.tables, record.scenario)
    said = summary(of_run(record, Path(), {}), record.scenario, exact(numbers))
    headings = [line for line in said.splitlines() if line.startswith("#")]
    place = headings.index("## What the same month really saw")
    assert headings[place - 1 : place + 2 : 2] == ["## What became of every boat", "## What was detected"]
    dead = number("persons", numbers["persons_dead"])
    assert (
        f"| recorded dead | {dead} | 0 | 2016-06, pro rata | not used | IOM Missing Migrants Project |"
        in said
    )
    persons, published = number("persons", numbers["persons"]), 3065 * 2 / 30
    assert f"| set out | {persons} | {published:.1f} | 2016-06, pro rata | used to calibrate |" in said


def test_several_theatres_have_a_paragraph_and_a_column_each(make_record: Callable[..., RunRecord]) -> None:
    record = make_record(40, box=True)
    numbers = kpis(record.tables, record.scenario)
    said = summary(of_run(record, Path(), {}), record.scenario, exact(numbers))
    here = {name: number(name, value) for name, value in numbers.items()}
    first, second = said.split("\n\n")[2:4]
    for start, theatre, paragraph in (("In the Aegean", "aegean", first), ("In lab", "lab", second)):
        assert paragraph.startswith(
            f"{start}, of {here[f'persons@{theatre}']} persons in {here[f'boats@{theatre}']} boats"
            f" {here[f'persons_dead@{theatre}']} died"
        )
    row = [here[name] for name in ("persons_dead", "persons_dead@aegean", "persons_dead@lab")]
    assert "|  | all | aegean | lab |" in said
    assert f"| dead | {' | '.join(row)} |" in said
    assert "## What the same month really saw: aegean" in said
    assert "really saw: lab" not in said


def test_a_theatre_without_a_force_has_no_figure_of_it(make_record: Callable[..., RunRecord]) -> None:
    record = make_record(40, box=True)
    numbers = kpis(record.tables, record.scenario)
    all_of_them, here = (number("", numbers[f"persons_taken_HCG{at}"]) for at in ("", "@aegean"))
    said = summary(of_run(record, Path(), {}), record.scenario, exact(numbers))
    assert f"| taken off their boats by HCG | {all_of_them} | {here} |  |" in said


def test_the_story_tells_of_wrecks_of_waiting_and_of_those_taken_back(record: RunRecord) -> None:
    numbers = kpis(record.tables, record.scenario)
    sad = {"persons_stopped": 10.0, "persons_returned": 12.0, "fatal_incidents": 3.0}
    sad |= {"deaths_worst_incident": 40.0, "boats_in_distress": 7.0, "boats_unreached": 2.0}
    sad |= {"distress_to_scene_min": 90.0, "distress_to_scene_worst_min": 200.0}
    (said,) = lives_in_words(exact(numbers | sad), record.scenario, several=False)
    assert said.split("\n")[1:] == [
        "With those who were rescued and taken back 12 returned.",
        "Boats on which somebody died: 3, at worst 40 on one.",
        "Boats in distress: 7, lost or washed ashore before anybody came: 2; those rescued waited 90 min"
        " (median), one in ten longer than 200 min.",
    ]
    nobody = {"distress_to_scene_min": float("nan"), "distress_to_scene_worst_min": float("nan")}
    (said,) = lives_in_words(exact(numbers | sad | nobody), record.scenario, several=False)
    assert said.endswith("lost or washed ashore before anybody came: 2; none was rescued.")
    washed = {"persons_washed_back": 4.0}
    (said,) = lives_in_words(exact(numbers | sad | washed), record.scenario, several=False)
    assert "\nOf those who landed 4 were washed back to where boats set out.\n" in said
    quiet = {"persons_returned": 10.0, "fatal_incidents": 0.0, "boats_in_distress": 0.0}
    (said,) = lives_in_words(exact(numbers | sad | quiet), record.scenario, several=False)
    assert "\n" not in said
