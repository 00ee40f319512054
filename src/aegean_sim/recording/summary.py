"""A run, or several, in words and tables that a person can read; lives first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.recording.grids import grids
from aegean_sim.recording.left_out import left_out
from aegean_sim.recording.story import decisive_in_words, lives_in_words, reports_in_words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.grids import Grid
    from aegean_sim.recording.manifest import Manifest
    from aegean_sim.scenario.model import Scenario


def summary(manifest: Manifest, scenario: Scenario, estimates: Mapping[str, Estimate]) -> str:
    """Write the summary of one run or of several as Markdown."""
    several = len(manifest.replications) > 1
    parts = [
        f"# {manifest.name}",
        *([scenario.title] if scenario.title else []),
        *lives_in_words(estimates, scenario, several=several),
        *decisive_in_words(estimates),
        reports_in_words(estimates),
        *(_table(grid) for grid in grids(scenario, estimates, several=several)),
        "## What the model leaves out",
        "\n".join(left_out(scenario)),
        "## Where this comes from",
        _origin(manifest),
    ]
    return "\n\n".join(parts) + "\n"


def _table(grid: Grid) -> str:
    head, rows = list(grid.head), [list(row) for row in grid.rows]
    if grid.sources:
        head.append("counted by")
        rows = [[*row, source] for row, source in zip(rows, grid.sources, strict=True)]
    rule = ["---", *["---:"] * grid.numbers, *["---"] * (len(head) - 1 - grid.numbers)]
    return f"## {grid.title}\n\n" + "\n".join(_line(cells) for cells in (head, rule, *rows))


def _line(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _origin(manifest: Manifest) -> str:
    numbers = manifest.replications
    lines = [f"- scenario {manifest.name}, fingerprint {manifest.fingerprint}", f"- seed {manifest.seed}"]
    if len(numbers) == 1:
        return "\n".join([*lines, f"- replication {numbers[0]}"])
    return "\n".join(
        [
            *lines,
            f"- replications {numbers[0]} to {numbers[-1]}",
            f"- means of {len(numbers)} runs, with 95 % intervals by Student's t over the runs; a median is"
            " averaged over the runs that have one; a share is that of all boats or reports of all runs"
            " together, with the interval of a ratio of two means",
        ]
    )
