"""What validation found, printed for a person or a program."""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING

import typer

from aegean_sim.cli.incident_tables import plain_incidents, show_incidents
from aegean_sim.recording.estimates import number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.table import Table

    from aegean_sim.study.check import Check
    from aegean_sim.study.validation import Compared, Result, Validation

_USES = {"calibration": "used to calibrate", "not used": "not used"}
_WORDS = {
    "persons": "persons set out",
    "persons_stopped": "persons stopped",
    "persons_dead_recorded_per_1000": "recorded dead of 1,000",
    "fatal_incidents": "fatal incidents",
    "returned_share": "taken back, of these and arrived",
    "stopped_share": "stopped, of these and arrived",
    "arrivals_met_share": "met or rescued, of arrived",
    "told_to_scene_min": "from told to there, median",
    "departed_high_waves_ratio": "set out above 1 m, to below",
    "departed_busiest_day_ratio": "busiest day, to the mean day",
}
_OF_FORCE = {"brought_in_share_": "brought in by {}", "persons_per_event_": "persons at a time, {}"}


def show_validation(found: Validation, *, as_json: bool = False) -> None:
    """Print all tables, lives first, or one JSON document and nothing else."""
    if as_json:
        typer.echo(json.dumps(validation_document(found), allow_nan=False))
        return
    from rich.console import Console  # noqa: PLC0415  (`--help` must not wait for it)

    console = Console(highlight=False)
    if found.history:
        console.print(_heading(found.history[0].replications))
        console.print(_history(found.history))
        show_incidents(console, found.history)
    if found.theory:
        console.print("Theory: within four standard errors; tests/theory tries more, and harder.")
        console.print(_theory(found.theory))


def validation_document(found: Validation) -> dict[str, object]:
    """Give all numbers in plain form; intervals are there with two replications or more."""
    return {
        "theory_holds": found.theory_holds,
        "history": [_plain_result(result) for result in found.history],
        "theory": [
            {
                "name": check.name,
                "what": check.what,
                "unit": check.unit,
                "source": check.source,
                "formula": check.formula,
                "simulated": check.simulated,
                "standard_error": check.error,
                "holds": check.holds,
            }
            for check in found.theory
        ],
    }


def _plain_result(result: Result) -> dict[str, object]:
    return {
        "case": result.case.name,
        "title": result.case.title,
        "scenario": result.case.scenario,
        "overrides": list(result.case.overrides),
        "replications": result.replications,
        "figures": [_plain(each) for each in result.compared],
        "incidents": plain_incidents(result.incidents),
    }


def _plain(each: Compared) -> dict[str, object]:
    values = {"mean": each.estimate.mean, "low": each.estimate.low, "high": each.estimate.high}
    return {
        "figure": each.figure,
        **{name: None if math.isnan(value) else value for name, value in values.items()},
        "published": each.published.value,
        "months": each.published.months,
        "use": each.published.use,
        "source": each.published.source,
    }


def _heading(replications: int) -> str:
    several = "one run of each, without an interval" if replications == 1 else f"{replications} runs of each"
    return f"History: {several}. What was used to calibrate shows no skill by agreeing."


def _history(results: Sequence[Result]) -> Table:
    table = _table(("simulated", "95 % interval", "published"))
    table.add_column("use")
    for result in results:
        table.add_row(f"[bold]{result.case.title}[/bold] ({result.case.name})")
        for each in result.compared:
            table.add_row(_words(each), *_cells(each))
        table.add_section()
    return table


def _words(each: Compared) -> str:
    words = _WORDS.get(each.figure, each.figure)
    for prefix, of_force in _OF_FORCE.items():
        if each.figure.startswith(prefix):
            words = of_force.format(each.figure.removeprefix(prefix))
    return f"  {words} (published for {each.published.months})" if each.published.months else f"  {words}"


def _cells(each: Compared) -> tuple[str, ...]:
    between = "–"
    if not math.isnan(each.estimate.low):
        between = f"{_figure(each.figure, each.estimate.low)} to {_figure(each.figure, each.estimate.high)}"
    published = each.published
    simulated, beside = (_figure(each.figure, value) for value in (each.estimate.mean, published.value))
    return simulated, between, beside, _USES[published.use]


def _figure(name: str, value: float) -> str:
    """Write a figure; a ratio is small, so with one more digit."""
    return f"{value:.2f}" if name.endswith("_ratio") else number(name, value)


def _theory(checks: Sequence[Check]) -> Table:
    table = _table(("formula", "simulated", "standard error", "agrees"))
    for check in checks:
        numbers = (f"{value:.3f}" for value in (check.formula, check.simulated, check.error))
        agrees = "yes" if check.holds else "NO"
        table.add_row(f"{check.what}, {check.unit}\n  {check.source}", *numbers, agrees)
    return table


def _table(headings: Sequence[str]) -> Table:
    from rich.box import SIMPLE_HEAD  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    table = Table(box=SIMPLE_HEAD, pad_edge=False, collapse_padding=True)
    table.add_column("")
    for heading in headings:
        table.add_column(heading, justify="right")
    return table
