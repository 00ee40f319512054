"""The map itself, from below: sea, heat, grid lines, territorial limits, land, scale bar."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

from aegean_sim.quantities import NM_M
from aegean_sim.views import style
from aegean_sim.views.window import Window, grid_lines

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes
    from matplotlib.path import Path as Outline

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.heat import Heat

_BAR_LENGTHS_NM = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_BAR_SHARE = 0.3
_BAR_PARTS = 4


@dataclass(frozen=True, slots=True)
class Outlines:
    """Shapes of a ground in a window, made once for all maps of it; ``None`` in a laboratory."""

    land: Outline | None
    territorial: Outline | None


def outlines_of(ground: Ground, window: Window) -> Outlines:
    """Give the shapes of a ground, cut at a window."""
    if ground.coast is None:
        return Outlines(None, None)
    limits = None if ground.territorial is None else _line_outline(_clipped(ground.territorial, window))
    return Outlines(_area_outline(_clipped(ground.coast.land, window)), limits)


def draw_base(axes: Axes, outlines: Outlines, heat: Heat | None, window: Window) -> None:
    """Draw sea, heat, limits and land, and fix the axes to the window."""
    if heat is not None:
        _draw_heat(axes, heat)
    axes.set(xlim=(window.left, window.right), ylim=(window.bottom, window.top), facecolor=style.SEA)
    axes.set_aspect("equal", anchor="NW")
    axes.apply_aspect()
    if outlines.territorial is not None:
        _draw_outline(axes, outlines.territorial, style.BOUNDARY)
    if outlines.land is not None:
        _draw_land(axes, outlines.land)


def _draw_heat(axes: Axes, heat: Heat) -> None:
    (colours, norm), area = heat.scale.colours(), heat.area
    axes.imshow(
        heat.shades, origin="lower", interpolation="nearest", aspect="equal", cmap=colours, norm=norm,
        extent=(area.left, area.right, area.bottom, area.top), zorder=1,
    )  # fmt: skip


def draw_edge(axes: Axes, heat: Heat, window: Window) -> None:
    """Draw where the cells of a heat end, if that is within the window."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    area = heat.area
    if not area.contains(window):
        edge = Rectangle((area.left, area.bottom), area.width, area.height, fc="none", ec=style.FAINT_INK)
        edge.set(linestyle=":", linewidth=0.6, zorder=2.5)
        axes.add_artist(edge)


def draw_outside(axes: Axes, heat: Heat, window: Window) -> None:
    """Hatch the waters of a window where a heat has no cells, and draw the edge of its cells."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415  (heavy)

    if heat.area.contains(window):
        return
    whole, known = (shapely.box(each.left, each.bottom, each.right, each.top) for each in (window, heat.area))
    outside = PathPatch(_area_outline(whole.difference(known)), fc="none", ec=style.GRATICULE, lw=0.0)
    outside.set(hatch="////", zorder=2.4)
    axes.add_artist(outside)
    draw_edge(axes, heat, window)


def _clipped(shape: shapely.Geometry, window: Window) -> shapely.Geometry:
    """Cut a shape a little outside the window, so that its cut edges are not seen."""
    room = 0.02 * max(window.width, window.height)
    return shapely.clip_by_rect(
        shape, window.left - room, window.bottom - room, window.right + room, window.top + room
    )


def _draw_land(axes: Axes, land: Outline) -> None:
    """Draw land as one path by `add_artist`; `add_patch` would walk its vertices in Python."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415  (heavy)

    patch = PathPatch(land, fc=style.LAND, ec=style.SHORE, lw=0.4, zorder=4)
    axes.add_artist(patch)


def _draw_outline(axes: Axes, outline: Outline, colour: str) -> None:
    from matplotlib.patches import PathPatch  # noqa: PLC0415  (heavy)

    patch = PathPatch(outline, fc="none", ec=colour, lw=0.6, ls=(0, (4, 3)), alpha=0.8, zorder=3)
    axes.add_artist(patch)


def _area_outline(area: shapely.Geometry) -> Outline:
    rings = [ring for part in shapely.get_parts(area) for ring in shapely.get_rings(part)]
    return _outline(rings, closed=True)


def _line_outline(lines: shapely.Geometry) -> Outline:
    return _outline(list(shapely.get_parts(lines)), closed=False)


def _outline(lines: Sequence[shapely.Geometry], *, closed: bool) -> Outline:
    """Make one path of many lines."""
    from matplotlib.path import Path as Outline  # noqa: PLC0415  (heavy)

    vertices, line = shapely.get_coordinates(lines, return_index=True)
    codes = np.full(len(vertices), Outline.LINETO, dtype=Outline.code_type)
    first = np.flatnonzero(np.diff(line, prepend=-1))
    codes[first] = Outline.MOVETO
    if closed:
        codes[np.append(first[1:], len(codes))[: len(first)] - 1] = Outline.CLOSEPOLY
    return Outline(vertices, codes)


def draw_grid_lines(axes: Axes, frame: Frame, window: Window) -> None:
    """Draw the lines of round coordinates as curves, and name them at the lower and left edge."""
    from matplotlib.collections import LineCollection  # noqa: PLC0415  (heavy)

    risers, levels = grid_lines(frame, window)
    curves = LineCollection(
        [line.xy for line in (*risers, *levels)], colors=style.GRATICULE, linewidths=0.4, alpha=0.6, zorder=2
    )
    axes.add_collection(curves, autolim=False)
    east_north = ("°E", "°N") if frame.door_names == ("lon", "lat") else ("", "")
    axes.set_xticks([line.edge_m for line in risers], [f"{line.value:g}{east_north[0]}" for line in risers])
    axes.set_yticks([line.edge_m for line in levels], [f"{line.value:g}{east_north[1]}" for line in levels])
    axes.tick_params(labelsize=8, length=3, color=style.FAINT_INK, labelcolor=style.FAINT_INK)


def draw_frame(axes: Axes, inset: Window) -> list[FloatArray]:
    """Draw the frame of a part that is enlarged elsewhere, and give its sides as thin boxes in pixels."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    frame = Rectangle((inset.left, inset.bottom), inset.width, inset.height, fc="none", ec=style.INK, lw=1.0)
    frame.set_zorder(8)
    axes.add_artist(frame)
    (left, bottom), (right, top) = axes.transData.transform(
        [(inset.left, inset.bottom), (inset.right, inset.top)]
    )
    sides = [(left, bottom, left, top), (right, bottom, right, top)]
    sides += [(left, bottom, right, bottom), (left, top, right, top)]
    return [np.array(side) for side in sides]


def draw_scale_bar(axes: Axes, frame: Frame, window: Window, busy_xy: FloatArray) -> FloatArray:
    """Draw a scale bar in the emptiest corner, and give its box in pixels: left, bottom, right, top."""
    fitting = [each for each in _BAR_LENGTHS_NM if each * NM_M <= _BAR_SHARE * window.width]
    length_nm = max(fitting, default=_BAR_LENGTHS_NM[0])
    text = axes.text(
        0, 0, f"{length_nm} nm{_latitude_note(frame, window)}", fontsize=7.5, ha="center", va="bottom",
        color=style.INK, zorder=10,
    )  # fmt: skip
    pixel_m = window.width / axes.bbox.width
    words = text.get_window_extent()
    across, up = max(length_nm * NM_M, words.width * pixel_m), words.height * pixel_m
    box = emptiest_corner(window, across + 2.0 * up, 2.6 * up, busy_xy)
    text.set_position((0.5 * (box.left + box.right), box.bottom + 1.3 * up))
    _draw_bar(axes, box, length_nm * NM_M, up)
    corners = axes.transData.transform([(box.left, box.bottom), (box.right, box.top)])
    return np.asarray(corners.ravel())


def _latitude_note(frame: Frame, window: Window) -> str:
    if frame.door_names != ("lon", "lat"):
        return ""
    _, latitude = frame.to_door(0.5 * (window.left + window.right), 0.5 * (window.bottom + window.top))
    return f" at {float(latitude):.1f}°N"


def emptiest_corner(window: Window, width: float, height: float, busy_xy: FloatArray) -> Window:
    """Give the corner of a window, of a size in metres, in which the fewest points are."""
    room = 0.02 * window.width
    corners = [
        Window(x, y, x + width, y + height)
        for x in (window.left + room, window.right - room - width)
        for y in (window.bottom + room, window.top - room - height)
    ]
    return min(corners, key=lambda corner: int(corner.holds(*busy_xy.T).sum()))


def _draw_bar(axes: Axes, box: Window, bar_m: float, text_m: float) -> None:
    """Draw the bar in its box, a fifth as high as the text above it."""
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    left, bottom, part_m = 0.5 * (box.left + box.right - bar_m), box.bottom + 0.6 * text_m, bar_m / _BAR_PARTS
    axes.add_artist(
        Rectangle((box.left, box.bottom), box.width, box.height, fc="white", ec="none", alpha=0.85, zorder=9)
    )
    for part in range(_BAR_PARTS):
        colour = "white" if part % 2 else style.INK
        corner = (left + part * part_m, bottom)
        axes.add_artist(Rectangle(corner, part_m, 0.35 * text_m, fc=colour, ec=style.INK, lw=0.5, zorder=10))
