"""A network described: every part of the file is in it, and the ways are those that reports take."""

from pathlib import Path
from typing import Any

import pytest

from aegean_sim.handoff.description import LinkDescription, NetworkDescription, describe
from aegean_sim.handoff.rulings import who_acts
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.model import Scenario

WHOLE = Path(__file__).parents[2] / "data" / "scenarios" / "whole.yaml"


def described(**handoffs: Any) -> NetworkDescription:
    desks = [{"id": name, "handling_min": 5, "hears": [name.upper()]} for name in "abc"]
    return describe(
        Scenario.model_validate(
            {
                "name": "made-up",
                "start": "2016-06-01T00:00:00Z",
                "duration_h": 1,
                "theatres": {"lab": {"coast": "open_sea", "box_nm": [-9, -9, 9, 9]}},
                "handoffs": {"desks": desks} | handoffs,
            }
        )
    )


def link(sender: str, receiver: str, **more: Any) -> dict[str, Any]:
    return {"sender": sender, "receiver": receiver, "latency_min": 30} | more


def only_link(*, languages: tuple[str, str] = ("en", "en"), **more: Any) -> LinkDescription:
    desks = [
        {"id": name, "handling_min": 5, "languages": [language]}
        for name, language in zip("ab", languages, strict=True)
    ]
    (one,) = described(desks=desks, links=[link("a", "b", **more)], translation_min=7).links
    return one


@pytest.mark.parametrize("name", ["aegean-2016", "aegean-2015-10", str(WHOLE)])
def test_every_desk_link_and_rule_of_the_file_is_described(name: str) -> None:
    scenario = load_scenario(name).scenario
    handoffs, told = scenario.handoffs, describe(scenario)
    assert [desk.name for desk in told.desks] == [desk.id for desk in handoffs.desks]
    assert [(each.sender, each.receiver) for each in told.links] == [
        (each.sender, each.receiver) for each in handoffs.links
    ]
    assert [(rule.sender, rule.receivers) for rule in told.sharing] == [
        (rule.sender, rule.receivers) for rule in handoffs.sharing
    ]
    assert [each.receivers for each in told.withheld] == [each.receivers for each in handoffs.withheld]
    hulls = sum(len(deployment.assigned()) for deployment in scenario.deployments)
    begins = [unit.serves.since or scenario.start.date() for unit in scenario.units]
    serving = sum(day <= scenario.start.date() for day in begins)
    assert sum(force.units for force in told.forces) == hulls + serving


def test_forces_report_to_the_desk_that_hears_them() -> None:
    told = {force.name: force.desk for force in describe(load_scenario("aegean-2016").scenario).forces}
    assert told == {
        "NATO": "snmg2", "HCG": "hcg", "HellenicNavy": "hcg", "TCG": "tcg", "Frontex": "frontex",
    }  # fmt: skip


def test_a_way_goes_over_the_desks_between() -> None:
    network = described(
        links=[link("a", "b"), link("b", "c")], sharing=[{"sender": "a", "receivers": ["c", "b"]}]
    )
    (rule,) = network.sharing
    assert [way.path for way in rule.ways] == [("b", "c"), ("b",)]
    assert rule.words == "a tells c and b of every boat"
    assert rule.how == "c by way of b; b by link"


def test_a_word_passes_only_between_seats_that_are_taken() -> None:
    links = [link("a", "b"), link("a", "c")]
    table = {"id": "mess", "aboard": "ship", "seats": {"a": 1, "b": 2, "c": 0}, "word_min": 4}
    sharing = [{"sender": "a", "receivers": ["b", "c"]}]
    network = described(links=links, round_tables=[table], sharing=sharing)
    assert [each.across_table and each.across_table.typical_min for each in network.links] == [4.0, None]
    assert [desk.seats for desk in network.desks] == [{"mess": 1}, {"mess": 2}, {}]
    assert network.sharing[0].how == "b across the table, else by link; c by link"
    off = described(links=links, round_tables=[table | {"switched_on": False}], sharing=sharing)
    assert [each.across_table for each in off.links] == [None, None]
    assert off.sharing[0].how == "b and c by link"


def test_of_two_tables_the_first_that_joins_both_desks_is_told() -> None:
    tables = [
        {"id": "east", "aboard": "lion", "seats": {"a": 1, "b": 1}, "word_min": 4},
        {"id": "west", "aboard": "bear", "seats": {"a": 2, "b": 1, "c": 3}, "word_min": 6},
    ]
    links = [link("a", "b"), link("a", "c")]
    network = described(links=links, round_tables=tables)
    assert [each.across_table and each.across_table.typical_min for each in network.links] == [4.0, 6.0]
    assert [(table.name, table.aboard) for table in network.round_tables] == [
        ("east", "lion"), ("west", "bear"),
    ]  # fmt: skip
    assert [desk.seats for desk in network.desks] == [
        {"east": 1, "west": 2},
        {"east": 1, "west": 1},
        {"west": 3},
    ]


def test_a_dispute_is_settled_only_where_both_sides_sit() -> None:
    disputed = {
        "region": "GR", "claimant": "TR", "east_of_lon": 25,
        "answers": {"both": 0.4, "region": 0.3, "claimant": 0.2, "neither": 0.1},
    }  # fmt: skip
    rules = {"desks": {"GR": ["a"], "TR": ["b"]}, "disputed": disputed}
    for seats, settled in (({"a": 1, "b": 1}, True), ({"a": 1, "c": 1}, False), ({"a": 1, "b": 0}, False)):
        table = {"id": "mess", "aboard": "ship", "seats": seats}
        told = described(jurisdiction=rules, round_tables=[table]).who_acts
        assert any("or are settled in a word at a round table" in words for words in told) == settled


def test_whom_a_desk_sends_in_distress_is_told_where_it_may_not_send_all() -> None:
    told = who_acts(load_scenario("central-med-2016").scenario.handoffs)
    assert "but to a boat in distress lcg sends LCG only" in told
    assert not any("sends" in line for line in who_acts(load_scenario("aegean-2016").scenario.handoffs))


def test_nothing_is_said_to_a_silenced_desk() -> None:
    table = {"id": "mess", "aboard": "ship", "seats": {"a": 1, "b": 2}}
    network = described(links=[link("a", "b")], round_tables=[table], silenced={"desks": ["b"]})
    (one,) = network.links
    assert (one.silenced, one.arriving_share, one.across_table, one.chance) == (True, 0.0, None, "nothing")
    assert network.left_out == ("nothing reaches b",)


def test_tries_add_up() -> None:
    one = only_link(reliability=0.8, tries=2, resend_min=3)
    assert one.arriving_share == pytest.approx(0.8 + 0.2 * 0.8)
    assert one.chance == "96 % (80 % a try, 2 tries, 3 min apart)"
    assert only_link(reliability=0.8).chance == "80 % a try"
    assert only_link(reliability=0.9, tries=9).chance.startswith("over 99.9 %")
    assert only_link().chance == "all"


def test_translation_is_added_where_no_language_is_shared() -> None:
    translation = only_link(languages=("el", "tr")).translation
    assert translation is not None
    assert translation.typical_min == 7.0
    assert only_link().translation is None


def test_hours_and_shifts_are_told() -> None:
    assert only_link(open_hours_utc=[20, 4.5]).hours == "20:00–04:30"
    assert only_link().hours == "all"
    shifts = [{"hours_utc": [20, 4], "officers": 3}]
    network = described(desks=[{"id": "a", "handling_min": 5, "officers": 2, "shifts": shifts}])
    assert network.desks[0].capacity == "2; 3 at 20:00–04:00"
