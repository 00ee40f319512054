"""What `aegean-sim sweep` and `status` print."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import typer

from aegean_sim.cli.sweep_progress import duration

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from aegean_sim.study.comparison.enough import Look
    from aegean_sim.study.sweeps.foretelling import Foretold
    from aegean_sim.study.sweeps.planning import Plan
    from aegean_sim.study.sweeps.status import SweepStatus
    from aegean_sim.study.sweeps.sweeping import Outcome, Wishes

_SHOWN = 3
_PATHS_SHOWN = 8
_MEGABYTE = 1e6


def show_dry_run(plan: Plan, folder: Path, wishes: Wishes, *, as_json: bool) -> None:
    """Tell what a sweep would run, after a few pilot runs of its first cell and its last."""
    from aegean_sim.study.sweeps.foretelling import foretell  # noqa: PLC0415  (runs the pilots)

    told = foretell(plan, folder, wishes)
    if as_json:
        cells = [{"cell": cell.id, "settings": cell.settings} for cell in (plan.cells[0], plan.cells[-1])]
        document = {**_plain(told), "folder": str(folder), "first_and_last": cells}
        typer.echo(json.dumps(document, allow_nan=False))
        return
    typer.echo(f"{plan.sweep.name}: {told.cells:,} cells x {_replications(plan, told)}")
    for cell in _first_and_last(plan):
        typer.echo(f"  cell {cell.number}: {_settings(cell.labels) or 'the scenario as it is'}")
    if told.correlation is not None:
        typer.echo(f"  greatest correlation of two sampled columns: {told.correlation:.3f}")
    for path, reason in plan.assumed.left_out.items():
        typer.echo(f"  not varied: {path}: {reason}")
    typer.echo(f"  to run: {told.runs:,} ({told.there:,} are there), {told.run_s:.2g} s each")
    long, workers = duration(told.wall_s), wishes.workers
    typer.echo(f"  about {long} with {workers} workers; about {told.megabytes:.1f} MB")
    typer.echo(f"  folder: {folder}")
    if told.refusal:
        typer.echo(f"  as it is, this command will be refused: {told.refusal}")


def _replications(plan: Plan, told: Foretold) -> str:
    until = plan.sweep.until
    if until is None:
        return f"{told.replications:,} replications"
    goal = f"until {until.measure} is known to {until.half_width:g}"
    return f"{told.replications:,} replications at least, {until.most:,} at most, {goal}"


def _settings(labels: Mapping[str, Any]) -> str:
    told = [f"{name} {value}" for name, value in labels.items()]
    more = [f"and {len(told) - _PATHS_SHOWN} more"] if len(told) > _PATHS_SHOWN else []
    return ", ".join(told[:_PATHS_SHOWN] + more)


def _first_and_last(plan: Plan) -> list[Any]:
    if len(plan.cells) <= 2 * _SHOWN:
        return plan.cells
    return [*plan.cells[:_SHOWN], *plan.cells[-_SHOWN:]]


def _plain(told: Any) -> dict[str, Any]:
    return {name: getattr(told, name) for name in told.__slots__}


def show_outcome(plan: Plan, folder: Path, outcome: Outcome, *, as_json: bool) -> None:
    """Tell how a sweep ended, and what failed."""
    if as_json:
        document = {
            "folder": str(folder),
            "made": outcome.tally.made,
            "wanted": outcome.tally.wanted,
            "failed": outcome.failed,
            "stopped": outcome.stopped,
            "repairs": outcome.repairs,
        }
        typer.echo(json.dumps(document))
        return
    for repair in outcome.repairs:
        typer.echo(repair, err=True)
    typer.echo(f"{outcome.tally.made:,} runs made, {outcome.tally.wanted - outcome.tally.made:,} left")
    if outcome.failed:
        _show_failures(plan, folder)
    if outcome.stopped:
        typer.echo("Stopped: the same command goes on where it ended.", err=True)
    typer.echo(f"Sweep folder: {folder}")
    if plan.sweep.levers and not outcome.stopped:
        typer.echo(f"Compare: aegean-sim compare {folder}")


def show_look(plan: Plan, look: Look) -> None:
    """Tell how narrow the intervals are, and what it will take."""
    until = plan.sweep.until
    if until is None:
        return
    word = "reached" if look.reached else f"about {look.foretold.expected:,} are needed"
    if not look.reached and look.foretold.at_most > look.foretold.expected:
        word += f", hardly more than {look.foretold.at_most:,}"
    typer.echo(
        f"{look.replications:,} replications: {until.measure} known to {look.half_width:.3g}, asked"
        f" {until.half_width:g}: {word}",
        err=True,
    )
    if look.doubted:
        some = "1 difference is" if look.doubted == 1 else f"{look.doubted} differences are"
        doubt = "so skewed, or the same in all runs, that intervals hold less than they promise"
        typer.echo(f"  {some} {doubt}", err=True)


def show_not_reached(plan: Plan, look: Look) -> None:
    """Tell that there may not be more replications, and intervals are wider than was asked."""
    until = plan.sweep.until
    if until is not None:
        typer.echo(
            f"not reached: after {look.replications:,} replications, with {until.most:,} at most (--most),"
            f" {until.measure} is known to {look.half_width:.3g} and not to {until.half_width:g}",
            err=True,
        )


def _show_failures(plan: Plan, folder: Path) -> None:
    """Tell each error once, with the command that repeats its first run."""
    from aegean_sim.study.sweeps.reading import read_failures  # noqa: PLC0415
    from aegean_sim.study.sweeps.sweeping import repeating  # noqa: PLC0415

    failures = read_failures(folder)
    for (status, error), alike in failures.groupby(["status", "error"], sort=False):
        first = alike.iloc[0]
        typer.echo(f"{len(alike)} {status}: {error}: {str(first['message'])[:200]}", err=True)
        typer.echo(f"  again: {repeating(plan, str(first['command']))}", err=True)


def show_status(folder: Path, status: SweepStatus, problems: Sequence[str], *, as_json: bool) -> None:
    """Tell what is in a sweep folder, and what is wrong there."""
    wanted = status.cells * int(status.manifest.about["replications"])
    if as_json:
        document = {name: getattr(status, name) for name in status.__slots__ if name != "manifest"}
        typer.echo(json.dumps({"folder": str(folder), "wanted": wanted, **document, "problems": problems}))
        return
    about = status.manifest.about
    typer.echo(f"{about['name']}: {status.cells:,} cells x {about['replications']:,} replications")
    typer.echo(
        f"  done {status.done:,} of {wanted:,}, failed {status.failed:,}, left {_left(status, wanted):,}"
    )
    typer.echo(f"  replications of a cell: {status.least} to {status.most}")
    for error, count in status.errors.items():
        typer.echo(f"  {count:,} failed with {error}")
    if status.set_aside:
        repeated = "their runs count as left" if _left(status, wanted) else "their runs have been repeated"
        typer.echo(f"  {status.set_aside} torn or changed parts in {folder / 'quarantine'}; {repeated}")
    typer.echo(f"  {status.parts} files, {status.bytes / _MEGABYTE:.1f} MB, {status.sessions} sessions")
    for writer in status.writers:
        typer.echo(f"  under way: {writer}")
    for problem in problems:
        typer.echo(f"  wrong: {problem}", err=True)


def _left(status: SweepStatus, wanted: int) -> int:
    return max(0, wanted - status.done - status.failed)
