"""What holds of every run, whatever the scenario: made-up laboratories, and the Aegean itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import load_scenario
from tests.theory.laboratory import NM_M, laboratory, sail, still, unit, voyage

if TYPE_CHECKING:
    from collections.abc import Callable

    from aegean_sim.scenario.loading import Loaded
    from tests.theory.laboratory import Part, Tables

HOURS = 8.0
OUTCOMES = {"landed", "stopped", "met", "rescued", "lost", "at_sea"}
BLIND = {
    "without sensors": unit("extra", still((0, 0)), owner="none"),
    "with a tiny range, far away": unit(
        "extra", still((900, 900)), {"law": "definite_range", "range_nm": 1e-3}, owner="none"
    ),
    "after all is over": unit(
        "extra",
        {"kind": "scripted", "points": [[HOURS + 1, 0, 0], [HOURS + 2, 9, 0]]},
        {"law": "definite_range", "range_nm": 50.0},
        owner="none",
    ),
}

places = st.tuples(st.floats(-20.0, 20.0), st.floats(-20.0, 20.0)).map(list)
sensors = st.sampled_from(
    [
        {"law": "definite_range", "range_nm": 4.0},
        {"law": "disc_rate", "range_nm": 6.0, "rate_per_h": 1.0},
        {"law": "inverse_cube", "b_nm3_per_h": 10.0},
        {"law": "inverse_cube", "sweep_width_nm": 3.0, "at_speed_kn": 12.0, "max_range_nm": 7.0},
        {"law": "radar", "r50_nm": 2.0, "max_range_nm": 10.0},
    ]
)
delays = st.sampled_from([0.0, 5.0, {"exponential": 10.0}, {"triangular": [1.0, 5.0, 40.0]}])


@st.composite
def patrols(draw: st.DrawFn) -> Part:
    kind = draw(st.sampled_from(["station", "barrier", "loop", "ladder", "random"]))
    one, other = draw(places), draw(places)
    east = [other[0] + 7.0, other[1] + 1.0]
    return {
        "station": {"kind": kind, "at": one},
        "barrier": {"kind": kind, "between": [[*one], east]},
        "loop": {"kind": kind, "points": [one, east, [one[0] + 1.0, one[1] - 6.0]]},
        "ladder": {"kind": kind, "corner": one, "opposite": [one[0] + 9.0, one[1] + 5.0], "spacing_nm": 2.0},
        "random": {"kind": kind, "area": [one, [one[0] + 9.0, one[1]], [one[0], one[1] + 9.0]]},
    }[kind]


@st.composite
def watchers(draw: st.DrawFn) -> list[Part]:
    return [
        unit(f"w{row}", draw(patrols()), *draw(st.lists(sensors, max_size=2)), owner="watch", speed_kn=12.0)
        for row in range(draw(st.integers(1, 3)))
    ]


@st.composite
def guards(draw: st.DrawFn) -> list[Part]:
    return [
        unit(
            f"g{row}", draw(patrols()), *draw(st.lists(sensors, max_size=1)), owner="guard",
            side=draw(st.sampled_from(["departure", "destination", "neither"])),
            speed_kn=8.0, max_speed_kn=draw(st.sampled_from([9.0, 28.0])), home_port=draw(places),
            capacity=draw(st.sampled_from([10, 200])), duties=["intercept", "rescue"], ready_min=10.0,
            availability=draw(st.sampled_from([{}, {"shift_start_h": 2.0, "shift_h": 3.0, "ready_in_port": True}])),
        )
        for row in range(draw(st.integers(1, 3)))
    ]  # fmt: skip


@st.composite
def boats(draw: st.DrawFn) -> dict[str, list[Part]]:
    tracks = [
        [[hour, *draw(places)] for hour in (start, start + 1.5, start + draw(st.floats(2.0, 9.0)))]
        for start in draw(st.lists(st.floats(0.0, HOURS - 1.0), min_size=1, max_size=3))
    ]
    flow = {
        "id": "flow", "theatre": "lab", "rate_per_day": draw(st.sampled_from([20.0, 120.0])), "persons": 30,
        "origin": [draw(places), draw(places)], "way_points": [[draw(places), draw(places)]],
        "destination": [draw(places), draw(places)], "speed_kn": [5.0, 12.0],
    }  # fmt: skip
    single = [voyage(f"b{row}", track, copies=1 + row, persons=40) for row, track in enumerate(tracks)]
    return {"voyages": single, "flows": [flow]}


@st.composite
def networks(draw: st.DrawFn) -> Part:
    desks = [
        {"id": "ship-desk", "officers": 1, "handling_min": draw(delays), "hears": ["watch"]},
        {"id": "coast-desk", "officers": 2, "handling_min": draw(delays), "hears": ["guard"], "commands": ["guard"]},
    ]
    response = {
        "contact_needed": draw(st.booleans()), "bring_ashore": draw(st.booleans()), "search_h": 0.5,
        "no_unit": draw(st.sampled_from(["refuse", "wait"])), "on_scene_min": draw(delays),
    }  # fmt: skip
    return {
        "desks": desks,
        "links": [{"sender": "ship-desk", "receiver": "coast-desk", "latency_min": draw(delays)}],
        "sharing": [{"sender": "ship-desk", "receivers": ["coast-desk"]}],
        "response": response,
    }


@st.composite
def watched(draw: st.DrawFn) -> dict[str, Any]:
    """Make up a laboratory in which boats are only looked at."""
    return {"hours": HOURS, "units": draw(watchers()), "seed": draw(st.integers(0, 10_000)), **draw(boats())}


@st.composite
def guarded(draw: st.DrawFn) -> dict[str, Any]:
    """Make up a laboratory in which reports lead to responses."""
    parts = draw(watched())
    return {**parts, "units": [*parts["units"], *draw(guards())], "handoffs": draw(networks())}


def check(examples: int) -> Callable[[Any], Any]:
    return settings(max_examples=examples, deadline=None, derandomize=True)


def rows_of(table: Any, order: tuple[str, ...], without: tuple[str, ...] = (), **not_wanted: str) -> list[Any]:
    """Give the rows of a table in an order of their own, so that two can be compared bit for bit."""
    keep = np.ones(len(table["theatre"]), dtype=np.bool_)
    for column, word in not_wanted.items():
        keep &= table[column] != word
    names = [*order, *(name for name in table if name not in (*order, *without))]
    return sorted(repr(row) for row in zip(*(table[name][keep].tolist() for name in names), strict=True))


def assert_same(one: Tables, other: Tables) -> None:
    for name, table in one.items():
        assert list(table) == list(other[name])
        for column, values in table.items():
            assert values.dtype == other[name][column].dtype
            assert values.tobytes() == other[name][column].tobytes() or (
                values.dtype == object and values.tolist() == other[name][column].tolist()
            ), f"{name}.{column}"


def assert_same_for_others(one: Tables, other: Tables) -> None:
    """See that everything but the rows of the unit ``extra`` is the same, the order of rows aside."""
    numbers = ("contact", "handoff", "response")
    for name, who in (("voyages", "ended_by"), ("contacts", "unit"), ("handoffs", "unit"), ("responses", "unit"),
                      ("tracks", "mover")):  # fmt: skip
        left, right = (rows_of(tables[name], (), numbers, **{who: "extra"}) for tables in (one, other))
        assert left == right, name


def assert_accounted_for(tables: Tables, duration_s: float) -> None:
    assert_voyages_end_once(tables["voyages"], duration_s)
    assert_contacts_lie_in_voyages(tables, duration_s)
    assert_handoffs_in_order(tables)
    assert_responses_fit(tables)
    assert_tracks_go_on(tables["tracks"], duration_s)


def assert_voyages_end_once(table: Any, duration_s: float) -> None:
    fates = [column for name, column in table.items() if name.startswith("persons_")]
    assert len(fates) == 6
    assert (np.sum(fates, axis=0) == table["persons"]).all()
    assert (np.array(fates) >= 0).all()
    assert set(table["outcome"]) <= OUTCOMES
    assert len(set(zip(table["voyage"], table["copy"], strict=True))) == len(table["voyage"])
    under_way = table["outcome"] == "at_sea"
    assert (np.isnan(table["ended_s"]) == under_way).all()
    assert (table["departed_s"] < duration_s).all()
    ended = table["ended_s"][~under_way]
    assert ((table["departed_s"][~under_way] <= ended) & (ended <= duration_s)).all()
    assert ((table["ended_by"] != "") == np.isin(table["outcome"], ["stopped", "met", "rescued"])).all()


def assert_contacts_lie_in_voyages(tables: Tables, duration_s: float) -> None:
    voyages, contacts = tables["voyages"], tables["contacts"]
    names = zip(voyages["voyage"], voyages["copy"], strict=True)
    ends = np.fmin(voyages["ended_s"], duration_s)
    life = dict(zip(names, zip(voyages["departed_s"], ends, strict=True), strict=True))
    boats_seen = zip(contacts["voyage"], contacts["copy"], strict=True)
    begin, end = np.array([life[boat] for boat in boats_seen]).reshape(-1, 2).T
    assert (contacts["start_s"] >= begin - 1e-6).all()
    assert (contacts["start_s"] <= contacts["end_s"]).all()
    assert (contacts["end_s"] <= end + 1e-6).all()
    assert (np.diff(contacts["start_s"]) >= 0.0).all() or len(set(contacts["theatre"])) > 1
    assert (contacts["contact"] == np.arange(len(contacts["contact"]))).all()


def assert_handoffs_in_order(tables: Tables) -> None:
    table = tables["handoffs"]
    times = np.column_stack([table[name] for name in ("sent_s", "arrived_s", "taken_up_s", "decided_s")])
    steps = np.diff(times, axis=1)
    assert not (steps < 0.0).any()
    assert (np.diff(np.isnan(times).astype(int), axis=1) >= 0).all()
    assert ((table["decision"] != "") == np.isfinite(table["decided_s"])).all()
    seen_s = tables["contacts"]["start_s"][table["contact"]]
    assert (table["sent_s"] >= seen_s - 1e-6).all()
    decided = {
        (number, desk): at
        for number, desk, at in zip(table["handoff"], table["receiver"], table["decided_s"], strict=True)
    }
    assert len(decided) == len(table["handoff"])
    for number, hop, sender, sent_s in zip(
        table["handoff"], table["hop"], table["sender"], table["sent_s"], strict=True
    ):
        assert hop == 0 or decided[number, sender] == sent_s


def assert_responses_fit(tables: Tables) -> None:
    voyages, table = tables["voyages"], tables["responses"]
    tasked = (tables["handoffs"]["decision"] == "tasked").sum()
    assert tasked == len(table["response"])
    assert not (table["on_scene_s"] < table["tasked_s"]).any()
    assert not (table["done_s"] < np.fmax(table["on_scene_s"], table["tasked_s"])).any()
    ended = {
        (name, copy): (outcome, by, at, persons)
        for name, copy, outcome, by, at, persons in zip(
            *(voyages[c] for c in ("voyage", "copy", "outcome", "ended_by", "ended_s", "persons")), strict=True
        )
    }
    met = np.isfinite(table["on_scene_s"])
    columns = ("voyage", "copy", "result", "unit", "on_scene_s", "persons")
    responses = list(zip(*(table[column][met] for column in columns), strict=True))
    for name, copy, *outcome in responses:
        assert ended[name, copy] == tuple(outcome)
    assert len(responses) == sum(by != "" for _, by, _, _ in ended.values())
    assert (table["persons"][~met] == 0).all()


def assert_tracks_go_on(table: Any, duration_s: float) -> None:
    same = (table["mover"][1:] == table["mover"][:-1]) & (table["piece"][1:] == table["piece"][:-1])
    assert (np.diff(table["time_s"])[same] >= 0.0).all()
    assert (table["time_s"] <= duration_s + 1e-6).all()
    assert all(np.isfinite(table[column]).all() for column in ("time_s", "x_m", "y_m"))


@given(guarded())
@check(40)
def test_everybody_is_accounted_for(parts: dict[str, Any]) -> None:
    assert_accounted_for(sail(laboratory(**parts)), HOURS * 3600.0)


@given(guarded())
@check(40)
def test_no_unit_sails_faster_than_it_can(parts: dict[str, Any]) -> None:
    tracks = sail(laboratory(**parts))["tracks"]
    same = (tracks["mover"][1:] == tracks["mover"][:-1]) & (tracks["piece"][1:] == tracks["piece"][:-1])
    lasts_h = np.diff(tracks["time_s"]) / 3600.0
    length = np.hypot(np.diff(tracks["x_m"]), np.diff(tracks["y_m"])) / NM_M
    for one in parts["units"]:
        mine = same & (tracks["mover"][1:] == one["id"])
        fastest = one.get("max_speed_kn", one["speed_kn"])
        assert (length[mine] <= fastest * (lasts_h[mine] + 2.0 / 3600.0)).all()


@given(guarded())
@check(25)
def test_a_run_is_a_function_of_scenario_and_replication(parts: dict[str, Any]) -> None:
    loaded = laboratory(**parts)
    assert_same(sail(loaded), sail(laboratory(**parts)))


@given(guarded())
@check(25)
def test_being_watched_changes_nothing(parts: dict[str, Any]) -> None:
    loaded, shares = laboratory(**parts), list[float]()
    assert_same(sail(loaded), simulate(loaded, 0, progress=shares.append).tables)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@given(watched())
@check(15)
def test_another_replication_is_another_run(parts: dict[str, Any]) -> None:
    loaded = laboratory(**parts)
    one, other = (sail(loaded, replication)["voyages"] for replication in (0, 1))
    left, right = (table["departed_s"][table["voyage"] == "flow"] for table in (one, other))
    assert not np.intersect1d(left, right).size


@pytest.mark.parametrize("kind", BLIND)
@given(parts=guarded())
@check(12)
def test_a_unit_that_cannot_see_changes_nothing(parts: dict[str, Any], kind: str) -> None:
    before = sail(laboratory(**parts))
    for units in ([*parts["units"], BLIND[kind]], [BLIND[kind], *parts["units"]]):
        after = sail(laboratory(**{**parts, "units": units}))
        assert not (after["contacts"]["unit"] == "extra").any()
        assert_same_for_others(before, after)


@given(watched(), st.randoms(use_true_random=False))
@check(30)
def test_the_order_of_a_file_does_not_matter(parts: dict[str, Any], order: Any) -> None:
    mixed = {**parts, "units": list(parts["units"]), "voyages": list(parts["voyages"])}
    order.shuffle(mixed["units"])
    order.shuffle(mixed["voyages"])
    assert_same_for_others(sail(laboratory(**parts)), sail(laboratory(**mixed)))


@given(watched(), patrols(), sensors)
@check(30)
def test_a_boat_keeps_its_luck_when_a_ship_is_added(parts: dict[str, Any], patrol: Part, sensor: Part) -> None:
    extra = unit("extra", patrol, sensor, owner="none", speed_kn=14.0)
    before = sail(laboratory(**parts))
    for units in ([*parts["units"], extra], [extra, *parts["units"]]):
        assert_same_for_others(before, sail(laboratory(**{**parts, "units": units})))


@given(watched(), boats())
@check(30)
def test_a_boat_keeps_its_luck_when_boats_are_added(parts: dict[str, Any], others: dict[str, list[Part]]) -> None:
    more = [{**each, "id": f"more-{each['id']}"} for each in (*others["voyages"], *others["flows"])]
    crowded = {**parts, "voyages": [*more[:-1], *parts["voyages"]], "flows": [more[-1], *parts["flows"]]}
    before, after = sail(laboratory(**parts)), sail(laboratory(**crowded))
    for name in ("voyages", "contacts"):
        old = np.array([not each.startswith("more-") for each in after[name]["voyage"]], dtype=np.bool_)
        kept = {column: values[old] for column, values in after[name].items()}
        assert rows_of(before[name], (), ("contact",)) == rows_of(kept, (), ("contact",))


@given(watched(), networks(), networks())
@check(20)
def test_desks_that_send_nobody_change_nothing_at_sea(parts: dict[str, Any], one: Part, other: Part) -> None:
    left, right = (sail(laboratory(**parts, handoffs=network)) for network in (one, other))
    for name in ("voyages", "contacts", "tracks"):
        assert rows_of(left[name], ()) == rows_of(right[name], ())


@pytest.fixture(scope="module")
def aegean() -> tuple[Loaded, Tables]:
    loaded = load_scenario("aegean-2016")
    return loaded, simulate(loaded, 0).tables


@pytest.mark.slow
def test_everybody_is_accounted_for_in_the_aegean(aegean: tuple[Loaded, Tables]) -> None:
    loaded, tables = aegean
    assert len(tables["voyages"]["voyage"]) > 10
    assert_accounted_for(tables, loaded.scenario.duration_s)


@pytest.mark.slow
def test_two_runs_of_the_aegean_are_identical(aegean: tuple[Loaded, Tables]) -> None:
    loaded, tables = aegean
    assert_same(tables, simulate(loaded, 0).tables)
