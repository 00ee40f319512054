"""Lives against information, each cell a point: which no other beats, how surely, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.panels import note, number, plain_axes
from aegean_sim.views.sheet import blank_sheet, own_look
from aegean_sim.views.style import FAINT_INK, INK, LEVEL

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.views.panels import Heading
    from aegean_sim.views.sheet import Sheet

_WIDTH, _HEIGHT = 9.6, 5.4
_KEY_LEFT, _KEY_TOP, _LINE = 7.0, 1.35, 0.2
_MOST_KEYS = 18
_NEAR = 20.0
"""Points that are nearer than so many pixels have their marks together."""


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One measure of all cells: its title with the unit, and means, (cells,)."""

    title: str
    estimate: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ParetoPoints:
    """All cells.

    Parameters
    ----------
    marks, labels : tuple of str
        What is written beside each, and in the key what that is, cost included.
    lives, information : Side
    on_front : array of bool, (cells,)
    probability : array of float, (cells,)
        How surely each is on the front.
    """

    marks: tuple[str, ...]
    labels: tuple[str, ...]
    lives: Side
    information: Side
    on_front: BoolArray
    probability: FloatArray


def draw_pareto(points: ParetoPoints, heading: Heading, path: Path) -> None:
    """Draw the points with their marks, and a key at their right; better is down and to the right.

    Raises
    ------
    StoreError
        When the path's suffix is of no format.
    """
    with own_look():
        sheet = blank_sheet(_WIDTH, _HEIGHT)
        sheet.write(0.3, 0.18, heading.finding, 14, INK, bold=True)
        for number, line in enumerate(heading.about):
            sheet.write(0.3, 0.52 + 0.2 * number, line, 9, FAINT_INK)
        sheet.write(0.3, _HEIGHT - 0.25, heading.credit, 7, FAINT_INK)
        _draw(sheet.axes(0.9, 1.25, _KEY_LEFT - 1.2, _HEIGHT - 2.2), points)
        _key(sheet, points)
        sheet.save(path)


def _draw(axes: Axes, points: ParetoPoints) -> None:
    plain_axes(axes, "", points.lives.title)
    axes.set_xlabel(points.information.title, fontsize=8, color=FAINT_INK)
    axes.margins(0.12)
    axes.xaxis.set_major_formatter(lambda value, _: number(value))
    for place, sure in enumerate(points.probability.tolist()):
        edge = INK if points.on_front[place] else FAINT_INK
        axes.plot(
            points.information.estimate[place], points.lives.estimate[place], "o", markersize=9,
            markeredgecolor=edge, markerfacecolor=_faded(sure),
            markeredgewidth=1.8 if points.on_front[place] else 0.8, zorder=3.0 + sure,
        )  # fmt: skip
    _mark(axes, points)
    note(axes, "axes need not start at 0")


def _faded(share: float) -> tuple[float, float, float]:
    """Mix the colour with white."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415  (heavy)

    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(LEVEL))
    return red, green, blue


def _mark(axes: Axes, points: ParetoPoints) -> None:
    """Write the mark of each point beside it; those of points that lie close go together."""
    where = np.column_stack([points.information.estimate, points.lives.estimate])
    axes.autoscale_view()
    seen, left = axes.transData.transform(where), list(range(len(where)))
    while left:
        near = [place for place in left if np.hypot(*(seen[place] - seen[left[0]])) < _NEAR]
        axes.annotate(
            ", ".join(points.marks[place] for place in near), where[near[0]].tolist(), xytext=(6, 6),
            textcoords="offset points", fontsize=8, color=INK,
        )  # fmt: skip
        left = [place for place in left if place not in near]


def _key(sheet: Sheet, points: ParetoPoints) -> None:
    """List what the points are; of very many the first."""
    more = len(points.labels) - _MOST_KEYS
    lines = [
        f"{label if len(label) <= 34 else label[:33] + '…'}: {sure:.0%}"
        for label, sure in zip(points.labels, points.probability.tolist(), strict=True)
    ][:_MOST_KEYS]
    heading = "How surely on the front"
    for row, line in enumerate([heading, *lines, *([f"and {more} more"] if more > 0 else [])], start=-1):
        colour = INK if 0 <= row < len(lines) and points.on_front[row] else FAINT_INK
        sheet.figure.text(
            _KEY_LEFT / _WIDTH, 1.0 - (_KEY_TOP + _LINE * row) / _HEIGHT, line, fontsize=8, color=colour,
            va="top", parse_math=False,
        )  # fmt: skip
