"""`aegean-sim validate`: theory by quick checks, and history by cases beside what was published."""

from __future__ import annotations

from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  aegean-sim validate                              theory and history, some minutes
  aegean-sim validate --theory                     seconds
  aegean-sim validate --history --replications 10  narrower intervals, longer
  aegean-sim validate --case central-med-2016-06   one check or case; may be repeated
  aegean-sim validate --json                       numbers for a program
"""


def validate(
    *,
    theory: Annotated[bool, typer.Option("--theory", help="Only theory.")] = False,
    history: Annotated[bool, typer.Option("--history", help="Only history.")] = False,
    names: Annotated[
        list[str] | None,
        typer.Option("--case", metavar="NAME", help="Only this check or case; may be repeated."),
    ] = None,
    replications: Annotated[int, typer.Option(min=1, help="Runs of each case of history.")] = 3,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Print what theory and history say of the simulator.

    History puts figures of past months beside the published ones and says which of these were used to
    calibrate. Theory is one quick check a law. Exit code 1 when a check of theory fails.
    """
    from aegean_sim.cli.progress import progress_bars  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.cli.validation_tables import show_validation  # noqa: PLC0415
    from aegean_sim.study import validation  # noqa: PLC0415

    chosen = validation.plan(names or (), theory=theory or not history, history=history or not theory)
    with progress_bars(shown=not as_json) as progress:
        found = validation.validate(chosen, replications, progress)
    show_validation(found, as_json=as_json)
    raise typer.Exit(0 if found.theory_holds else 1)
