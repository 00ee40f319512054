"""Who acts where, run on the real coast: territorial seas, the disputed part, distress, and the way back."""

from pathlib import Path
from typing import Any

import pytest

from aegean_sim.engine.run import simulate
from aegean_sim.quantities import MINUTE_S
from aegean_sim.recording.record import RunRecord
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario

SIDES = {"hcg": {"owner": "HCG", "side": "destination"}, "tcg": {"owner": "TCG", "side": "departure"}}
DISPUTED = {"region": "GR", "claimant": "TR", "east_of_lon": 25.0}
# West of Chios, in the Athens region, outside all territorial seas; and the narrow strait of Mytilene.
OPEN_WATER, STRAIT = (25.5, 38.75), (26.70, 39.06)


def guard(name: str, at: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {
        "id": name, "theatre": "aegean", **SIDES[name], "duties": ["intercept", "rescue"], "capacity": 60,
        "speed_kn": 5, "max_speed_kn": 25, "home_port": list(at),
        "patrol": {"kind": "station", "at": list(at)},
        **more,
    }  # fmt: skip


def watch(at: tuple[float, float], **more: Any) -> dict[str, Any]:
    return {
        "id": "watch", "theatre": "aegean", "owner": "NATO", "patrol": {"kind": "station", "at": list(at)},
        "sensors": [{"law": "definite_range", "range_nm": 15}], **more,
    }  # fmt: skip


def desk(name: str, **more: Any) -> dict[str, Any]:
    return {"id": name, "handling_min": 1, **more}


def run(units: list[Any], points: list[Any], *, told: list[str], **more: Any) -> RunRecord:
    """Run a voyage of which NATO tells some desks after a time; both coast guards can call each other."""
    delay_min, distress_h = more.pop("delay_min", 1), more.pop("distress_h", None)
    jurisdiction = {"desks": {"GR": ["hcg"], "TR": ["tcg"]}, "bounce_min": 86, **more.pop("jurisdiction", {})}
    handoffs = {
        "desks": [
            desk("nato", hears=["NATO"], commands=["NATO"]),
            desk("hcg", hears=["HCG"], commands=["HCG"]),
            desk("tcg", hears=["TCG"], commands=["TCG"]),
        ],
        "links": [
            *({"sender": "nato", "receiver": name, "latency_min": delay_min} for name in told),
            {"sender": "hcg", "receiver": "tcg", "latency_min": 5},
            {"sender": "tcg", "receiver": "hcg", "latency_min": 5},
        ],
        "sharing": [{"sender": "nato", "receivers": told}],
        "jurisdiction": jurisdiction,
        "response": {"on_scene_min": 5, "per_person_min": 0, "ashore_min": 5},
        **more,
    }
    voyage = {"id": "boat", "theatre": "aegean", "points": points, "persons": 20, "distress_h": distress_h}
    scenario = Scenario.model_validate({
        "name": "courts", "start": "2016-06-01T00:00:00Z", "duration_h": 24,
        "theatres": {"aegean": {"coast": "aegean"}}, "daylight": {"sun": False},
        "units": units, "voyages": [voyage], "handoffs": handoffs,
    })  # fmt: skip
    return simulate(Loaded(scenario, "test", Path()), 0)


def decisions(record: RunRecord) -> list[tuple[str, str, str]]:
    table = record.tables["handoffs"]
    names = ("receiver", "decision", "reason")
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def at_large(answer: str, **more: Any) -> RunRecord:
    """Run a slow boat in the disputed part, with one answer for sure and a guard of each side close by."""
    shares = dict.fromkeys(("both", "region", "claimant", "neither"), 0.0) | {answer: 1.0}
    lon, lat = OPEN_WATER
    return run(
        [watch(OPEN_WATER), guard("hcg", (lon - 0.2, lat)), guard("tcg", (lon + 0.2, lat))],
        [[0, lon, lat - 0.05], [12, lon, lat + 0.2]],
        told=["hcg", "tcg"],
        jurisdiction={"disputed": {**DISPUTED, "answers": shares}},
        **more,
    )


@pytest.mark.parametrize(("answer", "acts"), [("region", "hcg"), ("claimant", "tcg")])
def test_in_the_disputed_part_only_who_answers_acts(answer: str, acts: str) -> None:
    record = at_large(answer)
    other = "tcg" if acts == "hcg" else "hcg"
    assert (acts, "tasked", "") in decisions(record)
    assert (other, "refused", "may_not_act") in decisions(record)
    assert record.tables["voyages"]["ended_by"].tolist() == [acts]


def test_where_both_answer_both_send_somebody() -> None:
    record = at_large("both")
    assert {name for name, word, _ in decisions(record) if word == "tasked"} == {"hcg", "tcg"}
    assert sorted(record.tables["responses"]["result"]) == ["called_off", "met"]


def bounced(record: RunRecord) -> dict[str, float]:
    """Give the time that each desk's case spent going to and fro."""
    table = record.tables["handoffs"]
    rows = [
        row
        for row, sender in enumerate(table["sender"])
        if {sender, table["receiver"][row]} == {"hcg", "tcg"}
    ]
    return {table["receiver"][row]: float((table["arrived_s"] - table["sent_s"])[row]) for row in rows}


def test_a_case_that_neither_takes_goes_to_and_fro_first() -> None:
    record = at_large("neither")
    assert bounced(record) == {"hcg": 86 * MINUTE_S, "tcg": 86 * MINUTE_S}
    assert sorted(decisions(record))[:4] == [
        ("hcg", "bounced", "neither_answers"), ("hcg", "tasked", ""),
        ("nato", "passed_on", "cannot_act"), ("tcg", "bounced", "neither_answers"),
    ]  # fmt: skip


@pytest.mark.parametrize(("settles", "minutes"), [(True, 3), (False, 86)])
def test_the_round_table_settles_it_in_a_word(*, settles: bool, minutes: float) -> None:
    seats = {"nato": 1, "hcg": 1, "tcg": 1}
    table = {"aboard": "watch", "seats": seats, "word_min": 3, "settles": settles}
    assert set(bounced(at_large("neither", round_table=table)).values()) == {minutes * MINUTE_S}


def test_a_boat_that_has_crossed_the_line_meanwhile_is_handed_on() -> None:
    lon, lat = STRAIT
    record = run(
        [watch((26.72, 39.06)), guard("tcg", (26.77, 39.06)), guard("hcg", (26.64, 39.02))],
        [[0, lon + 0.03, lat], [3, lon - 0.07, lat]],
        told=["tcg"],
        delay_min=100,
    )
    assert decisions(record)[:3] == [
        ("nato", "passed_on", "cannot_act"), ("tcg", "passed_on", "may_not_act"), ("hcg", "tasked", ""),
    ]  # fmt: skip
    assert record.tables["voyages"]["ended_by"].tolist() == ["hcg"]


def test_a_boat_in_distress_is_everybodys() -> None:
    lon, lat = OPEN_WATER
    ship = watch(
        (lon + 0.02, lat), duties=["watch", "rescue"], max_speed_kn=20, capacity=60, home_port=[26.9, 38.4]
    )
    nobody = {"both": 0.0, "region": 0.0, "claimant": 1.0, "neither": 0.0}
    points = [[0, lon, lat], [20, lon, lat + 0.01]]
    rules = {"disputed": {**DISPUTED, "answers": nobody}}
    far = guard("hcg", (24.9, 38.75))
    record = run([ship, far], points, told=["hcg"], distress_h=0, jurisdiction=rules)
    # NATO's own desk hears of it first, and its ship is nearest; Greece, which does not answer, knows so.
    assert record.tables["voyages"]["ended_by"].tolist() == ["watch"]
    assert record.tables["voyages"]["persons_rescued"].tolist() == [20]
    by_greece = run(
        [{**ship, "owner": "OTHER"}, {**far, "sensors": [{"law": "definite_range", "range_nm": 40}]}],
        points, told=["hcg"], distress_h=0, jurisdiction=rules,
    )  # fmt: skip
    assert by_greece.tables["voyages"]["ended_by"].tolist() == ["watch"]
    assert decisions(by_greece)[0] == ("hcg", "tasked", "")


@pytest.mark.parametrize(("returned", "state"), [({}, "GR"), ({"NATO": "TR"}, "TR")])
def test_people_are_brought_back_where_the_rules_say_so(returned: dict[str, str], state: str) -> None:
    ship = watch(
        (26.72, 39.06), duties=["watch", "rescue"], max_speed_kn=20, capacity=60, home_port=[26.56, 39.10]
    )
    lon, lat = STRAIT
    record = run(
        [ship, guard("tcg", (26.77, 39.06), duties=["watch"])],
        [[0, lon + 0.06, lat], [20, lon + 0.06, lat + 0.001]],
        told=["hcg"], distress_h=0, jurisdiction={"returned": returned},
    )  # fmt: skip
    assert record.tables["responses"]["brought_to"].tolist() == [state]
    assert record.tables["responses"]["result"].tolist() == ["rescued"]
