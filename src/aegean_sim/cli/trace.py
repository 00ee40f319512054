"""`aegean-sim trace`: one boat's whole life."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  aegean-sim trace results/aegean-2016 aegean-2016-d00-r1-g0-b0
  aegean-sim trace results/june/r007 boat/12 --json
"""


def trace(
    run: Annotated[Path, typer.Argument(help="Result folder of one run.")],
    boat: Annotated[str, typer.Argument(help="Its voyage, or voyage/copy.")],
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Print one boat's whole life: every sighting, report, hop and decision, with their times."""
    from aegean_sim.recording.life import life_of  # noqa: PLC0415  (`--help` must not wait for it)
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415

    stored = read_run(run)
    start = stored.scenario.start
    rows = [
        {"time_s": each.time_s, "utc": f"{start + timedelta(seconds=each.time_s):%Y-%m-%d %H:%M:%S}"}
        | {"what": each.words}
        for each in life_of(stored, boat)
    ]
    if as_json:
        typer.echo(json.dumps({"run": str(run), "boat": boat, "life": rows}))
        return
    for row in rows:
        typer.echo(f"{row['utc']}  {row['what']}")
