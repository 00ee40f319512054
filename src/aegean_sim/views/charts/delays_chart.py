"""Draws delays: a waterfall from first sight to the scene, and of reports by the chain of desks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views import style
from aegean_sim.views.charts.delays import HANDS, LINK, LOOK, QUEUE, SAIL, STEPS, delays
from aegean_sim.views.charts.words import SMALL_PT, key_line, write_heading
from aegean_sim.views.panels import plain_axes
from aegean_sim.views.sheet import blank_sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.charts.delays import Chain, Waterfall
    from aegean_sim.views.charts.runs import Runs
    from aegean_sim.views.sheet import Sheet

_WIDTH, _LEFT, _PANEL = 11.0, 2.95, 5.35
_TOP, _ROW, _GAP, _FOOT = 1.65, 0.29, 0.95, 1.1
_MOST_CHAINS = 9
_ABOUT = "Where the time goes, for the boats that a unit came to, and how many never got so far."
_BAR = 0.62
_RANGE = (0.05, 0.95)
_COLOURS = {LOOK: "#56B4E9", LINK: "#E69F00", QUEUE: "#CC79A7", HANDS: "#0072B2", SAIL: "#009E73"}
_KINDS = {
    LOOK: "looking and classing",
    LINK: "on the way to a desk",
    QUEUE: "waiting for an officer",
    HANDS: "in an officer's hands",
    SAIL: "a unit sails or flies",
}


def draw_delays(runs: Runs) -> Sheet:
    """Draw how long each step took for boats that a unit came to, and for reports on each chain of desks."""
    found = delays(runs)
    chains = found.chains[:_MOST_CHAINS]
    heights = _ROW * (len(STEPS) + 1), _ROW * max(len(chains), 2)
    sheet = blank_sheet(_WIDTH, _TOP + sum(heights) + _GAP + _FOOT)
    write_heading(sheet, runs, f"{runs.where()}{_finding(found.waterfall)}", _ABOUT, together=True)
    for place, (kind, words) in enumerate(_KINDS.items()):
        key_line(sheet, 0.3 + 2.05 * place, 1.08, _COLOURS[kind], words)
    steps, ways = (
        sheet.axes(_LEFT, down, _PANEL, height)
        for down, height in zip((_TOP, _TOP + heights[0] + _GAP), heights, strict=True)
    )
    _draw_waterfall(steps, found.waterfall)
    _draw_chains(ways, chains)
    _write_rest(sheet, found.chains[_MOST_CHAINS:])
    return sheet


def _draw_waterfall(axes: Axes, fall: Waterfall) -> None:
    named = ("seen or told of", *(name for name, _ in STEPS))
    said = (f"{fall.known:,} of {fall.boats:,} boats", *(_share(count, fall.known) for count in fall.came))
    _rows(axes, "Boats that a unit came to: from first sight or word", named, said)
    if not len(fall.minutes):
        _say(axes, "no unit came to any boat")
        return
    levels = np.quantile(fall.minutes, (0.5, *_RANGE), axis=0)
    starts = np.append(0.0, levels[0, :-1])
    for row, (_, kind) in enumerate(STEPS):
        _bar(axes, row + 1, starts[row], levels[0, row], kind)
        _whisker(axes, row + 1, levels[:, row])
        axes.text(levels[2, row], row + 1, f"  {levels[0, row]:,.0f} min", va="center", fontsize=SMALL_PT)
    _scale(axes, levels[2].max())


def _draw_chains(axes: Axes, chains: Sequence[Chain]) -> None:
    named = [_cut(" › ".join(chain.names)) for chain in chains]
    said = [f"{chain.ended:,} report{'' if chain.ended == 1 else 's'}, {_acted(chain)}" for chain in chains]
    _rows(axes, "Reports: from first sight by who told to the decision of the last desk", named, said)
    if not chains:
        _say(axes, "no report on any boat")
        return
    longest = 1.0
    for row, chain in enumerate(chains):
        if not len(chain.minutes):
            axes.text(0.0, row, "  lost, or not decided yet", va="center", fontsize=SMALL_PT)
        else:
            levels = np.quantile(chain.minutes, (0.5, *_RANGE), axis=0)
            for start, end, kind in zip([0.0, *levels[0]], levels[0], chain.kinds, strict=False):
                _bar(axes, row, start, end, kind)
            _whisker(axes, row, levels[:, -1])
            axes.text(levels[2, -1], row, f"  {levels[0, -1]:,.0f} min", va="center", fontsize=SMALL_PT)
            longest = max(longest, float(levels[2, -1]))
    _scale(axes, longest)


def _rows(axes: Axes, title: str, named: Sequence[str], said: Sequence[str]) -> None:
    """Lay out rows from above: names at their left, words at their right."""
    plain_axes(axes, title, "")
    axes.set_ylim(max(len(named), 2) - 0.5, -0.5)
    axes.set_yticks(range(len(named)), named, parse_math=False)
    axes.tick_params(axis="y", length=0, labelsize=SMALL_PT + 0.5, labelcolor=style.INK)
    axes.grid(visible=False, axis="y")
    axes.grid(axis="x", color=style.GRID, linewidth=0.6)
    for row, words in enumerate(said):
        axes.text(1.02, row, words, transform=axes.get_yaxis_transform(), va="center", fontsize=SMALL_PT,
                  color=style.INK, parse_math=False)  # fmt: skip


def _bar(axes: Axes, row: int, start: float, end: float, kind: str) -> None:
    axes.barh(row, end - start, _BAR, left=start, color=_COLOURS[kind], linewidth=0)


def _whisker(axes: Axes, row: int, levels: FloatArray) -> None:
    middle, low, high = levels
    axes.errorbar(middle, row, xerr=[[middle - low], [high - middle]], fmt="none", ecolor=style.FAINT_INK,
                  elinewidth=0.7, capsize=2.0, zorder=0.9)  # fmt: skip


def _scale(axes: Axes, longest: float) -> None:
    axes.set_xlim(0.0, 1.12 * max(longest, 1.0))
    axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    axes.set_xlabel("minutes: medians, thin lines 5 to 95 %", fontsize=SMALL_PT, color=style.FAINT_INK)


def _say(axes: Axes, words: str) -> None:
    axes.set_xticks([])
    axes.text(
        0.5, 0.5, words, transform=axes.transAxes, ha="center", va="center", fontsize=9, color=style.FAINT_INK
    )


def _share(count: int, known: int) -> str:
    return f"{count:,}, never: {known - count:,}"


def _acted(chain: Chain) -> str:
    return f"{chain.acted:,} in time" if chain.acted else "none in time"


def _cut(label: str) -> str:
    return label if len(label) <= 44 else f"{label[:43]}…"


def _write_rest(sheet: Sheet, rest: Sequence[Chain]) -> None:
    """Say what is not drawn."""
    if not rest:
        return
    reports = sum(chain.ended for chain in rest)
    sheet.write(
        0.3, sheet.height - 0.5, f"Not drawn: {len(rest)} more chains, with {reports:,} of the reports.", 8,
        style.FAINT_INK,
    )  # fmt: skip


def _finding(fall: Waterfall) -> str:
    boats = f"{fall.boats:,} boat{'' if fall.boats == 1 else 's'}"
    if not len(fall.minutes):
        return f"No unit came to any of {boats}" if fall.boats else "No boat set out"
    half = f"half of them within {np.median(fall.minutes[:, -1]):,.0f} min of the first sight or word"
    return f"A unit came to {len(fall.minutes):,} of {boats}, {half}"
