"""KMZ: units and boats that move with the clock, contacts that come and go, for Google Earth."""

from __future__ import annotations

import html
import zipfile
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.exports import looks
from aegean_sim.exports.kml_text import KmlText, plain
from aegean_sim.exports.ways import mover_of, ways_of

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from aegean_sim.exports.request import Request
    from aegean_sim.exports.ways import Way

_INSIDE = "doc.kml"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_DOT = "http://maps.google.com/mapfiles/kml/shapes/shaded_dot.png"


def write_kmz(request: Request, path: Path) -> None:
    """Write a KMZ file, feature by feature; equal runs give equal files."""
    entry = zipfile.ZipInfo(_INSIDE, _LONG_AGO)
    entry.compress_type = zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w") as archive, archive.open(entry, "w", force_zip64=True) as file:
        kml = KmlText(file)
        with kml.document():
            _head(kml, request)
            ways = ways_of(request.tracks(), request.run.frames)
            _units(kml, request, [way for way in ways.values() if way.kind == "unit"])
            _boats(kml, request, ways)
            _contacts(kml, request)


def _head(kml: KmlText, request: Request) -> None:
    about = request.about()
    kml.element("name", about["title"])
    kml.element("description", _described(about))
    colours = [*looks.owner_colours(request).values(), *looks.OUTCOMES.values(), looks.GREY]
    for colour in dict.fromkeys(colours):
        _style(kml, colour)


def _style(kml: KmlText, colour: str) -> None:
    """Define the style that is named by a colour, which KML writes as opacity, blue, green, red."""
    blue_green_red = colour[5:7] + colour[3:5] + colour[1:3]
    shade = f"ff{blue_green_red.lower()}"
    with kml.inside("Style", id=_named(colour)):
        with kml.inside("IconStyle"):
            kml.element("color", shade)
            kml.element("scale", "0.6")
            with kml.inside("Icon"):
                kml.element("href", _DOT)
        with kml.inside("LabelStyle"):
            kml.element("scale", "0.7")
        with kml.inside("LineStyle"):
            kml.element("color", shade)
            kml.element("width", "2")


def _units(kml: KmlText, request: Request, ways: list[Way]) -> None:
    colours, crafts = looks.owner_colours(request), request.crafts
    with kml.folder("Units"):
        for way in ways:
            owner = crafts[way.mover].owner if way.mover in crafts else ""
            told = {"owner": owner, "theatre": way.theatre}
            _track(kml, request, way, told, colours.get(owner, looks.GREY))


def _boats(kml: KmlText, request: Request, ways: dict[str, Way]) -> None:
    voyages = request.table("voyages")
    told = _rows(voyages, ["theatre", "route", "boat_type", "persons", "outcome", "ended_by"])
    movers = [mover_of(*boat) for boat in zip(voyages["voyage"], voyages["copy"], strict=True)]
    with kml.folder("Boats"):
        for mover, row in zip(movers, told, strict=True):
            _track(kml, request, ways[mover], row, looks.OUTCOMES.get(row["outcome"], looks.GREY))


def _track(kml: KmlText, request: Request, way: Way, told: dict[str, str], colour: str) -> None:
    with kml.inside("Placemark"):
        _tell(kml, way.mover, told, colour)
        with kml.inside("gx:MultiTrack"):
            kml.element("gx:interpolate", "0")
            for piece in way.pieces():
                _piece(kml, request, piece)


def _piece(kml: KmlText, request: Request, piece: Way) -> None:
    with kml.inside("gx:Track"):
        for moment in _moments(request, piece.time_s):
            kml.element("when", moment)
        for lon, lat in piece.door_at(piece.time_s).tolist():
            kml.element("gx:coord", f"{lon:.6f} {lat:.6f} 0")


def _contacts(kml: KmlText, request: Request) -> None:
    contacts, colours = request.table("contacts"), looks.owner_colours(request)
    begin = _moments(request, contacts["start_s"].to_numpy())
    end = _moments(request, contacts["end_s"].fillna(contacts["start_s"]).to_numpy())
    told = _rows(contacts, ["theatre", "unit", "owner", "sensor", "voyage", "traffic", "classed"])
    with kml.folder("Contacts"):
        for row, lon, lat, *span in zip(told, contacts["lon"], contacts["lat"], begin, end, strict=True):
            with kml.inside("Placemark"):
                _tell(kml, row["voyage"] or row["traffic"], row, colours.get(row["owner"], looks.GREY), span)
                with kml.inside("Point"):
                    kml.element("coordinates", f"{lon:.6f},{lat:.6f}")


def _tell(kml: KmlText, name: str, told: dict[str, str], colour: str, span: list[str] | None = None) -> None:
    """Write what all placemarks begin with, in the order that the schema asks for."""
    kml.element("name", name)
    kml.element("description", _described(told))
    if span is not None:
        with kml.inside("TimeSpan"):
            kml.element("begin", span[0])
            kml.element("end", span[1])
    kml.element("styleUrl", f"#{_named(colour)}")


def _rows(table: pd.DataFrame, names: list[str]) -> list[dict[str, str]]:
    """Give some columns of a table as texts, row by row."""
    columns = [table[name].astype("str").tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _described(told: dict[str, str]) -> str:
    """Write lines; readers take a description for HTML, so what is text in it is escaped once more."""
    return "<br>".join(f"{key}: {html.escape(plain(value))}" for key, value in told.items() if value)


def _moments(request: Request, time_s: np.ndarray) -> list[str]:
    return [f"{text}Z" for text in np.datetime_as_string(request.utc(time_s).tz_localize(None), unit="ms")]


def _named(colour: str) -> str:
    return f"c{colour[1:]}"
