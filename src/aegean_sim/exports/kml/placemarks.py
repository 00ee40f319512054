"""Placemarks: the tracks of units and boats, and contacts."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.exports import looks
from aegean_sim.exports.kml.text import plain
from aegean_sim.exports.ways import movers_of

if TYPE_CHECKING:
    import pandas as pd

    from aegean_sim.exports.kml.text import KmlText
    from aegean_sim.exports.request import Request
    from aegean_sim.exports.ways import Way


def units(kml: KmlText, request: Request, ways: dict[str, Way]) -> None:
    """Write the tracks of units, in the colours of their owners."""
    colours, crafts = looks.owner_colours(request), request.crafts
    with kml.folder("Units"):
        for way in (way for way in ways.values() if way.kind == "unit"):
            owner = crafts[way.mover].owner if way.mover in crafts else ""
            told = {"owner": owner, "theatre": way.theatre}
            _track(kml, request, way, told, colours.get(owner, looks.GREY))


def boats(kml: KmlText, request: Request, ways: dict[str, Way]) -> None:
    """Write the tracks of boats, in the colours of what became of them."""
    voyages = request.table("voyages")
    told = _rows(voyages, ["theatre", "route", "boat_type", "persons", "outcome", "ended_by"])
    with kml.folder("Boats"):
        for mover, row in zip(movers_of(voyages), told, strict=True):
            _track(kml, request, ways[mover], row, looks.OUTCOMES.get(row["outcome"], looks.GREY))


def _track(kml: KmlText, request: Request, way: Way, told: dict[str, str], colour: str) -> None:
    with kml.inside("Placemark"):
        _tell(kml, way.mover, told, colour)
        with kml.inside("gx:MultiTrack"):
            kml.element("gx:interpolate", "0")
            for piece in way.pieces():
                if len(piece.time_s) > 1:
                    _piece(kml, request, piece)


def _piece(kml: KmlText, request: Request, piece: Way) -> None:
    with kml.inside("gx:Track"):
        for moment in _moments(request, piece.time_s):
            kml.element("when", moment)
        for lon, lat in piece.door_at(piece.time_s).tolist():
            kml.element("gx:coord", f"{lon:.6f} {lat:.6f} 0")


def contacts(kml: KmlText, request: Request) -> None:
    """Write contacts as points that are there while the boat is held."""
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
    kml.element("description", described(told))
    if span is not None:
        with kml.inside("TimeSpan"):
            kml.element("begin", span[0])
            kml.element("end", span[1])
    kml.element("styleUrl", f"#{style_of(colour)}")


def _rows(table: pd.DataFrame, names: list[str]) -> list[dict[str, str]]:
    """Give some columns of a table as texts, row by row."""
    columns = [table[name].astype("str").tolist() for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def described(told: dict[str, str]) -> str:
    """Give a description, a line each; readers take it for HTML, so what is text in it is escaped twice."""
    return "<br>".join(f"{key}: {html.escape(plain(value))}" for key, value in told.items() if value)


def _moments(request: Request, time_s: np.ndarray) -> list[str]:
    return [f"{text}Z" for text in np.datetime_as_string(request.utc(time_s).tz_localize(None), unit="ms")]


def style_of(colour: str) -> str:
    """Name the style of a colour."""
    return f"c{colour[1:]}"
