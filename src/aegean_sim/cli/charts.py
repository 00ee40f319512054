"""`aegean-sim charts`: what happened when, how long it took, and what became of everybody."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

FOLDER = "charts"
EXAMPLES = """\b
Examples:
  aegean-sim charts results/aegean-2016
  aegean-sim charts results/june --format svg --out figures    all replications together

\b
Exit codes: 0 done, 2 wrong usage, or not a result folder.
"""


class Form(StrEnum):
    """Formats of pictures."""

    PNG = "png"
    SVG = "svg"
    PDF = "pdf"


def charts(
    run: Annotated[Path, typer.Argument(help="Result folder of one run, or of --replications.")],
    *,
    out: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Folder to write to.  [default: RUN/charts]")
    ] = None,
    form: Annotated[Form, typer.Option("--format", help="Format of the pictures.")] = Form.PNG,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Draw charts of a stored run: over time, delays hop by hop, and outcomes by route.

    Of several replications counts are means with 95 % intervals, and delays those of all boats together.
    Each theatre has charts of its own.
    """
    from aegean_sim.recording.reading import read_runs  # noqa: PLC0415  (`--help` must not wait for it)
    from aegean_sim.views.charts.charts import draw_charts  # noqa: PLC0415

    pictures = draw_charts(read_runs(run), out or run / FOLDER, form=form.value)
    if as_json:
        typer.echo(json.dumps({"run": str(run), "charts": [str(picture) for picture in pictures]}))
    else:
        typer.echo("\n".join(f"Chart: {picture}" for picture in pictures))
