"""What holds of every run, whatever the scenario: made-up laboratories, and the Aegean itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from tests.property.accounts import assert_accounted_for
from tests.property.made_up import (
    HOURS,
    boats,
    drawn,
    guarded,
    network,
    reacting,
    rescuing,
    seeds,
    watched,
    watcher,
)
from tests.theory.laboratory import HOUR_S, NM_M, laboratory, sail, still, unit, voyage

from aegean_sim.engine.run import simulate
from aegean_sim.handoff.ends import ENDS
from aegean_sim.scenario.loading import load_scenario

if TYPE_CHECKING:
    from tests.theory.laboratory import Tables

    from aegean_sim.scenario.loading import Loaded

NEVER = {"until": "2016-05-31"}
SEES_ALL = {"law": "definite_range", "range_nm": 50.0}
BLIND = {
    "an aircraft without sensors": unit(
        "extra", {"kind": "search", "centre": [5, 5], "length_nm": 20, "width_nm": 20, "spacing_nm": 4},
        owner="watch", flies=True, speed_kn=90.0, home_port=[0.0, 0.0],
        availability={"sortie_h": 2.0, "rest_h": 1.0},
    ),
    "no longer in service": unit(
        "extra", still((0, 0)), SEES_ALL, owner="guard", side="destination", speed_kn=30.0,
        home_port=[0.0, 0.0], capacity=500, duties=["intercept", "rescue"], serves=NEVER,
    ),
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
}  # fmt: skip

WHO = {"voyages": "ended_by", "contacts": "unit", "handoffs": "unit", "responses": "unit"}
WHO |= {"desks": "desk", "tracks": "mover"}


def rows_of(table: Any, without: tuple[str, ...] = (), **not_wanted: str) -> list[str]:
    """Give the rows of a table as text in an order of their own, so that two can be compared bit for bit."""
    keep = np.ones(len(next(iter(table.values()))), dtype=np.bool_)
    for column, word in not_wanted.items():
        keep &= table[column] != word
    names = [name for name in table if name not in without]
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
    numbers = ("contact", "handoff", "report", "response")
    for name, who in WHO.items():
        left, right = (rows_of(tables[name], numbers, **{who: "extra"}) for tables in (one, other))
        assert left == right, name


def test_made_up_boats_meet_every_end_of_their_perils() -> None:
    """Some capsize and are rescued, land or drift on with dead among them, or nobody lives."""
    seen = set()
    for seed in range(60):
        table = sail(laboratory(**guarded(seed)))["voyages"]
        capsized, some_dead = np.isfinite(table["capsized_s"]), table["persons_dead"] > 0
        seen |= set(zip(table["outcome"], capsized.tolist(), some_dead.tolist(), strict=True))
    wanted = {(end, True, True) for end in ("rescued", "at_sea", "lost")}
    assert seen >= wanted | {("rescued", False, True), ("rescued", True, False), ("lost", False, True)}


def test_made_up_laboratories_have_everything_in_them() -> None:
    words: dict[str, set[str]] = {"end": set(), "decision": set(), "result": set(), "outcome": set()}
    homes = {"end": "handoffs", "decision": "handoffs", "result": "responses", "outcome": "voyages"}
    for seed in range(60):
        tables = sail(laboratory(**guarded(seed)))
        for column, table in homes.items():
            words[column] |= set(tables[table][column])
    assert words["decision"] == {"", "tasked", "passed_on", "refused", "known", "queued"}
    assert words["end"] == set(ENDS) - {"lost", "bounced"}
    assert words["result"] == {
        "met", "stopped", "rescued", "not_found", "too_late", "under_way", "duplicate", "false",
    }  # fmt: skip
    assert words["outcome"] == {"landed", "met", "stopped", "rescued", "lost", "at_sea"}


@seeds(35)
def test_everybody_is_accounted_for(seed: int) -> None:
    assert_accounted_for(sail(laboratory(**guarded(seed))), HOURS * 3600.0)


def test_a_unit_sees_from_its_station_and_not_from_port() -> None:
    """The shift lasts from 6 to 10, with half an hour's way to the station and back."""
    shift = {"shift_start_h": 6.0, "shift_h": 4.0}
    ship = unit(
        "ship", still((0, 6)), {"law": "definite_range", "range_nm": 4.0},
        owner="watch", speed_kn=12.0, home_port=[0.0, 0.0], availability=shift,
    )  # fmt: skip
    off_station = {"early": 5.0, "first": 6.6, "last": 9.2, "night": 18.0, "next-day": 31.0}
    boats_there = [voyage(name, [[at, 0.0, 9.0], [at + 0.2, 0.0, 9.1]]) for name, at in off_station.items()]
    off_port = voyage("by-the-port", [[10.1, 0.0, 1.0], [29.9, 0.0, 1.1]])
    contacts = sail(laboratory(48.0, [ship], voyages=[*boats_there, off_port]))["contacts"]
    assert contacts["voyage"].tolist() == ["first", "last", "next-day"]
    assert contacts["start_s"].tolist() == [6.6 * HOUR_S, 9.2 * HOUR_S, 31.0 * HOUR_S]


@seeds(35)
def test_no_unit_sails_faster_than_it_can(seed: int) -> None:
    parts = guarded(seed)
    tracks = sail(laboratory(**parts))["tracks"]
    same = (tracks["mover"][1:] == tracks["mover"][:-1]) & (tracks["piece"][1:] == tracks["piece"][:-1])
    lasts_h = np.diff(tracks["time_s"]) / 3600.0
    length = np.hypot(np.diff(tracks["x_m"]), np.diff(tracks["y_m"])) / NM_M
    for one in parts["units"]:
        mine = same & (tracks["mover"][1:] == one["id"])
        fastest = one.get("max_speed_kn", one["speed_kn"])
        assert (length[mine] <= fastest * (lasts_h[mine] + 2.0 / 3600.0)).all()


@seeds(15)
def test_a_run_is_a_function_of_scenario_and_replication(seed: int) -> None:
    assert_same(sail(laboratory(**guarded(seed))), sail(laboratory(**guarded(seed))))


@seeds(15)
def test_telling_of_progress_changes_nothing(seed: int) -> None:
    loaded, shares = laboratory(**guarded(seed)), list[float]()
    assert_same(sail(loaded), simulate(loaded, 0, progress=shares.append).tables)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


@seeds(10)
def test_another_replication_is_another_run(seed: int) -> None:
    loaded = laboratory(**watched(seed))
    one, other = (sail(loaded, replication)["voyages"] for replication in (0, 1))
    left, right = (table["departed_s"][table["voyage"] == "flow"] for table in (one, other))
    assert not np.intersect1d(left, right).size


@pytest.mark.parametrize("kind", BLIND)
@seeds(12)
def test_a_unit_that_cannot_see_changes_nothing(seed: int, kind: str) -> None:
    parts = guarded(seed)
    before = sail(laboratory(**parts))
    for units in ([*parts["units"], BLIND[kind]], [BLIND[kind], *parts["units"]]):
        after = sail(laboratory(**{**parts, "units": units}))
        assert not (after["contacts"]["unit"] == "extra").any()
        assert_same_for_others(before, after)


@seeds(15)
def test_the_order_of_a_file_does_not_matter(seed: int) -> None:
    parts, dice = watched(seed), np.random.default_rng(seed + 2_000_000)
    mixed = {
        **parts,
        "units": drawn(dice, parts["units"], len(parts["units"])),
        "voyages": parts["voyages"][::-1],
    }
    assert_same_for_others(sail(laboratory(**parts)), sail(laboratory(**mixed)))


@seeds(15)
def test_a_boat_keeps_its_luck_when_a_ship_is_added(seed: int) -> None:
    parts = watched(seed)
    extra = watcher("extra", np.random.default_rng(seed + 3_000_000))
    before = sail(laboratory(**parts))
    for units in ([*parts["units"], extra], [extra, *parts["units"]]):
        assert_same_for_others(before, sail(laboratory(**{**parts, "units": units})))


@seeds(15)
def test_a_boat_keeps_its_luck_when_boats_are_added(seed: int) -> None:
    parts, more = watched(seed), boats(np.random.default_rng(seed + 4_000_000), "more-")
    crowded = {**parts, **{kind: [*more[kind], *parts[kind]] for kind in more}}
    before, after = sail(laboratory(**parts)), sail(laboratory(**crowded))
    for name in ("voyages", "contacts"):
        old = np.array([not each.startswith("more-") for each in after[name]["voyage"]], dtype=np.bool_)
        kept = {column: values[old] for column, values in after[name].items()}
        assert rows_of(before[name], ("contact",)) == rows_of(kept, ("contact",))


@seeds(15)
def test_desks_that_send_nobody_change_nothing_at_sea(seed: int) -> None:
    parts, dice = watched(seed), np.random.default_rng(seed + 5_000_000)
    left, right = (sail(laboratory(**parts, handoffs=network(dice))) for _ in range(2))
    for name in ("voyages", "contacts", "tracks"):
        assert rows_of(left[name]) == rows_of(right[name])


@seeds(15)
def test_everybody_is_accounted_for_when_ships_stay_out_and_others_pass_by(seed: int) -> None:
    assert_accounted_for(sail(laboratory(**rescuing(seed))), HOURS * 3600.0)


@seeds(20)
def test_everybody_is_accounted_for_when_people_try_again(seed: int) -> None:
    loaded = laboratory(**reacting(seed))
    tables = sail(loaded)
    voyages, responses = tables["voyages"], tables["responses"]
    own = [name for name, craft in loaded.scenario.crafts().items() if craft.side == "departure"]
    back = np.isin(responses["unit"], own) & (responses["result"] == "rescued")
    assert_accounted_for(tables, 96.0 * HOUR_S)
    people = zip(voyages["first_voyage"], voyages["copy"], voyages["attempt"], strict=True)
    rows = {who: row for row, who in enumerate(people)}
    assert len(rows) == len(voyages["voyage"])
    for (first, copy, attempt), row in rows.items():
        if attempt > 1:
            before = rows[first, copy, attempt - 1]
            of_boat = back & (responses["voyage"] == voyages["voyage"][before]) & (responses["copy"] == copy)
            least, most = (
                voyages["persons_stopped"][before] + responses["persons"][of_boat & done].sum()
                for done in (responses["done_s"] <= voyages["departed_s"][row] - wait for wait in (HOUR_S, 0))
            )
            assert voyages["persons"][row] > 0
            assert least <= voyages["persons"][row] <= most
            assert voyages["departed_s"][row] >= voyages["departed_s"][before] + 24 * HOUR_S


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
