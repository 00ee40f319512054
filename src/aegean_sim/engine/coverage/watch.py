"""The watch over one theatre: who was where with what, in which light and sea, and the cells looked at."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.engine.world import (
    open_sea,
    theatre_conditions,
    theatre_sensors,
    theatre_weather,
    unit_names,
)
from aegean_sim.errors import AegeanError
from aegean_sim.kinematics.legs import Track, joined, legs_of
from aegean_sim.quantities import NM_M
from aegean_sim.recording.layers import ALL
from aegean_sim.scenario.hints import guess
from aegean_sim.streams import Streams

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path
    from typing import Any

    from numpy.typing import NDArray

    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.environment.conditions import Conditions
    from aegean_sim.geography.sea import Sea
    from aegean_sim.kinematics.legs import Legs
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.scenario.model import Scenario

CELL_M = 2.0 * NM_M
MARGIN_M = 15.0 * NM_M
MOST_CELLS = 40_000


@dataclass(frozen=True, slots=True)
class Cells:
    """A regular grid, and which of its cells have their centre at sea.

    Parameters
    ----------
    x_m, y_m : array, shapes (columns,) and (rows,)
        Centres, rising.
    wet : array, shape (n,)
        Places in the grid laid flat, row by row.
    wet_x_m, wet_y_m : array, shape (n,)
        Their centres.
    """

    x_m: FloatArray
    y_m: FloatArray
    wet: IntArray
    wet_x_m: FloatArray
    wet_y_m: FloatArray

    def on_grid(self, values: FloatArray) -> FloatArray:
        """Lay values of the wet cells on the grid, NaN elsewhere."""
        laid = np.full(len(self.x_m) * len(self.y_m), np.nan)
        laid[self.wet] = values
        return laid.reshape(len(self.y_m), len(self.x_m))


@dataclass(frozen=True, slots=True)
class Watch:
    """Everything that coverage of one theatre hangs on.

    Parameters
    ----------
    legs : Legs
        All units' legs as sailed, responses included; ``mover`` is a place in ``names``.
    owners : tuple of str
        Of each unit, in the order of ``names``.
    between_s : pair of float
        When the first unit sets out and the last one is back; the run's time without any.
    cells : Cells
        Over the area of the boats' tracks and a margin; a laboratory's whole box.
    """

    scenario: Scenario
    theatre: str
    streams: Streams
    sea: Sea
    conditions: Conditions
    legs: Legs
    sensors: SensorTable
    names: tuple[str, ...]
    owners: tuple[str, ...]
    between_s: tuple[float, float]
    cells: Cells

    def chosen(self, by: str) -> BoolArray:
        """Tell of each unit whether it is among those that a layer asks for; none where others are.

        Raises
        ------
        AegeanError
            When the scenario has neither an owner nor a unit of that name.
        """
        crafts = self.scenario.crafts()
        known = {*crafts, *(craft.owner for craft in crafts.values())}
        if by != ALL and by not in known:
            raise AegeanError(f"nobody called {by!r} watches{guess(by, known | {ALL})}")
        by_owner = by not in crafts
        words = self.owners if by_owner else self.names
        return np.array([by in {ALL, word} for word in words], dtype=np.bool_)

    def seeing(self, by: str) -> SensorTable:
        """Give the sensors of some of the units."""
        wanted = self.chosen(by)[self.sensors.unit]
        columns = {field.name: getattr(self.sensors, field.name) for field in fields(self.sensors)}
        return replace(self.sensors, **{name: values[wanted] for name, values in columns.items()})


def watch_of(
    scenario: Scenario, inputs: Path, replication: int, name: str, tracks: Mapping[str, NDArray[Any]]
) -> Watch:
    """Gather the watch over one theatre from the tracks of a run, all of this theatre.

    Parameters are those of `aegean_sim.engine.coverage.layers.layer_of`.
    """
    streams = Streams(scenario.seed, replication)
    sea = open_sea(scenario, name)
    weather = theatre_weather(scenario, name, inputs, streams)
    names = tuple(unit_names(scenario, name))
    crafts = scenario.crafts()
    legs = _sailed(names, tracks)
    return Watch(
        scenario=scenario,
        theatre=name,
        streams=streams,
        sea=sea,
        conditions=theatre_conditions(scenario, name, sea, weather),
        legs=legs,
        sensors=theatre_sensors(scenario, name, sea)[0],
        names=names,
        owners=tuple(crafts[unit].owner for unit in names),
        between_s=(float(legs.start_s.min()), float(legs.end_s.max()))
        if len(legs)
        else (0.0, scenario.duration_s),
        cells=_cells(sea, tracks),
    )


def _sailed(names: tuple[str, ...], tracks: Mapping[str, NDArray[Any]]) -> Legs:
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


def _cells(sea: Sea, tracks: Mapping[str, NDArray[Any]]) -> Cells:
    """Lay cells over the area that boats and their margin take up, at most so many."""
    west, south, east, north = sea.bounds_m
    boats = tracks["kind"] == "boat"
    if sea.coast is not None and boats.any():
        x, y = tracks["x_m"][boats], tracks["y_m"][boats]
        west, east = max(west, x.min() - MARGIN_M), min(east, x.max() + MARGIN_M)
        south, north = max(south, y.min() - MARGIN_M), min(north, y.max() + MARGIN_M)
    cell_m = max(CELL_M, np.sqrt((east - west) * (north - south) / MOST_CELLS))
    x_m, y_m = np.arange(west + 0.5 * cell_m, east, cell_m), np.arange(south + 0.5 * cell_m, north, cell_m)
    grid_x, grid_y = (axis.ravel() for axis in np.meshgrid(x_m, y_m))
    wet = np.arange(len(grid_x))
    if sea.coast is not None:
        wet = np.flatnonzero(~sea.coast.on_land(grid_x, grid_y))
    return Cells(x_m, y_m, wet, grid_x[wet], grid_y[wet])
