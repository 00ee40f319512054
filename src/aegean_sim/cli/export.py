"""`aegean-sim export`: write a stored run for GIS, spreadsheets and chart plotters."""

from __future__ import annotations

import json
from pathlib import Path  # noqa: TC003  (typer reads the annotations)
from typing import Annotated

import typer

EXAMPLES = """\b
Examples:
  aegean-sim export results/aegean-2016 --to gpkg               for QGIS, with styles and times
  aegean-sim export results/aegean-2016 --to kml --to csv --out june
  aegean-sim export results/aegean-2016 --to parquet --out tracks   for MovingPandas
  aegean-sim export results/two-theatres-2016 --to nmea --theatre aegean --every-min 2
"""
_EVERY_MIN = 10.0


def export(
    run: Annotated[Path, typer.Argument(help="Result folder of one run.")],
    *,
    formats: Annotated[
        list[str],
        typer.Option(
            "--to",
            metavar="FORMAT",
            help="gpkg (GeoPackage), parquet (GeoParquet), kml (KMZ), nmea (AIS), csv; repeatable.",
        ),
    ],
    out: Annotated[
        Path | None,
        typer.Option(
            help="File (gpkg, kml, nmea) or folder (parquet, csv); with several formats the folder for all."
            "  [default: RUN/export]"
        ),
    ] = None,
    theatre: Annotated[str | None, typer.Option(help="Only what is in this theatre.  [default: all]")] = None,
    every_min: Annotated[
        float | None,
        typer.Option(min=0.1, max=1440.0, help="nmea: minutes between reports of a unit.  [default: 10]"),
    ] = None,
    overwrite: Annotated[
        bool, typer.Option("--overwrite", help="Replace files that are there already.")
    ] = False,
    as_json: Annotated[
        bool, typer.Option("--json", help="Print one JSON document and nothing else.")
    ] = False,
) -> None:
    """Write a run for other programs: GIS, Google Earth, data frames, spreadsheets, chart plotters."""
    from aegean_sim.exports import exporting  # noqa: PLC0415  (`--help` must not wait for it)
    from aegean_sim.exports.formats import check_known  # noqa: PLC0415
    from aegean_sim.exports.request import request_of  # noqa: PLC0415
    from aegean_sim.recording.reading import read_run  # noqa: PLC0415

    check_known(formats)
    if every_min is not None and "nmea" not in formats:
        raise typer.BadParameter("only --to nmea has reports at an interval", param_hint="--every-min")
    stored = read_run(run)
    request = request_of(stored, theatre, 60.0 * (every_min or _EVERY_MIN))
    targets = exporting.targets_of(list(dict.fromkeys(formats)), run, stored.manifest.name, out)
    files = exporting.export(request, targets, overwrite=overwrite)
    if as_json:
        written = {name: [str(path) for path in some] for name, some in files.items()}
        typer.echo(json.dumps({"run": str(run), "written": written}))
        return
    for name, target in targets.items():
        typer.echo(f"{name}: {target}")
