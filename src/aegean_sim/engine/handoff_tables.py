"""Tables of handoffs and responses: the rows of a run that has ended, as columns."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.entities.boat import as_column
from aegean_sim.entities.party import Party
from aegean_sim.handoff.ends import end_of
from aegean_sim.quantities import MINUTE_S

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.engine.sailed import Sailed
    from aegean_sim.engine.world import World
    from aegean_sim.entities.stranger import Stranger
    from aegean_sim.handoff.hop import Hop
    from aegean_sim.handoff.network import Report
    from aegean_sim.quantities import FloatArray, IntArray

Columns = dict[str, "NDArray[Any]"]


def handoff_rows(world: World, first: Mapping[str, int], sailed: Mapping[str, Sailed]) -> Columns:
    """Give one row a report and hop; ``first`` is each theatre's first number of a contact."""
    hops = world.desks.hops
    reports = [hop.report for hop in hops]
    decisions = [hop.decision for hop in hops]
    return {
        "theatre": as_column([report.theatre for report in reports]),
        "handoff": np.arange(len(hops)),
        "report": _whole([report.number for report in reports]),
        "contact": _whole([_contact(world, report, first[report.theatre]) for report in reports]),
        "unit": as_column([report.unit for report in reports]),
        "owner": as_column([report.force for report in reports]),
        **_boat_columns(world, reports),
        "hop": _whole([hop.number for hop in hops]),
        "sender": as_column([hop.sender for hop in hops]),
        "receiver": as_column([hop.receiver for hop in hops]),
        "way": as_column([hop.way for hop in hops]),
        "distress": np.array([report.distress for report in reports], dtype=np.bool_),
        "observed_s": _times([report.seen_s for report in reports]),
        "sent_s": _times([hop.sent_s for hop in hops]),
        "arrived_s": _times([hop.arrived_s for hop in hops]),
        "taken_up_s": _times([hop.taken_up_s for hop in hops]),
        "decided_s": _times([hop.decided_s for hop in hops]),
        "waited_until_s": _times([hop.waited_until_s for hop in hops]),
        "decision": as_column([decision.word for decision in decisions]),
        "reason": as_column([decision.reason for decision in decisions]),
        "end": as_column(
            [end_of(decision, report) for decision, report in zip(decisions, reports, strict=True)]
        ),
        "timely": np.array([decision.timely for decision in decisions], dtype=np.bool_),
        "age_min": _times([(hop.decided_s - hop.report.seen_s) / MINUTE_S for hop in hops]),
        "error_m": _error_m(world, hops, sailed),
    }


def response_rows(world: World) -> Columns:
    """Give one row a unit sent out."""
    taskings = world.dispatcher.taskings
    sent = {each.report.number for each in taskings}
    row = {
        (hop.report.number, hop.receiver, moment_s): number
        for number, hop in enumerate(world.desks.hops)
        if hop.report.number in sent
        for moment_s in (hop.decided_s, hop.waited_until_s)
    }
    return {
        "theatre": as_column([each.report.theatre for each in taskings]),
        "response": _whole([each.number for each in taskings]),
        "handoff": _whole([row[each.report.number, each.desk, each.tasked_s] for each in taskings]),
        "unit": as_column([each.unit.id for each in taskings]),
        "owner": as_column([each.unit.craft.owner for each in taskings]),
        **_boat_columns(world, [each.report for each in taskings]),
        "tasked_s": _times([each.tasked_s for each in taskings]),
        "on_scene_s": _times([each.on_scene_s for each in taskings]),
        "done_s": _times([each.done_s for each in taskings]),
        "result": as_column([each.result for each in taskings]),
        "forced": np.array([each.forced for each in taskings], dtype=np.bool_),
        **_party_columns([each.party for each in taskings]),
    }


def _party_columns(parties: Sequence[Party | None]) -> Columns:
    """Tell how many people were taken aboard, and when, where and by whom they were brought ashore."""
    aboard = [each or Party(-1, 0, math.nan) for each in parties]
    return {
        "persons": _whole([each.persons for each in aboard]),
        "ashore_s": _times([each.ashore_s for each in aboard]),
        "brought_to": as_column([each.brought_to for each in aboard]),
        "brought_by": as_column([each.brought_by for each in aboard]),
    }


def _boat_columns(world: World, reports: Sequence[Report]) -> Columns:
    """Name the boats; a stranger is named by its traffic, and has no voyage."""
    voyage, traffic = as_column([""] * len(reports)), as_column([""] * len(reports))
    copy = np.full(len(reports), -1, dtype=np.int64)
    for scene, rows, boat in _by_theatre(world, reports):
        voyage[rows], copy[rows] = scene.fleet.boats.voyage[boat], scene.fleet.boats.copy[boat]
    for row, stranger in _strangers(world, reports):
        traffic[row] = stranger.kind
    return {"voyage": voyage, "copy": copy, "traffic": traffic}


def _by_theatre(world: World, reports: Sequence[Report]) -> Iterator[tuple[Scene, IntArray, IntArray]]:
    """Give the rows of reports on boats in each theatre, and which boats these are."""
    theatre, boat = as_column([each.theatre for each in reports]), _whole([each.boat for each in reports])
    for name, scene in world.scenes.items():
        rows = np.flatnonzero((theatre == name) & (boat >= 0))
        yield scene, rows, boat[rows]


def _strangers(world: World, reports: Sequence[Report]) -> Iterator[tuple[int, Stranger]]:
    """Give the rows of reports on strangers, and who these are."""
    for row, report in enumerate(reports):
        if report.boat < 0:
            yield row, world.scenes[report.theatre].strangers[-1 - report.boat]


def _contact(world: World, report: Report, first: int) -> int:
    """Give the number of the contact that a report tells of; -1 for none."""
    if not report.unit:
        return -1
    if report.boat >= 0:
        return first + report.contact
    return first + len(world.scenes[report.theatre].lookout.happened) - 1 - report.boat


def _error_m(world: World, hops: Sequence[Hop], sailed: Mapping[str, Sailed]) -> FloatArray:
    """Tell how far boats are, when a desk decides, from where they are said to have been."""
    reports = [hop.report for hop in hops]
    decided_s, error_m = _times([hop.decided_s for hop in hops]), np.full(len(hops), np.nan)
    for scene, rows, boat in _by_theatre(world, reports):
        x_m, y_m = sailed[scene.name].boats_at(boat, np.fmin(decided_s[rows], scene.fleet.ended_s[boat]))
        said = [(reports[row].x_m, reports[row].y_m) for row in rows.tolist()]
        error_m[rows] = list(map(math.dist, zip(x_m.tolist(), y_m.tolist(), strict=True), said))
    for row, stranger in _strangers(world, reports):
        error_m[row] = math.dist(stranger.track.at(decided_s[row]), (reports[row].x_m, reports[row].y_m))
    return np.where(np.isnan(decided_s), np.nan, error_m)


def _times(values: Sequence[float]) -> NDArray[Any]:
    return np.array(values, dtype=np.float64)


def _whole(values: Sequence[int]) -> NDArray[Any]:
    return np.array(values, dtype=np.int64)
