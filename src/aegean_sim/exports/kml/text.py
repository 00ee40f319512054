"""KML as text: elements written one after the other, whatever is in them escaped."""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import IO, TYPE_CHECKING
from xml.sax.saxutils import XMLGenerator
from xml.sax.xmlreader import AttributesImpl

if TYPE_CHECKING:
    from collections.abc import Iterator

_NOT_XML = re.compile("[^\\t\\n\\r -\\ud7ff\\ue000-\\ufffd\\U00010000-\\U0010ffff]")
_SPACES = {
    "xmlns": "http://www.opengis.net/kml/2.2",
    "xmlns:gx": "http://www.google.com/kml/ext/2.2",
}


class KmlText:
    """A KML file being written.

    Parameters
    ----------
    file : binary file
        Where to; UTF-8.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._xml = XMLGenerator(file, encoding="utf-8", short_empty_elements=True)

    @contextmanager
    def document(self) -> Iterator[None]:
        """Write the one document of the file round what is written in the block."""
        self._xml.startDocument()
        with self.inside("kml", **_SPACES), self.inside("Document"):
            yield
        self._xml.endDocument()

    @contextmanager
    def inside(self, name: str, **attributes: str) -> Iterator[None]:
        """Write an element round what is written in the block."""
        self._xml.startElement(name, AttributesImpl(attributes))
        yield
        self._xml.endElement(name)

    @contextmanager
    def folder(self, name: str) -> Iterator[None]:
        """Write a folder with a name."""
        with self.inside("Folder"):
            self.element("name", name)
            yield

    def element(self, name: str, text: str) -> None:
        """Write an element that holds text."""
        with self.inside(name):
            self._xml.characters(plain(text))
        self._xml.ignorableWhitespace("\n")


def plain(text: str) -> str:
    """Leave out the characters that XML cannot hold."""
    return _NOT_XML.sub("", text)
