"""Labels: names put on a map where they are whole, do not touch each other, and hide as little as may be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import shapely

from aegean_sim.views.names import COUNTRIES, place_names
from aegean_sim.views.style import FAINT_INK, INK

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.text import Annotation

    from aegean_sim.geography.coastline import Coastline
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.names import Kind
    from aegean_sim.views.window import Window

_FONTS: dict[Kind, dict[str, Any]] = {
    "country": {"fontsize": 10, "color": "#77735f", "weight": "bold"},
    "island": {"fontsize": 8, "color": INK, "style": "italic"},
    "port": {"fontsize": 7, "color": FAINT_INK},
    "sea": {"fontsize": 9, "color": "#4d7896", "style": "italic"},
}
_AWAY_PT, _FARTHEST_PT = 4.0, 12.0
_ROOM_PX = 2.0
_CLOSE_M = 150_000.0
_CENTRE = ((0, 0),)
_ROUND = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


@dataclass(frozen=True, slots=True)
class Label:
    """A name to be placed, at a point in metres; ``width_m`` is the breadth of what it names."""

    text: str
    kind: Kind
    x_m: float
    y_m: float
    width_m: float


def labels_of(ground: Ground, window: Window) -> list[Label]:
    """Give the names of what is in a window, the most important first; none in a laboratory."""
    if ground.coast is None:
        return []
    names = place_names(ground.frame.theatre)
    x, y = ground.frame.to_xy([name.lon for name in names], [name.lat for name in names])
    widths = _widths(ground.coast, x, y)
    labels = [
        Label(name.text, name.kind, *where)
        for name, *where in zip(names, x.tolist(), y.tolist(), widths.tolist(), strict=True)
    ]
    shown = [label for label, here in zip(labels, window.holds(x, y), strict=True) if here]
    return shown if window.width < _CLOSE_M else _countries(ground.coast, window) + shown


def whereabouts(ground: Ground, window: Window) -> str:
    """Tell where on a coast a window is: off its island or port nearest the middle, else by coordinates."""
    names = place_names(ground.frame.theatre)
    x, y = ground.frame.to_xy([name.lon for name in names], [name.lat for name in names])
    on_land = np.array([name.kind != "sea" for name in names])
    middle = (0.5 * (window.left + window.right), 0.5 * (window.bottom + window.top))
    away = np.where(window.holds(x, y) & on_land, np.hypot(x - middle[0], y - middle[1]), np.inf)
    if np.isfinite(away).any():
        return f"off {names[int(away.argmin())].text}"
    lon, lat = ground.frame.to_door(*middle)
    return f"round {float(lat):.1f}°N {float(lon):.1f}°E"


def _widths(coast: Coastline, x: FloatArray, y: FloatArray) -> FloatArray:
    """Give the breadth of the land nearest each point."""
    _, nearest = shapely.STRtree(coast.polygons).query_nearest(shapely.points(x, y), all_matches=False)
    bounds = shapely.bounds(coast.polygons[nearest])
    return np.asarray(bounds[:, 2] - bounds[:, 0])


def _countries(coast: Coastline, window: Window) -> list[Label]:
    """Name each state in the middle of the broadest of its land in the window."""
    labels = []
    box = (window.left, window.bottom, window.right, window.top)
    for state in np.unique(coast.states):
        land = shapely.get_parts(shapely.clip_by_rect(coast.polygons[coast.states == state], *box))
        land = land[shapely.area(land) > 0.0]
        if state in COUNTRIES and len(land):
            broadest = land[shapely.area(land).argmax()].simplify(500.0)
            radius = shapely.maximum_inscribed_circle(broadest, tolerance=2000.0)
            centre = shapely.get_point(radius, 0)
            labels.append(Label(COUNTRIES[state], "country", centre.x, centre.y, 2.0 * radius.length))
    return labels


def draw_labels(axes: Axes, labels: list[Label], busy_xy: FloatArray, taken: FloatArray) -> None:
    """Place labels one after the other; one that has no room is left out.

    Parameters
    ----------
    axes : Axes
        Its limits and place in the figure are final.
    busy_xy : array, shape (n, 2)
        Points better not hidden, metres.
    taken : array, shape (n, 4)
        Boxes that must stay free, pixels: left, bottom, right, top.
    """
    busy = axes.transData.transform(busy_xy) if len(busy_xy) else busy_xy
    for label in labels:
        box = _draw(axes, label, busy, taken)
        if box is not None:
            taken = np.vstack([taken, box])


def _draw(axes: Axes, label: Label, busy: FloatArray, taken: FloatArray) -> FloatArray | None:
    """Draw a label where it hides the fewest points, and give its box, pixels."""
    artist = _artist(axes, label)
    point, extent = axes.transData.transform((label.x_m, label.y_m)), artist.get_window_extent()
    boxes = _boxes(label, point, (extent.width, extent.height), axes)
    boxes = boxes[_free(boxes, axes, taken)]
    if not len(boxes):
        artist.remove()
        return None
    box = boxes[_hidden(boxes, busy).argmin()]
    artist.set_position((box[:2] - point) * 72.0 / axes.figure.dpi)
    if label.kind == "port":
        axes.plot(label.x_m, label.y_m, "o", ms=2, color=FAINT_INK, zorder=8)
    return np.asarray(box)


def _artist(axes: Axes, label: Label) -> Annotation:
    from matplotlib.patheffects import withStroke  # noqa: PLC0415  (heavy)

    halo = [] if label.kind == "country" else [withStroke(linewidth=2.2, foreground="white", alpha=0.9)]
    return axes.annotate(
        label.text, (label.x_m, label.y_m), (0.0, 0.0), textcoords="offset points", zorder=9, ha="left",
        va="bottom", path_effects=halo, parse_math=False, **_FONTS[label.kind],
    )  # fmt: skip


def _boxes(label: Label, point: FloatArray, size_px: tuple[float, float], axes: Axes) -> FloatArray:
    """Give the boxes to try: in the middle of seas and broad land, beside narrow land and ports."""
    width_px = label.width_m * axes.bbox.width / float(np.ptp(axes.get_xlim()))
    fits = label.kind == "sea" or (label.kind != "port" and width_px >= size_px[0])
    around = label.kind in {"island", "port"}
    places = np.array([*(_CENTRE if fits else ()), *(_ROUND if around else ())]).reshape(-1, 2)
    away_px = _AWAY_PT * axes.figure.dpi / 72.0
    if label.kind == "island":
        away_px += min(0.4 * width_px, _FARTHEST_PT * axes.figure.dpi / 72.0)
    low = point + away_px * places - np.array(size_px) * 0.5 * (1.0 - places)
    return np.hstack([low, low + size_px])


def _free(boxes: FloatArray, axes: Axes, taken: FloatArray) -> BoolArray:
    """Tell of each box whether it is whole inside the map and comes near no other."""
    near, frame = boxes + _ROOM_PX * np.array([-1, -1, 1, 1]), axes.bbox
    inside = (near[:, :2] > (frame.x0, frame.y0)).all(axis=1) & (near[:, 2:] < (frame.x1, frame.y1)).all(
        axis=1
    )
    meets = (near[:, None, :2] < taken[None, :, 2:]) & (near[:, None, 2:] > taken[None, :, :2])
    touches = np.asarray(meets.all(axis=2))
    return np.asarray(inside & ~touches.any(axis=1))


def _hidden(boxes: FloatArray, busy: FloatArray) -> IntArray:
    """Count the points in each box."""
    inside = (busy[None] > boxes[:, None, :2]) & (busy[None] < boxes[:, None, 2:])
    return np.asarray(inside.all(axis=2).sum(axis=1))
