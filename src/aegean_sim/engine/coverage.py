"""Coverage: how well the sea was watched, measured by probe boats sent through every cell of a grid."""

from __future__ import annotations

from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.behaviour.lanes import build_lanes
from aegean_sim.detection.resolver import Targets, exposures
from aegean_sim.engine.world import (
    open_sea,
    theatre_conditions,
    theatre_sensors,
    theatre_weather,
    unit_names,
)
from aegean_sim.kinematics.legs import Track, joined, legs_of
from aegean_sim.quantities import HOUR_S, KNOT_MPS, NM_M
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.scenario.boats import Flow
from aegean_sim.scenario.sensing import SENSOR_KINDS
from aegean_sim.streams import Streams, identity

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.loading import Loaded
    from aegean_sim.scenario.model import Scenario

PROBE_SPEED_MPS = 5.0 * KNOT_MPS
PROBE_S = HOUR_S
CELL_M = 2.0 * NM_M
MARGIN_M = 15.0 * NM_M
MOMENTS = 24
MOST_CELLS = 40_000
_CHUNK = 4000


def with_coverage(loaded: Loaded, record: RunRecord) -> RunRecord:
    """Add coverage to a run that has just ended."""
    begun = perf_counter()
    grids = coverage_of(loaded.scenario, loaded.folder, record.replication, record.tables["tracks"])
    timings = {**record.timings_s, "coverage": perf_counter() - begun}
    return replace(record, coverage=grids, timings_s=timings)


def coverage_of(
    scenario: Scenario, folder: Path, replication: int, tracks: Mapping[str, NDArray[Any]]
) -> dict[str, CoverageGrid]:
    """Work out coverage of every theatre from the tracks of a run, whether just ended or read back.

    Parameters
    ----------
    replication : int
        Number of the run, whose weather it was.
    tracks : mapping
        Columns ``theatre, mover, kind, piece, time_s, x_m, y_m``.

    Notes
    -----
    The chance in a cell is the mean of ``1 - exp(-F)`` over moments, spread evenly over the time from the
    first unit's setting out to the last one's return: ``F`` is the exposure to all sensors, by the same
    resolver as in the run, of a boat of the mean cross-section that passes the cell's centre at the moment,
    at 5 kn along the nearest lane. All that sailed
    is taken as it sailed, responses included.
    """
    streams = Streams(scenario.seed, replication)
    return {
        name: _theatre_coverage(
            scenario, folder, name, streams, {k: v[tracks["theatre"] == name] for k, v in tracks.items()}
        )
        for name in scenario.theatres
    }


@dataclass(frozen=True, slots=True)
class _Watchers:
    """Who watches: all units' legs as sailed, their sensors, and the conditions."""

    sea: Sea
    conditions: Conditions
    legs: Legs
    sensors: SensorTable

    def exposure(self, tracks: list[Track]) -> FloatArray:
        """Give the exposure of rubber boats of mean cross-section on these tracks."""
        legs, condition = self.conditions.cut(legs_of(tracks))
        count = len(tracks)
        targets = Targets(
            legs,
            condition,
            np.zeros(len(legs), dtype=np.int64),
            np.zeros(count, dtype=np.uint64),
            np.ones((count, len(SENSOR_KINDS))),
        )
        return exposures(targets, self.legs, self.sensors, self.sea)


def _theatre_coverage(
    scenario: Scenario, folder: Path, name: str, streams: Streams, tracks: Mapping[str, NDArray[Any]]
) -> CoverageGrid:
    sea = open_sea(scenario, name)
    weather = theatre_weather(scenario, name, folder, streams)
    conditions = theatre_conditions(scenario, name, sea, weather)
    sensors, _ = theatre_sensors(scenario, name, sea)
    legs = _sailed(unit_names(scenario, name), tracks)
    x_m, y_m = _grid(sea, tracks)
    probability = _probability(scenario, name, x_m, y_m, _Watchers(sea, conditions, legs, sensors))
    return CoverageGrid(x_m, y_m, probability)


def _sailed(names: list[str], tracks: Mapping[str, NDArray[Any]]) -> Legs:
    """Give the legs of all units, in the order of their rows."""
    own = tracks["kind"] == "unit"
    mover, piece = tracks["mover"][own], tracks["piece"][own]
    columns = [tracks[column][own] for column in ("time_s", "x_m", "y_m")]
    begins = np.flatnonzero(np.concatenate([[True], (mover[1:] != mover[:-1]) | (piece[1:] != piece[:-1])]))
    ends = [*begins[1:], len(mover)]
    pieces: dict[str, list[Track]] = {name: [] for name in names}
    for begin, end in zip(begins, ends, strict=True) if len(mover) else ():
        pieces[mover[begin]].append(Track(*(column[begin:end] for column in columns)))
    return joined([legs_of(pieces[name], np.full(len(pieces[name]), row)) for row, name in enumerate(names)])


def _grid(sea: Sea, tracks: Mapping[str, NDArray[Any]]) -> tuple[FloatArray, FloatArray]:
    """Give cell centres over the area that boats and their margin take up, at most so many cells."""
    west, south, east, north = sea.bounds_m
    boats = tracks["kind"] == "boat"
    if sea.coast is not None and boats.any():
        x, y = tracks["x_m"][boats], tracks["y_m"][boats]
        west, east = max(west, x.min() - MARGIN_M), min(east, x.max() + MARGIN_M)
        south, north = max(south, y.min() - MARGIN_M), min(north, y.max() + MARGIN_M)
    cell_m = max(CELL_M, np.sqrt((east - west) * (north - south) / MOST_CELLS))
    return (
        np.arange(west + 0.5 * cell_m, east, cell_m),
        np.arange(south + 0.5 * cell_m, north, cell_m),
    )


def _probability(
    scenario: Scenario, name: str, x_m: FloatArray, y_m: FloatArray, watchers: _Watchers
) -> FloatArray:
    """Send probes through the wet cells at all moments, and give the mean chance; NaN on land."""
    grid_x, grid_y = (axis.ravel() for axis in np.meshgrid(x_m, y_m))
    wet = np.arange(len(grid_x))
    if watchers.sea.coast is not None:
        wet = np.flatnonzero(~watchers.sea.coast.on_land(grid_x, grid_y))
    course = _courses(scenario, name, watchers.sea, grid_x[wet], grid_y[wet])
    moment_s = _moments(scenario, watchers.legs)
    seen = np.zeros(len(wet))
    for moment in range(MOMENTS):
        for first in range(0, len(wet), _CHUNK):
            some = slice(first, first + _CHUNK)
            cells = wet[some]
            probes = _probes(watchers.sea, grid_x[cells], grid_y[cells], course[some], moment_s[moment])
            seen[some] += -np.expm1(-watchers.exposure(probes))
    probability = np.full(len(grid_x), np.nan)
    probability[wet] = seen / MOMENTS
    return probability.reshape(len(y_m), len(x_m))


def _moments(scenario: Scenario, legs: Legs) -> FloatArray:
    """Give moments: one drawn in each of so many equal parts of the time in which units are out."""
    shares = Streams(scenario.seed, 0).uniform(
        "probe", np.arange(MOMENTS, dtype=np.uint64), identity("moment")
    )
    first_s, last_s = (legs.start_s.min(), legs.end_s.max()) if len(legs) else (0.0, scenario.duration_s)
    return np.asarray(first_s + (np.arange(MOMENTS) + shares) / MOMENTS * (last_s - first_s))


def _courses(scenario: Scenario, name: str, sea: Sea, x: FloatArray, y: FloatArray) -> FloatArray:
    """Give unit vectors along the nearest lane, shape (cells, 2); north where the theatre has no lanes."""
    places, courses = [], []
    for flow in scenario.flows:
        if isinstance(flow, Flow) and flow.theatre == name:
            for route in flow.routes:
                stretches = scenario.stretches[route.origin], scenario.stretches[route.destination]
                lanes = build_lanes(sea, *stretches, flow.lanes)
                places.append(lanes.place.reshape(-1, 2))
                courses.append(
                    np.stack([lanes.normal[..., 1], -lanes.normal[..., 0]], axis=-1).reshape(-1, 2)
                )
    if not places:
        return np.tile([0.0, 1.0], (len(x), 1))
    from scipy.spatial import cKDTree  # noqa: PLC0415  (slow to import, needed only for maps)

    nearest = cKDTree(np.concatenate(places)).query(np.column_stack([x, y]))[1]
    return np.asarray(np.concatenate(courses)[nearest])


def _probes(sea: Sea, x: FloatArray, y: FloatArray, course: FloatArray, moment_s: float) -> list[Track]:
    """Give an hour's track through each cell's centre, shortened to the centre on a side where land lies."""
    half = 0.5 * PROBE_S * PROBE_SPEED_MPS * course
    ends = []
    for side in (-half, half):
        to_x, to_y = x + side[:, 0], y + side[:, 1]
        free = ~sea.crosses(x, y, to_x, to_y)
        ends.append(np.column_stack([np.where(free, to_x, x), np.where(free, to_y, y)]))
    times = moment_s + np.array([-0.5, 0.0, 0.5]) * PROBE_S
    places = np.stack([ends[0], np.column_stack([x, y]), ends[1]], axis=1)
    return [Track(times, places[row, :, 0], places[row, :, 1]) for row in range(len(x))]
