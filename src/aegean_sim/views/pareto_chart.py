"""Lives against information, each cell a point: which no other beats, how surely, and at what cost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.panels import plain_axes
from aegean_sim.views.sheet import blank_sheet, own_look
from aegean_sim.views.style import FAINT_INK, INK, LEVEL

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.views.panels import Heading

_WIDTH, _HEIGHT = 8.4, 5.6


@dataclass(frozen=True, slots=True, eq=False)
class Side:
    """One measure of all cells, with its intervals, arrays (cells,)."""

    title: str
    estimate: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, slots=True, eq=False)
class ParetoPoints:
    """All cells.

    Parameters
    ----------
    labels : tuple of str
        What to write at each, cost included.
    lives, information : Side
    on_front : array of bool, (cells,)
    probability : array of float, (cells,)
        How surely each is on the front: the fuller its colour.
    """

    labels: tuple[str, ...]
    lives: Side
    information: Side
    on_front: BoolArray
    probability: FloatArray


def draw_pareto(points: ParetoPoints, heading: Heading, path: Path) -> None:
    """Draw the points; better is down and to the right.

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
        _draw(sheet.axes(0.9, 1.25, _WIDTH - 1.5, _HEIGHT - 2.2), points)
        sheet.save(path)


def _draw(axes: Axes, points: ParetoPoints) -> None:
    plain_axes(axes, "", points.lives.title)
    axes.set_xlabel(points.information.title, fontsize=8, color=FAINT_INK)
    x, y = points.information, points.lives
    for place, sure in enumerate(points.probability.tolist()):
        axes.errorbar(
            x.estimate[place], y.estimate[place], xerr=_ends(x, place), yerr=_ends(y, place), fmt="none",
            ecolor=FAINT_INK, elinewidth=0.7, alpha=0.6,
        )  # fmt: skip
        edge = INK if points.on_front[place] else FAINT_INK
        axes.plot(
            x.estimate[place], y.estimate[place], "o", markersize=9, markeredgecolor=edge,
            markerfacecolor=_faded(sure), markeredgewidth=1.6 if points.on_front[place] else 0.8,
        )  # fmt: skip
    _labels(axes, points)


def _ends(side: Side, place: int) -> list[list[float]]:
    estimate, low, high = (float(values[place]) for values in (side.estimate, side.low, side.high))
    return [[max(estimate - low, 0.0)], [max(high - estimate, 0.0)]]


def _faded(share: float) -> tuple[float, float, float]:
    """Mix the colour with white."""
    from matplotlib.colors import to_rgb  # noqa: PLC0415  (heavy)

    red, green, blue = (1.0 - share * (1.0 - part) for part in to_rgb(LEVEL))
    return red, green, blue


def _labels(axes: Axes, points: ParetoPoints) -> None:
    """Write what each point is; points that lie close share one label."""
    where = np.column_stack([points.information.estimate, points.lives.estimate])
    axes.autoscale_view()
    seen = axes.transData.transform(where)
    left = list(range(len(where)))
    while left:
        near = [place for place in left if np.hypot(*(seen[place] - seen[left[0]])) < _NEAR]
        axes.annotate(
            _joined([points.labels[place] for place in near]), where[near[0]].tolist(), xytext=(8, 7),
            textcoords="offset points", fontsize=8, color=INK, parse_math=False,
        )  # fmt: skip
        left = [place for place in left if place not in near]


def _joined(labels: list[str]) -> str:
    more = len(labels) - _MOST_NAMED
    return "; ".join(labels[:_MOST_NAMED]) + (f" and {more} more" if more > 0 else "")


_NEAR, _MOST_NAMED = 45.0, 6
"""Of labels: pixels, and how many."""
