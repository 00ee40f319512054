"""What a command prints of a run's numbers: tables for a person, or one JSON document."""

from __future__ import annotations

import json
import math
from itertools import groupby
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from rich.table import Table

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.grids import Grid
    from aegean_sim.scenario.model import Scenario

_LABEL_WIDTH = 20


def show_tables(folder: Path, scenario: Scenario, estimates: Mapping[str, Estimate]) -> None:
    """Print the numbers as tables, lives first, what nobody reacts to, and where the rest is."""
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait for it)

    from aegean_sim.recording.grids import grids  # noqa: PLC0415
    from aegean_sim.recording.reactions_words import reactions_in_words  # noqa: PLC0415

    console = Console(highlight=False)
    several = any(not math.isnan(estimate.low) for estimate in estimates.values())
    found = grids(scenario, estimates, several=several)
    for _, some in groupby(found, key=lambda grid: grid.head):
        alike = list(some)
        console.print(_table(alike))
        counted = sorted({name for grid in alike for by in grid.sources for name in by.split(", ")})
        if counted:
            console.print(f"Counted by: {', '.join(counted)}; the summary tells which by whom.")
    typer.echo(reactions_in_words(scenario))
    typer.echo(f"Result folder: {folder}")


def _table(alike: Sequence[Grid]) -> Table:
    """Put several tables with the same columns into one."""
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    for place, name in enumerate(alike[0].head):
        is_number = 0 < place <= alike[0].numbers
        table.add_column(
            name,
            justify="right" if is_number else "left",
            no_wrap=is_number,
            min_width=_LABEL_WIDTH if place == 0 else None,
        )
    for grid in alike:
        table.add_row(f"[bold]{grid.title}[/bold]")
        for label, *cells in grid.rows:
            table.add_row(f"  {label}", *cells)
        table.add_section()
    return table


def show_json(folder: Path, scenario: Scenario, estimates: Mapping[str, Estimate]) -> None:
    """Print the folder, what its manifest says of its origin, and the numbers as one JSON document."""
    from aegean_sim.recording.beside import beside, plain  # noqa: PLC0415
    from aegean_sim.recording.left_out import left_out  # noqa: PLC0415
    from aegean_sim.recording.manifest import read_manifest  # noqa: PLC0415
    from aegean_sim.recording.store import PICTURE  # noqa: PLC0415

    manifest = read_manifest(folder)
    kpis = {name: _plain(estimate) for name, estimate in estimates.items()}
    document = {
        "folder": str(folder),
        "kind": manifest.kind,
        "name": manifest.name,
        "fingerprint": manifest.fingerprint,
        "seed": manifest.seed,
        "replications": manifest.replications,
        "maps": [str(path) for path in sorted(folder.rglob(PICTURE))],
        "kpis": kpis,
        "history": [{**plain(each), "run": kpis[each.kpi]} for each in beside(scenario, estimates)],
        "left_out": left_out(scenario),
    }
    typer.echo(json.dumps(document, allow_nan=False))


def _plain(estimate: Estimate) -> float | dict[str, float | None] | None:
    if math.isnan(estimate.low):
        return _finite(estimate.mean)
    return {"mean": _finite(estimate.mean), "low": _finite(estimate.low), "high": _finite(estimate.high)}


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else value
