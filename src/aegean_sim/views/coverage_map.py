"""The coverage picture of a run: where a boat would be seen, who sailed there, and what was found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import StoreError
from aegean_sim.quantities import NM_M
from aegean_sim.views import headline, style
from aegean_sim.views.base_map import draw_grid_lines, draw_scale_bar, draw_scene
from aegean_sim.views.labels import draw_labels, labels_of
from aegean_sim.views.legend import draw_colour_bar, draw_legend
from aegean_sim.views.scene import scene_of
from aegean_sim.views.window import Window, busiest, fitted, limits_of

if TYPE_CHECKING:
    from pathlib import Path

    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.views.scene import Scene

_DPI = 150
_WIDTH, _LEFT, _PANEL, _GAP = 11.0, 0.6, 7.0, 0.3
_HEADER, _FOOTER, _SIDE = 1.15, 0.75, 2.85
_TALLEST, _LOWEST = 7.6, 5.2
_INSET_NM = 30.0
_ANONYMOUS = {".png": {"Software": None}, ".svg": {"Date": None, "Creator": None}}
"""What each format writes of itself and of the day; left out, so that equal runs give equal pictures."""


def draw_coverage(run: StoredRun, path: Path) -> Path:
    """Draw the coverage picture of a run: the first theatre's as named, others beside it as ``-<theatre>``.

    Parameters
    ----------
    run : StoredRun
        A result folder with coverage grids.
    path : Path
        A ``.png`` or ``.svg`` file; one that is there is replaced.

    Returns
    -------
    Path
        The first theatre's picture.

    Raises
    ------
    StoreError
        When there is no coverage grid to draw, or the picture cannot be written.
    """
    if path.suffix not in _ANONYMOUS:
        raise StoreError(f"a picture must be a {' or '.join(_ANONYMOUS)} file, not {path.name!r}")
    theatres = [theatre for theatre in run.scenario.theatres if theatre in run.coverage()]
    if not theatres:
        raise StoreError(f"{run.folder} has no coverage grid to draw")
    for place, theatre in enumerate(theatres):
        named = path if place == 0 else path.with_name(f"{path.stem}-{theatre}{path.suffix}")
        _write(run, theatre, named)
    return path


def _write(run: StoredRun, theatre: str, path: Path) -> None:
    import matplotlib as mpl  # noqa: PLC0415  (heavy)

    with mpl.rc_context():
        mpl.rcdefaults()
        mpl.rcParams["svg.hashsalt"] = "aegean-sim"
        figure = draw_theatre(run, theatre)
        try:
            figure.savefig(path, dpi=_DPI, metadata=_ANONYMOUS[path.suffix])
        except OSError as error:
            raise StoreError(f"cannot write {path}: {error.strerror or error}") from error


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The paper: a figure and its height, with places told in inches from the left and from the top."""

    figure: Figure
    height: float

    def axes(self, left: float, down: float, width: float, height: float) -> Axes:
        across = (left / _WIDTH, width / _WIDTH)
        up = ((self.height - down - height) / self.height, height / self.height)
        return self.figure.add_axes((across[0], up[0], across[1], up[1]))

    def write(self, down: float, text: str, size: float, *, colour: str, bold: bool = False) -> None:
        """Write a line, smaller where it would not fit."""
        weight = "bold" if bold else "normal"
        line = self.figure.text(
            _LEFT / _WIDTH, 1.0 - down / self.height, text, fontsize=size, weight=weight, color=colour,
            va="top", parse_math=False,
        )  # fmt: skip
        room = (_WIDTH - 2.0 * _LEFT) * self.figure.dpi
        line.set_fontsize(size * min(1.0, room / line.get_window_extent().width))


def draw_theatre(run: StoredRun, theatre: str) -> Figure:
    """Draw one theatre of a run.

    Raises
    ------
    StoreError
        When the run has no coverage grid of it.
    """
    scene = scene_of(run, theatre)
    limits = limits_of(scene.frame)
    shown = scene.points(style.PROBABILITY_BINS[0])
    window = limits if scene.coast is None else fitted(shown, limits, _PANEL / _TALLEST)
    panel = float(np.clip(_PANEL * window.height / window.width, _LOWEST, _TALLEST))
    sheet = _sheet(panel)
    owners = style.owner_styles(scene.owners())
    axes = sheet.axes(_LEFT, _HEADER, _PANEL, panel)
    draw_scene(axes, scene, window, owners, size=7.0)
    draw_grid_lines(axes, scene.frame, window)
    side = _LEFT + _PANEL + _GAP
    draw_colour_bar(sheet.axes(side, _HEADER + 0.25, _SIDE, 0.17))
    draw_legend(sheet.axes(side, _HEADER + 0.75, _SIDE, 3.2), scene, owners)
    inset = _inset_window(scene, limits)
    if inset is not None:
        _draw_inset(sheet.axes(side, _HEADER + panel - _SIDE, _SIDE, _SIDE), scene, inset, owners)
        _mark(axes, inset)
    _name(axes, scene, window, shown)
    _write_words(sheet, run, scene)
    return sheet.figure
