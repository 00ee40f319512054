"""`trace`: a boat's life agrees with the tables, and boats that are not there are told."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

Answer = subprocess.CompletedProcess[str]

DESKS = """
handoffs:
  desks:
    - {id: hq, handling_min: 10, hears: [NATO]}
    - {id: shore, handling_min: 5}
  links: [{sender: hq, receiver: shore, latency_min: 20}]
  sharing: [{sender: hq, receivers: [shore]}]
"""


@pytest.fixture
def told(aegean_sim: Callable[..., Answer], laboratory: Path, tmp_path: Path) -> Path:
    laboratory.write_text(laboratory.read_text() + DESKS)
    assert aegean_sim("run", str(laboratory), "--out", "here", "--no-map").returncode == 0
    return tmp_path / "here"


def test_a_life_holds_every_row_of_the_tables(aegean_sim: Callable[..., Answer], told: Path) -> None:
    contacts, hops = (pd.read_parquet(told / f"{name}.parquet") for name in ("contacts", "handoffs"))
    copy = int(hops["copy"].iloc[0])
    answer = aegean_sim("trace", str(told), f"boat/{copy}", "--json")
    assert answer.returncode == 0, answer.stderr
    life = json.loads(answer.stdout)["life"]
    times = [each["time_s"] for each in life]
    assert times == sorted(times)
    words = [each["what"] for each in life]
    seen, sent = contacts[contacts["copy"] == copy], hops[hops["copy"] == copy]
    assert sum(each.startswith("seen by ship") for each in words) == len(seen) > 0
    assert sum(" tells " in each for each in words) == len(sent) > 1
    assert words[0].startswith("sets out with 10 persons")
    at_shore = next(each for each in life if each["what"].endswith("at shore"))
    assert at_shore["time_s"] == pytest.approx(seen["start_s"].iloc[0] + 30 * 60.0)


def test_a_life_is_printed_line_by_line(aegean_sim: Callable[..., Answer], told: Path) -> None:
    lines = aegean_sim("trace", str(told), "boat/0").stdout.splitlines()
    assert lines[0] == "2016-06-01 00:12:00  sets out with 10 persons on its way"


@pytest.mark.parametrize(
    ("boat", "words"), [("boat/40", "did you mean 'boat/4"), ("boat", "boat/"), ("", "it has boat/0")]
)
def test_an_unknown_boat_is_told(
    aegean_sim: Callable[..., Answer], told: Path, boat: str, words: str
) -> None:
    answer = aegean_sim("trace", str(told), boat)
    assert answer.returncode == 2
    assert "the run has no boat" in answer.stderr
    assert words in answer.stderr
    assert "Traceback" not in answer.stderr
