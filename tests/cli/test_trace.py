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


GUARDED = """
  - id: guard
    owner: CG
    theatre: lab
    side: destination
    duties: [intercept]
    max_speed_kn: 40
    patrol: {kind: station, at: [-5, 4]}
handoffs:
  desks:
    - {id: hq, handling_min: 1, officers: 40, hears: [NATO]}
    - {id: coast, handling_min: 1, officers: 40, commands: [CG]}
  links: [{sender: hq, receiver: coast, latency_min: 2}]
  sharing: [{sender: hq, receivers: [coast]}]
  response: {contact_needed: false, bring_ashore: false, on_scene_min: 0}
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


def test_who_sends_whom_on_what_is_told_and_a_unit_is_there_before_it_acts(
    aegean_sim: Callable[..., Answer], laboratory: Path, tmp_path: Path
) -> None:
    voyages = "voyages:" + laboratory.read_text().partition("voyages:")[2]
    laboratory.write_text(laboratory.read_text().removesuffix(voyages).rstrip() + GUARDED + voyages)
    assert aegean_sim("run", str(laboratory), "--out", "met", "--no-map", "--no-pairs").returncode == 0
    responses, hops = (
        pd.read_parquet(tmp_path / "met" / f"{name}.parquet") for name in ("responses", "handoffs")
    )
    met = responses[responses["result"] == "met"].iloc[0]
    report = hops.loc[hops["handoff"] == met["handoff"], "report"].item()
    answer = aegean_sim("trace", str(tmp_path / "met"), f"boat/{met['copy']}", "--json")
    words = [each["what"] for each in json.loads(answer.stdout)["life"]]
    order = [f"report {report}: coast: tasked", f"coast sends guard on report {report}", "guard is on scene"]
    order += ["met by guard", "guard is done: met"]
    assert [each for each in words if each in order] == order
    assert all(words.index("met by guard") < row for row, each in enumerate(words) if "out of sight" in each)


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
