import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.figures import wholes_of
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.labels import lives_sections, work_sections
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.doctrine import Tip

NAN = math.nan
FILLING: dict[str, Any] = {"theatre": "aegean", "copy": 0, "number": 1, "hop": 0, "contact": -1, "unit": ""}
VOYAGES = [
    {"voyage": "a", "departed_s": 0.0, "ended_s": 7200.0, "outcome": "met", "persons": 40, "persons_met": 40},
    {
        "voyage": "b",
        "departed_s": 600.0,
        "ended_s": 6000.0,
        "outcome": "landed",
        "persons": 30,
        "persons_landed": 30,
    },
    {
        "voyage": "c",
        "departed_s": 0.0,
        "ended_s": 40_000.0,
        "outcome": "lost",
        "persons": 20,
        "persons_dead": 5,
        "persons_rescued": 15,
        "distress_s": 3000.0,
    },
    {
        "voyage": "d",
        "departed_s": 0.0,
        "ended_s": NAN,
        "outcome": "at_sea",
        "persons": 9,
        "persons_at_sea": 9,
    },
]
CONTACTS = [
    {"voyage": "a", "owner": "NATO", "start_s": 1800.0},
    {"voyage": "a", "owner": "HCG", "start_s": 1200.0},
    {"voyage": "b", "owner": "NATO", "start_s": 6001.0},
    {"voyage": "d", "owner": "NATO", "start_s": 3600.0},
]
REPORTS = [
    {
        "report": 0,
        "voyage": "a",
        "owner": "NATO",
        "decision": "passed_on",
        "decided_s": 2000.0,
        "timely": False,
    },
    {
        "report": 0,
        "voyage": "a",
        "owner": "NATO",
        "hop": 1,
        "decision": "tasked",
        "decided_s": 3.0,
        "timely": True,
    },
    {"report": 1, "voyage": "a", "owner": "HCG", "decision": "known", "decided_s": 2500.0, "timely": True},
    {
        "report": 2,
        "voyage": "d",
        "owner": "NATO",
        "decision": "refused",
        "decided_s": 4000.0,
        "reason": "not ours",
    },
    {
        "report": 2,
        "voyage": "d",
        "owner": "NATO",
        "decision": "refused",
        "decided_s": 5000.0,
        "reason": "too late",
    },
    {
        "report": 3,
        "voyage": "d",
        "owner": "NATO",
        "decision": "refused",
        "decided_s": 6000.0,
        "reason": "too late",
    },
    {"report": 3, "voyage": "d", "owner": "NATO", "decision": "passed_on", "decided_s": 7000.0},
    {"report": 4, "voyage": "d", "owner": "NATO", "decision": "refused", "decided_s": 6500.0, "reason": ""},
    {"report": 5, "voyage": "c", "owner": "", "decision": "", "decided_s": NAN},
    {"report": 6, "voyage": "b", "owner": "HCG", "decision": "known", "decided_s": 8000.0},
    {"report": 7, "voyage": "", "owner": "NATO", "decision": "tasked", "decided_s": 9000.0, "timely": True},
]
TIPS = [
    {"report": 8, "voyage": "c", "owner": "phone", "decision": "tasked", "decided_s": 50.0, "timely": True},
    {"report": 9, "voyage": "d", "owner": "shore", "decision": "refused", "decided_s": 60.0},
]
RESPONSES = [
    {"voyage": "a", "tasked_s": 2400.0, "on_scene_s": 6000.0, "result": "met"},
    {"voyage": "a", "tasked_s": 2400.0, "on_scene_s": 4800.0, "result": "met"},
    {"voyage": "d", "tasked_s": 5000.0, "on_scene_s": NAN, "result": "not_found"},
    {"voyage": "", "tasked_s": 9000.0, "on_scene_s": 9300.0, "result": "false"},
    {"voyage": "", "tasked_s": 9900.0, "on_scene_s": NAN, "result": "called_off"},
]


def table(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    def filled(row: dict[str, Any], column: str) -> Any:
        missing = NAN if column.endswith("_s") else 0 if column.startswith("persons") else ""
        return {column: missing, "timely": False, "distress": False, **FILLING, **row}[column]

    return pd.DataFrame({column: [filled(row, column) for row in rows] for column in COLUMNS[name]})


def tables(reports: list[dict[str, Any]]) -> dict[str, pd.DataFrame]:
    return {
        "voyages": table("voyages", VOYAGES),
        "contacts": table("contacts", CONTACTS),
        "handoffs": table("handoffs", reports),
        "responses": table("responses", RESPONSES),
        "desks": table("desks", []),
    }


@pytest.fixture
def by_hand(record: RunRecord) -> dict[str, float]:
    return kpis(tables(REPORTS), record.scenario)


def test_lives_and_boats_are_counted(by_hand: dict[str, float]) -> None:
    assert list(by_hand)[:3] == ["persons", "persons_dead", "persons_rescued"]
    expected = {
        "persons": 99,
        "persons_dead": 5,
        "persons_rescued": 15,
        "persons_met": 40,
        "persons_stopped": 0,
    }
    expected |= {"persons_landed": 30, "persons_at_sea": 9, "boats": 4, "boats_lost": 1, "boats_met": 1}
    expected |= {"boats_landed": 1, "boats_at_sea": 1, "boats_stopped": 0, "boats_rescued": 0}
    expected |= {
        "boats_in_distress": 1,
        "contacts": 4,
        "reports": 7,
        "messages": 8,
        "responses": 5,
        "responses_false": 2,
        "responses_not_found": 1,
        "responses_called_off": 0,
    }
    assert {name: by_hand[name] for name in expected} == expected


def test_a_boat_is_seen_by_a_contact_before_its_end(by_hand: dict[str, float]) -> None:
    assert by_hand["boats_seen_share"] == 2 / 4
    assert by_hand["boats_seen_share_NATO"] == 2 / 4
    assert by_hand["boats_seen_share_HCG"] == 1 / 4


def test_times_are_medians_in_minutes(by_hand: dict[str, float]) -> None:
    assert by_hand["first_contact_min"] == 60.0
    assert by_hand["tasked_to_scene_min"] == (60.0 + 40.0) / 2
    assert by_hand["seen_to_scene_min"] == (4800.0 - 1200.0) / 60.0


def test_a_report_is_timely_or_known_or_in_vain_or_open(by_hand: dict[str, float]) -> None:
    assert by_hand["messages_false_share"] == 1 / 8
    assert by_hand["reports_timely_share"] == 2 / 7
    assert by_hand["reports_known_share"] == 1 / 7
    assert by_hand["reports_in_vain_share"] == 3 / 7
    assert by_hand["in_vain_too_late"] == 2
    assert by_hand["in_vain_unsaid"] == 1
    assert "in_vain_not_ours" not in by_hand


def test_boats_told_in_time_are_counted_by_whose_unit_reported(by_hand: dict[str, float]) -> None:
    assert by_hand["boats_told_in_time_share"] == 1 / 4
    assert by_hand["boats_told_in_time_share_NATO"] == 1 / 4
    assert by_hand["boats_told_in_time_share_HCG"] == 1 / 4


def test_boats_told_in_time_by_tips_are_counted_by_their_source(record: RunRecord) -> None:
    told = {"theatre": "aegean", "share": 0.5, "delay_min": 9, "receiver": "jrcc"}
    tips = tuple(Tip.model_validate({"id": each, "source": each} | told) for each in ("shore", "phone"))
    handoffs = record.scenario.handoffs.model_copy(update={"tips": tips})
    with_tips = record.scenario.model_copy(update={"handoffs": handoffs})
    numbers = kpis(tables([*REPORTS, *TIPS]), with_tips)
    assert numbers["boats_told_in_time_share"] == 2 / 4
    assert numbers["boats_told_in_time_share_phone"] == 1 / 4
    assert numbers["boats_told_in_time_share_shore"] == 0.0
    assert "boats_told_in_time_share_fisher" not in numbers
    sections = lives_sections(numbers) + work_sections(numbers)
    labels = dict(row for section in sections for row in section.rows)
    assert sorted(labels) == sorted(numbers)
    assert labels["boats_told_in_time_share_phone"] == "boats reported in time by telephone from aboard"


def test_a_run_without_boats_has_counts_of_0_and_no_shares(make_record: Callable[..., RunRecord]) -> None:
    record = make_record(0)
    numbers = kpis(record.tables, record.scenario)
    undefined = ("desk_busy", "desk_wait", "persons_per_event_", "deaths_median_incident")
    for name, value in numbers.items():
        is_nan = wholes_of(name) or name.endswith("_min") or name.startswith(undefined)
        assert math.isnan(value) if is_nan else value == 0.0


@settings(max_examples=40, deadline=None)
@given(boats=st.integers(1, 30), seed=st.integers(0, 2**32))
def test_numbers_agree_with_pandas(make_record: Callable[..., RunRecord], boats: int, seed: int) -> None:
    record = make_record(boats, seed=seed)
    numbers = kpis(record.tables, record.scenario)
    frames = {name: pd.DataFrame(dict(columns)) for name, columns in record.tables.items()}
    fates = [numbers[f"persons_{fate}"] for fate in ("dead", "rescued", "met", "stopped", "landed", "at_sea")]
    assert sum(fates) == numbers["persons"] == frames["voyages"]["persons"].sum()
    outcomes = [
        numbers[f"boats_{fate}"] for fate in ("lost", "rescued", "met", "stopped", "landed", "at_sea")
    ]
    assert sum(outcomes) == numbers["boats"] == boats

    ids = ["voyage", "copy"]
    seen = frames["contacts"].merge(frames["voyages"], on=ids)
    in_time = seen[~(seen["start_s"] > seen["ended_s"])]
    for owner in ("NATO", "HCG"):
        share = len(in_time.loc[in_time["owner"] == owner, ids].drop_duplicates()) / boats
        assert numbers[f"boats_seen_share_{owner}"] == pytest.approx(share)
    first = seen.groupby(ids).agg({"start_s": "min", "departed_s": "first"})
    assert numbers["first_contact_min"] == pytest.approx(
        (first["start_s"] - first["departed_s"]).median() / 60
    )

    reports = frames["handoffs"].groupby("report")
    timely = reports["timely"].any().astype(bool)
    known = reports["decision"].agg(lambda said: bool((said == "known").any())) & ~timely
    is_open = reports["decided_s"].agg(lambda when: bool(when.isna().any())) & ~timely & ~known
    shares = [numbers[f"reports_{fate}_share"] for fate in ("timely", "known", "in_vain")]
    assert shares == pytest.approx([timely.mean(), known.mean(), (~(timely | known | is_open)).mean()])


def test_the_columns_do_not_depend_on_who_saw_something(make_record: Callable[..., RunRecord]) -> None:
    many, none = make_record(30), make_record(0)
    names = [
        [name for name in kpis(record.tables, record.scenario) if not name.startswith("in_vain_")]
        for record in (many, none)
    ]
    assert names[0] == names[1]
    assert len(names[0]) == np.unique(names[0]).size
