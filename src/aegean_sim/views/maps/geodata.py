"""The data behind a map, for a GIS: cells as a raster or points, boats as points, routes as lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import shapely

from aegean_sim.errors import AegeanError
from aegean_sim.geography.frame import LambertFrame
from aegean_sim.recording.layer_files import write_layer
from aegean_sim.recording.record import CoverageGrid
from aegean_sim.recording.store import replacing
from aegean_sim.views.maps.crossings import crossings_of
from aegean_sim.views.maps.stretches import routes_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.maps.asked import Asked
    from aegean_sim.views.maps.crossings import Crossing
    from aegean_sim.views.maps.subjects import Subject

_LON_LAT = "EPSG:4326"


def write_data(subject: Subject, asked: Asked, theatre: str, path: Path) -> None:
    """Write what a map of one scenario shows.

    Raises
    ------
    AegeanError
        When the theatre is a laboratory, which is nowhere on Earth, or nothing is there to write.
    StoreError
        When it cannot be written.
    """
    if asked.kind == "coverage":
        heat = subject.heat(asked.layer, theatre)
        write_layer(
            subject.first, asked.layer, {theatre: CoverageGrid(heat.x_m, heat.y_m, heat.values)}, path
        )
        return
    frame = subject.first.frames[theatre]
    if not isinstance(frame, LambertFrame):
        raise AegeanError(f"--data {path}: {theatre} is a laboratory, which is nowhere on Earth")
    crossings = crossings_of(subject.runs, theatre, asked.layer)
    if not crossings:
        raise AegeanError(f"--data {path}: no boat set out in {theatre}, so there is nothing to write")
    layers = _ends(crossings, frame) if asked.kind == "outcomes" else _stretches(crossings, frame)
    with replacing(path) as part:
        for name, rows in layers.items():
            rows.to_file(part, layer=name, driver="GPKG", engine="pyogrio")


def _ends(crossings: Sequence[Crossing], frame: Frame) -> dict[str, gpd.GeoDataFrame]:
    """Give where boats ended, and where they were first seen."""
    seen = [boat for boat in crossings if boat.first_seen is not None]
    first = np.array([boat.first_seen for boat in seen]).reshape(-1, 2)
    ends = np.array([boat.way[-1, :2] for boat in crossings])
    return {
        "ended": _frame(_about(crossings), shapely.points(_lon_lat(ends, frame))),
        "first_seen": _frame(_about(seen), shapely.points(_lon_lat(first, frame))),
    }


def _about(crossings: Sequence[Crossing]) -> dict[str, list[Any]]:
    return {
        "voyage": [boat.voyage for boat in crossings],
        "route": [boat.route for boat in crossings],
        "outcome": [boat.outcome for boat in crossings],
        "persons": [boat.persons for boat in crossings],
        "persons_dead": [boat.persons_dead for boat in crossings],
        "hours": [boat.hours for boat in crossings],
        "unseen_h": [boat.unseen_hours for boat in crossings],
        "to_first_seen_h": [boat.hours_to_first if len(boat.seen) else None for boat in crossings],
    }


def _stretches(crossings: Sequence[Crossing], frame: Frame) -> dict[str, gpd.GeoDataFrame]:
    """Give the stretches of routes, and what nobody saw on each."""
    routes = routes_of(crossings)
    lines = [shapely.linestrings(_lon_lat(line, frame)) for route in routes for line in route.lines]
    columns = {
        "route": [route.name for route in routes for _ in route.lines],
        "stretch": [number for route in routes for number in range(1, len(route.lines) + 1)],
        "boats": np.concatenate([route.boats_there for route in routes]),
        "unseen_share": np.concatenate([route.unseen for route in routes]),
        "unseen_h": np.concatenate([route.unseen_h for route in routes]),
    }
    return {"stretches": _frame(columns, lines)}


def _frame(columns: dict[str, Any], shapes: Any) -> gpd.GeoDataFrame:
    return gpd.GeoDataFrame(columns, geometry=list(shapes), crs=_LON_LAT)


def _lon_lat(xy: FloatArray, frame: Frame) -> FloatArray:
    return np.column_stack(frame.to_door(*xy.T))
