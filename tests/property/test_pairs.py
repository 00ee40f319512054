"""What holds of every paired run, whatever the scenario."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from tests.property.made_up import guarded, seeds
from tests.theory.laboratory import laboratory, sail, still, unit

from aegean_sim.engine.pairs import simulate_pairs, without
from aegean_sim.engine.run import simulate
from aegean_sim.recording.record import Voice
from aegean_sim.study.hops import voices_of

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

WATCH, GUARD = Voice("force", "watch"), Voice("force", "guard")


def same(one: Any, other: Any) -> bool:
    values = (one.tolist(), other.tolist()) if one.dtype == object else (one.tobytes(), other.tobytes())
    return bool(one.dtype == other.dtype and values[0] == values[1])


def assert_same_but_for(one: Tables, other: Tables, *columns: str) -> None:
    for name, table in one.items():
        for column, values in table.items():
            assert column in columns or same(values, other[name][column]), f"{name}.{column}"


@seeds(15)
def test_silencing_who_reports_nothing_changes_nothing(seed: int) -> None:
    parts = guarded(seed)
    extra = unit("extra", still((0, 0)), {"law": "definite_range", "range_nm": 50.0}, owner="none")
    loaded = laboratory(**{**parts, "units": [*parts["units"], extra]})
    base = sail(loaded)
    assert (base["contacts"]["owner"] == "none").any()
    silent = {force for force in ("watch", "guard") if force not in base["handoffs"]["owner"]}
    for force in (*silent, "none", "nobody"):
        assert_same_but_for(base, sail(without(loaded, [Voice("force", force)])))


@seeds(15)
def test_with_all_silenced_boats_fare_as_if_nobody_were_told(seed: int) -> None:
    """Without what the silenced do all the same: ships follow boats and look at others, and people call."""
    parts = guarded(seed)
    told = {**parts["handoffs"], "watching": {}, "harmless": [], "tips": []}
    deaf = [{**desk, "hears": []} for desk in told["desks"]]
    links = [*told["links"], {"sender": "coast", "receiver": "ships", "latency_min": 1}]
    alone = sail(laboratory(**{**parts, "handoffs": {**told, "desks": deaf, "links": links}}))
    loaded = laboratory(**{**parts, "handoffs": told})
    for voices in ([WATCH, GUARD], [Voice("desk", "ships"), Voice("desk", "coast")]):
        silenced = sail(without(loaded, voices))
        assert not len(silenced["handoffs"]["report"])
        assert_same_but_for(silenced, alone, "classed")


@seeds(15)
def test_a_pair_is_a_function_of_scenario_and_replication(seed: int) -> None:
    loaded = laboratory(**guarded(seed))
    base = simulate(loaded, seed)
    one, other = (simulate_pairs(loaded, base, [WATCH, GUARD]).tables for _ in range(2))
    assert_same_but_for(one, other)


@seeds(15)
def test_pairs_look_the_same_from_both_sides(seed: int) -> None:
    """Silencing in the first run what sounds in the second finds the same boats, before and after swapped."""
    loaded = laboratory(**guarded(seed))
    quiet = without(loaded, [WATCH])
    table = simulate_pairs(loaded, simulate(loaded, 0), [WATCH]).tables["decisive"]
    with_it, without_it = (sail(each)["voyages"] for each in (loaded, quiet))
    differs = (with_it["outcome"] != without_it["outcome"]) | (
        with_it["persons_dead"] != without_it["persons_dead"]
    )
    assert list(zip(table["voyage"], table["copy"], strict=True)) == list(
        zip(without_it["voyage"][differs], without_it["copy"][differs], strict=True)
    )
    assert table["outcome_without"].tolist() == without_it["outcome"][differs].tolist()
    assert not len(simulate_pairs(quiet, simulate(quiet, 0), [WATCH]).tables["decisive"]["voyage"])


@seeds(15)
def test_pairs_have_the_same_boats_and_luck(seed: int) -> None:
    loaded = laboratory(**guarded(seed))
    base = sail(loaded)
    for voice in voices_of(loaded.scenario):
        other = sail(without(loaded, [voice]))
        for column in ("voyage", "copy", "persons", "departed_s"):
            assert same(base["voyages"][column], other["voyages"][column]), (voice, column)
        for column in ("distress_s", "capsized_s"):
            assert_same_while_at_sea(base["voyages"], other["voyages"], column)


def assert_same_while_at_sea(one: Any, other: Any, column: str) -> None:
    """See that something befalls a boat at the same moment in two runs, or that it was gone by then."""
    first, second = one[column], other[column]
    assert (first == second)[np.isfinite(first) & np.isfinite(second)].all()
    for gone, there in ((one, second), (other, first)):
        only_there = np.isnan(gone[column]) & np.isfinite(there)
        assert (gone["ended_s"] <= there)[only_there].all()


def test_made_up_pairs_have_decisive_boats_in_them() -> None:
    found = [
        simulate_pairs(loaded, simulate(loaded, 0), [WATCH, GUARD]).tables["decisive"]
        for loaded in (laboratory(**guarded(seed)) for seed in range(25))
    ]
    assert {name for table in found for name in table["name"]} == {"watch", "guard"}
