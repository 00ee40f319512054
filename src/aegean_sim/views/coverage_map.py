"""The coverage picture of a run: where a boat would be seen, who sailed there, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import StoreError
from aegean_sim.quantities import NM_M
from aegean_sim.recording.store import replacing
from aegean_sim.views import headline, style
from aegean_sim.views.base_map import draw_frame, draw_grid_lines, draw_scale_bar, draw_scene
from aegean_sim.views.labels import draw_labels, labels_of, whereabouts
from aegean_sim.views.legend import draw_colour_bar, draw_legend
from aegean_sim.views.scene import scene_of
from aegean_sim.views.sheet import blank_sheet, own_look
from aegean_sim.views.window import busiest, fitted, limits_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from matplotlib.axes import Axes

    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.views.scene import Scene
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.style import OwnerStyle
    from aegean_sim.views.window import Window

_WIDTH, _LEFT, _PANEL, _GAP = 11.0, 0.6, 7.0, 0.3
_HEADER, _FOOTER, _SIDE = 1.4, 0.8, 2.8
_TALLEST, _LOWEST = 7.6, 3.7
_INSET_NM, _INSET_HEIGHT = 30.0, 3.2
_MARK_PT, _INSET_MARK_PT = 6.5, 8.0


def draw_coverage(run: StoredRun, path: Path) -> Path:
    """Draw the coverage picture of a run: the first theatre's as named, others beside it as ``-<theatre>``.

    Parameters
    ----------
    run : StoredRun
        A result folder with coverage grids.
    path : Path
        A PNG, SVG or PDF file, by its suffix; one that is there is replaced.

    Returns
    -------
    Path
        The first theatre's picture.

    Raises
    ------
    StoreError
        When there is no coverage grid to draw, or the picture cannot be written.
    """
    grids = run.coverage()
    theatres = [theatre for theatre in run.scenario.theatres if theatre in grids]
    if not theatres:
        raise StoreError(f"{run.folder} has no coverage grid to draw")
    for place, theatre in enumerate(theatres):
        named = path if place == 0 else path.with_name(f"{path.stem}-{theatre}{path.suffix}")
        with own_look(), replacing(named) as part:
            _draw_theatre(run, theatre).save(part)
    return path


def _draw_theatre(run: StoredRun, theatre: str) -> Sheet:
    """Draw one theatre of a run."""
    scene = scene_of(run, theatre)
    limits, shown = limits_of(scene.frame), scene.points(style.PROBABILITY_BINS[0])
    panel = float(np.clip(_PANEL * limits.height / limits.width, _LOWEST, _TALLEST))
    window = fitted(shown, limits, _PANEL / panel)
    sheet = blank_sheet(_WIDTH, _HEADER + panel + _FOOTER)
    owners = style.owner_styles(scene.owners())
    axes = sheet.axes(_LEFT, _HEADER, _PANEL, panel)
    inset = _inset_window(scene, limits)
    _draw_map(axes, scene, window, owners, inset)
    left = _LEFT + _PANEL + _GAP
    draw_colour_bar(sheet.axes(left, _HEADER + 0.25, _SIDE, 0.17))
    draw_legend(sheet.axes(left, _HEADER + 0.8, _SIDE, 2.9), scene, window, owners)
    if inset is not None:
        _draw_inset(
            sheet.axes(left, _HEADER + panel - _INSET_HEIGHT, _SIDE, _INSET_HEIGHT), scene, inset, owners
        )
    _write_words(sheet, run, scene)
    return sheet


def _inset_window(scene: Scene, limits: Window) -> Window | None:
    """Choose the part to enlarge: where most boats are first seen, else where most sail; none in open sea."""
    points = scene.sightings() if scene.first_seen else np.concatenate([np.empty((0, 2)), *scene.boats])
    if scene.coast is None or not len(points):
        return None
    return busiest(points, _INSET_NM * NM_M, _INSET_NM * NM_M * _INSET_HEIGHT / _SIDE, limits)


def _draw_map(
    axes: Axes, scene: Scene, window: Window, owners: Mapping[str, OwnerStyle], inset: Window | None
) -> None:
    draw_scene(axes, scene, window, owners, _MARK_PT)
    draw_grid_lines(axes, scene.frame, window)
    taken = [draw_scale_bar(axes, scene.frame, window, scene.points(style.PROBABILITY_BINS[0]))]
    if inset is not None:
        taken += draw_frame(axes, inset)
    draw_labels(axes, labels_of(scene, window), scene.marks(), np.array(taken))


def _draw_inset(axes: Axes, scene: Scene, inset: Window, owners: Mapping[str, OwnerStyle]) -> None:
    draw_scene(axes, scene, inset, owners, _INSET_MARK_PT)
    axes.set(xticks=[], yticks=[])
    axes.set_title(
        f"Enlarged: waters {whereabouts(scene, inset)}", fontsize=9, loc="left", pad=4, color=style.INK
    )
    taken = draw_scale_bar(axes, scene.frame, inset, scene.marks())
    draw_labels(axes, labels_of(scene, inset), scene.marks(), taken[None, :])


def _write_words(sheet: Sheet, run: StoredRun, scene: Scene) -> None:
    numbers = headline.theatre_kpis(run, scene.theatre)
    sheet.write(_LEFT, 0.2, headline.finding(run, scene.theatre, numbers), 15, style.INK, bold=True)
    if numbers["persons"]:
        sheet.write(_LEFT, 0.53, headline.lives(numbers), 11.5, style.INK)
    sheet.write(_LEFT, 0.82, headline.METRIC, 9.5, style.FAINT_INK)
    below = f"{headline.when(run)}{headline.seen_by(numbers, scene.owners())}"
    sheet.write(_LEFT, 1.04, below, 9.5, style.FAINT_INK)
    for row, line in enumerate(headline.credits_of(run, scene.frame)):
        sheet.write(_LEFT, sheet.height - 0.42 + 0.16 * row, line, 7.5, style.FAINT_INK)
