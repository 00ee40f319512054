"""The layers in their order, from below, each with what makes it and how it is drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from aegean_sim.exports import looks
from aegean_sim.exports.geopackage import events, ground, movers
from aegean_sim.exports.geopackage.qml import Brush, by_range, by_value, single
from aegean_sim.views import style
from aegean_sim.views.maps.scales import scale_of

if TYPE_CHECKING:
    from collections.abc import Callable

    import geopandas as gpd

    from aegean_sim.exports.geopackage.material import Material
    from aegean_sim.exports.request import Request

_WHITE = "#FFFFFF"


class Layer(NamedTuple):
    """A layer: its name, what it says in words, its kind of shape, what makes it, and its QML."""

    name: str
    about: str
    shape: str
    make: Callable[[Material], gpd.GeoDataFrame]
    qml: Callable[[Request], str]


def _one(brush: Brush, colour: str) -> Callable[[Request], str]:
    return lambda _: single(brush, colour)


def _valued(brush: Brush, field: str, colours: dict[str, str]) -> Callable[[Request], str]:
    return lambda _: by_value(brush, field, colours, looks.GREY)


def _owned(brush: Brush) -> Callable[[Request], str]:
    return lambda request: by_value(brush, "owner", looks.owner_colours(request), looks.GREY)


def _chances(_: Request) -> str:
    from matplotlib.colors import to_hex  # noqa: PLC0415  (heavy)

    scale = scale_of("seen", hours=1.0)
    colours, _norm = scale.colours()
    shades = [to_hex(colours(number)) for number in range(len(scale.bins) - 1)]
    return by_range(Brush("fill", 0.0, opacity=0.5), "probability", scale.bins, shades)


_DOT = Brush("marker", 2.2, edge=_WHITE)
_EDGE = Brush("fill", 0.2, edge=style.BOUNDARY, dashed=True, hollow=True)
_LAND = Brush("fill", 0.15, edge=style.SHORE)

LAYERS = (
    Layer(
        "coverage", "chance that a boat going through the cell is seen within an hour, over the whole run",
        "Polygon", ground.coverage, _chances,
    ),
    Layer(
        "territorial_seas", f"land and territorial sea of each state: {ground.INDICATIVE}", "MultiPolygon",
        ground.territorial_seas, _one(_EDGE, _WHITE),
    ),
    Layer("coast", "land as it was sailed round", "Polygon", ground.coast, _one(_LAND, style.LAND)),
    Layer(
        "voyages", "from where each boat set out to where its voyage ended, and what became of it",
        "LineString", movers.voyages, _valued(Brush("line", 0.3, dashed=True), "outcome", looks.OUTCOMES),
    ),
    Layer(
        "boat_tracks", "legs of boats, by state", "LineString", movers.boat_tracks,
        _valued(Brush("line", 0.6), "state", looks.STATES),
    ),
    Layer("unit_tracks", "legs of units", "LineString", movers.unit_tracks, _owned(Brush("line", 0.4))),
    Layer(
        "unit_stays", "units that lie still, and stations on shore", "Point", movers.unit_stays,
        _owned(Brush("marker", 1.6, edge=_WHITE)),
    ),
    Layer(
        "responses", "ways of units that were sent, from the order until done", "LineString",
        events.responses, _valued(Brush("line", 0.5, opacity=0.8), "result", looks.RESULTS),
    ),
    Layer(
        "handoffs", "each hop of a report, at the place that it tells of, from sent until decided",
        "Point", events.handoffs, _valued(Brush("marker", 2.0), "decision", looks.DECISIONS),
    ),
    Layer("contacts", "where boats were at first sight", "Point", events.contacts, _owned(_DOT)),
    Layer(
        "first_sightings", "where each boat was first seen, until its voyage ended", "Point",
        events.first_sightings, _owned(Brush("marker", 2.6, edge=looks.BLACK)),
    ),
)  # fmt: skip
