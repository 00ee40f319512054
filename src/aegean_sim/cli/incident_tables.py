"""How the dead fall on fatal incidents, printed for a person or a program."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import Console
    from rich.table import Table

    from aegean_sim.study.incidents import Incidents, Spread
    from aegean_sim.study.validation import Result


def plain_incidents(found: Incidents | None) -> dict[str, object] | None:
    """Give all numbers in plain form; ``None`` where incidents were not published one by one."""
    from aegean_sim.study.incidents import LEVELS, SOURCE  # noqa: PLC0415  (`--help` must not wait for it)

    return None if found is None else {**asdict(found), "levels": LEVELS, "source": SOURCE}


def show_incidents(console: Console, results: Sequence[Result]) -> None:
    """Print a table for each case whose incidents were published one by one."""
    from aegean_sim.study.incidents import SOURCE  # noqa: PLC0415  (`--help` must not wait for it)

    for result in results:
        if result.incidents is not None:
            console.print(f"Dead by fatal incident: {result.case.title}, all runs together, and {SOURCE}.")
            console.print(_table(result.incidents))


def _table(found: Incidents) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("")
    for heading in ("simulated", "published"):
        table.add_column(heading, justify="right")
    for words, one, other in zip(_words(), _cells(found.simulated), _cells(found.published), strict=True):
        table.add_row(words, one, other)
    table.add_row("greatest difference of the two distributions", f"{found.distance:.2f}", "")
    table.add_row("so great by chance alone, probability", f"{found.chance:.3f}", "")
    return table


def _words() -> list[str]:
    from aegean_sim.study.incidents import LEVELS  # noqa: PLC0415

    quantiles = [f"no more than so many in {level:.0%} of them" for level in LEVELS]
    return ["incidents", "dead, mean", *quantiles, "share of the dead in the worst tenth"]


def _cells(spread: Spread) -> list[str]:
    quantiles = [f"{value:.0f}" for value in spread.quantiles]
    share = f"{100.0 * spread.worst_tenth_share:.0f} %"
    return [str(spread.incidents), f"{spread.mean:.1f}", *quantiles, share]
