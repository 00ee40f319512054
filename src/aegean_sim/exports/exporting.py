"""Exporting: all formats that are asked for, whole or not at all."""

from __future__ import annotations

import os
import shutil
from secrets import token_hex
from typing import TYPE_CHECKING

from aegean_sim.errors import StoreError
from aegean_sim.exports.formats import FORMATS, check_fits
from aegean_sim.recording.store import writing

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aegean_sim.exports.request import Request

FOLDER = "export"


def targets_of(formats: Sequence[str], run: Path, name: str, out: Path | None) -> dict[str, Path]:
    """Give where each format is written: a file, or a folder for several files.

    One format is written to ``out`` itself; several, and those without ``out``, into a folder.

    Raises
    ------
    StoreError
        When a file would not end as its format asks for.
    """
    if out is None or len(formats) > 1:
        folder = out or run / FOLDER
        return {each: folder / (f"{name}{FORMATS[each].suffix}" if FORMATS[each].suffix else each)
                for each in formats}  # fmt: skip
    suffix = FORMATS[formats[0]].suffix
    if suffix and out.suffix.lower() != suffix:
        raise StoreError(f"--out {out} must end in {suffix}, since --to is {formats[0]}")
    return {formats[0]: out}


def export(request: Request, targets: Mapping[str, Path], *, overwrite: bool) -> dict[str, list[Path]]:
    """Write a request in some formats, and give the files of each.

    Parameters
    ----------
    targets : mapping of format to Path
        From `targets_of`.
    overwrite : bool
        Whether files of these names that are there are replaced; others are never touched.

    Raises
    ------
    StoreError
        When a format cannot hold the request, a file is there already, or one cannot be written; nothing is
        left half-written.
    """
    check_fits(list(targets), request)
    files = {name: _files(name, target) for name, target in targets.items()}
    _check_free(files, overwrite=overwrite)
    parts: dict[str, Path] = {}
    try:
        for name, target in targets.items():
            with writing(target):
                parts[name] = _part_beside(target)
                _write(request, name, parts[name] / target.name)
        for name, target in targets.items():
            with writing(target):
                _move(_files(name, parts[name] / target.name), files[name])
    finally:
        for part in parts.values():
            shutil.rmtree(part, ignore_errors=True)
    return files


def _files(name: str, target: Path) -> list[Path]:
    return [target / file for file in FORMATS[name].files] or [target]


def _check_free(files: Mapping[str, Sequence[Path]], *, overwrite: bool) -> None:
    for path in (path for some in files.values() for path in some):
        with writing(path):
            there, is_folder = os.path.lexists(path), path.is_dir()
        if is_folder:
            raise StoreError(f"{path} is a folder, and a file is to be written there: choose another --out")
        if there and not overwrite:
            raise StoreError(f"{path} is there already: choose another --out, or replace it with --overwrite")


def _part_beside(target: Path) -> Path:
    """Make a folder on the same disk; one that a killed process left is swept away with those of runs."""
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.parent.resolve() / f".aegean-sim-{os.getpid()}-{token_hex(4)}.part"
    part.mkdir()
    return part


def _write(request: Request, name: str, path: Path) -> None:
    if not FORMATS[name].suffix:
        path.mkdir()
    FORMATS[name].write(request, path)


def _move(written: Sequence[Path], files: Sequence[Path]) -> None:
    for source, target in zip(written, files, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        source.replace(target)
