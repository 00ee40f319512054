"""Writing result folders: whole or not at all, and never over anything that is not asked for."""

from __future__ import annotations

import csv
import math
import os
import shutil
from contextlib import contextmanager, suppress
from secrets import token_hex
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.recording.columns import arrow_table
from aegean_sim.recording.decisive import decisive_kpis
from aegean_sim.recording.estimates import exact
from aegean_sim.recording.kpis import kpis
from aegean_sim.recording.manifest import is_ours, of_run, write_manifest
from aegean_sim.recording.record import TABLES
from aegean_sim.recording.summary import summary
from aegean_sim.scenario.reading import named_file

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    import pyarrow as pa

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.manifest import Manifest
    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.model import Scenario

KPIS = "kpis.csv"
SUMMARY = "summary.md"
PICTURE = "coverage.png"
INPUTS = "inputs"
_TEMPORARY = ".aegean-sim-"


def write_run(record: RunRecord, folder: Path, *, inputs: Path, overwrite: bool) -> Path:
    """Write the result folder of one run.

    Parameters
    ----------
    record : RunRecord
        Its rows.
    folder : Path
        Where to.
    inputs : Path
        Folder that the files which the scenario names are relative to; they are copied.
    overwrite : bool
        Whether a result folder that is there is replaced.

    Returns
    -------
    Path
        The folder.

    Raises
    ------
    StoreError
        When the folder is there already and ``overwrite`` is false, when what is there is not a result
        folder, or when it cannot be written; nothing is left behind.
    """
    with staged(folder, overwrite=overwrite) as part:
        fill(record, part, inputs=inputs)
    return folder


@contextmanager
def staged(folder: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a temporary folder beside ``folder`` that takes its place when the block ends well, else vanishes.

    An error of the disk within the block is one of the store.

    Raises
    ------
    StoreError
        As `write_run`.
    """
    check_target(folder, overwrite=overwrite)
    target = folder.resolve()
    part = target.parent / f"{_TEMPORARY}{os.getpid()}-{token_hex(4)}.part"
    try:
        with writing(folder):
            target.parent.mkdir(parents=True, exist_ok=True)
            _sweep(target.parent)
            part.mkdir()
            yield part
            check_target(folder, overwrite=overwrite)
            _move_in(part, target)
    finally:
        shutil.rmtree(part, ignore_errors=True)


def _sweep(parent: Path) -> None:
    """Take away what killed runs have left here: parts whose process is no more."""
    for left in parent.glob(f"{_TEMPORARY}*-*.part"):
        process = left.name.removeprefix(_TEMPORARY).partition("-")[0]
        if process.isdecimal() and not _is_alive(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def check_target(folder: Path, *, overwrite: bool) -> None:
    """Check that a result folder may be written here; an empty folder may be filled.

    Raises
    ------
    StoreError
        When it may not.
    """
    with writing(folder):
        if not os.path.lexists(folder) or (folder.is_dir() and not any(folder.iterdir())):
            return
    if not is_ours(folder):
        raise StoreError(f"{folder} is there already and is not a result folder: choose another with --out")
    if not overwrite:
        raise StoreError(
            f"result folder {folder} is there already: choose another with --out, or replace it with"
            " --overwrite"
        )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell an error of the disk as one of the store, with the path it happened at."""
    try:
        yield
    except OSError as error:
        raise StoreError(f"cannot write {path}: {error.strerror or error}") from error


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give a temporary file name beside ``path`` that takes its place when the block ends well.

    Raises
    ------
    StoreError
        When it cannot be written.
    """
    part = path.with_name(f"{_TEMPORARY}{token_hex(4)}{path.suffix}")
    with writing(path):
        try:
            yield part
            part.replace(path)
        finally:
            part.unlink(missing_ok=True)


def _move_in(part: Path, target: Path) -> None:
    old = part.with_suffix(".old")
    if is_ours(target):
        target.rename(old)
    try:
        part.rename(target)
    except BaseException:
        with suppress(OSError):
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def fill(record: RunRecord, folder: Path, *, inputs: Path) -> dict[str, float]:
    """Write everything of one run but its picture into a folder, making it if need be, and give its KPIs.

    Parameters are those of `write_run`. An error of the disk is left to `staged`, which knows the final name.
    """
    folder.mkdir(exist_ok=True)
    rows = {name: _write_table(arrow_table(record, name), folder / f"{name}.parquet") for name in TABLES}
    numbers = {**kpis(record.tables, record.scenario), **decisive_kpis(record.tables, record.paired)}
    _copy_inputs(record.scenario, inputs, folder / INPUTS)
    manifest = of_run(record, inputs, rows)
    write_numbers(manifest, record.scenario, [numbers], exact(numbers), folder)
    return numbers


def write_numbers(
    manifest: Manifest,
    scenario: Scenario,
    runs: Sequence[Mapping[str, float]],
    estimates: Mapping[str, Estimate],
    folder: Path,
) -> None:
    """Write ``kpis.csv``, the summary, and last the manifest, which makes the folder a result folder."""
    rows = [{"replication": number, **run} for number, run in zip(manifest.replications, runs, strict=True)]
    _write_kpis(rows, folder / KPIS)
    (folder / SUMMARY).write_text(summary(manifest, scenario, estimates), encoding="utf-8")
    write_manifest(manifest, folder)


def _copy_inputs(scenario: Scenario, inputs: Path, kept: Path) -> None:
    for weather in scenario.weather.values():
        for _, name in weather.files():
            copy = kept / name
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_bytes(named_file(inputs, name).read_bytes())


def _write_table(table: pa.Table, path: Path) -> int:
    from pyarrow import parquet  # noqa: PLC0415

    parquet.write_table(table, path, compression="zstd", write_page_checksum=True)
    return int(table.num_rows)


def _write_kpis(rows: Sequence[Mapping[str, float]], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(rows[0])
        table.writerows([[_number(value) for value in row.values()] for row in rows])


def _number(value: float) -> str:
    return "" if math.isnan(value) else f"{value:.10g}"
