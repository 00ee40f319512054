"""Paired runs, in a laboratory in which it is known by hand which report can matter."""

from typing import Any

import numpy as np
import pytest
from tests.theory.laboratory import HOUR_S, laboratory, still, unit, voyage

from aegean_sim.engine.pairs import reporters, reports, simulate_pairs, that_only_tell, without
from aegean_sim.engine.run import simulate
from aegean_sim.recording.record import RunRecord, Voice
from aegean_sim.scenario.loading import Loaded, load_scenario

NEAR = {"law": "definite_range", "range_nm": 4.0}
NAVY = Voice("force", "navy")
DESKS = [
    {"id": "ships", "handling_min": 10, "hears": ["navy"]},
    {"id": "coast", "officers": 9, "handling_min": 10, "hears": ["guard"], "commands": ["guard"]},
]


def lane(name: str, y_nm: float, persons: int) -> dict[str, Any]:
    """A boat that goes 5 kn east for six hours, from 0 to 30 nm."""
    return voyage(name, [[0.0, 0.0, y_nm], [6.0, 30.0, y_nm]], persons=persons)


def channel(**silenced: Any) -> Loaded:
    """Four boats on lanes far apart, each with a guard of 20 kn at the lane's end.

    A ship sees the first three at 4 nm before x = 10 (the third: x = 28, too late), a post sees the second
    where the ship does.
    """
    lanes = {"told": 0.0, "told-twice": 60.0, "told-late": 120.0, "unseen": 180.0}
    ships = [
        unit("ship-a", still((10, 0)), NEAR, owner="navy"),
        unit("ship-b", still((10, 60)), NEAR, owner="navy"),
        unit("ship-c", still((32, 120)), NEAR, owner="navy"),
    ]
    guards = [
        unit(f"guard-{row}", still((30.0, y_nm + 5.0)), owner="guard", side="destination", speed_kn=5.0,
             max_speed_kn=20.0, duties=["intercept"])
        for row, y_nm in enumerate(lanes.values())
    ]  # fmt: skip
    post = unit("post", still((12, 60)), NEAR, owner="guard", side="destination")
    handoffs = {
        "desks": DESKS,
        "links": [
            {"sender": "ships", "receiver": "coast", "latency_min": 20},
            {"sender": "coast", "receiver": "ships", "latency_min": 20},
        ],
        "sharing": [{"sender": "ships", "receivers": ["coast"]}],
        "response": {"contact_needed": False, "bring_ashore": False, "on_scene_min": 5},
        "silenced": silenced,
    }
    boats = [lane(name, y_nm, 10 + row) for row, (name, y_nm) in enumerate(lanes.items())]
    return laboratory(12.0, [*ships, *guards, post], voyages=boats, handoffs=handoffs)


def paired(loaded: Loaded, *voices: Voice) -> RunRecord:
    return simulate_pairs(loaded, simulate(loaded, 0), voices)


def decided(record: RunRecord) -> list[tuple[str, str, str, str]]:
    table = record.tables["decisive"]
    names = ("name", "voyage", "outcome_without", "outcome")
    return list(zip(*(table[name].tolist() for name in names), strict=True))


def test_the_one_boat_that_depends_on_the_ships_is_decisive() -> None:
    record = paired(channel(), NAVY)
    voyages = record.tables["voyages"]
    outcome = dict(zip(voyages["voyage"], voyages["outcome"], strict=True))
    assert outcome == {"told": "met", "told-twice": "met", "told-late": "landed", "unseen": "landed"}
    assert decided(record) == [("navy", "told", "landed", "met")]
    table = record.tables["decisive"]
    assert table["persons"].tolist() == [10]
    assert table["ended_without_s"].tolist() == [6.0 * HOUR_S]
    # Seen at x = 6 after 1.2 h, known to the guard 40 min later; they meet where 20 kn from (30, 5) reach it.
    told_h = 1.2 + 40.0 / 60.0
    met_h = table["ended_s"][0] / HOUR_S
    assert np.hypot(30.0 - 5.0 * met_h, 5.0) == pytest.approx(20.0 * (met_h - told_h), rel=1e-6)


def test_each_link_of_the_only_chain_is_as_decisive_as_the_force() -> None:
    chain = [NAVY, Voice("unit", "ship-a"), Voice("desk", "ships"), Voice("link", "ships>coast")]
    rest = [Voice("unit", "ship-b"), Voice("unit", "ship-c"), Voice("unit", "post"), Voice("force", "none")]
    record = paired(channel(), *chain, *rest)
    assert decided(record) == [(voice.name, "told", "landed", "met") for voice in chain]
    assert record.tables["decisive"]["silenced"].tolist() == [voice.kind for voice in chain]
    assert record.paired == (*chain, *rest)


def test_what_two_tell_depends_on_both_and_on_the_desk_that_sends_the_guard() -> None:
    record = paired(channel(units=["ship-b"]), Voice("unit", "post"), Voice("desk", "coast"))
    assert decided(record) == [
        ("post", "told-twice", "landed", "met"),
        ("coast", "told", "landed", "met"),
        ("coast", "told-twice", "landed", "met"),
    ]


def test_what_is_silenced_is_added_to_what_the_scenario_silences() -> None:
    loaded = channel(units=["ship-b"], links=[["coast", "ships"]])
    voices = [Voice("unit", "post"), NAVY, Voice("desk", "coast"), Voice("link", "ships>coast")]
    silenced = without(loaded, voices).scenario.handoffs.silenced
    assert silenced.units == {"ship-b", "post"}
    assert silenced.forces == {"navy"}
    assert silenced.desks == {"coast"}
    assert silenced.links == (("coast", "ships"), ("ships", "coast"))
    assert without(loaded, []).scenario == loaded.scenario


def test_only_units_and_forces_with_a_report_can_change_anything() -> None:
    handoffs = simulate(channel(), 0).tables["handoffs"]
    told = {name: reports(handoffs, Voice("unit", name)) for name in ("ship-a", "post", "guard-0")}
    assert told == {"ship-a": True, "post": True, "guard-0": False}
    assert reports(handoffs, Voice("desk", "coast"))


def test_the_progress_of_all_runs_rises_to_one() -> None:
    shares: list[float] = []
    loaded = channel()
    simulate_pairs(loaded, simulate(loaded, 0), [NAVY, Voice("force", "guard")], progress=shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_forces_that_can_only_tell() -> None:
    assert that_only_tell(channel().scenario) == (NAVY,)
    scenario = load_scenario("aegean-2016").scenario
    assert that_only_tell(scenario) == (Voice("force", "NATO"), Voice("force", "HellenicNavy"))
    heard = reporters(scenario)
    assert list(heard) == ["NATO", "HCG", "HellenicNavy", "TCG", "Frontex"]
    assert len(heard["NATO"]) == 6
    assert "fr-commandant-bouan" not in heard["NATO"]
