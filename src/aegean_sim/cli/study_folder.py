"""The folder that a study of a sweep leaves: a document, a table and pictures, in place of its older ones."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from aegean_sim.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from pathlib import Path

    Pictures = Mapping[str, Sequence[str]]
_LEFT_BY_US = ".aegean-sim-*"


@dataclass(frozen=True, slots=True)
class StudyFolder:
    """What a kind of study leaves.

    Parameters
    ----------
    kind : str
        How messages name it: ``comparison``.
    document, table : str
        Names of files.
    pictures : tuple of str
        Patterns of their names.
    """

    kind: str
    document: str
    table: str
    pictures: tuple[str, ...]

    def write(
        self, folder: Path, draw: Callable[[Path], Pictures], table: str, document: Callable[[Pictures], str]
    ) -> None:
        """Write everything, the document last; pictures of an earlier study are taken away.

        Raises
        ------
        StoreError
            When the folder holds something else, or cannot be written.
        """
        from aegean_sim.recording.store import replacing, writing  # noqa: PLC0415  (`--help` must not wait for it)

        with writing(folder):
            self._check_ours(folder)
            folder.mkdir(parents=True, exist_ok=True)
            drawn = draw(folder)
            self._remove_others(folder, {name for names in drawn.values() for name in names})
        for name, text in ((self.table, table), (self.document, document(drawn))):
            with replacing(folder / name) as part:
                part.write_text(text, encoding="utf-8")

    def _check_ours(self, folder: Path) -> None:
        ours = (self.document, self.table, *self.pictures, _LEFT_BY_US)
        for path in sorted(folder.iterdir()) if folder.exists() else ():
            if not any(map(path.match, ours)):
                raise StoreError(
                    f"{folder} is there already and is no {self.kind} (it holds {path.name}): choose another"
                    " with --out"
                )

    def _remove_others(self, folder: Path, kept: set[str]) -> None:
        for path in (path for pattern in self.pictures for path in folder.glob(pattern)):
            if path.name not in kept:
                path.unlink()


def csv_text(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> str:
    """Write rows as CSV; numbers with ten digits."""
    text = io.StringIO()
    table = csv.DictWriter(text, columns, lineterminator="\n")
    table.writeheader()
    table.writerows(
        {name: f"{value:.10g}" if isinstance(value, float) else value for name, value in row.items()}
        for row in rows
    )
    return text.getvalue()
