"""Tips and harmless traffic name theatres of the file."""

from typing import Any

import pytest

from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.rules import broken_rules

TIP = {"id": "calls", "theatre": "lab", "source": "phone", "share": 1, "delay_min": 0, "receiver": "hq"}
TRAFFIC = {"id": "fishing", "theatre": "lab", "per_1000_nm2": 1}


def problems(**parts: Any) -> list[str]:
    scenario = Scenario.model_validate({
        "name": "lab", "start": "2016-06-01T00:00:00Z", "duration_h": 1,
        "theatres": {"lab": {"coast": "open_sea", "box_nm": [-9, -9, 9, 9]}},
        "handoffs": {"desks": [{"id": "hq", "handling_min": 0}], **parts},
    })  # fmt: skip
    return [f"{each.location}: {each.rule}" for each in broken_rules(scenario)]


@pytest.mark.parametrize(("part", "item"), [("tips", TIP), ("harmless", TRAFFIC)])
def test_an_unknown_theatre_is_told(part: str, item: dict[str, Any]) -> None:
    tips = {"tips": [TIP]}
    assert problems(**tips, **({part: [item]} if part not in tips else {})) == []
    told = problems(**{**tips, part: [{**item, "theatre": "labb"}]})
    assert told == [f"('handoffs', '{part}', 0, 'theatre'): no theatre has that name; did you mean 'lab'?"]
