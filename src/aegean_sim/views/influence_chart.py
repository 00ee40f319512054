"""What each uncertain path does: bars, the strongest on top, beside what luck alone would give."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.sheet import blank_sheet, own_look
from aegean_sim.views.style import FAINT_INK, GAIN, GRID, INK, LEVEL, PALE_GAIN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.views.panels import Heading
    from aegean_sim.views.sheet import Sheet

_LEFT, _WIDTH, _LEAST, _ROW, _LETTER = 0.3, 3.0, 7.2, 0.24, 0.068
_ABOVE, _BELOW, _TOP, _FOOT = 0.35, 0.55, 1.2, 0.35
_LONGEST = 38


@dataclass(frozen=True, slots=True, eq=False)
class InfluencePanel:
    """What paths do to one number, arrays (paths,), the strongest first.

    Parameters
    ----------
    axis : str
        What the bars are.
    second : array of float, optional
        A dot on each bar.
    floor : array of float
        What luck alone stays below; NaN draws none.
    told : array of bool
        Told from luck; others are drawn pale.
    """

    title: str
    axis: str
    paths: tuple[str, ...]
    strength: FloatArray
    low: FloatArray
    high: FloatArray
    second: FloatArray | None
    floor: FloatArray
    told: BoolArray


def draw_influences(rows: Sequence[Sequence[InfluencePanel]], heading: Heading, path: Path) -> None:
    """Draw rows of panels, all rows of as many; a panel without paths says that none changes anything.

    Raises
    ------
    StoreError
        When the path's suffix is of no format.
    """
    letters = [len(_cut(name)) for row in rows for panel in row for name in panel.paths]
    names = 0.25 + _LETTER * max(letters, default=0)
    most = [max(2, *(len(panel.paths) for panel in row)) for row in rows]
    columns = len(rows[0])
    width = max(columns * (names + _WIDTH), _LEAST) / columns
    tall = _TOP + _ROW * sum(most) + len(rows) * (_ABOVE + _BELOW) + _FOOT
    with own_look():
        sheet = blank_sheet(_LEFT + columns * width + 0.15, tall)
        _write(sheet, heading)
        down = _TOP
        for row, bars in zip(rows, most, strict=True):
            for column, panel in enumerate(row):
                left = _LEFT + column * width
                axes = sheet.axes(left + names, down + _ABOVE, width - names - 0.35, _ROW * bars)
                _draw(axes, panel, bars)
            down += _ROW * bars + _ABOVE + _BELOW
        sheet.save(path)


def _write(sheet: Sheet, heading: Heading) -> None:
    sheet.write(_LEFT, 0.18, heading.finding, 14, INK, bold=True)
    for number, line in enumerate(heading.about):
        sheet.write(_LEFT, 0.52 + 0.2 * number, line, 9, FAINT_INK)
    sheet.write(_LEFT, sheet.height - 0.25, heading.credit, 7, FAINT_INK)


def _draw(axes: Axes, panel: InfluencePanel, room: int) -> None:
    _plain(axes, panel)
    if panel.paths:
        _draw_bars(axes, panel)
        axes.set_ylim(room - 0.4, -0.6)
        return
    axes.set(xticks=[], yticks=[])
    said = "no path changes it in any run"
    axes.text(0.0, 0.5, said, transform=axes.transAxes, fontsize=8, color=FAINT_INK)


def _draw_bars(axes: Axes, panel: InfluencePanel) -> None:
    places = np.arange(len(panel.paths), dtype=np.float64)
    colours = [GAIN if told else PALE_GAIN for told in panel.told]
    axes.barh(places, panel.strength, height=0.62, color=colours)
    reach = np.abs(np.array([panel.strength - panel.low, panel.high - panel.strength]))
    axes.errorbar(panel.strength, places, xerr=reach, fmt="none", ecolor=INK, elinewidth=0.9, capsize=2)
    if panel.second is not None:
        axes.plot(panel.second, places, "o", color=LEVEL, markersize=4.5, markeredgecolor="white", zorder=4)
    axes.vlines(
        panel.floor, places - 0.4, places + 0.4, colors=FAINT_INK, linestyles=(0, (2, 1)), linewidth=1.2
    )
    axes.axvline(0.0, color=INK, linewidth=0.8)
    axes.set_yticks(places.tolist(), [_cut(name) for name in panel.paths], parse_math=False)


def _plain(axes: Axes, panel: InfluencePanel) -> None:
    axes.set_title(panel.title, loc="left", fontsize=9, weight="bold", color=INK, parse_math=False)
    axes.set_xlabel(panel.axis, fontsize=8, color=FAINT_INK, parse_math=False)
    axes.tick_params(labelsize=7.5, colors=FAINT_INK, length=2)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.6)
    axes.set_axisbelow(True)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.spines["bottom"].set_color(FAINT_INK)


def _cut(name: str) -> str:
    return name if len(name) <= _LONGEST else f"…{name[-_LONGEST + 1 :]}"
