"""The page of a sweep in a real browser: the slider tells what compare tells, and nothing else."""

from pathlib import Path

import pytest
from tests.page.conftest import Opener
from tests.page.test_replay import is_empty_of_violations

from aegean_sim.page.sweep import sweep_of
from aegean_sim.study.comparison.loading import of_sweep


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_slider_turns_levels_and_nobody_is_shut_out(opened: Opener, swept: Path, theme: str) -> None:
    page = opened(swept / "page.html", color_scheme=theme)
    page.locator("#level").press("End")
    assert page.evaluate("aegeanSim.level()") == "4"
    seen = dict(page.evaluate("aegeanSim.told()"))["Boats seen"]
    (part,) = sweep_of(of_sweep(swept))["levers"][0]["parts"]
    (measure,) = (each for each in part["measures"] if each["title"] == "Boats seen")
    assert seen == f"{measure['told'][-1]} %"
    card = page.locator(".card", has_text="Boats seen").first.inner_text()
    assert f"95 % interval {measure['interval'][-1]}" in card
    assert measure["apart"][-1]["told"] in card
    assert is_empty_of_violations(page)


def test_it_fits_a_telephone_and_keeps_its_state(opened: Opener, swept: Path) -> None:
    page = opened(swept / "page.html", "#level=2", width=390, height=844)
    assert page.evaluate("aegeanSim.level()") == "2"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "may be concluded" in page.locator("#words").inner_text()
