"""From many parts to one a table; killed half-way, it is finished by whoever opens the folder next."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.study.sweeps import ledger
from aegean_sim.study.sweeps.layout import COMPACTION, TABLES, sync_folder, write_whole
from aegean_sim.study.sweeps.merging import merged
from aegean_sim.study.sweeps.parts import (
    BrokenPartError,
    Part,
    check_part,
    part_files,
    part_of,
    remove_header,
)

if TYPE_CHECKING:
    from collections.abc import Iterable

    import pyarrow as pa


class _Plan(NamedTuple):
    """Parts that take the place of files; noted before either is touched."""

    kept: list[Part]
    added: list[str]
    dropped: list[str]


def compact_tables(folder: Path, cells: pa.Table) -> None:
    """Put one part in place of all parts of a table, in a folder that nobody else writes in.

    Raises
    ------
    StoreError
        When a part is torn or changed.
    OSError
        When the disk is full or will not have it; then what was there is there still.
    """
    tables = {name: table for name, table in merged(folder, cells).items() if table.num_rows}
    parts = dict(part_of(name, table) for name, table in tables.items())
    there = {str(path.relative_to(folder)) for name in TABLES for path in part_files(folder, name)}
    then = {str(part.path(folder).relative_to(folder)) for part in parts}
    plan = _Plan(list(parts), sorted(then - there), sorted(there - then))
    write_whole(folder, folder / COMPACTION, json.dumps(plan._asdict()).encode())
    try:
        for part, content in parts.items():
            write_whole(folder, part.path(folder), content)
    finally:
        finish_compaction(folder)


def finish_compaction(folder: Path) -> None:
    """Finish a compaction where all its parts are in place, and undo it elsewhere.

    A note that cannot be read is none: what is there counts, and the same run twice counts once.
    """
    note = folder / COMPACTION
    if not note.exists():
        return
    plan = _plan_of(note)
    if plan is not None:
        _settle(folder, plan)
    note.unlink()
    sync_folder(folder)


def _plan_of(note: Path) -> _Plan | None:
    try:
        plan = _Plan(**json.loads(note.read_text(encoding="utf-8")))
        files = [Path(file).parts for file in (*plan.added, *plan.dropped)]
        plan = plan._replace(kept=[Part(*part) for part in plan.kept])
        files += [Path(part.table, part.file).parts for part in plan.kept]
    except (ValueError, TypeError):
        return None
    return plan if all(len(file) == 2 and file[0] in TABLES for file in files) else None


def _settle(folder: Path, plan: _Plan) -> None:
    if all(_is_sound(part.path(folder)) for part in plan.kept):
        _remove(folder, plan.dropped)
        remove_header(folder)
        ledger.rebuild(folder, plan.kept)
    else:
        _remove(folder, plan.added)


def _is_sound(path: Path) -> bool:
    try:
        check_part(path)
    except (BrokenPartError, FileNotFoundError):
        return False
    return True


def _remove(folder: Path, files: Iterable[str]) -> None:
    for file in files:
        _unlink(folder / file)
    for name in TABLES:
        sync_folder(folder / name)


def _unlink(path: Path) -> None:
    path.unlink(missing_ok=True)
