"""CSV: every table for a spreadsheet."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.recording.columns import GEOMETRY
from aegean_sim.recording.record import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pyarrow as pa

    from aegean_sim.exports.request import Request

FILES = tuple(f"{name}.csv" for name in TABLES)
_ROWS_AT_ONCE = 20_000
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def write_csv(request: Request, folder: Path) -> None:
    """Write `FILES` into a folder: UTF-8 with a byte order mark, which spreadsheets ask for."""
    for table, name in zip(TABLES, FILES, strict=True):
        with (folder / name).open("w", encoding="utf-8-sig", newline="") as file:
            rows = csv.writer(file, lineterminator="\r\n")
            for number, batch in enumerate(_batches(request, table)):
                if number == 0:
                    rows.writerow(batch)
                rows.writerows(zip(*batch.values(), strict=True))


def safe(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula."""
    return f"'{text}" if text.startswith(_STARTS_A_FORMULA) else text


def _batches(request: Request, table: str) -> Iterator[dict[str, list[Any]]]:
    """Give the columns of some rows at a time as they are written, also when there is none."""
    from pyarrow import compute, parquet  # noqa: PLC0415  (heavy)

    file = parquet.ParquetFile(request.run.folder / f"{table}.parquet")
    yield {name: [] for name in _written(request, file.schema_arrow.empty_table())}
    for batch in file.iter_batches(_ROWS_AT_ONCE):
        if "theatre" in batch.schema.names:
            import pyarrow as pa  # noqa: PLC0415

            wanted = compute.is_in(batch["theatre"], value_set=pa.array(request.theatres))
            batch = batch.filter(wanted)  # noqa: PLW2901
        yield _written(request, batch)


def _written(request: Request, rows: pa.RecordBatch | pa.Table) -> dict[str, list[Any]]:
    written: dict[str, list[Any]] = {}
    for name in rows.schema.names:
        if name == GEOMETRY:
            points = shapely.get_coordinates(shapely.from_wkb(rows[name].to_numpy(zero_copy_only=False)))
            written |= {door: _numbers(at) for door, at in zip(request.door_names, points.T, strict=True)}
        else:
            written[name] = _texts(rows[name])
    return written


def _texts(column: pa.Array) -> list[str]:
    import pyarrow as pa  # noqa: PLC0415

    if pa.types.is_timestamp(column.type):
        return ["" if each is None else f"{each:%Y-%m-%d %H:%M:%S.%f}"[:-3] for each in column.to_pylist()]
    if pa.types.is_floating(column.type):
        return _numbers(column.to_numpy(zero_copy_only=False))
    if pa.types.is_boolean(column.type):
        return ["TRUE" if each else "FALSE" for each in column.to_pylist()]
    return [safe(str(each)) if isinstance(each, str) else str(each) for each in column.to_pylist()]


def _numbers(values: Any) -> list[str]:
    """Write numbers to six decimals: a decimetre in degrees, a microsecond in seconds."""
    return ["" if np.isnan(each) else f"{each:.15g}" for each in np.round(values, 6).tolist()]
