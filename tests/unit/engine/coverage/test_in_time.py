"""Whether a report is in time, against every moment of every boat's way; and how long reports take."""

from typing import Any

import numpy as np
import pytest
from tests.unit.engine.coverage.boxes import BLIND, aegean, anchored, grid_of, unit, watch

from aegean_sim.engine.coverage.fairways import fairways_of
from aegean_sim.engine.coverage.passage import passages
from aegean_sim.engine.coverage.relay import Relay, sighting
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.handoff.network import build_network
from aegean_sim.quantities import HOUR_S, KNOT_MPS, MINUTE_S, NM_M
from aegean_sim.recording.layers import Layer
from aegean_sim.scenario.desks import Handoffs
from aegean_sim.scenario.loading import Loaded

GUARD, DASH_KN, BOAT_KN = (26.3, 39.43), 12.0, 5.0
SURE = {"look_min": {"constant": 0.0}}


def desk(name: str, minutes: float, **more: Any) -> dict[str, Any]:
    return {"id": name, "handling_min": {"constant": minutes}, **more}


def link(sender: str, receiver: str, minutes: float, **more: Any) -> dict[str, Any]:
    return {"sender": sender, "receiver": receiver, "latency_min": {"constant": minutes}, **more}


def strait(handoffs: dict[str, Any], **guard: Any) -> Loaded:
    """A watcher, and a guard at anchor in mid-strait that may be sent."""
    able = {"speed_kn": 10.0, "max_speed_kn": DASH_KN, "duties": ["intercept"], "capacity": 100}
    ship = unit("guard-1", anchored(*GUARD), **able, home_port=list(GUARD), **guard)
    return aegean(unit("watch-1", anchored(26.2, 39.42), BLIND), ship, handoffs=handoffs | {"classing": SURE})


def slack_min(loaded: Loaded, delay_min: float) -> np.ndarray:
    """Give for each wet cell how many minutes the guard, going straight, has to spare where it has most."""
    sea = watch(loaded)
    x_m, y_m = (float(axis[0]) for axis in AEGEAN.to_xy([GUARD[0]], [GUARD[1]]))
    legs = passages(sea, BOAT_KN * KNOT_MPS, 48.0 * HOUR_S)
    best = np.full(len(sea.cells.wet), -np.inf)
    for share in np.linspace(0.0, 1.0, 21):
        gone_s = share * (legs.end_s - legs.start_s)
        away_m = np.hypot(legs.x_m + legs.vx_mps * gone_s - x_m, legs.y_m + legs.vy_mps * gone_s - y_m)
        there_s = delay_min * MINUTE_S + away_m / (DASH_KN * KNOT_MPS)
        np.maximum.at(best, legs.mover, (legs.start_s + gone_s - there_s) / MINUTE_S)
    return sea.cells.on_grid(best)


@pytest.mark.parametrize("minutes", [5.0, 45.0])
def test_a_report_is_in_time_where_the_guard_has_time_to_spare(minutes: float) -> None:
    loaded = strait({"desks": [desk("room", minutes, hears=["watch"], commands=["guard"])]})
    grid, slack = grid_of(loaded, Layer("in_time")), slack_min(loaded, minutes)
    x_m, y_m = np.meshgrid(grid.x_m, grid.y_m)
    here = (float(axis[0]) for axis in AEGEAN.to_xy([GUARD[0]], [GUARD[1]]))
    near = np.hypot(*(axis - own for axis, own in zip((x_m, y_m), here, strict=True))) < 10.0 * NM_M
    sure, lost = near & (slack > 10.0), near & (slack < -10.0)
    assert grid.values[sure] == pytest.approx(1.0)
    assert sure.sum() > 5
    assert (grid.values[lost] == 0.0).all()
    assert lost.sum() > 5


def test_who_may_not_act_or_is_not_told_is_never_in_time() -> None:
    room = desk("room", 5.0, hears=["watch"], commands=["guard"])
    told = {
        "desks": [desk("gr", 5.0, commands=["guard"]), desk("tr", 5.0, hears=["watch"])],
        "links": [link("tr", "gr", 5.0)],
        "sharing": [{"sender": "tr", "receivers": ["gr"]}],
    }
    nobody: list[dict[str, Any]] = [
        {},
        {"desks": [desk("room", 5.0, hears=["watch"])]},
        told | {"silenced": {"links": [["tr", "gr"]]}},
        {"desks": [room], "silenced": {"forces": ["watch"]}},
    ]
    for handoffs in nobody:
        assert np.nanmax(grid_of(strait(handoffs), Layer("in_time")).values) == 0.0
    everywhere = grid_of(strait(told), Layer("in_time")).values
    courts = {"jurisdiction": {"desks": {"GR": ["gr"]}}}
    for fewer in (strait(told | courts), strait(told, keep_out=["TR"])):
        some = grid_of(fewer, Layer("in_time")).values
        assert (np.nan_to_num(some) <= np.nan_to_num(everywhere)).all()
        assert np.nanmean(some) <= np.nanmean(everywhere)
    turkish = {"jurisdiction": {"desks": {"TR": ["gr"]}}}
    some = grid_of(strait(told | turkish), Layer("in_time")).values
    assert 0.0 < np.nanmean(some) < 0.8 * np.nanmean(everywhere)


def test_a_way_by_water_goes_round_land_and_is_hardly_longer_than_a_straight_one() -> None:
    sea = watch(strait({}))
    place = np.column_stack(AEGEAN.to_xy([26.2], [39.42]))
    there_s = fairways_of(sea).sooner_s(place, np.array([0.0]), 1.0, frozenset())
    straight_m = np.hypot(sea.cells.wet_x_m - place[0, 0], sea.cells.wet_y_m - place[0, 1])
    free = ~sea.sea.crosses(*np.broadcast_arrays(*place[0], sea.cells.wet_x_m, sea.cells.wet_y_m)[0:2],
                            sea.cells.wet_x_m, sea.cells.wet_y_m)  # fmt: skip
    reached = np.isfinite(there_s)
    assert reached.sum() > 50
    assert (there_s[reached] >= straight_m[reached] - 1.0).all()
    far = reached & free & (straight_m > 6.0 * NM_M)
    assert np.median(there_s[far] / straight_m[far]) < 1.15
    behind = reached & ~free
    assert (there_s[behind] > straight_m[behind]).all()


def decided(handoffs: dict[str, Any], *at_sea: str, waters: str = "GR") -> dict[str, float]:
    """Give the minutes after which each desk has decided on what a watcher saw at six in the morning."""
    rules = Handoffs.model_validate({"classing": {"look_min": {"constant": 2.0}}, **handoffs})
    relay = Relay(rules, build_network(rules, 6.0 * HOUR_S), at_sea, 0.0)
    found = relay.decided_s(sighting("watch", "GR", "aegean", waters, "", 0.0), ())
    return {name: after_s / MINUTE_S for name, after_s in found.items()}


DESKS = [desk("one", 5.0, hears=["watch"]), desk("two", 10.0), desk("three", 20.0, commands=["guard"])]
SHARED = {"sharing": [{"sender": "one", "receivers": ["three"], "waters": ["GR"]}]}


def test_a_report_takes_each_desk_and_link_on_its_way() -> None:
    links = [link("one", "two", 30.0), link("two", "three", 60.0)]
    told = decided({"desks": DESKS, "links": links, **SHARED})
    assert told == pytest.approx({"one": 7.0, "three": 7.0 + 30.0 + 10.0 + 60.0 + 20.0})
    assert decided({"desks": DESKS, "links": links, **SHARED}, waters="TR") == pytest.approx({"one": 7.0})
    opens = [link("one", "two", 30.0, open_hours_utc=[8, 16]), links[1]]
    told = decided({"desks": DESKS, "links": opens, **SHARED})
    assert told["three"] == pytest.approx(120.0 + 30.0 + 10.0 + 60.0 + 20.0)


def test_a_word_at_the_round_table_is_quicker_while_the_ship_is_at_sea() -> None:
    table = {"id": "table", "aboard": "ship", "seats": {"one": 1, "three": 1}, "word_min": {"constant": 3.0}}
    handoffs = {"desks": DESKS, "links": [link("one", "three", 60.0)], "round_tables": [table], **SHARED}
    assert decided(handoffs, "ship")["three"] == pytest.approx(7.0 + 3.0 + 20.0)
    assert decided(handoffs)["three"] == pytest.approx(7.0 + 60.0 + 20.0)
