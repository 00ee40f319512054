"""Boats sent through the cells: of which kind, and where one goes from there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.lanes import build_lanes
from aegean_sim.errors import AegeanError
from aegean_sim.kinematics.legs import Legs
from aegean_sim.quantities import KNOT_MPS
from aegean_sim.recording.layers import MEAN
from aegean_sim.scenario.boats import Flow, LaboratoryFlow
from aegean_sim.scenario.hints import guess
from aegean_sim.scenario.sensing import TARGET_CLASSES

if TYPE_CHECKING:
    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.geography.sea import Sea
    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.boats import BoatType
    from aegean_sim.scenario.model import Scenario

USUAL_SPEED_MPS = 5.0 * KNOT_MPS
_LANES = 9
_HALVINGS = 4


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of boat: what sensors take it for, how fast it is, and its share of all."""

    target_class: int
    speed_mps: float
    share: float


def kinds_of(scenario: Scenario, theatre: str, boat: str) -> list[Kind]:
    """Give what a layer's word for a boat stands for in a theatre, shares adding up to 1.

    A type of the scenario has its mean speed in a calm. A target class that is no type goes at the mean speed
    of the laboratory's flows of that class, or at 5 kn. The mixture is that of the theatre's flows, by boats.

    Raises
    ------
    AegeanError
        When the word is none of these.
    """
    if boat == MEAN:
        return _mixture(scenario, theatre)
    if boat in scenario.boat_types:
        return [_of_type(scenario.boat_types[boat], 1.0)]
    if boat in TARGET_CLASSES:
        return [Kind(TARGET_CLASSES.index(boat), _laboratory_speed_mps(scenario, theatre, boat), 1.0)]
    known = {*scenario.boat_types, *TARGET_CLASSES, MEAN}
    raise AegeanError(f"no boat type or target class {boat!r}{guess(boat, known)}")


def _of_type(boat: BoatType, share: float) -> Kind:
    return Kind(TARGET_CLASSES.index(boat.target), _mean(boat.speed_kn.triangular) * KNOT_MPS, share)


def _mean(numbers: tuple[float, ...]) -> float:
    return sum(numbers) / len(numbers)


def _laboratory_speed_mps(scenario: Scenario, theatre: str, target: str) -> float:
    speeds = [
        _mean(flow.speed_kn) * KNOT_MPS
        for flow in scenario.flows
        if isinstance(flow, LaboratoryFlow) and (flow.theatre, flow.target) == (theatre, target)
    ]
    return _mean(tuple(speeds)) if speeds else USUAL_SPEED_MPS


def _mixture(scenario: Scenario, theatre: str) -> list[Kind]:
    kinds: list[Kind] = []
    for flow in scenario.flows:
        if flow.theatre != theatre:
            continue
        if isinstance(flow, Flow):
            types = [scenario.boat_types[name] for name in flow.boat_types]
            persons = sum(month.persons for month in flow.persons_per_month.values())
            aboard = sum(each.share * _mean(each.persons.triangular) for each in types)
            kinds += [_of_type(each, each.share * persons / aboard) for each in types]
        else:
            row = TARGET_CLASSES.index(flow.target)
            kinds.append(Kind(row, _mean(flow.speed_kn) * KNOT_MPS, flow.rate_per_day))
    total = sum(kind.share for kind in kinds)
    if not total:
        return [Kind(0, USUAL_SPEED_MPS, 1.0)]
    return [Kind(kind.target_class, kind.speed_mps, kind.share / total) for kind in kinds]


def passages(watch: Watch, speed_mps: float, longest_s: float) -> Legs:
    """Give each wet cell's passage: from its centre at time 0 along the nearest lane till landing.

    Parameters
    ----------
    speed_mps : float
        The boat's.
    longest_s : float
        No passage is followed longer.

    Returns
    -------
    Legs
        ``mover`` is the place among the wet cells; a boat that is ashore at once has no leg.

    Notes
    -----
    The way is the rest of the lane from its vertex that is nearest to the cell, moved as a whole into the
    cell, up to where it first meets land. Where the theatre has no lanes it goes north and never lands.
    """
    places = _ways(watch, speed_mps * longest_s)
    step_m = np.hypot(*np.moveaxis(np.diff(places, axis=1), 2, 0))
    end_s = np.minimum(np.cumsum(step_m, axis=1) / speed_mps, longest_s)
    start_s = np.concatenate([np.zeros((len(places), 1)), end_s[:, :-1]], axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        velocity = speed_mps * np.diff(places, axis=1) / step_m[..., np.newaxis]
    cell, leg = np.nonzero(end_s > start_s)
    return Legs(
        cell, start_s[cell, leg], end_s[cell, leg], places[cell, leg, 0], places[cell, leg, 1],
        velocity[cell, leg, 0], velocity[cell, leg, 1],
    )  # fmt: skip


def _ways(watch: Watch, longest_m: float) -> FloatArray:
    """Give the points of each wet cell's way, shape (cells, points, 2); the last one repeats."""
    here = np.column_stack([watch.cells.wet_x_m, watch.cells.wet_y_m])
    lanes = _lanes(watch)
    if not lanes:
        return np.stack([here, here + np.array([0.0, longest_m])], axis=1)
    most = max(len(lane) for lane in lanes)
    whole = np.stack([np.pad(lane, ((0, most - len(lane)), (0, 0)), mode="edge") for lane in lanes])
    from scipy.spatial import cKDTree  # noqa: PLC0415  (slow to import, needed only for maps)

    nearest = cKDTree(whole.reshape(-1, 2)).query(here)[1]
    lane, vertex = np.divmod(nearest, most)
    later = np.minimum(vertex[:, np.newaxis] + np.arange(most), most - 1)
    rest = whole[lane[:, np.newaxis], later]
    return _ashore(watch.sea, rest + (here - rest[:, 0])[:, np.newaxis])


def _lanes(watch: Watch) -> list[FloatArray]:
    """Give all lanes of a theatre's flows and described voyages, each of shape (points, 2)."""
    scenario, sea, lanes = watch.scenario, watch.sea, []
    for flow in scenario.flows:
        if flow.theatre != watch.theatre:
            continue
        if isinstance(flow, Flow):
            for route in flow.routes:
                stretches = scenario.stretches[route.origin], scenario.stretches[route.destination]
                lanes += list(build_lanes(sea, *stretches, flow.lanes).place)
        else:
            lanes += _across(sea, flow)
    for voyage in scenario.voyages:
        if voyage.theatre == watch.theatre:
            lanes.append(np.column_stack(sea.frame.to_xy(*np.array(voyage.points).T[1:])))
    return lanes


def _across(sea: Sea, flow: LaboratoryFlow) -> list[FloatArray]:
    """Lay lanes between points of a laboratory's lines at the same shares, with vertices along them."""
    lines = np.array([flow.origin, *flow.way_points, flow.destination])
    share = ((np.arange(_LANES) + 0.5) / _LANES)[:, np.newaxis, np.newaxis]
    corners = lines[:, 0] + share * (lines[:, 1] - lines[:, 0])
    along = np.linspace(0.0, len(lines) - 1.0, 12 * (len(lines) - 1) + 1)
    lanes = []
    for way in corners:
        first, second = (np.interp(along, np.arange(len(lines)), axis) for axis in way.T)
        lanes.append(np.column_stack(sea.frame.to_xy(first, second)))
    return lanes


def _ashore(sea: Sea, ways: FloatArray) -> FloatArray:
    """End ways where they first meet land, within a sixteenth of a leg."""
    begin, end = ways[:, :-1], ways[:, 1:].copy()
    blocked = _crosses(sea, begin, end)
    rows = np.flatnonzero(blocked.any(axis=1))
    leg = blocked[rows].argmax(axis=1)
    free, reach, step = begin[rows, leg], end[rows, leg] - begin[rows, leg], 0.5
    gone = np.zeros(len(rows))
    for _ in range(_HALVINGS):
        there = free + (gone + step)[:, np.newaxis] * reach
        gone += np.where(_crosses(sea, free, there), 0.0, step)
        step *= 0.5
    ways = ways.copy()
    shore = free + gone[:, np.newaxis] * reach
    beyond = np.arange(ways.shape[1]) > leg[:, np.newaxis]
    ways[rows] = np.where(beyond[..., np.newaxis], shore[:, np.newaxis], ways[rows])
    return ways


def _crosses(sea: Sea, begin: FloatArray, end: FloatArray) -> FloatArray:
    """Tell of segments, shape (..., 2) at both ends, whether they meet land."""
    first, second = begin.reshape(-1, 2), end.reshape(-1, 2)
    return np.asarray(sea.crosses(*first.T, *second.T).reshape(begin.shape[:-1]))
