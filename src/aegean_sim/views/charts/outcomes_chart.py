"""Draws what became of everybody: a flow from routes over what was known to outcomes, as wide as persons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views import style
from aegean_sim.views.charts.boats import WORD
from aegean_sim.views.charts.look import FATE_COLOURS, WORD_COLOURS
from aegean_sim.views.charts.outcomes import FATES, Outcomes, outcomes
from aegean_sim.views.charts.runs import counted, with_interval
from aegean_sim.views.charts.words import write_heading
from aegean_sim.views.sheet import blank_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.charts.runs import Runs
    from aegean_sim.views.sheet import Sheet

_WIDTH, _RIGHT, _TOP, _FOOT = 11.0, 2.45, 1.62, 0.6
_EDGE, _LETTER, _DEAD_ROOM = 0.5, 0.072, 0.72
"""Left of the flow: at least, for each letter of a route, and for its dead."""
_SLOT, _LEAST, _MOST = 0.27, 3.6, 6.0
_ROOM = 0.62
"""Share of the height that is left to the flow between the gaps."""
_BLOCK = 0.14
_BEND = 0.5
_NAME_PT = 8.5
_MOST_FATES = 3


@dataclass(frozen=True, slots=True, eq=False)
class _Column:
    """Blocks above each other: left edge, and top and height of each; inches, down from the top."""

    left: float
    tops: FloatArray
    heights: FloatArray

    def middles(self) -> FloatArray:
        return np.asarray(self.tops + 0.5 * self.heights)


def draw_outcomes(runs: Runs) -> Sheet:
    """Draw persons by route, by how far word of their boat came, and by what became of them."""
    found = outcomes(runs)
    height = float(np.clip(_SLOT * 1.5 * len(found.routes), _LEAST, _MOST))
    sheet = blank_sheet(_WIDTH, _TOP + height + _FOOT)
    brackets = " In brackets: 95 % intervals." if runs.several else ""
    about = f"As wide as persons: where they set out and made for, who knew, what became of them.{brackets}"
    write_heading(sheet, runs, f"{runs.where()}{_finding(found)}", about)
    left = _left_of(found)
    width = _WIDTH - left - _RIGHT
    axes = sheet.axes(left, _TOP, width, height)
    axes.set(xlim=(0.0, width), ylim=(height, 0.0))
    axes.set_axis_off()
    if found.persons:
        _draw_flow(axes, found, width, height)
    return sheet


def _left_of(found: Outcomes) -> float:
    """Give the room for the names of the routes, inches."""
    longest = max((len(route) for route in found.routes), default=0)
    return _EDGE + _LETTER * (longest + 7) + (_DEAD_ROOM if found.dead.any() else 0.0)


def _draw_flow(axes: Axes, found: Outcomes, width: float, height: float) -> None:
    totals = found.by_route.sum(axis=1), found.by_word.sum(axis=1), found.by_word.sum(axis=0)
    scale = _ROOM * height / found.persons
    lefts = (0.0, 0.5 * (width - _BLOCK), width - _BLOCK)
    routes, words, fates = (
        _column(left, scale * sums, height) for left, sums in zip(lefts, totals, strict=True)
    )
    _ribbons(axes, routes, words, scale * found.by_route, list(WORD_COLOURS.values()))
    _ribbons(axes, words, fates, scale * found.by_word, list(FATE_COLOURS.values()))
    _blocks(axes, routes, ["#5d6b75"] * len(found.routes))
    _blocks(axes, words, list(WORD_COLOURS.values()))
    _blocks(axes, fates, list(FATE_COLOURS.values()))
    _name_columns(axes, width)
    _name_routes(axes, routes, found)
    _name_words(axes, words, totals[1])
    _name_fates(axes, fates, found)


def _column(left: float, heights: FloatArray, height: float) -> _Column:
    """Stack blocks so that there is room for a name at each that is not empty, over the whole height."""
    slots = np.where(heights > 0.0, np.maximum(heights, _SLOT * 0.75), 0.0)
    shown = int((heights > 0.0).sum())
    gap = max(height - slots.sum(), 0.0) / max(shown - 1, 1)
    if shown == 1:
        return _Column(left, np.where(heights > 0.0, 0.5 * (height - heights), 0.0), heights)
    tops = np.cumsum(np.append(0.0, slots + np.where(heights > 0.0, gap, 0.0)))[:-1]
    return _Column(left, tops + 0.5 * (slots - heights), heights)


def _ribbons(axes: Axes, start: _Column, end: _Column, widths: FloatArray, colours: Sequence[str]) -> None:
    """Draw a ribbon for each pair of blocks, in the colour of where it comes to."""
    leaves = start.tops[:, None] + np.cumsum(widths, axis=1) - widths
    comes = end.tops[None, :] + np.cumsum(widths, axis=0) - widths
    for here, there in zip(*np.nonzero(widths), strict=True):
        ends = (start.left + _BLOCK, leaves[here, there]), (end.left, comes[here, there])
        _ribbon(axes, *ends, widths[here, there], colours[there])


def _ribbon(
    axes: Axes, start: tuple[float, float], end: tuple[float, float], width: float, colour: str
) -> None:
    """Draw a ribbon between two tops; a thin one is still a hair wide."""
    from matplotlib.patches import PathPatch  # noqa: PLC0415  (heavy)
    from matplotlib.path import Path as Outline  # noqa: PLC0415  (heavy)

    (x0, y0), (x1, y1) = start, end
    bend = _BEND * (x1 - x0)
    there = [(x0, y0), (x0 + bend, y0), (x1 - bend, y1), (x1, y1)]
    back = [(x1, y1 + width), (x1 - bend, y1 + width), (x0 + bend, y0 + width), (x0, y0 + width)]
    codes = [Outline.MOVETO, *[Outline.CURVE4] * 3, Outline.LINETO, *[Outline.CURVE4] * 3, Outline.CLOSEPOLY]
    outline = Outline([*there, *back, (x0, y0)], codes)
    axes.add_artist(PathPatch(outline, fc=colour, ec=colour, lw=0.4, alpha=0.5))


def _blocks(axes: Axes, column: _Column, colours: Sequence[str]) -> None:
    from matplotlib.patches import Rectangle  # noqa: PLC0415  (heavy)

    for top, height, colour in zip(column.tops, column.heights, colours, strict=True):
        if height > 0.0:
            axes.add_artist(Rectangle((column.left, top), _BLOCK, height, fc=colour, ec=colour, lw=0.6))


def _name_columns(axes: Axes, width: float) -> None:
    for at, side, words in (
        (_BLOCK, "right", "set out › made for, persons"),
        (0.5 * width, "center", "who knew of their boat"),
        (width - _BLOCK, "left", "what became of them"),
    ):
        axes.text(at, -0.34, words, ha=side, va="center", fontsize=_NAME_PT, color=style.FAINT_INK)


def _name_routes(axes: Axes, column: _Column, found: Outcomes) -> None:
    """Write each route with its persons at its left, and its dead by themselves."""
    persons = found.by_route.sum(axis=1)
    for row, middle in enumerate(column.middles()):
        dead = found.dead[row]
        died = f"{counted(dead)} died" if dead > 0.0 else ""
        axes.text(
            -0.08, middle, died, ha="right", va="center", fontsize=_NAME_PT, weight="bold", color=style.DEAD
        )
        name = f"{found.routes[row]}  {counted(persons[row])}"
        axes.text(-0.08 - (_DEAD_ROOM if found.dead.any() else 0.0), middle, name, ha="right", va="center",
                  fontsize=_NAME_PT, color=style.INK, parse_math=False)  # fmt: skip


def _name_words(axes: Axes, column: _Column, persons: FloatArray) -> None:
    """Write above each block what was known of the boats, with a halo."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415  (heavy)

    for words, top, count in zip(WORD.values(), column.tops, persons, strict=True):
        if count > 0.0:
            said = axes.text(column.left + 0.5 * _BLOCK, top - 0.04, f"{counted(count)} {words}", ha="center",
                             va="bottom", fontsize=_NAME_PT, color=style.INK)  # fmt: skip
            said.set_path_effects([withStroke(linewidth=2.5, foreground="white")])


def _name_fates(axes: Axes, column: _Column, found: Outcomes) -> None:
    spread = found.fates
    for row, (fate, words) in enumerate(FATES.items()):
        mean = spread.mean[row]
        if mean > 0.0:
            is_dead = fate == "dead"
            axes.text(column.left + _BLOCK + 0.08, column.middles()[row],
                      f"{with_interval(mean, spread.low[row], spread.high[row])} {words}", va="center",
                      fontsize=_NAME_PT + 1.0, weight="bold" if is_dead else "normal",
                      color=style.DEAD if is_dead else style.INK)  # fmt: skip


def _finding(found: Outcomes) -> str:
    if not found.persons:
        return "Nobody set out"
    dead, worst = float(found.dead.sum()), int(np.argmax(found.dead))
    if dead > 0.0:
        most = (
            f", {counted(found.dead[worst])} of them on {found.routes[worst]}"
            if len(found.routes) > 1
            else ""
        )
        return f"{counted(dead)} of {counted(found.persons)} people died{most}"
    shares = found.fates.mean / found.persons
    ranked = [place for place in np.argsort(-shares, kind="stable") if shares[place] > 0.0]
    words = list(FATES.values())
    most = ", ".join(f"{100.0 * shares[place]:.0f} % {words[place]}" for place in ranked[:_MOST_FATES])
    return f"Nobody of {counted(found.persons)} people died: {most}"
