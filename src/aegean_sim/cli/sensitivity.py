"""`aegean-sim sensitivity`: which assumptions the answer hangs on, and whether rankings survive them."""

from __future__ import annotations

import json
import math
from functools import partial
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import TYPE_CHECKING, Annotated, Any

import typer

from aegean_sim.cli.study_folder import StudyFolder, csv_text

if TYPE_CHECKING:
    from aegean_sim.study.comparison.tables import Grid
    from aegean_sim.study.sensitivity.sensitivity import Part, Sensitivity

DOCUMENT, TABLE = "sensitivity.md", "sensitivity.csv"
_FOLDER = StudyFolder("study of sensitivity", DOCUMENT, TABLE, ("influences-*.png",))
_SHOWN, _PATHS_SHOWN = 6, 5
EXAMPLES = """\b
Examples:
  aegean-sim sweep my-sweep.yaml --assumptions --out results/sweeps/assumed
  aegean-sim sensitivity results/sweeps/assumed
  aegean-sim sensitivity results/sweeps/assumed --vary fleet.sophia_support --measure persons_dead

\b
Exit codes: 0 done, 2 wrong usage, or the sweep has no uncertainties or too few runs.
"""


def sensitivity(
    folder: Annotated[Path, typer.Argument(metavar="SWEEP", help="A sweep folder with uncertainties.")],
    *,
    vary: Annotated[
        str | None,
        typer.Option(
            "--vary", metavar="LEVER", help="The lever whose effect is asked for.  [default: the only one]"
        ),
    ] = None,
    measure: Annotated[
        list[str] | None, typer.Option("--measure", metavar="NAME", help="Only this measure; repeatable.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for text, table and charts.  [default: SWEEP/sensitivity]")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Find which assumptions the answer hangs on, and whether the ranking of options survives them.

    Morris' and Sobol's indices by the sweep's design, or regression of ranks; then the best option in every
    world. Writes what may be concluded and what not, a table of all numbers, and charts.
    """
    from aegean_sim.study.sensitivity.sensitivity import sensitivity as studied  # noqa: PLC0415  (`--help` must not wait)

    study = studied(folder, tuple(measure or ()), vary)
    target = out or folder / "sensitivity"
    _write(study, target)
    if as_json:
        typer.echo(json.dumps(_plain(study, target), allow_nan=False))
    else:
        _show(study, target)


def _write(study: Sensitivity, folder: Path) -> None:
    from aegean_sim.cli.sensitivity_pictures import draw_sensitivity  # noqa: PLC0415
    from aegean_sim.study.sensitivity.document import document  # noqa: PLC0415
    from aegean_sim.study.sensitivity.rows import COLUMNS, rows_of  # noqa: PLC0415

    table = csv_text(COLUMNS, rows_of(study))
    _FOLDER.write(folder, partial(draw_sensitivity, study), table, partial(document, study))


def _plain(study: Sensitivity, folder: Path) -> dict[str, Any]:
    from aegean_sim.study.sensitivity.rows import rows_of  # noqa: PLC0415
    from aegean_sim.study.sensitivity.words import may_be_concluded, may_not_be_concluded  # noqa: PLC0415

    return {
        "folder": str(folder),
        "method": study.parts[0].worlds.design.method,
        "lever": study.parts[0].worlds.levels.lever or None,
        "left_out": dict(study.left_out),
        "strata": [
            {
                "stratum": part.worlds.name,
                "worlds": len(part.worlds.design.unit),
                "worlds_left_out": part.worlds.lost,
                "replications": part.worlds.replications,
                "may_be_concluded": may_be_concluded(part),
                "may_not_be_concluded": may_not_be_concluded(part),
            }
            for part in study.parts
        ],
        "rows": [{name: _finite(value) for name, value in row.items()} for row in rows_of(study)],
    }


def _finite(value: Any) -> Any:
    return None if value == "" or (isinstance(value, float) and not math.isfinite(value)) else value


def _show(study: Sensitivity, folder: Path) -> None:
    from rich.console import Console  # noqa: PLC0415

    console = Console(highlight=False)
    for part in study.parts[:_SHOWN]:
        _show_part(console, part)
    if len(study.parts) > _SHOWN:
        typer.echo(f"{len(study.parts) - _SHOWN} more strata are in {folder / DOCUMENT}.")
    if study.left_out:
        typer.echo(f"Assumptions that cannot be varied alone: {len(study.left_out)}, named in {DOCUMENT}.")
    typer.echo(f"Text, table and charts: {folder}")


def _show_part(console: Any, part: Part) -> None:
    from aegean_sim.study.sensitivity.tables import choice_table, short_table  # noqa: PLC0415
    from aegean_sim.study.sensitivity.words import (  # noqa: PLC0415
        may_be_concluded,
        may_not_be_concluded,
        number_titled,
        worlds_in_words,
    )

    name = f"[bold]{part.worlds.name}[/bold]: " if part.worlds.name else ""
    console.print(f"{name}{worlds_in_words(part)}.\n")
    for found in part.found:
        for number, some in found.influences.items():
            if some.told.any():
                console.print(f"[bold]{number_titled(part.worlds, found.measure, number)}[/bold]")
                console.print(_table(short_table(found.measure, some, _PATHS_SHOWN)))
    choices = choice_table(part)
    if choices is not None:
        console.print("[bold]Does the choice survive?[/bold] The best on the mean of all worlds, in each:")
        console.print(_table(choices))
    for said in (*may_be_concluded(part), *may_not_be_concluded(part)):
        console.print(f"- {said}", markup=False)


def _table(grid: Grid) -> Any:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    for number, name in enumerate(grid.head):
        table.add_column(name, justify="right" if number else "left", overflow="fold", no_wrap=number > 0)
    for row in grid.rows:
        table.add_row(*row)
    return table
