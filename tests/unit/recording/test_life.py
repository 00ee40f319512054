"""How single moments of a boat's life are told."""

from typing import Any

import pytest

from aegean_sim.recording.life import _end, _handoffs


@pytest.mark.parametrize(
    ("outcome", "landed_in", "dead", "said"),
    [
        ("landed", "LY", 112, "landed in LY; 112 persons have died"),
        ("landed", "", 0, "landed"),
        ("lost", "", 30, "lost; 30 persons have died"),
    ],
)
def test_the_dead_have_died_before_the_end(outcome: str, landed_in: str, dead: int, said: str) -> None:
    row = {"ended_s": 9.0, "outcome": outcome, "landed_in": landed_in, "persons_dead": dead, "ended_by": ""}
    assert _end(row).words == said


@pytest.mark.parametrize(
    ("sender", "said"),
    [
        ("rome", ["report 7 of distress: rome thinks again"]),
        ("hq", ["report 7 of distress: hq tells rome", "report 7: at rome"]),
    ],
)
def test_a_desk_that_takes_a_case_up_again_tells_nobody(sender: str, said: list[str]) -> None:
    row: dict[str, Any] = {
        "report": 7, "distress": True, "sender": sender, "receiver": "rome", "unit": "ship", "sent_s": 1.0,
        "arrived_s": 1.0, "taken_up_s": 2.0, "decided_s": 3.0, "decision": "tasked", "reason": "",
    }  # fmt: skip
    words = [each.words for each in _handoffs([row])]
    assert words[:-2] == said
