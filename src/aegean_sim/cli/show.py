"""What a command prints of a run's numbers: tables for a person, or one JSON document."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from rich.table import Table

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.summary import Section


def show_tables(folder: Path, estimates: Mapping[str, Estimate]) -> None:
    """Print the numbers as one table, lives first, and where the rest is."""
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait for it)

    from aegean_sim.recording.summary import sections  # noqa: PLC0415

    console = Console(highlight=False)
    table = _empty_table(several=any(not math.isnan(estimate.low) for estimate in estimates.values()))
    for section in sections(estimates):
        _add(table, section, estimates)
    console.print(table)
    typer.echo(f"Result folder: {folder}")


def _empty_table(*, several: bool) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False)
    table.add_column("")
    table.add_column("mean" if several else "number", justify="right")
    if several:
        table.add_column("95 % interval", justify="right")
    return table


def _add(table: Table, section: Section, estimates: Mapping[str, Estimate]) -> None:
    from aegean_sim.recording.estimates import interval, number  # noqa: PLC0415

    table.add_row(f"[bold]{section.title}[/bold]")
    for name, label in section.rows:
        estimate = estimates[name]
        cells = [f"  {label}", number(name, estimate.mean), interval(name, estimate)]
        table.add_row(*cells[: len(table.columns)])
    table.add_section()


def show_json(folder: Path, estimates: Mapping[str, Estimate]) -> None:
    """Print the folder, what its manifest says of its origin, and the numbers as one JSON document."""
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
    }
    typer.echo(json.dumps(document, allow_nan=False))


def _plain(estimate: Estimate) -> float | dict[str, float | None] | None:
    if math.isnan(estimate.low):
        return _finite(estimate.mean)
    return {"mean": _finite(estimate.mean), "low": _finite(estimate.low), "high": _finite(estimate.high)}


def _finite(value: float) -> float | None:
    return None if math.isnan(value) else value
