import math

import numpy as np
import pytest

from aegean_sim.handoff.passage import Passage, passages
from aegean_sim.scenario.desks import Handoffs
from aegean_sim.streams import Streams

STREAMS = Streams(3, 0)


def only(**link: object) -> Passage:
    return made([{"sender": "a", "receiver": "b", **link}])


def made(links: list[dict[str, object]], clock_s: float = 0.0, **more: object) -> Passage:
    desks = [{"id": "a", "handling_min": 0, "languages": ["el"]}, {"id": "b", "handling_min": 0}]
    handoffs = Handoffs.model_validate({"desks": desks, "links": links} | more)
    return passages(handoffs, clock_s)["a", "b"]


def test_a_sure_link_takes_its_latency() -> None:
    assert only(latency_min=12.0).carried(100.0, 7, STREAMS) == (100.0 + 720.0, True)


def test_the_share_that_gets_through_and_its_tries_are_geometric() -> None:
    passage = only(latency_min=1.0, reliability=0.4, tries=3, resend_min=10.0)
    arrivals = [passage.carried(0.0, message, STREAMS) for message in range(20_000)]
    through = np.array([arrived for _, arrived in arrivals])
    share = 1.0 - 0.6**3
    assert abs(through.mean() - share) < 4.0 * math.sqrt(share * (1.0 - share) / 20_000)
    assert {moment for moment, arrived in arrivals if not arrived} == {20 * 60.0}
    for number in range(3):
        hits = np.mean([arrived and moment == (10 * number + 1) * 60.0 for moment, arrived in arrivals])
        expected = 0.4 * 0.6**number
        assert abs(hits - expected) < 4.0 * math.sqrt(expected * (1.0 - expected) / 20_000)


def test_a_message_has_the_same_luck_on_a_faster_link() -> None:
    slow = only(latency_min={"triangular": [10.0, 20.0, 40.0]}, reliability=0.7, tries=2)
    fast = only(latency_min={"triangular": [5.0, 10.0, 20.0]}, reliability=0.7, tries=2)
    for message in range(200):
        (late_s, one), (early_s, other) = (each.carried(0.0, message, STREAMS) for each in (slow, fast))
        assert one == other
        assert early_s < late_s or not one


def test_a_closed_link_waits_for_its_hours() -> None:
    link = {"sender": "a", "receiver": "b", "latency_min": 5.0, "open_hours_utc": [8.0, 16.0]}
    passage = made([link], 3600.0)
    assert passage.carried(0.0, 1, STREAMS)[0] == pytest.approx(7 * 3600.0 + 300.0)
    assert passage.carried(10 * 3600.0, 1, STREAMS)[0] == pytest.approx(10 * 3600.0 + 300.0)


def test_a_resend_waits_for_the_hours_too() -> None:
    link = {"sender": "a", "receiver": "b", "latency_min": 0.0, "open_hours_utc": [8.0, 9.0]}
    passage = made([link | {"reliability": 1e-9, "tries": 2, "resend_min": 120.0}])
    assert passage.carried(8.5 * 3600.0, 1, STREAMS) == (pytest.approx(32 * 3600.0), False)


def test_desks_without_a_common_language_translate() -> None:
    desks = [
        {"id": "a", "handling_min": 0, "languages": ["el"]},
        {"id": "b", "handling_min": 0, "languages": ["tr"]},
    ]
    link = [{"sender": "a", "receiver": "b", "latency_min": 5.0}]
    assert made(link, desks=desks, translation_min=7.0).carried(0.0, 1, STREAMS)[0] == 12 * 60.0
    desks[1]["languages"] = ["tr", "el"]
    assert made(link, desks=desks, translation_min=7.0).carried(0.0, 1, STREAMS)[0] == 5 * 60.0


def test_a_silenced_link_carries_nothing() -> None:
    passage = made([{"sender": "a", "receiver": "b", "latency_min": 5.0}], silenced={"links": [["a", "b"]]})
    assert passage.carried(50.0, 1, STREAMS) == (50.0, False)
