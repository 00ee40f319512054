"""`aegean-sim map`: draw maps of stored runs, one, several beside each other, or the levels of a sweep."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from aegean_sim.views.maps.asked import Asked
    from aegean_sim.views.maps.subjects import Subject

EXAMPLES = """\b
What to show:
  seen         chance that a boat in a cell is seen within --hours (the usual map)
  unit-hours   hours a day that units spend in a cell
  gap-mean     hours since last covered, mean
  gap-worst    hours not covered, longest
  in-time      chance that a report is still in time for somebody to act
  outcomes     where boats were seen first, and how the voyage of each ended
  unseen       where and how long boats sail unseen on each route

\b
Examples:
  aegean-sim map results/aegean-2016
  aegean-sim map results/aegean-2016 --show seen --hours 3 --boat wooden --light night
  aegean-sim map results/aegean-2016 --show gap-worst --by NATO --out nato-gaps.svg
  aegean-sim map results/aegean-2016 --by owners                 a panel each
  aegean-sim map results/aegean-2016 results/four-ships          beside each other, and the difference
  aegean-sim map results/sweeps/aegean-ships --replications 5    the levels of a sweep
  aegean-sim map results/aegean-2016 --data seen.tif             the data behind, for a GIS

\b
Exit codes: 0 done, 2 wrong usage, or there is nothing to draw.
"""
_PICTURES = (".png", ".pdf", ".svg")
_LAYERS, _SHAPES = (".tif", ".gpkg"), (".gpkg",)
_REPLICATIONS = 3


@dataclass(frozen=True, slots=True)
class _Shown:
    """What is drawn, and how its parts follow each other."""

    subjects: Sequence[Subject]
    in_order: bool
    folder: Path


def draw_map(
    folders: Annotated[
        list[Path],
        typer.Argument(metavar="RUN|SWEEP...", help="A result folder, several of them, or a sweep folder."),
    ],
    *,
    show: Annotated[str, typer.Option(metavar="WHAT", help="What to show; see below.")] = "seen",
    hours: Annotated[
        float | None, typer.Option(metavar="T", help="Seen within so many hours.  [default: 1]")
    ] = None,
    boat: Annotated[
        str | None, typer.Option(metavar="TYPE", help="For such boats: rubber, wooden.  [default: rubber]")
    ] = None,
    light: Annotated[str | None, typer.Option(metavar="any|day|night", help="By day, or by night.")] = None,
    by: Annotated[
        str | None,
        typer.Option(metavar="WHO", help="all, an owner, a unit; owners or units for a panel each."),
    ] = None,
    theatre: Annotated[
        str | None, typer.Option(metavar="NAME", help="This sea alone.  [default: all]")
    ] = None,
    vary: Annotated[
        str | None, typer.Option(metavar="LEVER", help="The lever of a sweep.  [default: the only one]")
    ] = None,
    where: Annotated[
        list[str] | None,
        typer.Option("--where", metavar="LEVER=LEVEL", help="Of a sweep's other levers; repeatable."),
    ] = None,
    replications: Annotated[
        int, typer.Option(min=1, help="Runs of each level of a sweep, sailed again and kept there.")
    ] = _REPLICATIONS,
    out: Annotated[
        Path | None, typer.Option(help="Picture: PNG, SVG or PDF.  [default: in the folder]")
    ] = None,
    data: Annotated[
        Path | None, typer.Option(help="Write the data behind too: a GeoTIFF (.tif) or GeoPackage (.gpkg).")
    ] = None,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Draw maps: where boats would be seen, how long waters go unwatched, where boats were met or missed.

    One folder gives one map, of each sea a file; several folders, the levels of a sweep, or --by owners
    give small maps with one scale. What must be worked out first is kept in the folder.
    """
    from aegean_sim.cli.progress import progress_bars  # noqa: PLC0415  (`--help` must not wait for any of these)
    from aegean_sim.views.maps.asked import asked_for  # noqa: PLC0415

    asked = asked_for(show, hours, boat, light, by)
    _check_suffixes(asked, out, data)
    with progress_bars(shown=not as_json) as progress:
        if _is_sweep(folders):
            shown = _of_sweep(folders[0], vary, where or [], replications, asked, progress("sailing again"))
        else:
            shown = _of_runs(folders, vary, where)
        progress("drawing")
        pictures = _draw(shown, asked, theatre, out, data)
    if as_json:
        told = {
            "show": show,
            "maps": [str(picture) for picture in pictures],
            "data": None if data is None else str(data),
        }
        typer.echo(json.dumps(told))
    else:
        for picture in pictures:
            typer.echo(f"Map: {picture}")
        if data is not None:
            typer.echo(f"Data: {data}")


def _check_suffixes(asked: Asked, out: Path | None, data: Path | None) -> None:
    kinds = _LAYERS if asked.kind == "coverage" else _SHAPES
    for path, suffixes, option in ((out, _PICTURES, "--out"), (data, kinds, "--data")):
        if path is not None and path.suffix.lower() not in suffixes:
            raise typer.BadParameter(f"{path} must end in {' or '.join(suffixes)}", param_hint=option)


def _is_sweep(folders: Sequence[Path]) -> bool:
    from aegean_sim.study.sweeps.layout import MANIFEST  # noqa: PLC0415

    sweeps = [folder for folder in folders if (folder / MANIFEST).is_file()]
    if sweeps and len(folders) > 1:
        raise typer.BadParameter(f"{sweeps[0]} is a sweep: a map is of one sweep, or of result folders")
    return bool(sweeps)


def _of_sweep(
    folder: Path,
    vary: str | None,
    where: Sequence[str],
    replications: int,
    asked: Asked,
    progress: Callable[[float], None],
) -> _Shown:
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415
    from aegean_sim.study.sailing import RUNS, choose  # noqa: PLC0415
    from aegean_sim.views.maps.subjects import Subject  # noqa: PLC0415
    from aegean_sim.views.maps.titles import level_title  # noqa: PLC0415

    chosen = choose(folder, vary, where, replications)
    chosen.sail([asked.layer] if asked.kind == "coverage" else [], progress=progress)
    subjects = [
        Subject(
            level_title(chosen.lever, level.label), tuple(read_run(each.folder) for each in level.sailings)
        )
        for level in chosen.levels
    ]
    return _Shown(subjects, chosen.is_number, folder / RUNS)


def _of_runs(folders: Sequence[Path], vary: str | None, where: Sequence[str] | None) -> _Shown:
    from aegean_sim.recording.reading import read_runs  # noqa: PLC0415
    from aegean_sim.views.maps.subjects import Subject  # noqa: PLC0415
    from aegean_sim.views.maps.titles import titles_of  # noqa: PLC0415

    for option, value in (("--vary", vary), ("--where", where)):
        if value:
            raise typer.BadParameter(f"is about levers, and {folders[0]} is no sweep", param_hint=option)
    twice = [folder for place, folder in enumerate(folders) if folder.resolve() in _resolved(folders[:place])]
    if twice:
        raise typer.BadParameter(f"{twice[0]} is given twice: there is nothing to compare with itself")
    runs = [read_runs(folder) for folder in folders]
    titles = titles_of([each[0] for each in runs])
    subjects = [Subject(title, each) for title, each in zip(titles, runs, strict=True)]
    in_order = False
    return _Shown(subjects, in_order, folders[0] if len(folders) == 1 else Path("results"))


def _resolved(folders: Sequence[Path]) -> set[Path]:
    return {folder.resolve() for folder in folders}


def _draw(
    shown: _Shown, asked: Asked, theatre: str | None, out: Path | None, data: Path | None
) -> list[Path]:
    from aegean_sim.recording.store import PICTURE  # noqa: PLC0415
    from aegean_sim.views.maps.atlas import draw_map as drawn  # noqa: PLC0415
    from aegean_sim.views.maps.atlas import of_theatre, theatres_of  # noqa: PLC0415

    theatres = theatres_of(shown.subjects, asked, theatre)
    is_usual = len(shown.subjects) == 1 and asked.is_usual
    path = out or shown.folder / (PICTURE if is_usual else f"map-{asked.slug}.png")
    pictures = []
    for place, name in enumerate(theatres):
        pictures.append(of_theatre(path, name, place))
        drawn(shown.subjects, asked, name, pictures[-1], in_order=shown.in_order)
    if data is not None:
        _write_data(shown, asked, theatres, data)
    return pictures


def _write_data(shown: _Shown, asked: Asked, theatres: Sequence[str], path: Path) -> None:
    from aegean_sim.views.maps.geodata import write_data  # noqa: PLC0415

    if len(shown.subjects) > 1 or asked.split or len(theatres) > 1:
        raise typer.BadParameter(
            "is of one map: give one run, --theatre where there are several, and no --by owners or units",
            param_hint="--data",
        )
    write_data(shown.subjects[0], asked, theatres[0], path)
