"""Levels of measures with their intervals, and single replications as dots behind them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.panels import draw_panels, label_places, note, number, plain_axes
from aegean_sim.views.style import INK, LEVEL

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.panels import Heading

MOST_DOTS = 200
_SPREAD, _FEW, _MOST_VALUES = 0.22, 20, 5


@dataclass(frozen=True, slots=True, eq=False)
class LevelsPanel:
    """One measure of all cells.

    Parameters
    ----------
    labels : tuple of str
        Of the cells.
    places : array of float, (cells,)
        Where they stand along the lever.
    joined : bool
        Whether a line joins them, as along a lever that is a number.
    estimate, low, high : array of float, (cells,)
    singles : array of float, (replications, cells)
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    places: FloatArray
    joined: bool
    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    singles: FloatArray


def draw_levels(panels: Sequence[LevelsPanel], lever: str, heading: Heading, path: Path) -> None:
    """Draw a panel for each measure; of very many replications every so many is shown.

    Raises
    ------
    StoreError
        When the path's suffix is of no format.
    """
    draw_panels(panels, _draw, lever, heading, path)


def _draw(axes: Axes, panel: LevelsPanel) -> None:
    plain_axes(axes, panel.title, panel.unit)
    label_places(axes, panel.places.tolist(), panel.labels)
    _dots(axes, panel)
    errors = np.abs(np.array([panel.estimate - panel.low, panel.high - panel.estimate]))
    if panel.joined:
        axes.fill_between(panel.places, panel.low, panel.high, color=LEVEL, alpha=0.2, linewidth=0)
        axes.plot(panel.places, panel.estimate, color=LEVEL, linewidth=1.5)
    axes.errorbar(
        panel.places, panel.estimate, yerr=errors, fmt="o", color=LEVEL, markersize=4.5, ecolor=INK,
        elinewidth=1.0, capsize=2.5, zorder=3,
    )  # fmt: skip
    _note_axis(axes)
    _write_values(axes, panel)


def _dots(axes: Axes, panel: LevelsPanel) -> None:
    """Spread the dots of a cell evenly, so that the same runs give the same picture."""
    some = panel.singles[:: -(-len(panel.singles) // MOST_DOTS)]
    gap = float(np.diff(np.sort(panel.places)).min(initial=1.0)) if len(panel.places) > 1 else 1.0
    shifts = _SPREAD * gap * (2.0 * (np.arange(len(some)) * _GOLDEN % 1.0) - 1.0)
    faint = 0.6 if len(some) < _FEW else 0.3
    for place, values in zip(panel.places.tolist(), some.T, strict=True):
        axes.plot(place + shifts, values, "o", color=LEVEL, alpha=faint, markersize=2.5, markeredgewidth=0)


def _note_axis(axes: Axes) -> None:
    """Say so where the axis does not start at 0."""
    bottom, top = axes.get_ylim()
    if not axes.dataLim.height and not axes.dataLim.y0:
        axes.set_ylim(-0.05, 1.0)
        return
    if bottom <= 0.05 * top:
        axes.set_ylim(bottom=min(bottom, 0.0))
        return
    note(axes, f"axis from {number(bottom)}")


def _write_values(axes: Axes, panel: LevelsPanel) -> None:
    """Write means above their intervals; of many every so many, and the last."""
    from matplotlib.patheffects import withStroke  # noqa: PLC0415  (heavy)

    last = len(panel.places) - 1
    step = -(-len(panel.places) // _MOST_VALUES)
    for place in range(last, -1, -step):
        if np.isfinite(panel.estimate[place]):
            top = panel.high[place] if np.isfinite(panel.high[place]) else panel.estimate[place]
            said = axes.annotate(
                number(float(panel.estimate[place])), (panel.places[place], top), xytext=(0, 3), ha="center",
                textcoords="offset points", fontsize=8, weight="bold", color=LEVEL, zorder=4,
            )  # fmt: skip
            said.set_path_effects([withStroke(linewidth=2.0, foreground="white")])


_GOLDEN = 0.6180339887498949
