"""`aegean-sim compare`: differences between the cells of a sweep, with intervals, and what they mean."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aegean_sim.cli.study_folder import StudyFolder, csv_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console

    from aegean_sim.study.comparison.comparison import Comparison
    from aegean_sim.study.comparison.tables import Grid

DOCUMENT, TABLE = "comparison.md", "comparison.csv"
_FOLDER = StudyFolder("comparison", DOCUMENT, TABLE, ("levels-*.png", "gains-*.png", "pareto-*.png"))
_SHOWN = 6
_LEFT_TO_DOCUMENT = "Holm p"
EXAMPLES = """\b
Examples:
  aegean-sim compare results/sweeps/sophia-ships
  aegean-sim compare results/sweeps/sophia-ships --baseline 6 --worth persons_dead:5
  aegean-sim compare results/sweeps/my-sweep --vary fleet.sophia_support --measure persons_dead
  aegean-sim compare results/aegean-2016 results/aegean-2016-no-table   two results of --replications

\b
Exit codes: 0 done, 2 wrong usage, or there is too little to compare.
"""


def compare(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="SWEEP|RUN...", help="A sweep folder, or two result folders or more."),
    ],
    *,
    vary: Annotated[
        str | None,
        typer.Option("--vary", metavar="LEVER", help="The lever to compare by.  [default: the only one]"),
    ] = None,
    baseline: Annotated[
        str | None, typer.Option(metavar="LEVEL", help="Compare with this level.  [default: the first]")
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", metavar="NAME", help="Only this measure; repeatable.")
    ] = None,
    worth: Annotated[
        list[str] | None,
        typer.Option("--worth", metavar="NAME:X", help="What is worth having of a measure; repeatable."),
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for text, table and charts.  [default: SWEEP/comparison]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Compare cells of a sweep by pairs of runs: who fares better, by how much, and how sure that is.

    Writes what may be concluded and what not, a table of all numbers, and charts.
    """
    from aegean_sim.study.comparison.comparison import compare as compared  # noqa: PLC0415  (`--help` must not wait)
    from aegean_sim.study.comparison.loading import material_of  # noqa: PLC0415
    from aegean_sim.study.comparison.question import Question  # noqa: PLC0415

    question = Question(vary, baseline, tuple(measure or ()), dict(map(_worth, worth or ())))
    found = compared(material_of(folders, question.measures), question)
    target = out or (folders[0] if len(folders) == 1 else Path("results")) / "comparison"
    _write(found, target)
    if as_json:
        typer.echo(json.dumps(_plain(found, target), allow_nan=False))
    else:
        _show(found, target)


def _worth(text: str) -> tuple[str, float]:
    name, _, number = text.rpartition(":")
    try:
        value = float(number)
    except ValueError:
        value = math.nan
    if not name or not 0.0 < value < math.inf:
        raise typer.BadParameter(
            f"{text} must be a measure and a number above 0, like persons_dead:5", param_hint="--worth"
        )
    return name, value


def _write(found: Comparison, folder: Path) -> None:
    from aegean_sim.cli.comparison_pictures import draw_comparison  # noqa: PLC0415
    from aegean_sim.study.comparison.document import document  # noqa: PLC0415
    from aegean_sim.study.comparison.rows import COLUMNS, rows_of  # noqa: PLC0415

    table = csv_text(COLUMNS, rows_of(found))
    _FOLDER.write(folder, partial(draw_comparison, found), table, partial(document, found))


def _plain(found: Comparison, folder: Path) -> dict[str, Any]:
    from aegean_sim.study.comparison.over_worlds import over_worlds  # noqa: PLC0415
    from aegean_sim.study.comparison.rows import rows_of  # noqa: PLC0415
    from aegean_sim.study.comparison.words import (  # noqa: PLC0415
        doubts_of,
        may_be_concluded,
        may_not_be_concluded,
        pairing_of,
    )

    strata = [
        {
            "stratum": part.stratum.name,
            "replications": part.stratum.replications,
            "worlds": part.stratum.worlds,
            "levels": part.stratum.levels.labels,
            "may_be_concluded": may_be_concluded(part),
            "may_not_be_concluded": may_not_be_concluded(part),
            "doubts": doubts_of(found, part),
            "pairing": pairing_of(part),
            "over_worlds": over_worlds(part),
        }
        for part in found.parts
    ]
    rows = [{name: _finite(value) for name, value in row.items()} for row in rows_of(found)]
    return {
        "folder": str(folder),
        "lever": found.lever,
        "warnings": found.material.warnings,
        "left_out": found.lacking,
        "strata": strata,
        "rows": rows,
    }


def _finite(value: Any) -> Any:
    return None if isinstance(value, float) and not math.isfinite(value) else value


def _show(found: Comparison, folder: Path) -> None:
    from rich.console import Console  # noqa: PLC0415

    from aegean_sim.study.comparison.document import blocks_in_words, reacting  # noqa: PLC0415
    from aegean_sim.study.comparison.over_worlds import over_worlds  # noqa: PLC0415
    from aegean_sim.study.comparison.tables import MARKS_IN_WORDS, main_table  # noqa: PLC0415
    from aegean_sim.study.comparison.words import (  # noqa: PLC0415
        doubts_of,
        may_be_concluded,
        may_not_be_concluded,
        pairing_of,
    )

    console = Console(highlight=False)
    for part in found.parts[:_SHOWN]:
        name = f", {part.stratum.name}" if part.stratum.name else ""
        console.print(f"[bold]{found.lever}{name}[/bold]: {blocks_in_words(part)}.")
        _print_levels(console, main_table(part))
        console.print(MARKS_IN_WORDS, markup=False)
        for said in (
            *may_be_concluded(part),
            *may_not_be_concluded(part),
            *doubts_of(found, part),
            *pairing_of(part),
            *over_worlds(part),
        ):
            console.print(f"- {said}", markup=False)
    if len(found.parts) > _SHOWN:
        typer.echo(f"{len(found.parts) - _SHOWN} more strata are in {folder / DOCUMENT}.")
    for warning in (*found.material.warnings, *reacting(found)):
        typer.echo(warning)
    for said in found.lacking:
        typer.echo(f"Left out: {said}", err=True)
    typer.echo(f"Text, table and charts: {folder}")


def _print_levels(console: Console, grid: Grid) -> None:
    """Print the main table, the titles of its first column as lines of their own."""
    columns = [place for place, name in enumerate(grid.head) if place and name != _LEFT_TO_DOCUMENT]
    widths = [max(len(row[place]) for row in (grid.head, *grid.rows)) for place in columns]
    widths[0] = max(min(widths[0], console.width - sum(widths[1:]) - 2 * len(widths)), _LEAST_LABEL)
    console.print(_line([grid.head[place] for place in columns], widths), style="dim", **_AS_IT_IS)
    for row in grid.rows:
        if row[0]:
            console.print(row[0], style="bold", **_AS_IT_IS)
        console.print(_line([row[place] for place in columns], widths), **_AS_IT_IS)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    """Put the first cell, cut if need be, and the last to the left, the others, numbers, to the right."""
    first = cells[0] if len(cells[0]) <= widths[0] else f"{cells[0][: widths[0] - 1]}…"
    numbers = [f"{cell:>{width}}" for cell, width in zip(cells[1:-1], widths[1:-1], strict=True)]
    return "  ".join([f"  {first:<{widths[0]}}", *numbers, cells[-1]]).rstrip()


_LEAST_LABEL = 8
_AS_IT_IS: dict[str, Any] = {"markup": False, "no_wrap": True, "overflow": "ignore", "crop": False}
