"""What each step along a lever adds, or each case against the baseline: paired differences with intervals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views.panels import draw_panels, label_places, number, plain_axes
from aegean_sim.views.style import BETTER, FAINT_INK, INK, NEITHER, WORSE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.quantities import BoolArray, FloatArray
    from aegean_sim.views.panels import Heading


@dataclass(frozen=True, slots=True, eq=False)
class GainsPanel:
    """Differences of one measure, the better above 0.

    Parameters
    ----------
    labels : tuple of str
        Of the steps.
    estimate, low, high : array of float, (steps,)
    told : array of bool, (steps,)
        Told from nothing; others are drawn pale.
    worth : float
        A line at what is worth having; none where it is 0.
    judged : bool
        Whether more of it is better; else nobody can say.
    """

    title: str
    unit: str
    labels: tuple[str, ...]
    estimate: FloatArray
    low: FloatArray
    high: FloatArray
    told: BoolArray
    worth: float
    judged: bool


def draw_gains(panels: Sequence[GainsPanel], steps: str, heading: Heading, path: Path) -> None:
    """Draw a panel for each measure.

    Parameters
    ----------
    steps : str
        What the steps are, below each panel.

    Raises
    ------
    StoreError
        When the path's suffix is of no format.
    """
    draw_panels(panels, _draw, steps, heading, path)


def _draw(axes: Axes, panel: GainsPanel) -> None:
    plain_axes(axes, panel.title, panel.unit)
    places = np.arange(len(panel.labels), dtype=np.float64)
    label_places(axes, places.tolist(), panel.labels)
    errors = np.abs(np.array([panel.estimate - panel.low, panel.high - panel.estimate]))
    axes.bar(places, panel.estimate, width=0.6, color=_colours(panel))
    axes.errorbar(places, panel.estimate, yerr=errors, fmt="none", ecolor=INK, elinewidth=1.0, capsize=3)
    axes.axhline(0.0, color=INK, linewidth=0.8)
    axes.set_xlim(-0.7, len(places) - 0.3)
    if panel.worth > 0.0:
        axes.axhline(panel.worth, color=INK, linewidth=0.9, linestyle="--")
        axes.annotate(
            "worth having", (1.0, panel.worth), xycoords=("axes fraction", "data"), xytext=(0, 2),
            textcoords="offset points", ha="right", fontsize=6.5, color=FAINT_INK,
        )  # fmt: skip
    if not np.any(panel.low) and not np.any(panel.high):
        most = max(1.0, 1.5 * panel.worth)
        axes.set_ylim(-most, most)
        axes.text(0.5, 0.35, "no difference in any run", transform=axes.transAxes, ha="center", fontsize=8,
                  color=FAINT_INK)  # fmt: skip
        return
    _write_values(axes, panel)


def _colours(panel: GainsPanel) -> list[str]:
    sides = [(BETTER if gain > 0.0 else WORSE) if panel.judged else NEITHER for gain in panel.estimate]
    return [side[0] if told else side[1] for side, told in zip(sides, panel.told, strict=True)]


def _write_values(axes: Axes, panel: GainsPanel) -> None:
    """Write what is told from nothing beyond the end of its interval."""
    axes.margins(y=0.14)
    for place in np.flatnonzero(panel.told):
        gain = float(panel.estimate[place])
        sign, end, gap, side = (
            ("+", panel.high[place], 3, "bottom") if gain > 0.0 else ("−", panel.low[place], -3, "top")
        )
        axes.annotate(
            f"{sign}{number(abs(gain))}", (place, end), xytext=(0, gap), textcoords="offset points",
            ha="center", va=side, fontsize=7.5, color=INK,
        )  # fmt: skip
