"""The picture of a network: everything is in it, nothing lies on anything else, and it stays the same."""

from collections import Counter
from collections.abc import Iterator
from itertools import combinations, permutations
from pathlib import Path
from typing import Any

import matplotlib.image as mpl_image
import pytest
from matplotlib.text import Text

from aegean_sim.errors import StoreError
from aegean_sim.handoff.description import describe
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.views.network_chart import _drawn, draw_network
from aegean_sim.views.network_marks import label_of
from aegean_sim.views.sheet import own_look

WHOLE = str(Path(__file__).parents[2] / "data" / "scenarios" / "whole.yaml")
EAST = {"id": "east", "aboard": "lion", "seats": {"a": 2, "b": 1}, "word_min": 3}
WEST = {"id": "west", "aboard": "bear", "seats": {"a": 1, "c": 1, "d": 1}, "word_min": 4}
PRINT = "0123456789abcdef" * 4


def made_up(desks: list[dict[str, Any]], **handoffs: Any) -> Scenario:
    return Scenario.model_validate(
        {
            "name": "made-up",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 1,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-9, -9, 9, 9]}},
            "handoffs": {"desks": desks} | handoffs,
        }
    )


def crowd() -> Scenario:
    """Eight desks with names as long as may be, twenty links, three round tables."""
    names = [
        f"{number}-joint-rescue-coordination-centre-of-a-sea-with-a-long-WWWWWWWWW"[:64]
        for number in range(8)
    ]
    forces = [f"{number}-force-with-quite-a-long-name" for number in range(8)]
    desks = [
        {"id": name, "handling_min": {"triangular": [1, 9, 100]}, "hears": [force], "languages": [language],
         "shifts": [{"hours_utc": [20, 4], "officers": 12}]}
        for name, force, language in zip(names, forces, ["el", "tr"] * 4, strict=True)
    ]  # fmt: skip
    laws: list[Any] = [{"lognormal": [300, 3]}, {"triangular": [30, 60, 180]}]
    links = [
        {"sender": one, "receiver": other, "latency_min": laws[row % 2], "reliability": 1 / (1 + row % 2)}
        for row, (one, other) in enumerate(list(permutations(names, 2))[::3][:20])
    ]  # fmt: skip
    sharing = [{"sender": each["sender"], "receivers": [each["receiver"]]} for each in links[:6]]
    tables = [
        {"id": f"table-{row}", "aboard": names[row], "seats": dict.fromkeys(names[row : row + 4], 3)}
        for row in range(3)
    ]
    return made_up(desks, links=links, sharing=sharing, round_tables=tables)


SCENARIOS = {
    "june": lambda: load_scenario("aegean-2016").scenario,
    "october": lambda: load_scenario("aegean-2015-10").scenario,
    "whole": lambda: load_scenario(WHOLE).scenario,
    "laboratory": lambda: load_scenario("lab-crossing").scenario,
    "one desk": lambda: made_up([{"id": "hq", "handling_min": 5, "hears": ["NATO"]}]),
    "two desks": lambda: made_up([{"id": name, "handling_min": 5} for name in ("hq", "shore")]),
    "two tables": lambda: made_up(
        [{"id": name, "handling_min": 5} for name in "abcd"], round_tables=[EAST, WEST]
    ),
    "crowd": crowd,
}


@pytest.fixture(scope="module", params=list(SCENARIOS))
def scenario(request: pytest.FixtureRequest) -> Scenario:
    return SCENARIOS[request.param]()


def texts_of(scenario: Scenario) -> Iterator[Text]:
    with own_look():
        sheet = _drawn(describe(scenario))
        sheet.figure.canvas.draw()
        found = sheet.figure.findobj(Text)
    return (text for text in found if isinstance(text, Text) and text.get_text() and text.get_visible())


def test_no_text_lies_on_another_or_beyond_the_edge(scenario: Scenario) -> None:
    with own_look():
        sheet = _drawn(describe(scenario))
        sheet.figure.canvas.draw()
        shown = [text for text in sheet.figure.findobj(Text) if isinstance(text, Text) and text.get_text()]
        boxes = [
            (text.get_text(), text.get_window_extent())
            for text in shown
            if text.axes and text.axes.axison is False
        ]
    for words, box in boxes:
        assert box.x0 >= 0.0, words
        assert box.x1 <= sheet.figure.bbox.width, words
    for (one, box), (other, near) in combinations(boxes, 2):
        across = min(box.x1, near.x1) - max(box.x0, near.x0)
        down = min(box.y1, near.y1) - max(box.y0, near.y0)
        assert across <= 0.0 or down <= 3.0, (one, other)  # boxes of lines hold room above and below letters


def test_every_desk_force_and_link_is_in_the_picture(scenario: Scenario) -> None:
    network, words = describe(scenario), Counter(text.get_text() for text in texts_of(scenario))
    for link in network.links:
        words[label_of(link)] -= 1
    assert min(words.values(), default=0) >= 0
    whole = " ".join(words).replace("…", "")
    for desk in network.desks:
        for name in (desk.name, *desk.hears, *desk.commands):
            assert name[:12] in whole


def test_a_rule_is_told_under_the_picture() -> None:
    words = [text.get_text() for text in texts_of(SCENARIOS["june"]())]
    assert "snmg2 tells hcg and frontex when the boat is in GR waters" in words
    assert any(line.startswith("hcg across the table, else by way of marcom; frontex by") for line in words)


def test_each_round_table_is_in_the_picture() -> None:
    words = [text.get_text() for text in texts_of(SCENARIOS["two tables"]())]
    for line in ("aboard lion", "aboard bear"):
        assert words.count(f"Round table {line}") == 1
    for line, count in (("a word takes 3 min", 1), ("a word takes 4 min", 1), ("1 at the round table", 3)):
        assert words.count(line) == count
    assert words.count("3 at 2 round tables") == 1


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_the_same_network_gives_the_same_file(tmp_path: Path, suffix: str) -> None:
    june = SCENARIOS["june"]()
    one, other = (tmp_path / folder / f"network.{suffix}" for folder in ("a", "b"))
    for path in (one, other):
        assert draw_network(describe(june), june, PRINT, path) == path
    assert one.read_bytes() == other.read_bytes()
    assert [path.name for path in one.parent.iterdir()] == [one.name]


def test_the_picture_is_wide_enough_to_read_and_says_where_it_comes_from(tmp_path: Path) -> None:
    june = SCENARIOS["june"]()
    draw_network(describe(june), june, PRINT, tmp_path / "network.png")
    assert mpl_image.imread(tmp_path / "network.png").shape[1] >= 1600
    draw_network(describe(june), june, PRINT, tmp_path / "network.svg")
    assert "scenario aegean-2016 · fingerprint 0123456789ab" in (tmp_path / "network.svg").read_text()


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    june = SCENARIOS["june"]()
    with pytest.raises(StoreError, match="cannot write"):
        draw_network(describe(june), june, PRINT, tmp_path / "file" / "network.png")
