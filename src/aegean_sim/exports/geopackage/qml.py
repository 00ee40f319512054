"""QML: how QGIS draws a layer, and from which fields it takes times."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal
from xml.etree import ElementTree as ET  # only written, never read

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_HEAD = "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n"
_FROM_FIELDS = "2"
_LAYERS = {
    "marker": "SimpleMarker",
    "line": "SimpleLine",
    "fill": "SimpleFill",
}


@dataclass(frozen=True, slots=True)
class Brush:
    """What features of a layer are drawn with.

    Parameters
    ----------
    kind : {"marker", "line", "fill"}
        What is drawn.
    size_mm : float
        Width of a line or an edge, or diameter of a marker; no edge is drawn where it is 0.
    edge : str, optional
        Colour of the edge of a fill or marker; that of the fill by default.
    opacity : float
        From 0 to 1.
    dashed : bool
        Whether lines and edges are.
    hollow : bool
        Whether only the edge of a fill is drawn.
    """

    kind: Literal["marker", "line", "fill"]
    size_mm: float
    edge: str | None = None
    opacity: float = 1.0
    dashed: bool = False
    hollow: bool = False


def single(brush: Brush, colour: str) -> str:
    """Draw all features alike."""
    root = ET.Element("renderer-v2", {"type": "singleSymbol", "enableorderby": "0"})
    _symbol(ET.SubElement(root, "symbols"), "0", brush, colour)
    return _style(root)


def by_value(brush: Brush, field: str, colours: Mapping[str, str], other: str) -> str:
    """Draw features in the colour of their field's value, and all others in another."""
    root = ET.Element("renderer-v2", {"type": "categorizedSymbol", "attr": field, "enableorderby": "0"})
    listed = [(value, value, colour) for value, colour in colours.items()] + [("", "other", other)]
    categories, symbols = (ET.SubElement(root, name) for name in ("categories", "symbols"))
    for number, (value, label, colour) in enumerate(listed):
        category = {"value": value, "label": label, "symbol": str(number), "render": "true"}
        ET.SubElement(categories, "category", category)
        _symbol(symbols, str(number), brush, colour)
    return _style(root)


def by_range(brush: Brush, field: str, bins: Sequence[float], colours: Sequence[str]) -> str:
    """Draw features in the colour of the bin that their field's share lies in; those below the first not."""
    root = ET.Element("renderer-v2", {"type": "graduatedSymbol", "attr": field, "enableorderby": "0"})
    ranges, symbols = (ET.SubElement(root, name) for name in ("ranges", "symbols"))
    for number, (low, high, colour) in enumerate(zip(bins, bins[1:], colours, strict=False)):
        limits = {"lower": f"{low:g}", "upper": f"{high:g}", "label": f"{100 * low:g} - {100 * high:g} %"}
        ET.SubElement(ranges, "range", limits | {"symbol": str(number), "render": "true"})
        _symbol(symbols, str(number), brush, colour)
    return _style(root)


def _style(renderer: ET.Element) -> str:
    root = ET.Element("qgis", {"version": "3.22.0", "styleCategories": "Symbology|Temporal"})
    times = {"startField": "t_start", "endField": "t_end", "mode": _FROM_FIELDS, "enabled": "1"}
    rest = {"durationField": "", "durationUnit": "min", "fixedDuration": "0", "accumulate": "0"}
    ET.SubElement(root, "temporal", times | rest | {"limitMode": "0"})
    root.append(renderer)
    return _HEAD + ET.tostring(root, encoding="unicode")


def _symbol(parent: ET.Element, name: str, brush: Brush, colour: str) -> None:
    symbol = ET.SubElement(
        parent, "symbol", {"name": name, "type": brush.kind, "alpha": f"{brush.opacity:g}", "force_rhr": "0"}
    )
    layer = ET.SubElement(
        symbol, "layer", {"class": _LAYERS[brush.kind], "enabled": "1", "locked": "0", "pass": "0"}
    )
    options = ET.SubElement(layer, "Option", {"type": "Map"})
    for key, value in _properties(brush, colour).items():
        ET.SubElement(options, "Option", {"type": "QString", "name": key, "value": value})


def _properties(brush: Brush, colour: str) -> dict[str, str]:
    width, edge = f"{brush.size_mm:g}", _rgba(brush.edge or colour)
    pen = "no" if brush.size_mm == 0.0 else "dash" if brush.dashed else "solid"
    if brush.kind == "line":
        return {
            "line_color": _rgba(colour), "line_width": width, "line_width_unit": "MM", "line_style": pen,
            "capstyle": "round", "joinstyle": "round",
        }  # fmt: skip
    if brush.kind == "fill":
        return {
            "color": _rgba(colour), "style": "no" if brush.hollow else "solid", "outline_color": edge,
            "outline_width": width, "outline_width_unit": "MM", "outline_style": pen,
        }  # fmt: skip
    return {
        "name": "circle", "color": _rgba(colour), "size": width, "size_unit": "MM", "outline_color": edge,
        "outline_width": "0.2", "outline_width_unit": "MM", "outline_style": pen,
    }  # fmt: skip


def _rgba(colour: str) -> str:
    return ",".join(str(int(colour[at : at + 2], 16)) for at in (1, 3, 5)) + ",255"
