"""Writing the archive: the document, and the one picture that marks what moves."""

from __future__ import annotations

import io
import shutil
import zipfile
from typing import IO, TYPE_CHECKING

import numpy as np

from aegean_sim.exports import looks
from aegean_sim.exports.kml import placemarks
from aegean_sim.exports.kml.text import KmlText
from aegean_sim.exports.ways import ways_of

if TYPE_CHECKING:
    from pathlib import Path

    from aegean_sim.exports.request import Request

_DOCUMENT, _DOT = "doc.kml", "dot.png"
_LONG_AGO = (1980, 1, 1, 0, 0, 0)
_DOT_PIXELS = 32


def write_kmz(request: Request, path: Path) -> None:
    """Write a KMZ file; equal runs give equal files.

    The document is written beside it first: readers refuse archives of the form for files of unknown length.
    """
    document = path.with_name(_DOCUMENT)
    with document.open("wb") as file:
        _write_document(request, KmlText(file))
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive, document.open("rb") as file:
        _add(archive, _DOCUMENT, file, document.stat().st_size)
        dot = _dot()
        _add(archive, _DOT, io.BytesIO(dot), len(dot))
    document.unlink()


def _add(archive: zipfile.ZipFile, name: str, file: IO[bytes], size: int) -> None:
    entry = zipfile.ZipInfo(name, _LONG_AGO)
    entry.compress_type, entry.file_size = zipfile.ZIP_DEFLATED, size
    with archive.open(entry, "w") as inside:
        shutil.copyfileobj(file, inside)


def _write_document(request: Request, kml: KmlText) -> None:
    ways = ways_of(request.tracks(), request.run.frames)
    about = request.about()
    with kml.document():
        kml.element("name", about["title"])
        kml.element("description", placemarks.described(about))
        colours = [*looks.owner_colours(request).values(), *looks.OUTCOMES.values(), looks.GREY]
        for colour in dict.fromkeys(colours):
            _style(kml, colour)
        placemarks.units(kml, request, ways)
        placemarks.boats(kml, request, ways)
        placemarks.contacts(kml, request)


def _style(kml: KmlText, colour: str) -> None:
    """Define the style that is named by a colour, which KML writes as opacity, blue, green, red."""
    blue_green_red = colour[5:7] + colour[3:5] + colour[1:3]
    shade = f"ff{blue_green_red.lower()}"
    with kml.inside("Style", id=placemarks.style_of(colour)):
        with kml.inside("IconStyle"):
            kml.element("color", shade)
            kml.element("scale", "0.5")
            with kml.inside("Icon"):
                kml.element("href", _DOT)
        with kml.inside("LabelStyle"):
            kml.element("scale", "0.7")
        with kml.inside("LineStyle"):
            kml.element("color", shade)
            kml.element("width", "2")


def _dot() -> bytes:
    """Draw a white disc, which styles colour."""
    from matplotlib.image import imsave  # noqa: PLC0415  (heavy)

    at = (np.arange(_DOT_PIXELS) + 0.5) * 2.0 / _DOT_PIXELS - 1.0
    picture = np.ones((_DOT_PIXELS, _DOT_PIXELS, 4))
    picture[:, :, 3] = np.hypot(*np.meshgrid(at, at)) < 0.9
    file = io.BytesIO()
    imsave(file, picture, format="png", metadata={"Software": "aegean-sim"})
    return file.getvalue()
