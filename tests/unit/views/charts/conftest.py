"""Runs of a laboratory whose five boats each fare in another way."""

from collections.abc import Callable
from pathlib import Path

import pytest
from tests.unit.views.conftest import Rows, laboratory_scenario, stored

from aegean_sim.quantities import HOUR_S, MINUTE_S
from aegean_sim.recording.reading import StoredRun

Build = Callable[..., StoredRun]


@pytest.fixture
def five_boats(tmp_path: Path) -> Build:
    """Five boats of ten persons each in every theatre, ``shift_h`` after the start."""

    def build(name: str = "run", theatres: tuple[str, ...] = ("lab",), shift_h: float = 0.0) -> StoredRun:
        rows = Rows()
        for theatre in theatres:
            _sail(rows, theatre, shift_h * HOUR_S)
        return stored(tmp_path / name, laboratory_scenario(theatres), rows, {})

    return build


def _sail(rows: Rows, theatre: str, shift_s: float) -> None:
    _voyage(rows, theatre, "reached", shift_s, "met", persons_met=10)
    _voyage(rows, theatre, "sent", shift_s, "landed", persons_landed=10)
    _voyage(rows, theatre, "told", shift_s, "landed", persons_landed=10)
    _voyage(rows, theatre, "seen", shift_s, "lost", persons_dead=7, persons_landed=3)
    _voyage(rows, theatre, "unknown", shift_s + 2 * HOUR_S, "at_sea", persons_at_sea=10)
    for number, boat in enumerate(("reached", "sent", "told", "seen")):
        whose = {
            "theatre": theatre,
            "voyage": f"{theatre}-{boat}",
            "owner": "NATO",
            "unit": f"ship-{theatre}",
        }
        rows.add("contacts", **whose, contact=number, start_s=shift_s + 60.0, end_s=shift_s + HOUR_S)
    _report(rows, theatre, 0, "reached", shift_s, decision="passed_on")
    _hop(rows, theatre, 1, 0, "reached", shift_s, decision="tasked", timely=True)
    _report(rows, theatre, 2, "sent", shift_s, decision="tasked", timely=True)
    _report(rows, theatre, 3, "told", shift_s, decision="refused", reason="late")
    there = {"theatre": theatre, "owner": "NATO", "tasked_s": shift_s + 50 * MINUTE_S}
    rows.add("responses", **there, response=0, handoff=1, voyage=f"{theatre}-reached", result="met",
             on_scene_s=shift_s + 80 * MINUTE_S)  # fmt: skip
    rows.add("responses", **there, response=1, handoff=2, voyage=f"{theatre}-sent", result="too_late")


def _voyage(rows: Rows, theatre: str, boat: str, departed_s: float, outcome: str, **fates: int) -> None:
    times = {"departed_s": departed_s, "ended_s": departed_s + 3 * HOUR_S}
    rows.add("voyages", theatre=theatre, voyage=f"{theatre}-{boat}", route="here>there", persons=10,
             outcome=outcome, **times, **fates)  # fmt: skip


def _report(rows: Rows, theatre: str, number: int, boat: str, shift_s: float, **decided: object) -> None:
    """Tell a desk four minutes after the start; decided after twenty."""
    minutes = {"observed_s": 3, "sent_s": 4, "arrived_s": 5, "taken_up_s": 10, "decided_s": 20}
    sent = {"report": number, "hop": 0, "sender": f"ship-{theatre}", "receiver": "first", "way": "unit"}
    _handoff(rows, theatre, number, boat, shift_s, minutes, **sent, **decided)


def _hop(
    rows: Rows, theatre: str, number: int, report: int, boat: str, shift_s: float, **decided: object
) -> None:
    """Pass a report on across the table; decided after fifty minutes."""
    minutes = {"observed_s": 3, "sent_s": 20, "arrived_s": 30, "taken_up_s": 35, "decided_s": 50}
    sent = {"report": report, "hop": 1, "sender": "first", "receiver": "second", "way": "table"}
    _handoff(rows, theatre, number, boat, shift_s, minutes, **sent, **decided)


def _handoff(
    rows: Rows, theatre: str, number: int, boat: str, shift_s: float, minutes: dict[str, int], **said: object
) -> None:
    times = {name: shift_s + minute * MINUTE_S for name, minute in minutes.items()}
    whose = {"theatre": theatre, "voyage": f"{theatre}-{boat}", "owner": "NATO"}
    contact = ("reached", "sent", "told").index(boat)
    rows.add("handoffs", **whose, handoff=number, contact=contact, **times, **said)
