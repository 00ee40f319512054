"""Parts: immutable Parquet files, each named by the checksum of what it holds.

A part that is torn or changed no longer goes by its name, so nothing else need be asked about it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import pyarrow as pa
from pyarrow import parquet

from aegean_sim.errors import StoreError
from aegean_sim.study.sweeps.layout import REPLICATIONS, write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

Read = TypeVar("Read")

KEY = ("cell", "replication")
_KEY_FIELDS = (("cell", pa.string()), ("replication", pa.int64()))
HEADER = "columns.parquet"
_ROWS_A_GROUP = 100_000
_READINGS = 10


class BrokenPartError(StoreError):
    """A part is torn, or was changed after it was written."""


class Part(NamedTuple):
    """A committed part: its table and file, how many rows and bytes it has."""

    table: str
    file: str
    rows: int
    bytes: int

    def path(self, folder: Path) -> Path:
        """Where it is."""
        return folder / self.table / self.file


def encoded(table: pa.Table) -> bytes:
    """Give the bytes of a Parquet file; the same rows in the same order give the same.

    Key figures hardly repeat: a dictionary of them, or more than a light compression, costs small parts two
    thirds of the time they take to write and read.
    """
    sink = pa.BufferOutputStream()
    texts = [field.name for field in table.schema if pa.types.is_string(field.type)]
    parquet.write_table(
        table.combine_chunks().replace_schema_metadata(None),
        sink,
        compression="snappy",
        use_dictionary=texts or False,
        write_page_checksum=True,
        row_group_size=_ROWS_A_GROUP,
        store_schema=False,
    )
    return bytes(sink.getvalue())


def write_part(folder: Path, name: str, table: pa.Table) -> Part:
    """Commit rows of a table of a sweep as one part.

    Raises
    ------
    OSError
        When the disk is full or will not have it; then nothing has changed.
    """
    part, content = part_of(name, table)
    write_whole(folder, part.path(folder), content)
    return part


def part_of(name: str, table: pa.Table) -> tuple[Part, bytes]:
    """Give the part that rows will be, and its bytes."""
    content = encoded(table)
    return Part(name, _file_of(content), table.num_rows, len(content)), content


def part_files(folder: Path, name: str) -> list[Path]:
    """List the parts of a table, in the order of their names.

    A folder may change while it is listed, so it is until two listings agree.
    """
    last: list[Path] | None = None
    while True:
        files = sorted((folder / name).glob("part-*.parquet"))
        if files == last:
            return files
        last = files


def steadily(read: Callable[[], Read]) -> Read:
    """Read, and again from the start when a compaction has meanwhile put another part in place of some.

    Raises
    ------
    StoreError
        When it fails again and again: a file is listed, but is not there.
    """
    for _ in range(_READINGS):
        try:
            return read()
        except FileNotFoundError as error:
            gone = error
    raise StoreError(f"{gone.filename} is listed, but is not there") from gone


def read_part(path: Path, wanted: Callable[[str], bool] = lambda _name: True) -> pa.Table:
    """Read a part, after its checksum was compared with its name; of its numbers those that are wanted.

    Raises
    ------
    BrokenPartError
        When it is torn or changed.
    StoreError
        When the disk does not give it.
    FileNotFoundError
        When it is not there any more.
    """
    found = _opened(path)
    columns = [name for name in found.schema_arrow.names if name in KEY or wanted(name)]
    return found.read(columns=columns, use_threads=found.metadata.num_row_groups > 1)


def read_keys(path: Path) -> tuple[pa.Table, list[str]]:
    """Read only which runs a part has, and the names of its numbers; raises what `read_part` does."""
    found = _opened(path)
    return found.read(columns=list(KEY), use_threads=False), _numbers(found)


def check_part(path: Path) -> None:
    """Compare a part's checksum with its name; raises what `read_part` does."""
    _checked(path)


def described(path: Path) -> Part:
    """Describe a part; raises what `read_part` does."""
    found = _opened(path)
    return Part(path.parent.name, path.name, found.metadata.num_rows, path.stat().st_size)


def _opened(path: Path) -> parquet.ParquetFile:
    content = _checked(path)
    try:
        return parquet.ParquetFile(pa.BufferReader(content))
    except pa.ArrowException as error:
        raise BrokenPartError(f"{path} cannot be read: {error}") from error


def _checked(path: Path) -> bytes:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise
    except OSError as error:
        raise StoreError(f"{path} cannot be read: {error.strerror}") from error
    if path.name != _file_of(content):
        raise BrokenPartError(f"{path} is torn, or was changed: run its sweep again to repeat what it held")
    return content


def _numbers(file: parquet.ParquetFile) -> list[str]:
    return [name for name in file.schema_arrow.names if name not in KEY]


def write_header(folder: Path, columns: Iterable[str]) -> None:
    """Put a file without rows before all parts of the replications: from it others take the columns.

    pandas and Polars read the columns of the first file only, and a rare key figure may not be in that.
    """
    header = folder / REPLICATIONS / HEADER
    known = {*columns, *(_numbers(parquet.ParquetFile(header)) if header.exists() else ())}
    schema = pa.schema([*_KEY_FIELDS, *((name, pa.float64()) for name in sorted(known))])
    write_whole(folder, header, encoded(schema.empty_table()))


def remove_header(folder: Path) -> None:
    """Take it away, where one part has all columns."""
    (folder / REPLICATIONS / HEADER).unlink(missing_ok=True)


def _file_of(content: bytes) -> str:
    return f"part-{hashlib.blake2b(content, digest_size=10).hexdigest()}.parquet"
