"""The columns of a result folder's tables, and how the engine's arrays become them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.recording import arrow

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    import pyarrow as pa
    from numpy.typing import NDArray

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.recording.record import RunRecord

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "voyages": (
        "theatre",
        "voyage",
        "copy",
        "route",
        "boat_type",
        "target",
        "persons",
        "departed_s",
        "ended_s",
        "outcome",
        "ended_by",
        "landed_in",
        "distress_s",
        "capsized_s",
        "persons_landed",
        "persons_stopped",
        "persons_met",
        "persons_rescued",
        "persons_dead",
        "persons_at_sea",
        "hull",
        "suspects",
        "attempt",
        "first_voyage",
        "moved",
    ),
    "contacts": (
        "theatre",
        "contact",
        "unit",
        "owner",
        "sensor",
        "voyage",
        "copy",
        "traffic",
        "classed",
        "number",
        "start_s",
        "end_s",
        "range_m",
        "x_m",
        "y_m",
    ),
    "handoffs": (
        "theatre",
        "handoff",
        "report",
        "contact",
        "unit",
        "owner",
        "voyage",
        "copy",
        "traffic",
        "hop",
        "sender",
        "receiver",
        "way",
        "distress",
        "observed_s",
        "sent_s",
        "arrived_s",
        "taken_up_s",
        "decided_s",
        "waited_until_s",
        "decision",
        "reason",
        "end",
        "timely",
        "age_min",
        "error_m",
    ),
    "responses": (
        "theatre",
        "response",
        "handoff",
        "unit",
        "owner",
        "voyage",
        "copy",
        "traffic",
        "tasked_s",
        "on_scene_s",
        "done_s",
        "result",
        "forced",
        "persons",
        "ashore_s",
        "brought_to",
        "brought_by",
    ),
    "desks": (
        "desk",
        "start_s",
        "end_s",
        "arrived",
        "taken_up",
        "decided",
        "lost",
        "refused",
        "no_unit",
        "waiting_mean",
        "waiting_max",
        "wait_mean_min",
        "officers_mean",
        "busy_mean",
    ),
    "decisive": (
        "theatre",
        "silenced",
        "name",
        "voyage",
        "copy",
        "persons",
        "outcome",
        "outcome_without",
        "ended_s",
        "ended_without_s",
        "persons_dead",
        "persons_dead_without",
    ),
    "tracks": ("theatre", "mover", "kind", "piece", "seq", "time_s", "x_m", "y_m"),
}
"""What the engine gives, in order; -1 is "none" in whole numbers, NaN is "did not happen" in times."""

GEOMETRY = "geometry"
_TEXT = frozenset(
    {"theatre", "voyage", "route", "boat_type", "target", "outcome", "ended_by", "unit", "owner", "sensor"}
    | {"sender", "receiver", "decision", "reason", "result", "brought_to", "brought_by", "mover", "kind"}
    | {"traffic", "classed", "end", "way", "desk"}
    | {"silenced", "name", "outcome_without", "hull", "first_voyage", "landed_in"}
)
_FLAGS = frozenset({"distress", "timely", "forced", "moved"})
_MEASURES = frozenset(
    {"range_m", "age_min", "error_m", "waiting_mean", "wait_mean_min", "officers_mean", "busy_mean"}
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECONDS = 1_000_000


def is_time(column: str) -> bool:
    """Tell whether a column holds seconds since the scenario's start."""
    return column.endswith("_s")


def arrow_table(record: RunRecord, name: str) -> pa.Table:
    """Give one table as it is written: UTC beside every time, positions as at the door.

    Raises
    ------
    ValueError
        When the record's columns are not those of `COLUMNS`, differ in length, or name a theatre that has no
        frame.
    """
    import pyarrow as pa  # noqa: PLC0415  (heavy, and `--help` comes by here)

    columns = _checked(record, name)
    rows = len(columns[COLUMNS[name][0]])
    written = {"replication": arrow.wholes(np.full(rows, record.replication))}
    for column in COLUMNS[name]:
        if column not in ("x_m", "y_m"):
            written[column] = _kind(column)(columns[column])
        if is_time(column):
            written[f"{column[:-2]}_utc"] = _utc(record.scenario.start, columns[column])
    if name == "tracks":
        written[GEOMETRY] = arrow.blobs(_points(record, columns))
    elif "x_m" in columns:
        written |= {column: arrow.numbers(values) for column, values in _at_door(record, columns).items()}
    table = pa.table(written)
    return table.replace_schema_metadata(_geo_metadata(record)) if name == "tracks" else table


def _kind(column: str) -> Callable[[Any], pa.Array]:
    if column in _TEXT:
        return arrow.texts
    if column in _FLAGS:
        return arrow.flags
    return arrow.numbers if is_time(column) or column in _MEASURES else arrow.wholes


def _checked(record: RunRecord, name: str) -> Mapping[str, NDArray[Any]]:
    columns = record.tables[name]
    wrong = set(columns).symmetric_difference(COLUMNS[name])
    if wrong:
        raise ValueError(f"table {name} must have the columns {COLUMNS[name]}; wrong: {sorted(wrong)}")
    lengths = {column: len(values) for column, values in columns.items()}
    if len(set(lengths.values())) > 1:
        raise ValueError(f"the columns of table {name} differ in length: {lengths}")
    strangers = set(columns.get("theatre", ())) - set(record.frames)
    if strangers:
        raise ValueError(f"table {name} names theatres without a frame: {sorted(strangers)}")
    return columns


def _utc(start: datetime, seconds: NDArray[Any]) -> pa.Array:
    never = np.isnan(seconds)
    start_us = (start - _EPOCH) // timedelta(microseconds=1)
    since_us = np.rint(np.where(never, 0.0, seconds) * _MICROSECONDS).astype(np.int64)
    return arrow.moments(start_us + since_us, never)


def _at_door(record: RunRecord, columns: Mapping[str, NDArray[Any]]) -> dict[str, FloatArray]:
    """Give the coordinates by their names at the door; NaN where a row's theatre has others."""
    names = [name for frame in record.frames.values() for name in frame.door_names]
    at_door = {name: np.full(len(columns["theatre"]), np.nan) for name in names}
    for frame, here, both in _by_theatre(record, columns):
        for name, values in zip(frame.door_names, both, strict=True):
            at_door[name][here] = values
    return at_door


def _points(record: RunRecord, columns: Mapping[str, NDArray[Any]]) -> list[bytes]:
    """Give the positions at the door as points in WKB."""
    points = np.empty((len(columns["theatre"]), 2))
    for _, here, both in _by_theatre(record, columns):
        points[here] = np.column_stack(both)
    return list(shapely.to_wkb(shapely.points(points), byte_order=1))


def _by_theatre(
    record: RunRecord, columns: Mapping[str, NDArray[Any]]
) -> Iterator[tuple[Frame, BoolArray, tuple[FloatArray, FloatArray]]]:
    theatres = np.asarray(columns["theatre"], dtype=object)
    for theatre, frame in record.frames.items():
        here = np.asarray(theatres == theatre)
        yield frame, here, frame.to_door(columns["x_m"][here], columns["y_m"][here])


def _geo_metadata(record: RunRecord) -> dict[str, str]:
    """Give the GeoParquet 1.0 header: no ``crs`` means OGC:CRS84 (lon/lat), null means that there is none."""
    column: dict[str, object] = {"encoding": "WKB", "geometry_types": ["Point"]}
    if any(frame.door_names != ("lon", "lat") for frame in record.frames.values()):
        column["crs"] = None
    return {
        "geo": json.dumps({"version": "1.0.0", "primary_column": GEOMETRY, "columns": {GEOMETRY: column}})
    }
