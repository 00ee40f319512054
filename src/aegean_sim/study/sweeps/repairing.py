"""What is put right when a sweep folder is opened, after whatever has happened to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.study.sweeps import ledger
from aegean_sim.study.sweeps.compaction import finish_compaction
from aegean_sim.study.sweeps.layout import QUARANTINE, TEMPORARIES
from aegean_sim.study.sweeps.scanning import examine

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from aegean_sim.study.sweeps.parts import Part


def repair(folder: Path) -> list[str]:
    """Put a sweep folder right, which nobody else writes in meanwhile.

    Temporary files go, a compaction that was killed is finished, parts that are torn or changed are set
    aside, and the ledger is written anew where it does not say what is there.

    Returns
    -------
    list of str
        What somebody should know: what was set aside, and what is missing.
    """
    _clear(folder / TEMPORARIES)
    finish_compaction(folder)
    sound, broken, missing = examine(folder)
    _set_aside(folder, broken)
    if ledger.entered(folder) != sound:
        ledger.rebuild(folder, sound)
    return _told(folder, broken, sorted(missing))


def _clear(temporaries: Path) -> None:
    for left in temporaries.iterdir():
        left.unlink()


def _set_aside(folder: Path, broken: Sequence[Path]) -> None:
    for path in broken:
        path.rename(folder / QUARANTINE / f"{path.parent.name}-{path.name}")


def _told(folder: Path, broken: Sequence[Path], missing: Sequence[Part]) -> list[str]:
    aside = folder / QUARANTINE
    return [
        *(
            f"{path} was torn or changed: set aside in {aside}; the runs it held are repeated"
            for path in broken
        ),
        *(f"{part.path(folder)} is gone, with {part.rows} rows: its runs are repeated" for part in missing),
    ]
