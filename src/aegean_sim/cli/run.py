"""`aegean-sim run`: sail a scenario, once or several times, and leave a result folder."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aegean_sim.recording.estimates import Estimate
    from aegean_sim.recording.record import RunRecord
    from aegean_sim.scenario.loading import Loaded

RESULTS = Path("results")
EXAMPLES = """\b
Examples:
  aegean-sim run aegean-2016                           a built-in scenario, to results/aegean-2016
  aegean-sim run my.yaml --out results/mine            a file of your own
  aegean-sim run aegean-2016 --set deployments.nato.ships=4 --set seed=7 --out results/four
  aegean-sim run aegean-2016 --replications 20 --out results/june
  aegean-sim run aegean-2016 --no-map --json           numbers for a program
  aegean-sim run aegean-2016 --replications 100 --no-pairs   faster, without what reports changed
"""


@dataclass(frozen=True, slots=True)
class _Order:
    """What to run, where to, and whom to tell how far it is."""

    loaded: Loaded
    folder: Path
    overwrite: bool
    with_map: bool
    with_pairs: bool
    progress: Callable[[str], Callable[[float], None]]


def run(
    scenario: Annotated[str, typer.Argument(help="A scenario file, or the name of a built-in scenario.")],
    *,
    overrides: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="A.B.C=VALUE", help="Change a value of the scenario; may be repeated."),
    ] = None,
    replications: Annotated[
        int | None,
        typer.Option(min=1, help="Run so many times, one folder each below one parent, with intervals."),
    ] = None,
    replication: Annotated[
        int | None,
        typer.Option(min=0, help="Number of the single run; other numbers, other chance.  [default: 0]"),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Result folder.  [default: results/NAME]")] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace a result folder that is there.")
    ] = False,
    no_map: Annotated[bool, typer.Option("--no-map", help="Leave out the coverage map.")] = False,
    no_pairs: Annotated[
        bool,
        typer.Option(
            "--no-pairs", help="Leave out the paired runs that show which boats fared otherwise for reports."
        ),
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Run a scenario and write its results.

    The result folder holds tables, numbers, a summary and a map. For each force that can only watch and
    tell, each run is made again with its reports withheld, to see which boats fare otherwise.

    With --replications the map is drawn for the first run; `aegean-sim map` draws the others.
    """
    from aegean_sim.cli.progress import progress_bars  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.cli.show import show_json, show_tables  # noqa: PLC0415
    from aegean_sim.scenario.loading import load_scenario  # noqa: PLC0415

    if replications is not None and replication is not None:
        raise typer.BadParameter(
            "--replication names a single run: leave out one of the two", param_hint="--replications"
        )
    loaded = load_scenario(scenario, overrides or [])
    folder = out or RESULTS / loaded.scenario.name
    with progress_bars(shown=not as_json) as progress:
        order = _Order(loaded, folder, overwrite, not no_map, not no_pairs, progress)
        estimates = _one(order, replication or 0) if replications is None else _several(order, replications)
    if as_json:
        show_json(folder, loaded.scenario, estimates)
    else:
        show_tables(folder, loaded.scenario, estimates)
        _tell_of_chance(loaded, alone=replications is None)


def _one(order: _Order, replication: int) -> Mapping[str, Estimate]:
    from aegean_sim.recording.estimates import exact  # noqa: PLC0415
    from aegean_sim.recording.store import staged  # noqa: PLC0415

    with staged(order.folder, overwrite=order.overwrite) as part:
        return exact(_fill(order, replication, part, with_map=order.with_map))


def _several(order: _Order, count: int) -> Mapping[str, Estimate]:
    from aegean_sim.recording.replications import fill_parent, folder_name  # noqa: PLC0415
    from aegean_sim.recording.store import staged  # noqa: PLC0415

    with staged(order.folder, overwrite=order.overwrite) as part:
        runs = [
            _fill(order, number, part / folder_name(number), with_map=order.with_map and number == 0)
            for number in range(count)
        ]
        return fill_parent(order.loaded.scenario, runs, part, inputs=order.loaded.folder)


def _fill(order: _Order, replication: int, folder: Path, *, with_map: bool) -> dict[str, float]:
    from aegean_sim.engine.run import simulate  # noqa: PLC0415
    from aegean_sim.recording.store import fill  # noqa: PLC0415

    record = simulate(order.loaded, replication, progress=order.progress(f"run {replication}"))
    if order.with_pairs:
        record = _paired(order, record)
    numbers = fill(record, folder, inputs=order.loaded.folder)
    if with_map:
        order.progress(f"map of run {replication}")
        _draw(folder)
    return numbers


def _paired(order: _Order, record: RunRecord) -> RunRecord:
    from aegean_sim.engine.pairs import simulate_pairs, that_only_tell  # noqa: PLC0415

    voices = that_only_tell(order.loaded.scenario)
    progress = order.progress(f"run {record.replication} without the reports of some")
    return simulate_pairs(order.loaded, record, voices, progress=progress)


def _draw(folder: Path) -> None:
    from aegean_sim.engine.coverage.layers import coverage_of  # noqa: PLC0415
    from aegean_sim.recording.layers import Layer  # noqa: PLC0415
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415
    from aegean_sim.recording.store import PICTURE  # noqa: PLC0415
    from aegean_sim.views.maps.atlas import draw_coverage  # noqa: PLC0415

    stored = read_run(folder)
    coverage_of(stored, Layer())
    draw_coverage(stored, folder / PICTURE)


def _tell_of_chance(loaded: Loaded, *, alone: bool) -> None:
    declared = loaded.scenario.replications
    if alone and declared > 1:
        typer.echo(
            f"One run is one draw of chance: {loaded.scenario.name} declares {declared} for an honest answer"
            f" (--replications {declared}).",
            err=True,
        )
