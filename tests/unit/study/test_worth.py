"""Worth of voices and hops, in a laboratory in which they are known, and on any number of cores."""

import json
import math
from typing import Any

import pytest
from tests.property.made_up import guarded
from tests.theory.laboratory import laboratory, still, unit, voyage

from aegean_sim.cli.worth import show_worth, worth_document
from aegean_sim.engine.run import simulate
from aegean_sim.errors import ScenarioError
from aegean_sim.recording.record import Voice
from aegean_sim.scenario.loading import Loaded, load_scenario
from aegean_sim.study import replays
from aegean_sim.study.hops import chosen, hops_of, voices_of
from aegean_sim.study.replays import Replay, replayed
from aegean_sim.study.worth import TOTALS, Worth, worth

NEAR = {"law": "definite_range", "range_nm": 4.0}


def relay(**table: Any) -> Loaded:
    """Two boats of 10 and 30 persons; the first is seen by a ship alone, the second by ship and post.

    The ship's desk tells the coast's, which sends guards.
    """
    ships = [unit(f"ship-{row}", still((10, 60 * row)), NEAR, owner="navy") for row in range(2)]
    guards = [
        unit(f"guard-{row}", still((30, 60 * row + 5)), owner="guard", side="destination", speed_kn=5.0,
             max_speed_kn=20.0, duties=["intercept"])
        for row in range(2)
    ]  # fmt: skip
    post = unit("post", still((10, 60)), NEAR, owner="guard")
    boats = [
        voyage(f"boat-{row}", [[0.0, 0.0, 60.0 * row], [6.0, 30.0, 60.0 * row]], persons=persons)
        for row, persons in enumerate((10, 30))
    ]
    handoffs = {
        "desks": [
            {"id": "ships", "handling_min": 10, "hears": ["navy"]},
            {"id": "coast", "officers": 9, "handling_min": 10, "hears": ["guard"], "commands": ["guard"]},
            {"id": "far", "handling_min": 10},
        ],
        "links": [
            {"sender": "ships", "receiver": "far", "latency_min": 90},
            {"sender": "far", "receiver": "coast", "latency_min": 90},
            {"sender": "ships", "receiver": "coast", "latency_min": 20},
        ],
        "sharing": [{"sender": "ships", "receivers": ["coast"]}],
        "response": {"contact_needed": False, "bring_ashore": False, "on_scene_min": 5},
        **table,
    }
    return laboratory(12.0, [*ships, *guards, post], voyages=boats, handoffs=handoffs)


def gains(found: Worth) -> dict[str, tuple[float, float, float]]:
    return {
        each.voice.name: (
            each.boats_changed.mean, each.gains["boats_acted_on"].mean, each.gains["persons_acted_on"].mean
        )
        for each in found.voices
    }  # fmt: skip


def test_what_each_voice_is_worth() -> None:
    found = worth(relay(), 1, workers=1)
    assert gains(found) == {
        "navy": (1, 1, 10), "ship-0": (1, 1, 10), "ship-1": (0, 0, 0), "ships": (1, 1, 10),
        "guard": (0, 0, 0), "post": (0, 0, 0), "coast": (2, 2, 40), "ships>coast": (1, 1, 10),
    }  # fmt: skip
    assert {each.voice.name: each.reports for each in found.voices}["ships>coast"] == 2


def test_hops_of_a_chain_share_its_worth_and_two_ways_to_one_boat_share_that() -> None:
    """Boat of 10: both hops of the navy's chain. Boat of 30: that chain, or the post's own hop."""
    found = worth(relay(), 1, workers=1)
    assert list(found.shares) == ["navy>ships", "ships>coast", "guard>coast"]
    persons = {hop: shares["persons_acted_on"].mean for hop, shares in found.shares.items()}
    assert persons == pytest.approx({"navy>ships": 5 + 5, "ships>coast": 5 + 5, "guard>coast": 20})
    assert found.all_hops["persons_acted_on"].mean == 40


def test_shares_add_up_in_every_replication_and_run_counts_are_told() -> None:
    loaded = laboratory(**guarded(4))
    for count in (1, 3):
        found = worth(loaded, count, workers=1)
        for name in TOTALS:
            added = sum(shares[name].mean for shares in found.shares.values())
            assert added == pytest.approx(found.all_hops[name].mean, rel=1e-12, abs=1e-12)
        assert math.isnan(found.all_hops["boats_acted_on"].low) == (count == 1)
    assert found.all_hops["boats_acted_on"].mean > 0
    assert found.runs >= 3 * 2 ** len(found.shares)


def test_numbers_of_a_voice_are_those_of_its_pairs() -> None:
    loaded = laboratory(**guarded(4))
    found = {each.voice: each for each in worth(loaded, 3, workers=1).voices}
    watch = Voice("force", "watch")
    silenced = replayed(loaded, [Replay(number, frozenset([watch])) for number in range(3)], workers=1)
    differences = []
    for number in range(3):
        voyages = simulate(loaded, number).tables["voyages"]
        acted = sum(outcome in {"stopped", "met", "rescued"} for outcome in voyages["outcome"])
        differences.append(acted - silenced[Replay(number, frozenset([watch]))].boats_acted_on)
    assert found[watch].gains["boats_acted_on"].mean == pytest.approx(sum(differences) / 3)


def test_the_number_of_workers_does_not_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    loaded = laboratory(**guarded(4))
    alone = worth(loaded, 2, workers=1)
    monkeypatch.setattr(replays, "_ALONE_S", 0.0)
    shares: list[float] = []
    assert worth(loaded, 2, workers=2, progress=lambda _: shares.append) == alone
    assert shares[-1] == 1.0


def test_hops_may_be_named_and_must_be_there() -> None:
    loaded = relay()
    assert list(worth(loaded, 1, ["ships>coast"], workers=1).shares) == ["ships>coast"]
    assert chosen(loaded, ["navy>ships", "ships>far"]) == {
        "navy>ships": Voice("force", "navy"), "ships>far": Voice("link", "ships>far"),
    }  # fmt: skip
    with pytest.raises(
        ScenarioError, match=r"lab.yaml: no hop is named 'ship>coast'; did you mean 'ships>co"
    ):
        chosen(loaded, ["ship>coast"])
    aegean = load_scenario("aegean-2016")
    with pytest.raises(ScenarioError, match="6 hops are 64 runs a replication: name at most 5"):
        chosen(aegean, list(hops_of(aegean.scenario))[:6])


def test_words_across_the_table_are_hops_without_a_link_of_their_own() -> None:
    parts = relay().scenario.model_dump(mode="json")["handoffs"]
    table = {"id": "mess", "aboard": "ship-0", "seats": {"ships": 1, "coast": 1}, "word_min": 1}
    links = [link for link in parts["links"] if (link["sender"], link["receiver"]) != ("ships", "coast")]
    loaded = relay(links=links, round_tables=[table])
    assert Voice("link", "ships>coast") in voices_of(loaded.scenario)
    assert hops_of(loaded.scenario)["ships>coast"] == Voice("link", "ships>coast")
    switched_off = relay(links=links, round_tables=[{**table, "switched_on": False}])
    assert "ships>coast" not in hops_of(switched_off.scenario)


def test_nobody_talks_from_one_table_to_another() -> None:
    tables = [
        {"id": name, "aboard": "ship-0", "seats": dict.fromkeys(seats, 1)}
        for name, seats in (("one", ("coast", "ships")), ("other", ("coast", "far")))
    ]
    hops = hops_of(relay(round_tables=tables).scenario)
    between = {name for name, voice in hops.items() if voice.kind == "link"}
    assert between == {"ships>far", "far>coast", "ships>coast", "coast>ships", "coast>far"}


def test_all_is_printed_for_programs_and_for_people(capsys: pytest.CaptureFixture[str]) -> None:
    loaded = relay()
    show_worth(loaded, 1, as_json=True)
    said = json.loads(capsys.readouterr().out)
    assert said == json.loads(json.dumps(worth_document("lab", worth(loaded, 1, workers=1))))
    assert {"kind": "force", "name": "navy", "reports": 2.0, "boats_changed": 1.0, "boats_acted_on": 1.0,
            "persons_acted_on": 10.0, "deaths_averted": 0.0} in said["worth"]  # fmt: skip
    show_worth(loaded, 2)
    lines = [" ".join(line.split()) for line in capsys.readouterr().out.splitlines()]
    assert lines[0].startswith("lab: means of 2 replications, ± half a 95 % interval, ")
    assert "ship-0 1 1 ± 0 1 ± 0 10 ± 0 0 ± 0" in lines
    assert "2 changed nothing 2" in lines
    assert "guard>coast 0.7 ± 0 20 ± 0 0 ± 0" in lines
    assert "all of them 2 ± 0 40 ± 0 0 ± 0" in lines


def test_a_scenario_without_reports_has_nothing_to_silence(capsys: pytest.CaptureFixture[str]) -> None:
    boat = voyage("boat", [[0, 0, 0], [1, 5, 0]])
    show_worth(laboratory(2.0, [], voyages=[boat]), 1)
    assert "nobody reported anything" in capsys.readouterr().out
