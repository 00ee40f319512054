"""What reports changed: the table and its numbers, and the words that lead the summary."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.decisive import common, decisive, decisive_kpis
from aegean_sim.recording.estimates import exact
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.labels import lives_sections, work_sections
from aegean_sim.recording.manifest import of_run
from aegean_sim.recording.reading import read_run
from aegean_sim.recording.record import RunRecord, Voice
from aegean_sim.recording.replications import aligned, estimate, fill_parent
from aegean_sim.recording.store import write_run
from aegean_sim.recording.story import decisive_in_words
from aegean_sim.recording.summary import summary

NATO, SHIP = Voice("force", "NATO"), Voice("unit", "ship")


def voyages(*rows: tuple[str, str, float, int]) -> dict[str, Any]:
    """Boats of 10 persons: name, outcome, end, dead."""
    names, outcomes, ended_s, dead = zip(*rows, strict=True)
    return {
        "theatre": np.full(len(rows), "lab", dtype=object),
        "voyage": np.array(names, dtype=object),
        "copy": np.zeros(len(rows), np.int64),
        "persons": np.full(len(rows), 10),
        "outcome": np.array(outcomes, dtype=object),
        "ended_s": np.array(ended_s),
        "persons_dead": np.array(dead),
    }


WITH = voyages(("a", "met", 10.0, 0), ("b", "lost", 20.0, 3), ("c", "landed", 30.0, 0), ("d", "met", 5.0, 0))
WITHOUT = voyages(
    ("a", "landed", 15.0, 0), ("b", "lost", 20.0, 7), ("c", "landed", 33.0, 0), ("d", "met", 9.0, 0)
)


def test_boats_that_set_out_in_only_one_of_two_runs_are_not_compared() -> None:
    one = voyages(("a", "stopped", 10.0, 0), ("a~2", "met", 90.0, 0), ("b", "met", 20.0, 0))
    other = voyages(("b", "landed", 25.0, 0), ("a", "stopped", 12.0, 0), ("b~2", "landed", 80.0, 0))
    table = decisive(one, {NATO: other})
    assert table["voyage"].tolist() == ["b"]
    assert table["outcome_without"].tolist() == ["landed"]
    here, there = common(one, other)
    assert (here.tolist(), there.tolist()) == ([0, 2], [1, 0])
    assert [rows.tolist() for rows in common(one, voyages(("c", "met", 1.0, 0)))] == [[], []]


def test_another_outcome_or_number_of_dead_is_decisive_another_moment_is_not() -> None:
    table = decisive(WITH, {NATO: WITHOUT, SHIP: WITH})
    assert set(table) == set(COLUMNS["decisive"])
    assert table["voyage"].tolist() == ["a", "b"]
    assert table["silenced"].tolist() == ["force", "force"]
    assert table["name"].tolist() == ["NATO", "NATO"]
    assert table["outcome"].tolist() == ["met", "lost"]
    assert table["outcome_without"].tolist() == ["landed", "lost"]
    assert table["ended_without_s"].tolist() == [15.0, 20.0]
    assert (table["persons_dead"].tolist(), table["persons_dead_without"].tolist()) == ([0, 3], [0, 7])


def test_without_pairs_the_table_is_empty_and_of_the_same_types() -> None:
    none, some = decisive(WITH, {}), decisive(WITH, {NATO: WITHOUT})
    assert {name: (len(none[name]), none[name].dtype) for name in none} == {
        name: (0, some[name].dtype) for name in some
    }


def test_a_boat_that_two_voices_decide_has_two_rows() -> None:
    table = decisive(WITH, {NATO: WITHOUT, SHIP: WITHOUT})
    assert list(zip(table["name"], table["voyage"], strict=True)) == [
        ("NATO", "a"), ("NATO", "b"), ("ship", "a"), ("ship", "b"),
    ]  # fmt: skip


def told(*rows: tuple[str, str, bool]) -> dict[str, Any]:
    names, owners, timely = zip(*rows, strict=True)
    return {
        "voyage": np.array(names, dtype=object),
        "copy": np.zeros(len(rows), np.int64),
        "owner": np.array(owners, dtype=object),
        "timely": np.array(timely),
    }


def test_numbers_of_a_force() -> None:
    handoffs = told(
        ("a", "NATO", True),
        ("d", "NATO", True),
        ("d", "NATO", True),
        ("c", "NATO", False),
        ("c", "HCG", True),
    )
    tables = {"decisive": decisive(WITH, {NATO: WITHOUT, Voice("force", "HCG"): WITH}), "handoffs": handoffs}
    numbers = decisive_kpis(tables, [NATO, SHIP, Voice("force", "HCG")])
    assert numbers == {
        "boats_decisive_NATO": 2,
        "persons_decisive_NATO": 20,
        "deaths_averted_NATO": 4,
        "boats_alike_NATO": 1,
        "boats_changed_NATO_from_landed_to_met": 1,
        "boats_changed_NATO_from_lost_to_lost": 1,
        "boats_decisive_HCG": 0,
        "persons_decisive_HCG": 0,
        "deaths_averted_HCG": 0,
        "boats_alike_HCG": 1,
    }
    assert decisive_kpis(tables, []) == {}


@settings(max_examples=40, deadline=None)
@given(boats=st.integers(0, 30), seed=st.integers(0, 2**32))
def test_numbers_agree_with_pandas(make_record: Callable[..., RunRecord], boats: int, seed: int) -> None:
    record = make_record(boats, seed=seed, forces=("HCG", "NATO"))
    numbers = decisive_kpis(record.tables, record.paired)
    table, reports = (pd.DataFrame(dict(record.tables[name])) for name in ("decisive", "handoffs"))
    ids = ["voyage", "copy"]
    for force in ("HCG", "NATO"):
        rows = table[table["name"] == force]
        assert numbers[f"boats_decisive_{force}"] == len(rows)
        assert numbers[f"persons_decisive_{force}"] == rows["persons"].sum()
        averted = (rows["persons_dead_without"] - rows["persons_dead"]).sum()
        assert numbers[f"deaths_averted_{force}"] == averted
        in_time = reports.loc[(reports["owner"] == force) & reports["timely"], ids].drop_duplicates()
        both = in_time.merge(rows[ids], on=ids)
        assert numbers[f"boats_alike_{force}"] == len(in_time) - len(both)
        for (before, after), count in rows.groupby(["outcome_without", "outcome"]).size().items():
            assert numbers[f"boats_changed_{force}_from_{before}_to_{after}"] == count


def test_the_table_is_written_and_its_numbers_with_it(
    make_record: Callable[..., RunRecord], tmp_path: Path
) -> None:
    record = make_record(20, forces=("NATO",))
    run = read_run(write_run(record, tmp_path / "run", inputs=Path(), overwrite=False))
    stored = run.table("decisive")
    assert stored["outcome_without"].tolist() == record.tables["decisive"]["outcome_without"].tolist()
    assert "ended_without_utc" in stored
    head = (tmp_path / "run" / "kpis.csv").read_text().splitlines()[0].split(",")
    assert [name for name in head if name.startswith("boats_decisive_")] == ["boats_decisive_NATO"]


def test_deaths_averted_may_be_fewer_than_none() -> None:
    runs = [{"deaths_averted_NATO": value} for value in (-3.0, 1.0, -1.0, 1.0)]
    found = estimate(runs, "deaths_averted_NATO")
    assert found.mean == -0.5
    assert found.low == pytest.approx(-0.5 - 3.182446 * (11 / 3 / 4) ** 0.5, rel=1e-6)


def numbers_of(**changes: float) -> dict[str, float]:
    usual = {"decisive": 3.0, "persons": 90.0, "averted": 0.0, "alike": 4.0} | changes
    return {
        "boats_decisive_NATO": usual["decisive"],
        "persons_decisive_NATO": usual["persons"],
        "deaths_averted_NATO": usual["averted"],
        "boats_alike_NATO": usual["alike"],
        "boats_changed_NATO_from_at_sea_to_met": 1.0,
        "boats_changed_NATO_from_landed_to_met": 2.0,
    }


def test_the_lead_tells_what_was_decisive_and_which_outcome_it_changed() -> None:
    lines = decisive_in_words(exact(numbers_of(averted=12.0)))[0].splitlines()
    assert lines == [
        "NATO's reports changed what became of 3 boats with 90 persons: 2 were met that would have landed,"
        " 1 was met that would have been still at sea at the end; 12 deaths averted."
        " Besides, 4 boats reported in time would have fared the same.",
        "This is found by running the same draws of chance again with those reports withheld.",
    ]


def test_the_lead_tells_of_more_deaths_and_of_nothing_changed() -> None:
    assert "; 2 deaths more." in decisive_in_words(exact(numbers_of(averted=-2.0)))[0]
    assert "; as many persons died." in decisive_in_words(exact(numbers_of()))[0]
    assert decisive_in_words(exact(numbers_of(decisive=0.0, alike=1.0)))[0].startswith(
        "NATO's reports changed the outcome of no boat."
        " Besides, 1 boat reported in time would have fared the same.\n"
    )
    assert decisive_in_words({}) == []


def test_the_lead_gives_intervals_and_the_force_that_changed_most_first() -> None:
    runs = [numbers_of(), numbers_of(decisive=1.0)]
    renamed = [{name.replace("NATO", "Navy"): value + 1.0 for name, value in run.items()} for run in runs]
    rows = [{**first, **second} for first, second in zip(runs, renamed, strict=True)]
    said = decisive_in_words({name: estimate(rows, name) for name in rows[0]})[0].splitlines()
    assert said[0].startswith("On average Navy's reports changed what became of 3 boats (95 % interval 0 to ")
    assert said[1].startswith("On average NATO's reports changed what became of 2 boats (95 % interval 0 to ")


def test_the_lead_comes_right_after_the_lives_and_every_number_has_a_place(
    make_record: Callable[..., RunRecord],
) -> None:
    record = make_record(20, forces=("NATO",))
    numbers = kpis(record.tables, record.scenario) | decisive_kpis(record.tables, record.paired)
    shown = [name for section in lives_sections(numbers) + work_sections(numbers) for name in section.names()]
    assert sorted(shown) == sorted(numbers)
    parts = summary(of_run(record, Path(), {}), record.scenario, exact(numbers)).split("\n\n")
    assert parts[2].startswith("Of ")
    assert parts[3].startswith("NATO's reports changed what became of ")
    plain = kpis(record.tables, record.scenario)
    assert "NATO's reports" not in summary(of_run(record, Path(), {}), record.scenario, exact(plain))


def test_a_force_that_changed_nothing_counts_0_in_the_mean(
    make_record: Callable[..., RunRecord], tmp_path: Path
) -> None:
    some = make_record(20, forces=("NATO",))
    none = replace(some, tables={**some.tables, "decisive": decisive(some.tables["voyages"], {})})
    runs = [
        kpis(record.tables, record.scenario) | decisive_kpis(record.tables, record.paired)
        for record in (some, none)
    ]
    assert runs[1]["boats_decisive_NATO"] == 0.0
    estimates = fill_parent(some.scenario, runs, tmp_path, inputs=Path())
    assert estimates["boats_decisive_NATO"].mean == runs[0]["boats_decisive_NATO"] / 2
    changes = [name for name in runs[0] if name.startswith("boats_changed_")]
    assert changes
    assert all(aligned(runs)[1][name] == 0.0 for name in changes)
