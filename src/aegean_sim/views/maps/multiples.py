"""Small multiples: several maps of one sea with one scale, and what changes beneath each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.views import style
from aegean_sim.views.base_map import draw_base, draw_grid_lines, draw_outside, emptiest_corner, outlines_of
from aegean_sim.views.labels import draw_labels, labels_of
from aegean_sim.views.legend import add_keys, draw_colour_bar
from aegean_sim.views.maps.page import LEFT, WIDTH, write_lines
from aegean_sim.views.marks import draw_lanes
from aegean_sim.views.sheet import blank_sheet
from aegean_sim.views.window import fitted, limits_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.base_map import Outlines
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.heat import Heat
    from aegean_sim.views.maps.page import Caption
    from aegean_sim.views.maps.scales import Scale
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.window import Window

_RIGHT, _GAP, _TITLE, _TICKS = 1.05, 0.14, 0.3, 0.3
_HEADER, _FOOTER, _BAR = 1.02, 0.6, 0.16
_NARROWEST, _TALLEST = 0.75, 1.5
_NAMES = 6
_BY_THREE = (5, 6, 9)


@dataclass(frozen=True, slots=True)
class Panel:
    """One small map.

    Parameters
    ----------
    title : str
    notes : tuple of str
        Its headline numbers, a line each.
    heat : Heat or None
    overlay : callable, optional
        Draws what else there is to see, marks of a size in points.
    """

    title: str
    notes: tuple[str, ...]
    heat: Heat | None
    overlay: Callable[[Axes, float], None] | None = None


@dataclass(frozen=True, slots=True)
class Multiples:
    """What a sheet of small maps shows.

    Parameters
    ----------
    panels : sequence of Panel
    changes : sequence of Panel or None
        Beneath each panel how it differs from another; empty for a sheet without.
    boats : sequence of array
        Ways of boats, drawn faintly on all panels.
    points : array, shape (n, 2)
        What all panels should hold.
    scale, change_scale : Scale
        Of the two bars of colours.
    how_to_read : tuple of str
        Lines for the place beneath the first panel, which has no change.
    keys : tuple
        Of marks, for the column of the bars.
    """

    panels: Sequence[Panel]
    changes: Sequence[Panel | None]
    boats: Sequence[FloatArray]
    points: FloatArray
    scale: Scale | None
    change_scale: Scale | None = None
    how_to_read: tuple[str, ...] = ()
    keys: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True)
class _Places:
    """Where panels are, inches: a change beneath its panel; that of two panels beside them."""

    columns: int
    width: float
    height: float
    changes: int

    @property
    def has_rows_of_changes(self) -> bool:
        """Whether there is a row of changes beneath each row of panels."""
        return self.changes > 2

    @property
    def block(self) -> float:
        """Height of a row of panels with what is beneath it."""
        return (self.height + _TITLE) * (2 if self.has_rows_of_changes else 1) + _TICKS

    def at(self, number: int, *, change: bool = False) -> tuple[float, float]:
        """Give the place of a panel: from the left and from the top."""
        if change and not self.has_rows_of_changes:
            return self.at(self.columns - 1)
        row, column = divmod(number, self.columns)
        below = self.height + _TITLE if change else 0.0
        return LEFT + column * (self.width + _GAP), _HEADER + row * self.block + _TITLE + below

    def of_bar(self, *, change: bool) -> tuple[float, float]:
        """Give where a bar of colours is from the top, and its height: one above the other beside a row."""
        _, top = self.at(0, change=change)
        if self.changes == 0 or self.has_rows_of_changes:
            return top, self.height
        half = 0.5 * self.height - 0.1
        return top + (half + 0.2 if change else 0.0), half


def draw_multiples(ground: Ground, shown: Multiples, caption: Caption) -> Sheet:
    """Draw a sheet of small maps."""
    window = window_of(ground, shown.points)
    places = _places(len(shown.panels), window, len(shown.changes))
    rows = -(-len(shown.panels) // places.columns)
    sheet = blank_sheet(WIDTH, _HEADER + rows * places.block + _FOOTER)
    outlines = replace(outlines_of(ground, window), territorial=None)
    for number, panel in enumerate(shown.panels):
        axes, taken = _draw_panel(sheet, places, number, panel, outlines, window, shown, change=False)
        _draw_edges(axes, ground, window, is_low=not places.has_rows_of_changes)
        if number == 0:
            labels = labels_of(ground, window)[:_NAMES]
            busy = np.empty((0, 2)) if panel.heat is None else panel.heat.coloured()
            draw_labels(axes, labels, busy, taken)
    for number, change in enumerate(shown.changes):
        if change is None and places.has_rows_of_changes:
            _tell_how_to_read(sheet, places.at(number, change=True), shown.how_to_read)
        elif change is not None:
            axes, _ = _draw_panel(sheet, places, number, change, outlines, window, shown, change=True)
            _draw_edges(axes, ground, window, is_low=True)
    _draw_bars(sheet, places, shown)
    _write(sheet, caption)
    return sheet


def window_of(ground: Ground, points: FloatArray) -> Window:
    """Fit the window of all small maps to what they should hold."""
    limits = limits_of(ground.frame)
    if not len(points):
        return limits
    width, height = np.maximum(np.ptp(points, axis=0), 1.0)
    return fitted(points, limits, float(np.clip(width / height, 1.0 / _TALLEST, 1.0 / _NARROWEST)))


def _places(count: int, window: Window, changes: int) -> _Places:
    columns = count if count <= 4 else 3 if count in _BY_THREE else 4
    columns += changes == 2
    width = (WIDTH - LEFT - _RIGHT - (columns - 1) * _GAP) / columns
    return _Places(columns, width, width * window.height / window.width, changes)


def _draw_panel(
    sheet: Sheet, places: _Places, number: int, panel: Panel, outlines: Outlines, window: Window,
    shown: Multiples, *, change: bool,
) -> tuple[Axes, FloatArray]:  # fmt: skip
    """Draw a panel, and give its axes and the box of its notes, pixels, shape (n, 4)."""
    left, down = places.at(number, change=change)
    axes = sheet.axes(left, down, places.width, places.height)
    draw_base(axes, outlines, panel.heat, window)
    if panel.heat is not None:
        draw_outside(axes, panel.heat, window)
    draw_lanes(axes, shown.boats)
    size = 3.0 + 0.6 * places.width
    if panel.overlay is not None:
        panel.overlay(axes, size)
    _write_title(axes, panel.title, 8.5 if change else 10.0, bold=not change)
    busy = np.concatenate([np.empty((0, 2)), *shown.boats]) if panel.heat is None else _busy(panel.heat)
    return axes, _write_notes(axes, panel.notes, window, busy)


def _write_title(axes: Axes, title: str, size: float, *, bold: bool) -> None:
    """Write a title, smaller where it would not fit."""
    words = axes.set_title(
        title,
        fontsize=size,
        loc="left",
        pad=3,
        color=style.INK,
        weight="bold" if bold else "normal",
        parse_math=False,
    )
    words.set_fontsize(size * min(1.0, axes.bbox.width / words.get_window_extent().width))


def _write_notes(axes: Axes, notes: Sequence[str], window: Window, busy: FloatArray) -> FloatArray:
    """Write the headline numbers where they hide least, and give their box, pixels, shape (n, 4)."""
    if not notes:
        return np.empty((0, 4))
    text = axes.text(
        0, 0, "\n".join(notes), fontsize=7.5, color=style.INK, va="bottom", zorder=10, linespacing=1.25,
        parse_math=False, bbox={"fc": "white", "ec": "none", "alpha": 0.85, "pad": 2.5},
    )  # fmt: skip
    pixel_m, box = window.width / axes.bbox.width, text.get_window_extent()
    corner = emptiest_corner(window, box.width * pixel_m, box.height * pixel_m, busy)
    text.set_position((corner.left, corner.bottom))
    return np.array([text.get_window_extent().extents])


def _busy(heat: Heat) -> FloatArray:
    """Give the cells that notes should not hide, the coloured ones many times."""
    return np.concatenate([heat.centres(heat.sea), *[heat.coloured()] * 9])


def _draw_edges(axes: Axes, ground: Ground, window: Window, *, is_low: bool) -> None:
    """Draw the lines of round coordinates; name them at the left, and at the lowest of each column."""
    draw_grid_lines(axes, ground.frame, window)
    axes.tick_params(labelsize=7, length=2)
    if axes.get_position().x0 * WIDTH > LEFT + 0.01:
        axes.set_yticklabels([])
    if not is_low:
        axes.set_xticklabels([])


def _tell_how_to_read(sheet: Sheet, place: tuple[float, float], lines: Sequence[str]) -> None:
    left, down = place
    sheet.write(left, down, "How to read", 10, style.INK, bold=True)
    for row, line in enumerate(lines):
        if line:
            sheet.write(left, down + 0.28 + 0.17 * row, line, 8, style.FAINT_INK)


def _draw_bars(sheet: Sheet, places: _Places, shown: Multiples) -> None:
    left = WIDTH - _RIGHT + 0.2
    for scale, is_change in ((shown.scale, False), (shown.change_scale, True)):
        if scale is not None:
            down, height = places.of_bar(change=is_change)
            draw_colour_bar(sheet.axes(left, down, _BAR, height), scale, upright=True)
    if shown.keys:
        add_keys(sheet.axes(left - 0.1, places.at(0)[1], _RIGHT - 0.1, places.height), shown.keys)


def _write(sheet: Sheet, caption: Caption) -> None:
    sheet.write(LEFT, 0.2, caption.finding, 15, style.INK, bold=True)
    write_lines(sheet, caption.about, 0.53, 9.5, 0.22)
    write_lines(sheet, caption.credits, sheet.height - 0.38, 7.5, 0.16)
