"""`aegean-sim map`: draw the coverage map of a stored run again."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  aegean-sim map results/aegean-2016
  aegean-sim map results/june/r007 --out seventh.png
"""
_PICTURES = (".png", ".pdf", ".svg")


def draw_map(
    run: Annotated[Path, typer.Argument(help="Result folder of one run.")],
    *,
    out: Annotated[Path | None, typer.Option(help="Picture to write.  [default: RUN/coverage.png]")] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Draw a stored run's coverage map.

    Coverage that has not been worked out yet is worked out and kept in the result folder.
    """
    from aegean_sim.engine.coverage.layers import coverage_of  # noqa: PLC0415  (`--help` must not wait)
    from aegean_sim.recording.layers import Layer  # noqa: PLC0415
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415
    from aegean_sim.recording.store import PICTURE  # noqa: PLC0415
    from aegean_sim.views.coverage_map import draw_coverage  # noqa: PLC0415

    picture = out or run / PICTURE
    if picture.suffix.lower() not in _PICTURES:
        raise typer.BadParameter(f"{picture} must end in one of {', '.join(_PICTURES)}", param_hint="--out")
    stored = read_run(run)
    coverage_of(stored, Layer())
    draw_coverage(stored, picture)
    typer.echo(json.dumps({"run": str(run), "map": str(picture)}) if as_json else f"Map: {picture}")
