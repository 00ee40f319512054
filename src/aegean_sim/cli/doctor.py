"""`aegean-sim doctor`: what is installed, where the data are, and whether a run could be written."""

from __future__ import annotations

import json
import platform
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import partial
from typing import TYPE_CHECKING, Annotated

import typer

from aegean_sim.errors import AegeanError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

EXAMPLES = """\b
Examples:
  aegean-sim doctor
  aegean-sim doctor --json
"""
_PROGRAM = "aegean-sim"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it is in order, and what was found."""

    what: str
    good: bool
    found: str


def doctor(
    *,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Look whether all that a run needs is there.

    Exit code 1 when something is missing.
    """
    findings = [*_versions(), *_data(), *_scenarios(), _looked("write results", _writable)]
    good = all(finding.good for finding in findings)
    if as_json:
        typer.echo(json.dumps({"good": good, "findings": [asdict(finding) for finding in findings]}))
    else:
        for finding in findings:
            typer.echo(f"{'ok     ' if finding.good else 'MISSING'}  {finding.what}: {finding.found}")
    raise typer.Exit(0 if good else 1)


def _looked(what: str, look: Callable[[], str]) -> Finding:
    try:
        return Finding(what, good=True, found=look())
    except (AegeanError, ImportError, OSError) as error:
        return Finding(what, good=False, found=str(error))


def _versions() -> Iterator[Finding]:
    from importlib.metadata import requires, version  # noqa: PLC0415  (`--help` must not wait for it)

    yield Finding("python", good=True, found=platform.python_version())
    for requirement in [_PROGRAM, *(requires(_PROGRAM) or [])]:
        if "extra ==" not in requirement:
            name = re.split(r"[^\w.-]", requirement)[0]
            yield _looked(name, partial(version, name))


def _data() -> Iterator[Finding]:
    from aegean_sim.datafiles import coastlines_folder, configs_folder  # noqa: PLC0415
    from aegean_sim.geography.frame import THEATRES  # noqa: PLC0415

    yield _looked("coast data", lambda: str(coastlines_folder()))
    yield _looked("built-in scenarios", lambda: str(configs_folder()))
    for theatre in THEATRES:
        yield _looked(f"theatre {theatre}", partial(_land, theatre))


def _land(theatre: str) -> str:
    from aegean_sim.geography.sea import open_theatre  # noqa: PLC0415

    coast = open_theatre(theatre).coast
    return f"{0 if coast is None else len(coast.polygons)} pieces of land"


def _scenarios() -> Iterator[Finding]:
    from aegean_sim.scenario.extending import built_in_scenarios  # noqa: PLC0415

    with suppress(AegeanError):
        for name in built_in_scenarios():
            yield _looked(f"scenario {name}", partial(_described, name))


def _described(name: str) -> str:
    from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415

    loaded = load_scenario(name)
    return f"{loaded.source}, {loaded.scenario.title or 'no title'}"


def _writable() -> str:
    from tempfile import TemporaryDirectory  # noqa: PLC0415

    from aegean_sim.cli.run import RESULTS  # noqa: PLC0415

    folder = RESULTS.absolute()
    while not folder.exists():
        folder = folder.parent
    with TemporaryDirectory(dir=folder):
        return str(RESULTS.absolute())
