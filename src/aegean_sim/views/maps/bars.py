"""Bars beside a map: one a route, in parts of different colours, with what it comes to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from aegean_sim.views import style
from aegean_sim.views.maps.page import SIDE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aegean_sim.views.sheet import Sheet

_MOST = 11
_ROW, _HEAD, _NAMES = 0.18, 0.25, 1.42
_LONGEST_NAME = 27


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar.

    Parameters
    ----------
    parts : tuple of (length, colour)
    words : str
        Written at its end.
    """

    name: str
    parts: tuple[tuple[float, str], ...]
    words: str

    @property
    def length(self) -> float:
        """All parts together."""
        return sum(length for length, _ in self.parts)


def draw_bars(sheet: Sheet, left: float, down: float, title: str, bars: Sequence[Bar]) -> float:
    """Draw bars in the column beside a map, at most so many, and give how far down they reach, inches."""
    shown = bars[:_MOST]
    if not shown:
        return down
    height = _ROW * len(shown)
    axes = sheet.axes(left + _NAMES, down + _HEAD, SIDE - _NAMES, height)
    longest = max(bar.length for bar in shown) or 1.0
    axes.set(xlim=(0.0, 1.0), ylim=(len(shown) - 0.5, -0.5))
    axes.set_axis_off()
    more = f" (the first {_MOST} of {len(bars)})" if len(bars) > _MOST else ""
    sheet.figure.text(
        left / sheet.width, 1.0 - down / sheet.height, f"{title}{more}", fontsize=9, color=style.INK, va="top"
    )
    for row, bar in enumerate(shown):
        _draw_bar(axes, row, bar, longest)
    return down + _HEAD + height


def _draw_bar(axes: Axes, row: int, bar: Bar, longest: float) -> None:
    name = bar.name if len(bar.name) <= _LONGEST_NAME else f"{bar.name[: _LONGEST_NAME - 1]}…"
    axes.text(-0.03, row, name, fontsize=6.8, ha="right", va="center", color=style.INK, parse_math=False)
    start = 0.0
    for length, colour in bar.parts:
        width = 0.5 * length / longest
        axes.barh(row, width, 0.68, start, color=colour, ec="white", lw=0.4)
        start += width
    axes.text(start + 0.02, row, bar.words, fontsize=6.8, va="center", color=style.FAINT_INK)
