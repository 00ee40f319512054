"""`network`: tables and JSON hold what the file says; pictures are kept; wrong usage is told."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from aegean_sim.scenario.loading import load_scenario

Aegean = Callable[..., subprocess.CompletedProcess[str]]
ROOT = Path(__file__).resolve().parents[2]
WHOLE = ROOT / "tests" / "data" / "scenarios" / "whole.yaml"


def handoffs_of(path: Path) -> dict[str, Any]:
    handoffs: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))["handoffs"]
    return handoffs


@pytest.mark.parametrize("path", [ROOT / "configs" / "aegean-2016.yaml", WHOLE], ids=["june", "whole"])
def test_json_agrees_with_the_file(aegean_sim: Aegean, path: Path) -> None:
    answer = aegean_sim("network", str(path), "--no-picture", "--json")
    assert answer.returncode == 0, answer.stderr
    told, handoffs = json.loads(answer.stdout), handoffs_of(path)
    assert [desk["name"] for desk in told["desks"]] == [desk["id"] for desk in handoffs["desks"]]
    for desk, said in zip(told["desks"], handoffs["desks"], strict=True):
        assert desk["officers"] == said.get("officers", 1)
        assert (desk["hears"], desk["commands"]) == (said.get("hears", []), said.get("commands", []))
        assert desk["languages"] == sorted(said.get("languages", []))
    for link, said in zip(told["links"], handoffs["links"], strict=True):
        assert [link["sender"], link["receiver"]] == [said["sender"], said["receiver"]]
        assert link["reliability"] == said.get("reliability", 1.0)
        assert link["open_hours_utc"] == said.get("open_hours_utc")
    for rule, said in zip(told["sharing"], handoffs["sharing"], strict=True):
        assert [rule["sender"], rule["receivers"]] == [said["sender"], said["receivers"]]
        assert rule["waters"] == sorted(said.get("waters", []))
        assert rule["only_distress"] == said.get("only_distress", False)
    assert [each["receivers"] for each in told["withheld"]] == [
        each["receivers"] for each in handoffs.get("withheld", [])
    ]
    for table, said in zip(told["round_tables"], handoffs["round_tables"], strict=True):
        assert (table["name"], table["aboard"]) == (said["id"], said["aboard"])
        assert table["seats"] == said["seats"]
    assert told["picture"] is None


def test_every_desk_link_and_rule_is_in_the_tables(aegean_sim: Aegean) -> None:
    answer = aegean_sim("network", "aegean-2016", "--no-picture")
    assert answer.returncode == 0, answer.stderr
    rows = [line.split() for line in answer.stdout.splitlines()]
    handoffs = load_scenario("aegean-2016").scenario.handoffs
    for desk in handoffs.desks:
        assert any(row[:2] == [desk.id, str(desk.officers)] for row in rows)
    for link in handoffs.links:
        assert sum(row[:2] == [link.sender, link.receiver] for row in rows) == 1
    for rule in handoffs.sharing:
        assert sum(row[:2] == [rule.sender, "tells"] for row in rows) == sum(
            other.sender == rule.sender for other in handoffs.sharing
        )
    assert answer.stdout.startswith(
        "Across the round table snmg2 tells tcg in 11 min; by way of marcom in 96 min.\n"
    )


def test_the_whole_file_is_told(aegean_sim: Aegean) -> None:
    told = aegean_sim("network", str(WHOLE), "--no-picture").stdout
    for words in ("3 at 20:00–04:00", "05:00–17:00", "90 % a try", "what units of TR saw"):
        assert words in told
    assert "nothing passes from piraeus to ankara" in told


def test_set_changes_the_network(aegean_sim: Aegean) -> None:
    answer = aegean_sim(
        "network", "aegean-2016", "--no-picture", "--json", "--set", "handoffs.links.0.latency_min=7"
    )
    link = json.loads(answer.stdout)["links"][0]
    assert link["latency"] == {"typical_min": 7.0, "low_min": 7.0, "high_min": 7.0, "law": "constant"}


def test_a_round_table_is_switched_off_by_its_id(aegean_sim: Aegean) -> None:
    off = "handoffs.round_tables.flagship.switched_on=false"
    rows = aegean_sim("network", "aegean-2016", "--no-picture", "--set", off).stdout.splitlines()
    assert any(row.split()[:3] == ["flagship", "de-bonn", "off"] for row in rows)
    assert rows[0] == aegean_sim("network", "aegean-2016-no-table", "--no-picture").stdout.splitlines()[0]


def test_the_picture_goes_to_results(aegean_sim: Aegean, tmp_path: Path) -> None:
    answer = aegean_sim("network", "lab-crossing", "--json")
    assert json.loads(answer.stdout)["picture"] == "results/lab-crossing-network.png"
    (picture,) = (tmp_path / "results").iterdir()
    assert picture.name == "lab-crossing-network.png"
    assert picture.read_bytes().startswith(b"\x89PNG")


def test_a_picture_that_is_there_is_drawn_anew(aegean_sim: Aegean, tmp_path: Path) -> None:
    picture = tmp_path / "mine.png"
    picture.write_bytes(b"old")
    assert aegean_sim("network", "lab-crossing", "--out", "mine.png").returncode == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert [path.name for path in tmp_path.iterdir()] == [picture.name]


def test_the_suffix_chooses_the_format(aegean_sim: Aegean, tmp_path: Path) -> None:
    answer = aegean_sim("network", "aegean-2015-10", "--out", "mine.svg")
    assert answer.stdout.endswith("Picture: mine.svg\n")
    assert "<svg" in (tmp_path / "mine.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("aegean-2061",), "did you mean 'aegean-2016'?"),
        (("aegean-2016", "--out", "network.txt"), "network.txt must end in one of .png, .pdf, .svg"),
        (("aegean-2016", "--out", "network.png", "--no-picture"), "--out: --no-picture writes none"),
        (("aegean-2016", "--out", "network.png", "--worth"), "--out: --worth draws none"),
        (("aegean-2016", "--no-picture", "--worth"), "--no-picture: --worth draws none"),
        (("aegean-2016", "--hops", "hcg>tcg"), "--hops: goes with --worth"),
        (("aegean-2016", "--hops", ""), "--hops: goes with --worth"),
        (("aegean-2016", "--replications", "1"), "--replications: goes with --worth"),
        (("aegean-2016", "--worth", "--hops", ""), "--hops: names no hop"),
        (("aegean-2016", "--worth", "--hops", "hgc>tcg"), "did you mean 'hcg>tcg'?"),
        (
            ("aegean-2016", "--set", "handoffs.links.0.receiver=hgc"),
            "no desk has that name; did you mean 'hcg'?",
        ),
        (("aegean-2016", "--out", "/proc/nowhere/network.png"), "cannot write /proc/nowhere/network.png"),
    ],
)
def test_wrong_usage_is_told_in_one_message(
    aegean_sim: Aegean, arguments: tuple[str, ...], told: str
) -> None:
    answer = aegean_sim("network", *arguments)
    assert (answer.returncode, answer.stdout) == (2, "")
    assert answer.stderr.startswith("aegean-sim: error: ")
    assert told in answer.stderr


def test_the_readme_shows_what_is_printed(aegean_sim: Aegean) -> None:
    section = (ROOT / "README.md").read_text(encoding="utf-8").split("## Who tells whom")[1].split("\n## ")[0]
    shown = [line.strip() for line in section.splitlines() if line.startswith("    ")]
    printed = {
        line.strip() for line in aegean_sim("network", "aegean-2016", "--no-picture").stdout.splitlines()
    }
    assert len(shown) > 10
    assert [line for line in shown if line not in printed] == []


def test_help_gives_examples(aegean_sim: Aegean) -> None:
    assert "aegean-sim network my.yaml --out network.svg" in aegean_sim("network", "--help").stdout
