"""What a picture of a network says first."""

from typing import Any

import pytest

from aegean_sim.handoff.description import describe
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario
from aegean_sim.views.network_words import finding, how_to_read, size

TABLE = {"id": "mess", "aboard": "ship", "seats": {"a": 1, "b": 1, "c": 1}, "word_min": 2}
PAIR = {"id": "bridge", "aboard": "other", "seats": {"a": 1, "b": 1}, "word_min": 5}
FAST, SLOW = (
    {"sender": "a", "receiver": receiver, "latency_min": minutes}
    for receiver, minutes in (("b", 10), ("c", 40))
)
ALL = [{"sender": "a", "receivers": ["b", "c"]}]


def scenario(**handoffs: Any) -> Scenario:
    desks = [{"id": name, "handling_min": 5} for name in "abc"]
    return Scenario.model_validate(
        {
            "name": "made-up",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": 1,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-9, -9, 9, 9]}},
            "handoffs": {"desks": desks} | handoffs,
        }
    )


@pytest.mark.parametrize(
    ("handoffs", "words"),
    [
        ({"desks": []}, "No desk: nobody is told what the units see"),
        ({}, "3 desks, no open link: no desk tells another"),
        ({"links": [FAST], "silenced": {"desks": ["b"]}}, "3 desks, no open link: no desk tells another"),
        ({"links": [FAST, SLOW], "sharing": ALL}, "Slowest hop: a to c, typically 40 min by link"),
        (
            {"links": [FAST, SLOW], "sharing": ALL, "round_tables": [TABLE]},
            "Across the round table a tells c in 2 min; by link in 40 min",
        ),
        (
            {
                "links": [FAST, SLOW],
                "sharing": [{"sender": "a", "receivers": ["b"]}],
                "round_tables": [TABLE],
            },
            "Across the round table a tells b in 2 min; by link in 10 min",
        ),
        (
            {"links": [FAST, SLOW], "sharing": ALL, "round_tables": [PAIR, TABLE]},
            "Across the round table a tells c in 2 min; by link in 40 min",
        ),
        (
            {"links": [FAST, SLOW], "sharing": ALL, "round_tables": [PAIR, {**TABLE, "word_min": 39}]},
            "Across the round table a tells b in 5 min; by link in 10 min",
        ),
    ],
)
def test_the_title_states_what_stands_out(handoffs: dict[str, Any], words: str) -> None:
    assert finding(describe(scenario(**handoffs))) == words


def test_translation_counts_and_is_named() -> None:
    desks = [
        {"id": name, "handling_min": 5, "languages": [language]}
        for name, language in zip("abc", ("el", "tr", "el"), strict=True)
    ]
    network = describe(scenario(desks=desks, links=[FAST, SLOW], translation_min=35))
    assert finding(network) == "Slowest hop: a to b, typically 10 min and 35 min of translation by link"
    assert how_to_read(network).endswith("+ what translation adds")
    assert "translation" not in how_to_read(describe(scenario(links=[FAST])))


def test_the_size_is_counted() -> None:
    june = load_scenario("aegean-2016").scenario
    assert size(describe(june), june.title) == f"{june.title} · 5 desks, 7 links, 6 sharing rules"
    assert size(describe(scenario(links=[FAST])), "") == "3 desks, 1 link, 0 sharing rules"
