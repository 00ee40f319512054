"""The formats, one line each."""

from __future__ import annotations

from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.errors import StoreError
from aegean_sim.exports import geoparquet, plain_csv
from aegean_sim.exports.geopackage.writing import write_gpkg
from aegean_sim.exports.kml.writing import write_kmz
from aegean_sim.scenario.hints import guess

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from aegean_sim.exports.request import Request


class Format(NamedTuple):
    """A format.

    Parameters
    ----------
    write : callable
        Writes a request to a file that is not there, or into a folder that is.
    suffix : str
        How its file ends; empty where it is a folder.
    files : sequence of str
        What is in the folder.
    on_earth : bool
        Whether it needs longitudes and latitudes.
    """

    write: Callable[[Request, Path], None]
    suffix: str = ""
    files: Sequence[str] = ()
    on_earth: bool = True


def _write_nmea(request: Request, path: Path) -> None:
    from aegean_sim.exports.ais.writing import write_nmea  # noqa: PLC0415  (needs an extra)

    write_nmea(request, path)


FORMATS: Mapping[str, Format] = {
    "gpkg": Format(write_gpkg, suffix=".gpkg"),
    "parquet": Format(geoparquet.write_parquet, files=geoparquet.FILES, on_earth=False),
    "kml": Format(write_kmz, suffix=".kmz"),
    "nmea": Format(_write_nmea, suffix=".nmea"),
    "csv": Format(plain_csv.write_csv, files=plain_csv.FILES, on_earth=False),
}


def check_known(names: Sequence[str]) -> None:
    """See that there are such formats, and what writes them.

    Raises
    ------
    StoreError
        When one is unknown, or needs pyais, and that is not installed.
    """
    for name in names:
        if name not in FORMATS:
            raise StoreError(f"there is no export to {name!r}{guess(name, FORMATS)}")
    if "nmea" in names and find_spec("pyais") is None:
        raise StoreError("nmea needs pyais, which is not installed: pip install 'aegean-sim[ais]'")


def check_fits(names: Sequence[str], request: Request) -> None:
    """See that formats can hold the places of a request.

    Raises
    ------
    StoreError
        When the places are those of a laboratory, and a format needs longitudes and latitudes.
    """
    earthly = [name for name in names if FORMATS[name].on_earth]
    if earthly and not request.on_earth:
        others = " and ".join(name for name, each in FORMATS.items() if not each.on_earth)
        raise StoreError(
            f"{request.theatres[0]} of {request.run.folder} is a laboratory: its places have no longitude and"
            f" latitude, which {', '.join(earthly)} needs; {others} can be had"
        )
