"""Two boxes of open sea in one run, from the file to every report."""

import csv
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from aegean_sim.recording.reading import read_run

Aegean = Callable[..., subprocess.CompletedProcess[str]]
TWO = """
name: two-seas
start: 2016-06-01T00:00:00Z
duration_h: 30
seed: 4
theatres:
  east: {coast: open_sea, box_nm: [-60, -60, 60, 60], recorded_share: 0.5}
  west: {coast: open_sea, box_nm: [-60, -60, 60, 60]}
units:
  - &cutter
    id: east-cutter
    owner: CG
    theatre: east
    side: destination
    duties: [watch, intercept, rescue]
    capacity: 100
    speed_kn: 10
    max_speed_kn: 25
    home_port: [0, 50]
    patrol: {kind: station, at: [0, 0]}
    sensors: [{law: definite_range, range_nm: 8}]
  - {<<: *cutter, id: west-ship, owner: NGO, theatre: west}
voyages:
  - {id: near, theatre: east, points: [[1, 5, -10], [9, 5, 40]], persons: 30}
  - {id: far, theatre: east, points: [[1, 50, -50], [9, 50, 40]], persons: 12}
  - {id: lost, theatre: west, points: [[1, 3, -10], [20, 3, -4]], persons: 20, distress_h: 2}
handoffs:
  desks: [{id: centre, handling_min: 1, hears: [CG, NGO], commands: [CG, NGO]}]
"""


@pytest.fixture
def two_seas(tmp_path: Path) -> Path:
    path = tmp_path / "two-seas.yaml"
    path.write_text(TWO)
    return path


def test_every_report_tells_of_both_theatres_lives_first(
    aegean_sim: Aegean, two_seas: Path, tmp_path: Path
) -> None:
    answer = aegean_sim("run", str(two_seas), "--no-map")
    assert answer.returncode == 0, answer.stderr
    folder = tmp_path / "results" / "two-seas"
    voyages = read_run(folder).table("voyages")
    with (folder / "kpis.csv").open() as file:
        (row,) = csv.DictReader(file)
    for theatre, some in voyages.groupby("theatre"):
        for column in ("persons", "persons_met", "persons_rescued", "persons_landed", "persons_dead"):
            assert float(row[f"{column}@{theatre}"]) == some[column].sum()
    assert float(row["persons_taken_CG@east"]) == float(row["persons_met@east"]) == 30
    assert float(row["persons_landed@east"]) == 12
    assert float(row["persons_taken_NGO"]) == float(row["persons_rescued@west"]) > 0
    assert float(row["persons_dead_recorded@east"]) == 0.5 * float(row["persons_dead@east"])
    east, west = (folder / "summary.md").read_text().split("\n\n")[1:3]
    assert east.startswith(
        "In east, of 42 persons in 2 boats 0 died, 0 were rescued from distress, 30 were met"
    )
    assert west.startswith("In west, of 20 persons in 1 boats ")
    assert answer.stdout.split()[:3] == ["all", "east", "west"]
    lines = [line.split() for line in answer.stdout.splitlines()]
    assert ["persons", "who", "set", "out", "62", "42", "20"] in lines
    assert "Departures do not react to patrols or rescue" in answer.stdout
    assert "really saw" not in answer.stdout


def test_several_runs_give_each_theatre_an_interval(
    aegean_sim: Aegean, two_seas: Path, tmp_path: Path
) -> None:
    answer = aegean_sim("run", str(two_seas), "--no-map", "--replications", "3", "--json")
    assert answer.returncode == 0, answer.stderr
    said = json.loads(answer.stdout)
    assert said["kpis"]["persons@east"] == {"mean": 42.0, "low": 42.0, "high": 42.0}
    assert said["history"] == []
    assert said["left_out"][0].startswith("Departures do not react to patrols or rescue")
    summary = (tmp_path / "results" / "two-seas" / "summary.md").read_text()
    assert "In east, on average over the runs, of 42 persons" in summary
    assert "| persons who set out | 62 (62 to 62) | 42 (42 to 42) | 20 (20 to 20) |" in summary


REAL = """
name: june
start: 2016-06-01T00:00:00Z
duration_h: 24
theatres:
  aegean: {coast: aegean}
  central-med: {coast: central-med, recorded_share: 0.8}
voyages:
  - {id: north, theatre: aegean, points: [[1, 26.55, 39.2], [3, 26.60, 39.1]], persons: 40}
  - {id: south, theatre: central-med, points: [[1, 12.5, 33.2], [20, 12.5, 34.4]], persons: 100}
"""


@pytest.mark.slow
def test_what_the_month_saw_stands_in_every_report(aegean_sim: Aegean, tmp_path: Path) -> None:
    (tmp_path / "june.yaml").write_text(REAL)
    answer = aegean_sim("run", "june.yaml", "--no-map", "--replications", "2", "--json", "--out", "june")
    assert answer.returncode == 0, answer.stderr
    history = {(each["theatre"], each["metric"]): each for each in json.loads(answer.stdout)["history"]}
    attempts = history["central-med", "attempts"]
    assert attempts["published"] == pytest.approx(25_676 / 30)
    assert (attempts["use"], attempts["pro_rata"]) == ("calibration", True)
    assert attempts["run"] == {"mean": 100.0, "low": 100.0, "high": 100.0}
    assert history["aegean", "arrivals"]["kpi"] == "persons_arrived@aegean"
    parent = (tmp_path / "june" / "summary.md").read_text()
    alone = (tmp_path / "june" / "r000" / "summary.md").read_text()
    fact = "855.9 | 2016-06, pro rata | used to calibrate | sum of published figures |"
    assert f"| set out | 100 | 100 to 100 | {fact}" in parent
    assert f"| set out | 100 | {fact}" in alone
    shown = aegean_sim("run", "june.yaml", "--no-map", "--out", "shown", COLUMNS="160").stdout
    assert "What the same month really saw: central-med" in shown
    lines = [line.split() for line in shown.splitlines()]
    assert ["set", "out", "100", "855.9", "2016-06,", "pro", "rata", "used", "to", "calibrate"] in lines
    assert "Counted by: " in shown
