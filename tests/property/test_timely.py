"""A better desk never lowers the share of boats told of in time, where there is always a responder."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.property.made_up import HOURS, boats, guarded, place, watcher
from tests.theory.laboratory import laboratory, sail, unit

if TYPE_CHECKING:
    from tests.theory.laboratory import Part, Tables

RESPONDERS = 60
BETTER = {"faster": (0.5, 1), "wider": (1.0, 2), "both": (0.5, 3)}
Boat = tuple[str, int]


def told_in_time(tables: Tables) -> set[Boat]:
    """Give the boats of which a report reached somebody who could still act."""
    table = tables["handoffs"]
    rows = table["timely"] & (table["voyage"] != "")
    return set(zip(table["voyage"][rows].tolist(), table["copy"][rows].tolist(), strict=True))


def with_desks(parts: dict[str, Any], handling: float, officers: int) -> dict[str, Any]:
    """Give all desks so many officers, who take so many times 40 min on average."""
    desks = [
        {**desk, "handling_min": {"exponential": 40.0 * handling}, "officers": officers}
        for desk in parts["handoffs"]["desks"]
    ]
    return {**parts, "handoffs": {**parts["handoffs"], "desks": desks}}


def plenty(seed: int) -> dict[str, Any]:
    """Make up a laboratory where fast responders are free everywhere, and every report is true."""
    dice = np.random.default_rng(seed + 8_000_000)
    crew = [
        unit(
            f"g{row}", {"kind": "station", "at": place(dice)}, owner="guard", side="destination", speed_kn=8,
            max_speed_kn=60, capacity=10**6, duties=["intercept", "rescue"],
        )
        for row in range(RESPONDERS)
    ]  # fmt: skip
    handoffs: Part = {
        "desks": [
            {"id": "ships", "hears": ["watch"], "handling_min": 0},
            {"id": "coast", "hears": ["guard"], "commands": ["guard"], "handling_min": 0},
        ],
        "links": [{"sender": "ships", "receiver": "coast", "latency_min": {"exponential": 15}}],
        "sharing": [{"sender": "ships", "receivers": ["coast"]}],
        "response": {"contact_needed": False, "bring_ashore": False, "on_scene_min": 5},
    }
    watchers = [watcher(f"w{row}", dice) for row in range(3)]
    return {"hours": HOURS, "units": [*watchers, *crew], "seed": seed, **boats(dice), "handoffs": handoffs}


@pytest.mark.parametrize("better", BETTER.values(), ids=BETTER)
@pytest.mark.parametrize("seed", range(12))
def test_a_better_desk_loses_no_boat_where_somebody_is_always_free(
    seed: int, better: tuple[float, int]
) -> None:
    before = sail(laboratory(**with_desks(plenty(seed), 1.0, 1)))
    after = sail(laboratory(**with_desks(plenty(seed), *better)))
    for tables in (before, after):
        assert not set(tables["handoffs"]["reason"]) & {"no_unit_free", "no_room"}
    assert told_in_time(before) <= told_in_time(after)


def test_a_better_desk_does_save_some() -> None:
    gained = sum(
        len(told_in_time(sail(laboratory(**with_desks(plenty(seed), *BETTER["both"])))))
        - len(told_in_time(sail(laboratory(**with_desks(plenty(seed), 1.0, 1)))))
        for seed in range(6)
    )
    assert gained > 0


def shares(seed: int) -> dict[str, float]:
    """Give the share of boats told of in time, with desks as they are and better."""
    parts = guarded(seed)
    result = {}
    for name, desks in {"as it is": (1.0, 1), **BETTER}.items():
        tables = sail(laboratory(**with_desks(parts, *desks)))
        result[name] = len(told_in_time(tables)) / max(1, len(tables["voyages"]["voyage"]))
    return result


@pytest.mark.slow
def test_elsewhere_a_better_desk_helps_more_often_than_it_harms() -> None:
    """List where it harms: it has sent a unit elsewhere, often to a false report, that else would be free."""
    found = {seed: shares(seed) for seed in range(30)}
    cases = [(seed, name, each["as it is"], each[name]) for seed, each in found.items() for name in BETTER]
    harmed = [case for case in cases if case[3] < case[2]]
    helped = [case for case in cases if case[3] > case[2]]
    lines = [f"seed {seed}, {name}: {was:.3f} -> {now:.3f}" for seed, name, was, now in harmed]
    told = "\n".join([f"{len(harmed)} of {len(cases)} lowered, {len(helped)} raised", *lines])
    assert len(helped) > len(harmed), told
