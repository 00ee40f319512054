"""The command `aegean-sim`: its subcommands, its exit codes, and how errors are told."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from typing import Annotated

import typer

from aegean_sim import __version__
from aegean_sim.cli import (
    charts,
    compare,
    doctor,
    export,
    map,  # noqa: A004  (named as the command is)
    network,
    report,
    run,
    sensitivity,
    status,
    sweep,
    trace,
    validate,
)
from aegean_sim.errors import AegeanError

PROGRAM = "aegean-sim"
FAILED = 1
WRONG_USAGE = 2
INTERRUPTED = 130
TRACEBACK = "AEGEAN_SIM_TRACEBACK"
_EXAMPLES = """\b
Examples:
  aegean-sim run aegean-2016
  aegean-sim run aegean-2016 --replications 20 --out results/june
  aegean-sim sweep sophia-support --vary fleet.sophia_support=0..6 --replications 40
  aegean-sim status results/sweeps/sophia-support
  aegean-sim compare results/sweeps/sophia-support
  aegean-sim map results/aegean-2016
  aegean-sim charts results/aegean-2016
  aegean-sim report results/aegean-2016
  aegean-sim export results/aegean-2016 --to gpkg
  aegean-sim network aegean-2016
  aegean-sim trace results/aegean-2016 aegean-2016-d00-r1-g0-b0
  aegean-sim validate --theory
  aegean-sim doctor

\b
Exit codes: 0 done, 1 the model or run failed, 2 wrong usage or bad file, 3 a sweep ended with
failed runs, 130 stopped by the user.
"""

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("run", epilog=run.EXAMPLES)(run.run)
app.command("sweep", epilog=sweep.EXAMPLES)(sweep.sweep)
app.command("status", epilog=status.EXAMPLES)(status.status)
app.command("compare", epilog=compare.EXAMPLES)(compare.compare)
app.command("sensitivity", epilog=sensitivity.EXAMPLES)(sensitivity.sensitivity)
app.command("map", epilog=map.EXAMPLES)(map.draw_map)
app.command("charts", epilog=charts.EXAMPLES)(charts.charts)
app.command("report", epilog=report.EXAMPLES)(report.report)
app.command("export", epilog=export.EXAMPLES)(export.export)
app.command("network", epilog=network.EXAMPLES)(network.network)
app.command("trace", epilog=trace.EXAMPLES)(trace.trace)
app.command("validate", epilog=validate.EXAMPLES)(validate.validate)
app.command("doctor", epilog=doctor.EXAMPLES)(doctor.doctor)


def _tell_version(wanted: bool) -> None:  # noqa: FBT001  (called by typer)
    if wanted:
        typer.echo(f"{PROGRAM} {__version__}")
        raise typer.Exit


@app.callback(epilog=_EXAMPLES)
def aegean_sim(
    *,
    version: Annotated[
        bool, typer.Option("--version", callback=_tell_version, is_eager=True, help="Tell the version.")
    ] = False,
) -> None:
    """Maritime patrols on smuggling routes: who is seen, who is told, and what became of every boat."""


def main() -> None:
    """Run the command line and leave with its exit code; a request to end is taken as Ctrl-C is."""
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    sys.exit(_exit_code())


def _exit_code() -> int:
    try:
        code = int(app(prog_name=PROGRAM, standalone_mode=False) or 0)
    except AegeanError as error:
        return _tell(str(error), WRONG_USAGE, error)
    except typer.TyperException as error:
        return _tell(f"{error.format_message()} (try --help)", WRONG_USAGE, error)
    except (KeyboardInterrupt, typer.Abort):
        code = INTERRUPTED
    except Exception as error:  # noqa: BLE001  (the last wall before the user: one line, never a traceback)
        return _tell(f"{type(error).__name__}: {error} (set {TRACEBACK}=1 to see where)", FAILED, error)
    if code == INTERRUPTED:
        typer.echo(f"{PROGRAM}: stopped; nothing was left half-written", err=True)
    return code


def _tell(message: str, code: int, error: Exception) -> int:
    if os.environ.get(TRACEBACK) == "1":
        traceback.print_exception(error)
    typer.echo(f"{PROGRAM}: error: {message}", err=True)
    return code


if __name__ == "__main__":
    main()
