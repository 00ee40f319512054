"""A page with one map: heading, map, what stands beside it, a part enlarged, and where it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import numpy as np

from aegean_sim.quantities import NM_M
from aegean_sim.views import style
from aegean_sim.views.base_map import (
    draw_base,
    draw_edge,
    draw_frame,
    draw_grid_lines,
    draw_scale_bar,
    outlines_of,
)
from aegean_sim.views.labels import draw_labels, labels_of, whereabouts
from aegean_sim.views.sheet import blank_sheet
from aegean_sim.views.window import busiest, fitted, limits_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.heat import Heat
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.window import Window

WIDTH, LEFT, SIDE = 11.0, 0.6, 2.8
_PANEL, _GAP = 7.0, 0.3
_HEADER, _FOOTER = 1.4, 0.75
_TALLEST, _LOWEST = 7.6, 4.6
_INSET_NM, _INSET_TALLEST, _INSET_LOWEST = 30.0, 4.2, 1.6
_MARK_PT, _INSET_MARK_PT = 6.5, 8.0


@dataclass(frozen=True, slots=True)
class Caption:
    """Words on a page.

    Parameters
    ----------
    finding : str
        What came out, in a line.
    second : str
        What matters besides, such as lives; may be empty.
    about : tuple of str
        What is drawn and of which runs, a line or two.
    credits : tuple of str
        Where it comes from.
    """

    finding: str
    second: str
    about: tuple[str, ...]
    credits: tuple[str, ...]


class Content(Protocol):
    """What a map shows above its ground."""

    @property
    def heat(self) -> Heat | None:
        """What is coloured, if anything."""
        ...

    def points(self) -> FloatArray:
        """Give all points that the map should hold, shape (n, 2)."""
        ...

    def marks(self) -> FloatArray:
        """Give the points that labels should not hide, shape (n, 2)."""
        ...

    def dense(self) -> FloatArray:
        """Give the points of which the part that is enlarged holds most, shape (n, 2)."""
        ...

    def draw(self, axes: Axes, size: float) -> None:
        """Draw it, marks of a size in points."""
        ...

    def draw_beside(self, sheet: Sheet, left: float, down: float, window: Window) -> float:
        """Draw bars and keys in the column beside the map, and give how far down they reach, inches."""
        ...


def draw_page(ground: Ground, content: Content, caption: Caption) -> Sheet:
    """Draw a page."""
    limits = limits_of(ground.frame)
    window = _window(content, limits)
    panel = float(np.clip(_PANEL * window.height / window.width, _LOWEST, _TALLEST))
    header = _HEADER - (0.0 if caption.second else 0.29)
    sheet = blank_sheet(WIDTH, header + panel + _FOOTER)
    left = LEFT + _PANEL + _GAP
    down = content.draw_beside(sheet, left, header + 0.2, window)
    inset = _inset_window(ground, content, limits, header + panel - down - 0.35)
    _draw_map(sheet.axes(LEFT, header, _PANEL, panel), ground, content, window, inset)
    if inset is not None:
        height = SIDE * inset.height / inset.width
        _draw_inset(sheet.axes(left, header + panel - height, SIDE, height), ground, content, inset)
    _write(sheet, caption)
    return sheet


def _window(content: Content, limits: Window) -> Window:
    """Fit a window to what is shown, no taller or lower than a page allows."""
    points = content.points()
    low, high = (points.min(axis=0), points.max(axis=0)) if len(points) else (None, None)
    if low is None or high is None:
        return limits
    width, height = np.maximum(high - low, 1.0)
    return fitted(points, limits, float(np.clip(width / height, _PANEL / _TALLEST, _PANEL / _LOWEST)))


def _inset_window(ground: Ground, content: Content, limits: Window, room: float) -> Window | None:
    """Choose the part to enlarge where there is room for it, inches; none in open sea."""
    points = content.dense()
    if ground.coast is None or not len(points) or room < _INSET_LOWEST:
        return None
    across_m = _INSET_NM * NM_M
    return busiest(points, across_m, across_m * min(room, _INSET_TALLEST) / SIDE, limits)


def _draw_map(axes: Axes, ground: Ground, content: Content, window: Window, inset: Window | None) -> None:
    draw_base(axes, outlines_of(ground, window), content.heat, window)
    if content.heat is not None:
        draw_edge(axes, content.heat, window)
    content.draw(axes, _MARK_PT)
    draw_grid_lines(axes, ground.frame, window)
    taken = [draw_scale_bar(axes, ground.frame, window, content.points())]
    if inset is not None:
        taken += draw_frame(axes, inset)
    draw_labels(axes, labels_of(ground, window), content.marks(), np.array(taken))


def _draw_inset(axes: Axes, ground: Ground, content: Content, inset: Window) -> None:
    draw_base(axes, outlines_of(ground, inset), content.heat, inset)
    content.draw(axes, _INSET_MARK_PT)
    axes.set(xticks=[], yticks=[])
    axes.set_title(
        f"Enlarged: waters {whereabouts(ground, inset)}", fontsize=9, loc="left", pad=4, color=style.INK
    )
    taken = draw_scale_bar(axes, ground.frame, inset, content.marks())
    draw_labels(axes, labels_of(ground, inset), content.marks(), taken[None, :])


def _write(sheet: Sheet, caption: Caption) -> None:
    sheet.write(LEFT, 0.2, caption.finding, 15, style.INK, bold=True)
    down = 0.53
    if caption.second:
        sheet.write(LEFT, down, caption.second, 11.5, style.INK)
        down += 0.29
    write_lines(sheet, caption.about, down, 9.5, 0.22)
    write_lines(sheet, caption.credits, sheet.height - 0.38, 7.5, 0.16)


def write_lines(sheet: Sheet, lines: Sequence[str], down: float, size: float, apart: float) -> None:
    """Write faint lines one below the other."""
    for row, line in enumerate(lines):
        sheet.write(LEFT, down + apart * row, line, size, style.FAINT_INK)
