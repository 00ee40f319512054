"""A coverage map of a run: heat, who sailed there, and where boats were seen first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.labels import force_in_words
from aegean_sim.recording.layers import ALL, Layer
from aegean_sim.views import headline, style
from aegean_sim.views.legend import draw_colour_bar, draw_legend
from aegean_sim.views.maps.page import SIDE, Caption
from aegean_sim.views.maps.words import area_in_words, colours_in_words, good_sea, good_sea_km2, mark_of
from aegean_sim.views.marks import draw_boats, draw_units

if TYPE_CHECKING:
    from collections.abc import Mapping

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.maps.heat import Heat
    from aegean_sim.views.maps.subjects import Subject
    from aegean_sim.views.scene import Scene
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.style import OwnerStyle
    from aegean_sim.views.window import Window


@dataclass(frozen=True, slots=True)
class Coverage:
    """A scene with its heat, as the content of a page.

    Parameters
    ----------
    of_one : str
        Of which of several replications units and boats are; empty where there is one.
    """

    scene: Scene
    owners: Mapping[str, OwnerStyle]
    of_one: str

    @classmethod
    def of(cls, scene: Scene, subject: Subject) -> Coverage:
        """Give each owner its look."""
        one = f"In replication {subject.first.manifest.replications[0]} of {len(subject.runs)}:"
        return cls(scene, style.owner_styles(scene.owners()), one if len(subject.runs) > 1 else "")

    @property
    def heat(self) -> Heat | None:
        """What is coloured."""
        return self.scene.heat

    def points(self) -> FloatArray:
        """Give all points that the map should hold."""
        return self.scene.points()

    def marks(self) -> FloatArray:
        """Give the points that labels should not hide."""
        return self.scene.marks()

    def dense(self) -> FloatArray:
        """Give where boats were first seen; where none was, where they sailed."""
        scene = self.scene
        return scene.sightings() if scene.first_seen else np.concatenate([np.empty((0, 2)), *scene.boats])

    def draw(self, axes: Axes, size: float) -> None:
        """Draw boats and units."""
        draw_boats(axes, self.scene.boats, self.scene.boats_drawn)
        draw_units(axes, self.scene, self.owners, size)

    def draw_beside(self, sheet: Sheet, left: float, down: float, window: Window) -> float:
        """Draw the bar of colours and the key."""
        if self.scene.heat is not None:
            draw_colour_bar(sheet.axes(left, down + 0.05, SIDE, 0.17), self.scene.heat.scale)
        keys = sheet.axes(left, down + 0.6, SIDE, 2.9)
        return down + 0.6 + draw_legend(keys, self.scene, window, self.owners, self.of_one)


def coverage_caption(subject: Subject, layer: Layer, heat: Heat, scene: Scene) -> Caption:
    """Give the words of a coverage map."""
    run, theatre = subject.first, scene.ground.theatre
    numbers = subject.kpis(theatre)
    below = f"{subject.when()}{headline.seen_by(numbers, scene.owners())}"
    return Caption(
        _finding(subject, layer, heat, theatre),
        headline.lives(numbers) if numbers["persons"] else "",
        (colours_in_words(layer), below),
        tuple(headline.credits_of(run, scene.ground.frame)),
    )


def _finding(subject: Subject, layer: Layer, heat: Heat, theatre: str) -> str:
    """Tell what came of boats on the usual map, and what sea is watched on others."""
    if layer == Layer():
        return headline.finding(subject.first, theatre, subject.kpis(theatre))
    who = headline.forces(subject.first.scenario, theatre) if layer.by == ALL else force_in_words(layer.by)
    value = mark_of(layer.metric, [heat])
    area_km2 = good_sea_km2(heat, layer.metric, value)
    sea = "no sea" if area_km2 < 1.0 else f"{area_in_words(area_km2)} of sea"
    return f"{who}: {sea} {good_sea(layer, value)}"
