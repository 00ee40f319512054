"""The page on the tables explains every column and every word that a run writes."""

import re
from pathlib import Path

import pytest

from aegean_sim.behaviour import tasking
from aegean_sim.entities.boat import MET, OUTCOMES, RESCUED, STOPPED
from aegean_sim.handoff.ends import ENDS
from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.labels import LIVES_LABELS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "tables.md").read_text(encoding="utf-8")
COMMON, *PARTS = PAGE.split("\n## ")
SECTIONS = {part.partition("\n")[0]: part for part in PARTS}
RESULTS = {
    MET, RESCUED, STOPPED, tasking.UNDER_WAY, tasking.NOT_FOUND, tasking.TOO_LATE, tasking.CALLED_OFF,
    tasking.DUPLICATE, tasking.FALSE,
}  # fmt: skip


def explained(text: str) -> set[str]:
    """Give the words in the first column of all tables of a text."""
    first = re.findall(r"^\|([^|]*)\|", text, re.MULTILINE)
    return {word for cell in first for word in re.findall(r"`(\w+)`", cell)}


@pytest.mark.parametrize("table", ["voyages", "contacts", "handoffs", "responses", "desks", "decisive"])
def test_every_column_is_explained(table: str) -> None:
    at_door = {"x_m": "lon", "y_m": "lat"}
    named = {at_door.get(column, column) for column in COLUMNS[table]}
    assert named <= explained(COMMON) | explained(SECTIONS[table])


def test_every_outcome_is_explained() -> None:
    assert all(f"`{outcome}`" in SECTIONS["voyages"] for outcome in OUTCOMES)


def test_every_end_and_every_result_is_explained() -> None:
    assert {end for end in ENDS if end} <= explained(SECTIONS["handoffs"])
    assert explained(SECTIONS["responses"]) >= RESULTS


def test_every_figure_of_lives_is_explained() -> None:
    named = explained(SECTIONS["kpis"])
    families = {re.sub(r"_[A-Z]+$", "_", word) for word in named}
    for figure in LIVES_LABELS:
        assert re.sub(r"_[A-Z]+$", "_", figure) in families
