"""The page on calibration holds the table of every case and check, and names commands that work."""

import re
from pathlib import Path

import pytest

from aegean_sim.study.cases import cases
from aegean_sim.study.comparison.model_error import MISSES
from aegean_sim.study.theory import CHECKS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "calibration.md").read_text(encoding="utf-8")


def test_every_case_and_every_check_is_in_the_printed_table() -> None:
    for name in cases():
        assert f"({name})" in PAGE
    assert len(re.findall(r"^ .* yes $", PAGE, re.MULTILINE)) == len(CHECKS)


def test_the_table_is_dated_and_tells_its_command() -> None:
    assert re.search(r"`COLUMNS=\d+ aegean-sim validate`, \d+ \w+ 20\d\d", PAGE)


def test_names_of_scenarios_are_those_there_are() -> None:
    named = set(re.findall(r"\| (aegean-20[\w-]+|central-med-[\w-]+) \|$", PAGE, re.MULTILINE))
    assert named <= {case.scenario for case in cases().values()}


def test_what_a_comparison_says_that_the_model_misses_is_on_the_page() -> None:
    for miss in MISSES:
        found = re.search(r": ([\d.]+).* against ([\d.]+)", miss.told)
        assert found is not None
        simulated, published = (float(number) for number in found.groups())
        assert abs(simulated - published) / simulated == pytest.approx(miss.share, abs=0.006)
        assert re.search(rf" {found[1]} .* {found[2]} ", PAGE), miss.told
