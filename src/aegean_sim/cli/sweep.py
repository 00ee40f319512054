"""`aegean-sim sweep`: many runs of one scenario, with something varied, kept in a folder that can grow."""

from __future__ import annotations

import math
import os
import signal
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from aegean_sim.errors import AegeanError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from aegean_sim.study.sweeps.runner import Runner
    from aegean_sim.study.sweeps.runs import Shard
    from aegean_sim.study.sweeps.sweeping import Outcome

RESULTS = Path("results") / "sweeps"
SOME_FAILED = 3
STOPPED = 130
EXAMPLES = """\b
Examples:
  aegean-sim sweep sophia-ships                       a built-in sweep, to results/sweeps/sophia-ships
  aegean-sim sweep my-sweep.yaml --dry-run            what it would run, and how long
  aegean-sim sweep sophia-support --vary fleet.sophia_support=0..6 --replications 40
  aegean-sim sweep sophia-ships --extend --replications 80   forty more of each
  aegean-sim sweep sophia-support --vary fleet.sophia_support=0..6 --until-half-width persons_dead:20
  aegean-sim sweep sophia-ships --cluster tcp://head:8786    on the workers of a Dask scheduler
  aegean-sim sweep sophia-ships --shard 3/40          the third of forty shares, for job arrays

\b
Exit codes: 0 all is there, 2 wrong usage or bad file, 3 some runs failed, 130 stopped (the same
command goes on).
"""


def sweep(
    name: Annotated[
        str, typer.Argument(metavar="SWEEP", help="A sweep file, a built-in sweep, or a scenario.")
    ],
    *,
    vary: Annotated[
        list[str] | None,
        typer.Option("--vary", metavar="A.B=LEVELS", help="Vary a value: 0..6, 0..6:2, a,b,c; repeatable."),
    ] = None,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="A.B=VALUE", help="Set a value in all cells; repeatable."),
    ] = None,
    assumptions: Annotated[
        bool, typer.Option("--assumptions", help="Vary every assumption that has a range over it.")
    ] = False,
    replications: Annotated[int | None, typer.Option(min=1, help="Runs of each cell.")] = None,
    until_half_width: Annotated[
        str | None,
        typer.Option(
            "--until-half-width",
            metavar="MEASURE:WIDTH",
            help="Run until the differences with the baseline are known so well: persons_dead:20.",
        ),
    ] = None,
    most: Annotated[
        int | None, typer.Option(min=30, help="With it: replications at most.  [default: 400]")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Sweep folder.  [default: results/sweeps/NAME]")] = None,
    extend: Annotated[
        bool, typer.Option("--extend", help="Add cells or replications to a sweep that is there.")
    ] = False,
    retry_failed: Annotated[
        bool, typer.Option("--retry-failed", help="Make runs that failed once more.")
    ] = False,
    workers: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine.  [default: one a core]")
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(metavar="ADDRESS", help="A Dask scheduler: tcp://host:port, or its scheduler file."),
    ] = None,
    tls: Annotated[
        str | None,
        typer.Option(metavar="CA,CERT,KEY", help="Files for a scheduler at tls://host:port."),
    ] = None,
    shard: Annotated[str | None, typer.Option(metavar="I/N", help="Only the I-th of N equal shares.")] = None,
    timeout: Annotated[
        float | None, typer.Option(min=0.001, metavar="SECONDS", help="Give a run up after so long.")
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Tell cells, runs, time and disk, and run nothing more.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Run many variants of a scenario, each several times, and keep their numbers.

    Replications of the same number meet the same boats and the same luck in all cells, so that cells are
    compared in pairs. A sweep may be stopped or killed at any moment: the same command goes on.
    """
    from aegean_sim.cli.sweep_progress import told_progress  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.cli.sweep_tables import (  # noqa: PLC0415
        show_dry_run,
        show_look,
        show_not_reached,
        show_outcome,
    )
    from aegean_sim.study.comparison.enough import run_until  # noqa: PLC0415
    from aegean_sim.study.sweeps.planning import Changes, plan_sweep  # noqa: PLC0415
    from aegean_sim.study.sweeps.sweeping import Wishes, run_sweep  # noqa: PLC0415

    if timeout is not None and cluster is not None:
        raise typer.BadParameter("a cluster limits runs by its own means", param_hint="--timeout")
    if tls is not None and cluster is None:
        raise typer.BadParameter("goes with --cluster tls://host:port", param_hint="--tls")
    changes = Changes(vary or (), overrides or (), replications, assumptions, until_half_width, most)
    plan = plan_sweep(name, changes)
    folder = out or RESULTS / plan.sweep.name
    count = workers or len(os.sched_getaffinity(0))
    wishes = Wishes(count, _shard(shard), extend, retry_failed, timeout or math.inf)
    if dry_run:
        show_dry_run(plan, folder, wishes, as_json=as_json)
        return
    runner = _runner(count, cluster, tls)
    with _left_once(), told_progress(shown=not as_json) as look:
        if plan.sweep.until is None:
            outcome = run_sweep(plan, folder, runner, wishes, look)
        else:
            outcome, found = run_until(plan, folder, runner, wishes, look, partial(show_look, plan))
            if found is not None and not (found.reached or outcome.stopped):
                show_not_reached(plan, found)
    if outcome.stopped:
        _leave_only()
    show_outcome(plan, folder, outcome, as_json=as_json)
    raise typer.Exit(_code(outcome))


@contextmanager
def _left_once() -> Iterator[None]:
    """Whoever presses Ctrl-C over and over gets the exit code and the message of one."""
    try:
        yield
    except KeyboardInterrupt:
        _leave_only()
        raise


def _leave_only() -> None:
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)


def _code(outcome: Outcome) -> int:
    if outcome.stopped:
        return STOPPED
    return SOME_FAILED if outcome.failed else 0


def _runner(workers: int, cluster: str | None, tls: str | None) -> Runner:
    if cluster is None:
        from aegean_sim.study.sweeps.runner import LocalRunner  # noqa: PLC0415

        return LocalRunner(workers)
    from aegean_sim.study.sweeps.cluster import ClusterRunner  # noqa: PLC0415

    return ClusterRunner(cluster, _security(tls))


def _security(tls: str | None) -> dict[str, str]:
    if tls is None:
        return {}
    files = tls.split(",")
    if len(files) != 3:
        raise typer.BadParameter(f"{tls} must be three files: CA,CERT,KEY", param_hint="--tls")
    for file in files:
        if not Path(file).is_file():
            raise AegeanError(f"--tls: no such file: {file}")
    return dict(zip(("tls_ca_file", "tls_client_cert", "tls_client_key"), files, strict=True))


def _shard(text: str | None) -> Shard | None:
    from aegean_sim.study.sweeps.runs import Shard  # noqa: PLC0415

    if text is None:
        return None
    number, _, of = text.partition("/")
    if not (number.isdecimal() and of.isdecimal() and 1 <= int(number) <= int(of)):
        raise typer.BadParameter(f"{text} must be like 3/40: the third of forty shares", param_hint="--shard")
    return Shard(int(number), int(of))
