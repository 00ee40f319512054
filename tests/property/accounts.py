"""Books that balance in every run: nobody is lost, and nothing happens before its cause."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.theory.laboratory import Tables

OUTCOMES = {"landed", "stopped", "met", "rescued", "lost", "at_sea"}


def assert_accounted_for(tables: Tables, duration_s: float) -> None:
    assert_voyages_end_once(tables["voyages"], duration_s)
    assert_perils_in_order(tables["voyages"], duration_s)
    assert_contacts_lie_in_voyages(tables, duration_s)
    assert_who_sees_is_at_sea(tables)
    assert_handoffs_in_order(tables)
    assert_desks_add_up(tables, duration_s)
    assert_responses_fit(tables)
    assert_tracks_go_on(tables["tracks"], duration_s)


def assert_voyages_end_once(table: Any, duration_s: float) -> None:
    fates = [column for name, column in table.items() if name.startswith("persons_")]
    assert len(fates) == 6
    assert (np.sum(fates, axis=0) == table["persons"]).all()
    assert (np.array(fates) >= 0).all()
    assert set(table["outcome"]) <= OUTCOMES
    assert len(set(zip(table["voyage"], table["copy"], strict=True))) == len(table["voyage"])
    assert (table["landed_in"] == "")[table["outcome"] != "landed"].all()
    under_way = table["outcome"] == "at_sea"
    assert (np.isnan(table["ended_s"]) == under_way).all()
    assert (table["departed_s"] < duration_s).all()
    ended = table["ended_s"][~under_way]
    assert ((table["departed_s"][~under_way] <= ended) & (ended <= duration_s)).all()
    assert ((table["ended_by"] != "") == np.isin(table["outcome"], ["stopped", "met", "rescued"])).all()


def assert_perils_in_order(table: Any, duration_s: float) -> None:
    """See that who capsizes is in distress, and that the lost are dead."""
    distress_s, capsized_s = table["distress_s"], table["capsized_s"]
    in_distress, capsized = np.isfinite(distress_s), np.isfinite(capsized_s)
    assert in_distress[capsized].all()
    assert (distress_s[capsized] <= capsized_s[capsized]).all()
    assert (table["departed_s"] <= distress_s)[in_distress].all()
    ends_s = np.fmin(table["ended_s"], duration_s)
    assert (np.fmax(distress_s, capsized_s) < ends_s)[in_distress].all()
    lost = table["outcome"] == "lost"
    assert (table["persons_dead"] + table["persons_rescued"] == table["persons"])[lost].all()


def assert_contacts_lie_in_voyages(tables: Tables, duration_s: float) -> None:
    voyages, contacts = tables["voyages"], boats_of(tables["contacts"])
    names = zip(voyages["voyage"], voyages["copy"], strict=True)
    ends = np.fmin(voyages["ended_s"], duration_s)
    life = dict(zip(names, zip(voyages["departed_s"], ends, strict=True), strict=True))
    boats_seen = zip(contacts["voyage"], contacts["copy"], strict=True)
    begin, end = np.array([life[boat] for boat in boats_seen]).reshape(-1, 2).T
    assert (contacts["start_s"] >= begin - 1e-6).all()
    assert (contacts["start_s"] <= contacts["end_s"]).all()
    assert (contacts["end_s"] <= end + 1e-6).all()
    assert (np.diff(contacts["start_s"]) >= 0.0).all() or len(set(contacts["theatre"])) > 1
    numbers = tables["contacts"]["contact"]
    assert (numbers == np.arange(len(numbers))).all()


def boats_of(table: Any) -> Any:
    """Give the rows that are about boats, not about strangers taken for one, which are marked as such."""
    ours = table["voyage"] != ""
    assert ((table["traffic"] == "") == ours).all()
    assert ((table["copy"] >= 0) == ours).all()
    return {name: column[ours] for name, column in table.items()}


def assert_who_sees_is_at_sea(tables: Tables) -> None:
    """See that no contact begins between the pieces of its unit's track: it is in port then, or nowhere."""
    contacts, tracks = tables["contacts"], tables["tracks"]
    for name in set(contacts["unit"]):
        mine = (tracks["mover"] == name) & (tracks["kind"] == "unit")
        _, first, count = np.unique(tracks["piece"][mine], return_index=True, return_counts=True)
        begin_s, end_s = tracks["time_s"][mine][first], tracks["time_s"][mine][first + count - 1]
        start_s = contacts["start_s"][contacts["unit"] == name, np.newaxis]
        assert ((begin_s - 1e-6 <= start_s) & (start_s <= end_s + 1e-6)).any(axis=1).all()


def assert_handoffs_in_order(tables: Tables) -> None:
    table = tables["handoffs"]
    lost = table["reason"] == "lost_on_link"
    assert np.isnan(table["arrived_s"][lost]).all()
    columns = ("sent_s", "arrived_s", "taken_up_s", "decided_s")
    times = np.column_stack([table[name][~lost] for name in columns])
    steps = np.diff(times, axis=1)
    assert not (steps < 0.0).any()
    assert (np.diff(np.isnan(times).astype(int), axis=1) >= 0).all()
    assert ((table["decision"] != "") == np.isfinite(table["decided_s"])).all()
    assert_reports_have_their_cause(tables)
    assert table["handoff"].tolist() == list(range(len(table["report"])))
    assert_heard_once(table)


BACK = {"bounce", "settled", "again"}


def assert_heard_once(table: Any) -> None:
    """See that a desk decides on a report once, but for cases that come back, and passes it on after that."""
    columns = ("report", "receiver", "sender", "way", "hop", "sent_s", "decided_s", "reason")
    rows = list(zip(*(table[column].tolist() for column in columns), strict=True))
    heard = [row[:2] for row in rows if row[3] not in BACK and row[-1] not in {"relay", "lost_on_link"}]
    assert len(set(heard)) == len(heard)
    decided: dict[tuple[int, str], list[float]] = {}
    for number, desk, *_, decided_s, _ in rows:
        decided.setdefault((number, desk), []).append(decided_s)
    for number, desk, sender, way, hop, sent_s, *_ in rows:
        cause = (number, desk if way in BACK else sender)
        assert hop == 0 or min(decided[cause]) <= sent_s


def assert_reports_have_their_cause(tables: Tables) -> None:
    """See that every report is of a contact of its unit with that craft, or a tip, and comes after it."""
    table, contacts = tables["handoffs"], tables["contacts"]
    assert (table["sent_s"] >= table["observed_s"]).all()
    tips = table["contact"] < 0
    assert ((table["unit"] == "") == tips).all()
    seen = table["contact"][~tips]
    assert (table["observed_s"][~tips] >= contacts["start_s"][seen] - 1e-6).all()
    for column in ("unit", "owner", "voyage", "copy", "traffic"):
        assert (table[column][~tips] == contacts[column][seen]).all()
    assert (contacts["classed"][seen] == "suspect").all() or table["distress"].any()


def assert_desks_add_up(tables: Tables, duration_s: float) -> None:
    table, handoffs = tables["desks"], tables["handoffs"]
    assert set(handoffs["receiver"]) <= set(table["desk"])
    lasts_s = table["end_s"] - table["start_s"]
    assert ((lasts_s > 0.0) & (lasts_s <= 3600.0)).all()
    for name in set(table["desk"]):
        mine, here = table["desk"] == name, handoffs["receiver"] == name
        assert lasts_s[mine].sum() == duration_s
        came = here & np.isfinite(handoffs["arrived_s"])
        assert table["arrived"][mine].sum() == came.sum()
        assert table["taken_up"][mine].sum() == np.isfinite(handoffs["taken_up_s"][here]).sum()
        assert table["decided"][mine].sum() == np.isfinite(handoffs["decided_s"][came]).sum()
        assert table["lost"][mine].sum() == (handoffs["decision"][here] == "lost").sum()
        waited_s = np.fmin(handoffs["taken_up_s"], duration_s) - handoffs["arrived_s"]
        total_s = (table["waiting_mean"] * lasts_s)[mine].sum()
        assert abs(total_s - waited_s[came].sum()) < 1e-6 * (1.0 + total_s)
        assert (table["busy_mean"] <= table["officers_mean"] + 1e-9)[mine].all()


def assert_responses_fit(tables: Tables) -> None:
    voyages, table = tables["voyages"], tables["responses"]
    tasked = (tables["handoffs"]["decision"] == "tasked").sum()
    assert tasked == len(table["response"])
    handoffs = tables["handoffs"]
    assert (handoffs["decision"][table["handoff"]] == "tasked").all()
    assert (handoffs["voyage"][table["handoff"]] == table["voyage"]).all()
    assert not (table["on_scene_s"] < table["tasked_s"]).any()
    assert not (table["done_s"] < np.fmax(table["on_scene_s"], table["tasked_s"])).any()
    for name in set(table["unit"]):
        mine = table["unit"] == name
        assert (table["done_s"][mine][:-1] <= table["tasked_s"][mine][1:]).all()
    assert_strangers_are_nobody(table)
    table = boats_of(table)
    met = np.isfinite(table["on_scene_s"])
    assert_all_taken_off(voyages, {name: column[met] for name, column in table.items()})
    assert (table["persons"][~met] == 0).all()
    landed = np.isfinite(table["ashore_s"])
    assert not (table["ashore_s"][landed] < table["done_s"][landed]).any()
    assert ((table["brought_by"] != "") == landed).all()


def assert_all_taken_off(voyages: Any, met: Any) -> None:
    """See that whoever is taken off a boat is aboard a unit, which ends the voyage if it takes the last."""
    last = {}
    for row in range(len(met["voyage"])):
        boat = met["voyage"][row], met["copy"][row]
        last[boat] = max(last.get(boat, ()), (met["on_scene_s"][row], row))
    for row in range(len(voyages["voyage"])):
        boat = voyages["voyage"][row], voyages["copy"][row]
        here = (met["voyage"] == boat[0]) & (met["copy"] == boat[1])
        for word in ("stopped", "met", "rescued"):
            taken = met["persons"][here & (met["result"] == word)].sum()
            assert voyages[f"persons_{word}"][row] == taken
        if voyages["ended_by"][row]:
            time_s, number = last[boat]
            end = voyages["outcome"][row], voyages["ended_by"][row], voyages["ended_s"][row]
            assert end == (met["result"][number], met["unit"][number], time_s)


def assert_nobody_is_overloaded(tables: Tables, room: Mapping[str, int]) -> None:
    """See that those whom a ship took and landed itself, and those whom it landed at once, had room aboard.

    When people change ships is in no table: those who did count with the ship that landed them, then only.
    """
    table = boats_of(tables["responses"])
    ashore = np.isfinite(table["ashore_s"])
    for name in set(table["brought_by"][ashore]):
        landed = ashore & (table["brought_by"] == name)
        _, group = np.unique(table["ashore_s"][landed], return_inverse=True)
        assert np.bincount(group, table["persons"][landed]).max() <= room[name]
        own = landed & (table["unit"] == name)
        moments_s = np.concatenate([table["ashore_s"][own], table["on_scene_s"][own]])
        change = np.concatenate([-table["persons"][own], table["persons"][own]])
        order = np.argsort(moments_s, kind="stable")
        assert np.cumsum(change[order]).max(initial=0) <= room[name]


def assert_strangers_are_nobody(table: Any) -> None:
    others = table["voyage"] == ""
    there = np.isfinite(table["on_scene_s"])
    assert ((table["result"] == "false") == (others & there)).all()
    assert (table["persons"][others] == 0).all()
    assert (table["brought_to"][others] == "").all()


def assert_tracks_go_on(table: Any, duration_s: float) -> None:
    same = (table["mover"][1:] == table["mover"][:-1]) & (table["piece"][1:] == table["piece"][:-1])
    assert (np.diff(table["time_s"])[same] >= 0.0).all()
    assert (table["time_s"] <= duration_s + 1e-6).all()
    assert all(np.isfinite(table[column]).all() for column in ("time_s", "x_m", "y_m"))
