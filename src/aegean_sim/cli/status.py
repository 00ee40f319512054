"""`aegean-sim status`: what a sweep folder has, what failed, what is left."""

from __future__ import annotations

from pathlib import Path  # noqa: TC003  (typer reads it)
from typing import Annotated

import typer

NOT_SOUND = 1
EXAMPLES = """\b
Examples:
  aegean-sim status results/sweeps/sophia-ships          also while it is under way
  aegean-sim status results/sweeps/sophia-ships --verify   read every checksum

\b
Exit codes: 0 all is well, 1 --verify found what is not, 2 wrong usage or no sweep folder.
"""


def status(
    folder: Annotated[Path, typer.Argument(metavar="SWEEP", help="A sweep folder.")],
    *,
    verify: Annotated[bool, typer.Option("--verify", help="Read all files and their checksums.")] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Tell what is in a sweep folder."""
    from aegean_sim.cli.sweep_tables import show_status  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.study.sweeps.status import status_of  # noqa: PLC0415
    from aegean_sim.study.sweeps.verifying import verify as verified  # noqa: PLC0415

    problems = verified(folder) if verify else []
    show_status(folder, status_of(folder), problems, as_json=as_json)
    if problems:
        raise typer.Exit(NOT_SOUND)
