"""Departures: all boats of a run, with the tracks they will sail if nobody interferes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.behaviour.attempts import Habits, attempts, launches_of
from aegean_sim.behaviour.lanes import beside, build_lanes
from aegean_sim.behaviour.lives import Lives
from aegean_sim.behaviour.mishaps import Dangers, Sailor
from aegean_sim.behaviour.presence import raised_m
from aegean_sim.entities.boat import Boats, Fleet, as_column, merged
from aegean_sim.environment.pace import Pace, Way
from aegean_sim.errors import GeographyError
from aegean_sim.handoff.chance import triangle_quantile
from aegean_sim.kinematics.legs import Track
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.boats import Flow, LaboratoryFlow
from aegean_sim.scenario.sensing import SENSOR_KINDS, TARGET_CLASSES
from aegean_sim.streams import identities, identity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from aegean_sim.behaviour.lives import Life
    from aegean_sim.entities.unit import Unit
    from aegean_sim.environment.weather import WeatherTable
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray, IntArray, KeyArray
    from aegean_sim.scenario.base import Point, Triangle
    from aegean_sim.scenario.boats import BoatType, Voyage
    from aegean_sim.scenario.model import Scenario
    from aegean_sim.streams import Streams

_DB = np.log(10.0) / 10.0
_NOBODY_DIES = np.empty(0)


def departures(
    scenario: Scenario,
    theatre: str,
    sea: Sea,
    streams: Streams,
    weather: WeatherTable,
    units: Sequence[Unit],
) -> Fleet:
    """Draw the boats of one theatre, sorted by departure; who may rescue is known from the units' plans."""
    raised = raised_m(scenario.reactions.sar_response, units, scenario.duration_s)
    parts = [
        _described(voyage, sea, scenario, streams) for voyage in scenario.voyages if voyage.theatre == theatre
    ]
    for flow in scenario.flows:
        if flow.theatre != theatre:
            continue
        if isinstance(flow, Flow):
            parts.append(_coastal(flow, scenario, sea, streams, weather, raised))
        else:
            parts.append(_laboratory(flow, scenario, sea, streams, weather))
    return Fleet(merged(parts) if parts else _nobody())


def _nobody() -> Boats:
    none, number, text = np.empty(0), np.empty(0, dtype=np.int64), np.empty(0, dtype=object)
    return Boats(
        text, number, text, text, number, number, np.empty(0, dtype=np.uint64), text, none, none, text,
        np.empty((0, len(SENSOR_KINDS))), text, number, number.astype(np.bool_),
    )  # fmt: skip


def _factors(scenario: Scenario, streams: Streams, key: KeyArray) -> FloatArray:
    """Draw each boat's lasting cross-section factors, of mean 1: shape (boats, sensor kinds)."""
    factors = np.ones((len(key), len(SENSOR_KINDS)))
    for column, kind in enumerate(SENSOR_KINDS):
        spread = _DB * scenario.variation.spread_db.get(kind, 0.0)
        if spread > 0.0:
            normal = streams.normal("cross-section", key, identity(kind))
            factors[:, column] = np.exp(spread * normal - 0.5 * spread**2)
    return factors


def _simple(
    scenario: Scenario,
    streams: Streams,
    *,
    name: str,
    key: KeyArray,
    copy: IntArray,
    tracks: list[Track],
    persons: int,
    target: str,
) -> Boats:
    """Give boats without a type, a route, trouble or second thoughts, as laboratories have them."""
    count = len(key)
    return Boats(
        voyage=as_column([name] * count),
        copy=copy,
        route=as_column([""] * count),
        boat_type=as_column([""] * count),
        target_class=np.full(count, TARGET_CLASSES.index(target)),
        persons=np.full(count, persons),
        key=key,
        tracks=as_column(tracks),
        distress_s=np.full(count, np.nan),
        capsize_s=np.full(count, np.nan),
        deaths_s=as_column([_NOBODY_DIES] * count),
        factor=_factors(scenario, streams, key),
        first=as_column([name] * count),
        attempt=np.ones(count, dtype=np.int64),
        moved=np.zeros(count, dtype=np.bool_),
    )


def _described(voyage: Voyage, sea: Sea, scenario: Scenario, streams: Streams) -> Boats:
    hours, first, second = np.array(voyage.points).T
    x_m, y_m = sea.frame.to_xy(first, second)
    if sea.crosses(x_m[:-1], y_m[:-1], x_m[1:], y_m[1:]).any():
        raise GeographyError(
            f"voyages[{voyage.id}].points: the track crosses land; give it points that keep to the water"
        )
    copies = np.arange(voyage.copies)
    boats = _simple(
        scenario,
        streams,
        name=voyage.id,
        key=identities(identity("voyage", voyage.id), copies.astype(np.uint64)),
        copy=copies,
        tracks=[Track(hours * HOUR_S, x_m, y_m)] * voyage.copies,
        persons=voyage.persons,
        target=voyage.target,
    )
    if voyage.distress_h is None:
        return boats
    distress_s = np.full(voyage.copies, voyage.distress_h * HOUR_S)
    deaths_s = as_column([np.full(voyage.persons, hours[-1] * HOUR_S)] * voyage.copies)
    return replace(boats, distress_s=distress_s, deaths_s=deaths_s)


def _laboratory(
    flow: LaboratoryFlow, scenario: Scenario, sea: Sea, streams: Streams, weather: WeatherTable
) -> Boats:
    """Draw a Poisson stream of boats that sail straight from line to line."""
    base = identity("flow", flow.id)
    mean = flow.rate_per_day * scenario.duration_s / DAY_S
    numbers = np.arange(int(mean + 10.0 * np.sqrt(mean) + 20.0), dtype=np.uint64)
    key = identities(base, numbers)
    start_s = np.cumsum(streams.exponential("gap", key)) * DAY_S / flow.rate_per_day
    key, start_s = key[start_s < scenario.duration_s], start_s[start_s < scenario.duration_s]
    hours = np.full(24 * int(np.ceil(scenario.duration_s / DAY_S)), 1.0 / 24.0)
    habits = Habits(hours, np.ones(1), scenario.duration_s)
    tries = attempts(scenario.reactions, streams, habits, key, start_s, np.zeros(len(key), dtype=np.int64))
    key, start_s = tries.key, tries.time_s
    lines = (flow.origin, *flow.way_points, flow.destination)
    corners = np.stack([_on_line(sea, line, streams, key, turn) for turn, line in enumerate(lines)], axis=1)
    low, high = flow.speed_kn
    speed_mps = (low + (high - low) * streams.uniform("speed", key)) * KNOT_MPS
    steps_s = np.hypot(*np.moveaxis(np.diff(corners, axis=1), 2, 0)) / speed_mps[:, np.newaxis]
    times = start_s[:, np.newaxis] + np.concatenate(
        [np.zeros((len(key), 1)), np.cumsum(steps_s, axis=1)], axis=1
    )
    boats = _simple(
        scenario,
        streams,
        name=flow.id,
        key=key,
        copy=tries.of,
        tracks=_tracks(times, corners),
        persons=flow.persons,
        target=flow.target,
    )
    voyage = as_column(tries.named([flow.id] * len(key)))
    boats = replace(boats, voyage=voyage, attempt=tries.attempt)
    if flow.perils is None:
        return boats
    dangers = Dangers.of(flow.perils, Pace.of(weather, None, 1.0), weather, streams)
    columns = (key.tolist(), map(Way.of, corners), speed_mps.tolist(), start_s.tolist())
    sailors = [Sailor(own, flow.persons, *rest) for own, *rest in zip(*columns, strict=True)]
    lives = Lives(sea, weather, streams, scenario.duration_s + DAY_S)
    return replace(boats, **_columns(lives.of(sailors, [dangers] * len(sailors))))


def _on_line(sea: Sea, line: tuple[Point, Point], streams: Streams, key: KeyArray, turn: int) -> FloatArray:
    """Draw a point on a line for each boat, shape (boats, 2), metres."""
    ends = np.column_stack(sea.frame.to_xy(*np.array(line).T))
    share = streams.uniform("point", key, turn=turn)[:, np.newaxis]
    return np.asarray(ends[0] + share * (ends[1] - ends[0]))


def _tracks(times: FloatArray, places: FloatArray) -> list[Track]:
    x, y = np.ascontiguousarray(places[..., 0]), np.ascontiguousarray(places[..., 1])
    return [Track(times[row], x[row], y[row]) for row in range(len(times))]


def _coastal(
    flow: Flow,
    scenario: Scenario,
    sea: Sea,
    streams: Streams,
    weather: WeatherTable,
    raised: FloatArray | None,
) -> Boats:
    """Draw a flow's boats from its published persons, over routes and types."""
    types = [scenario.boat_types[name] for name in flow.boat_types]
    launched, tries = launches_of(flow, types, scenario, streams, weather, raised)
    key, of = tries.key, tries.of
    kind = _kinds(types, streams.uniform("type", launched.key))[of]
    drawn = _by_kind([each.persons for each in types], kind, streams.uniform("persons", launched.key)[of])
    persons = np.maximum(1, np.rint(drawn)).astype(np.int64)
    speed_kn = _by_kind([each.speed_kn for each in types], kind, streams.uniform("speed", key))
    ways = _ways(flow, scenario, sea, streams, tries.route, key)
    columns = (key.tolist(), persons.tolist(), ways, (speed_kn * KNOT_MPS).tolist(), tries.time_s.tolist())
    sailors = [Sailor(*each) for each in zip(*columns, strict=True)]
    dangers = [
        Dangers.of(
            each.perils, Pace.of(weather, each.stopping_wave_m, each.least_speed_share), weather, streams
        )
        for each in types
    ]
    lives = Lives(sea, weather, streams, scenario.duration_s + DAY_S)
    names = launched.names(flow.id)
    return Boats(
        voyage=as_column(tries.named(names)),
        copy=np.zeros(len(key), dtype=np.int64),
        route=as_column([f"{flow.routes[n].origin}>{flow.routes[n].destination}" for n in tries.route]),
        boat_type=as_column([flow.boat_types[number] for number in kind]),
        target_class=np.array([TARGET_CLASSES.index(each.target) for each in types], dtype=np.int64)[kind],
        persons=persons,
        key=key,
        factor=_factors(scenario, streams, key),
        first=as_column(names)[of],
        attempt=tries.attempt,
        moved=tries.moved,
        **_columns(lives.of(sailors, [dangers[number] for number in kind])),
    )  # fmt: skip


def _kinds(types: list[BoatType], share: FloatArray) -> IntArray:
    """Draw the number of each boat's type, by the types' shares."""
    shares = np.array([each.share for each in types])
    kind = np.searchsorted(np.cumsum(shares), share * shares.sum(), side="right")
    return np.asarray(kind.clip(0, len(types) - 1))


def _columns(lives: list[Life]) -> dict[str, NDArray[Any]]:
    """Give what is drawn of boats' lives as columns."""
    return {
        "tracks": as_column([life.track for life in lives]),
        "distress_s": np.array([life.distress_s for life in lives], dtype=np.float64),
        "capsize_s": np.array([life.capsize_s for life in lives], dtype=np.float64),
        "deaths_s": as_column([life.deaths_s for life in lives]),
    }


def _by_kind(laws: list[Triangle], kind: IntArray, share: FloatArray) -> FloatArray:
    """Draw from each boat's type's triangular law at the given share."""
    return np.array([triangle_quantile(laws[k].triangular, u) for k, u in zip(kind, share, strict=True)])


def _ways(
    flow: Flow, scenario: Scenario, sea: Sea, streams: Streams, route: IntArray, key: KeyArray
) -> list[Way]:
    """Give each boat's way: beside one of the lanes of its route."""
    pick = streams.uniform("lane", key)
    shift_m = streams.normal("wander", key) * flow.wander_nm * NM_M
    ways: dict[int, Way] = {}
    for number, each in enumerate(flow.routes):
        rows = np.flatnonzero(route == number)
        if len(rows):
            stretches = scenario.stretches[each.origin], scenario.stretches[each.destination]
            lanes = build_lanes(sea, *stretches, flow.lanes)
            lane = (pick[rows] * flow.lanes).astype(np.int64)
            for row, points in zip(rows.tolist(), beside(sea, lanes, lane, shift_m[rows]), strict=True):
                ways[row] = Way.of(points)
    return [ways[row] for row in range(len(key))]
