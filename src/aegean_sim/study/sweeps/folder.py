"""Sweep folders: what makes one, whose it is, and the cells it holds runs of."""

from __future__ import annotations

import json
from dataclasses import dataclass
from fnmatch import fnmatch
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from pyarrow import parquet

from aegean_sim.errors import StoreError
from aegean_sim.recording.manifest import PROGRAM
from aegean_sim.study.sweeps.layout import CELLS, LOCK, MANIFEST, OPENING, TEMPORARIES, write_whole
from aegean_sim.study.sweeps.parts import encoded
from aegean_sim.study.sweeps.scanning import scan

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FORMAT = 1
_BEGUN = (LOCK, OPENING, f"{LOCK}-*-of-*", TEMPORARIES, CELLS)
_TOLD = 3
_MEND = (
    "Put a copy of it back (the same sweep, begun in another folder with --out, writes the same), or begin"
    " anew with --out"
)


@dataclass(frozen=True, slots=True)
class SweepManifest:
    """What `sweep.json` says.

    Parameters
    ----------
    identity : mapping
        What must be the same when the sweep goes on or grows: another is another sweep.
    about : mapping
        What is good to know: texts, versions, the resolved scenario. That of the last extension.
    """

    identity: Mapping[str, Any]
    about: Mapping[str, Any]


def read_sweep_manifest(folder: Path) -> SweepManifest:
    """Read `sweep.json` of a folder.

    Raises
    ------
    StoreError
        When the folder is not a sweep folder, what it says is broken, or a newer version wrote it.
    """
    path = folder / MANIFEST
    if not path.is_file():
        why = f"it has no {MANIFEST}" if folder.is_dir() else "there is no such folder"
        raise StoreError(f"{folder} is not a sweep folder: {why}")
    try:
        said = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{path} cannot be read: {error}. {_MEND}") from error
    if not isinstance(said, dict) or said.get("program") != PROGRAM:
        raise StoreError(f"{folder} is not a sweep folder of {PROGRAM}: its {MANIFEST} does not say so")
    if said.get("format") != FORMAT:
        raise StoreError(
            f"{folder} is a sweep folder of format {said.get('format')!r}, and this {PROGRAM} reads {FORMAT}:"
            f" use the {PROGRAM} that wrote it"
        )
    identity, about = said.get("identity"), said.get("about")
    if not isinstance(identity, dict) or not isinstance(about, dict):
        raise StoreError(f"{path} is broken: identity and about must be mappings. {_MEND}")
    return SweepManifest(identity, about)


def read_cells(folder: Path) -> pa.Table:
    """Read the cells of a sweep folder, in the order of their numbers.

    Raises
    ------
    StoreError
        When the file is missing or broken; sweeping again writes it anew.
    """
    path = folder / CELLS
    try:
        return parquet.read_table(path, page_checksum_verification=True).sort_by("number")
    except (OSError, pa.ArrowException) as error:
        raise StoreError(
            f"{path} cannot be read: {error}. The command that made the sweep writes it anew"
        ) from error


def check_may_hold(folder: Path, manifest: SweepManifest, cells: pa.Table, *, extend: bool) -> None:
    """Check that a sweep may be begun in a folder, or go on there.

    Raises
    ------
    StoreError
        When something else is there: no sweep, another sweep, one of other cells, or of fewer and ``extend``
        is false.
    """
    if not (folder / MANIFEST).is_file():
        _check_may_be_begun(folder)
        return
    _check_identity(folder, read_sweep_manifest(folder), manifest)
    there = _names_there(folder)
    if there is None:
        _check_cells(folder, _names_run(folder), _names(cells), extend=True)
    else:
        _check_cells(folder, there, _names(cells), extend=extend)


def settle(folder: Path, manifest: SweepManifest, cells: pa.Table, *, extend: bool) -> list[str]:
    """Write cells and manifest, unless they are there; the manifest last, which makes it a sweep folder.

    Returns
    -------
    list of str
        What somebody should know: cells that were broken are written anew.
    """
    begins = not (folder / MANIFEST).is_file()
    there = None if begins else _names_there(folder)
    if there is None or (extend and _names(cells) != there):
        write_whole(folder, folder / CELLS, encoded(cells.sort_by("number")))
    if begins or (extend and _plain(manifest.about) != read_sweep_manifest(folder).about):
        write_whole(folder, folder / MANIFEST, _document(manifest))
    is_mended = there is None and not begins
    return [f"{folder / CELLS} was broken, and is written anew from the sweep"] if is_mended else []


def _document(manifest: SweepManifest) -> bytes:
    said = {
        "program": PROGRAM,
        "format": FORMAT,
        "identity": manifest.identity,
        "about": manifest.about,
    }
    return (json.dumps(said, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _check_may_be_begun(folder: Path) -> None:
    if not folder.exists():
        return
    if not folder.is_dir():
        raise StoreError(f"{folder} is there already and is no folder: choose another with --out")
    for path in sorted(folder.iterdir()):
        if not any(fnmatch(path.name, ours) for ours in _BEGUN):
            raise StoreError(
                f"{folder} is there already and is not a sweep folder (it holds {path.name}, and no"
                f" {MANIFEST}): choose another with --out"
            )


def _check_identity(folder: Path, there: SweepManifest, asked: SweepManifest) -> None:
    old, new = dict(_leaves(there.identity)), dict(_leaves(_plain(asked.identity)))
    differing = [name for name in old | new if old.get(name, _NOTHING) != new.get(name, _NOTHING)]
    if not differing:
        return
    told = [f"{name} is {_brief(old, name)} there and {_brief(new, name)} here" for name in differing[:_TOLD]]
    more = [f"{len(differing) - _TOLD} more differ"] if len(differing) > _TOLD else []
    raise StoreError(
        f"{folder} holds another sweep: {'; '.join(told + more)}. Choose another folder with --out"
    )


_NOTHING = object()


def _brief(leaves: Mapping[str, Any], name: str) -> str:
    return f"{json.dumps(leaves[name]):.60}" if name in leaves else "nothing"


def _leaves(value: Any, path: str = "") -> Iterator[tuple[str, Any]]:
    if isinstance(value, dict) and value:
        for name, item in value.items():
            yield from _leaves(item, f"{path}.{name}" if path else str(name))
    else:
        yield path, value


def _plain(value: Any) -> Any:
    return json.loads(json.dumps(value))


def _names(cells: pa.Table) -> set[str]:
    return set(cells["cell"].to_pylist())


def _names_there(folder: Path) -> set[str] | None:
    """Give the cells of a folder; nothing where the file is missing or broken."""
    try:
        return _names(read_cells(folder))
    except (StoreError, KeyError):
        return None


def _names_run(folder: Path) -> set[str]:
    runs = scan(folder)
    return {run.cell for run in runs.done | runs.failed}


def _check_cells(folder: Path, there: set[str], asked: set[str], *, extend: bool) -> None:
    more, fewer = len(asked - there), len(there - asked)
    if fewer:
        raise StoreError(
            f"{folder} has {len(there)} cells, of which {fewer} are not in this sweep: a sweep can be given"
            " more cells but not other ones. Choose another folder with --out"
        )
    if more and not extend:
        raise StoreError(
            f"{folder} has {len(there)} cells, and this sweep has {more} more: add them with --extend, or"
            " choose another folder with --out"
        )
