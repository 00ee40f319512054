"""Where and how long a boat sails unseen: routes, and on each stretch the share of time nobody sees boats."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.labels import force_in_words
from aegean_sim.recording.layers import ALL
from aegean_sim.views import headline, style
from aegean_sim.views.legend import add_keys, base_handles, draw_colour_bar, line_handle, patch_handle
from aegean_sim.views.maps.bars import Bar, draw_bars
from aegean_sim.views.maps.page import SIDE, Caption
from aegean_sim.views.maps.scales import UNSEEN
from aegean_sim.views.maps.stretches import Route, routes_of
from aegean_sim.views.marks import draw_boats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.layers import Layer
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.crossings import Crossing
    from aegean_sim.views.maps.subjects import Subject
    from aegean_sim.views.sheet import Sheet
    from aegean_sim.views.window import Window

_BOATS_DRAWN, _FEW = 1000, 5
_BEFORE, _AFTER, _SEEN = "#123a5e", "#7fa3c7", "#e6d9b8"


@dataclass(frozen=True, slots=True)
class Unseen:
    """Routes as the content of a page."""

    ground: Ground
    crossings: tuple[Crossing, ...]
    routes: tuple[Route, ...]
    heat: None = None

    @classmethod
    def of(cls, ground: Ground, crossings: tuple[Crossing, ...]) -> Unseen:
        """Sum up the boats of each route."""
        return cls(ground, crossings, tuple(routes_of(crossings)))

    def mean_hours(self) -> tuple[float, float]:
        """Give how long a boat sails unseen, and in all, mean over boats; 0 without any."""
        if not self.crossings:
            return 0.0, 0.0
        hours = [(boat.unseen_hours, boat.hours) for boat in self.crossings]
        unseen_h, all_h = np.mean(hours, axis=0).tolist()
        return unseen_h, all_h

    def points(self) -> FloatArray:
        """Give where boats sailed."""
        return np.concatenate([np.empty((0, 2)), *(boat.way[:, :2] for boat in self.crossings)])

    def marks(self) -> FloatArray:
        """Give the corners of the stretches."""
        return np.concatenate([np.empty((0, 2)), *(line for route in self.routes for line in route.lines)])

    def dense(self) -> FloatArray:
        """Give where boats sailed."""
        return self.points()

    def draw(self, axes: Axes, size: float) -> None:
        """Draw faint ways of boats and above them the stretches, dark where nobody sees."""
        from matplotlib.collections import LineCollection  # noqa: PLC0415  (heavy)

        drawn = self.crossings[:: -(-len(self.crossings) // _BOATS_DRAWN) or 1]
        draw_boats(axes, [boat.way[:, :2] for boat in drawn], 2 * len(drawn))
        colours, norm = UNSEEN.colours()
        lines = [line for route in self.routes for line in route.lines]
        shares = np.concatenate([np.empty(0), *(route.unseen for route in self.routes)])
        shades = np.where(shares[:, None] >= UNSEEN.bins[0], colours(norm(shares)), [[1.0, 1.0, 1.0, 1.0]])
        for colour, width, order in ((style.INK, 0.66, 6.0), (shades, 0.46, 6.1)):
            axes.add_collection(
                LineCollection(lines, colors=colour, linewidths=width * size, capstyle="butt", zorder=order),
                autolim=False,
            )

    def draw_beside(self, sheet: Sheet, left: float, down: float, window: Window) -> float:
        """Draw the bar of colours, the key, and a bar of hours for each route."""
        draw_colour_bar(sheet.axes(left, down + 0.05, SIDE, 0.17), UNSEEN)
        keys = [
            line_handle(label="ways of boats", color=style.BOAT, lw=0.8, alpha=0.5),
            *base_handles(self.ground, None, window),
            patch_handle("white", "stretch where below 5 % are unseen"),
            patch_handle(_BEFORE, "hours unseen before anybody saw it"),
            patch_handle(_AFTER, "hours unseen later"),
            patch_handle(_SEEN, "hours in sight of somebody"),
        ]
        down += 0.6
        down += add_keys(sheet.axes(left, down, SIDE, 1.6), keys) + 0.12
        return draw_bars(
            sheet, left, down, "Hours at sea of a boat, mean", [_bar(route) for route in self.routes]
        )


def _bar(route: Route) -> Bar:
    before_h = min(route.before_h, route.unseen_total_h)
    parts = (
        (before_h, _BEFORE),
        (route.unseen_total_h - before_h, _AFTER),
        (route.hours - route.unseen_total_h, _SEEN),
    )
    return Bar(route.name, parts, f"{route.unseen_total_h:.1f} of {route.hours:.1f} h")


def unseen_caption(subject: Subject, layer: Layer, content: Unseen) -> Caption:
    """Give the words of a map of unseen stretches."""
    blind = "nobody has boats" if layer.by == ALL else f"{force_in_words(layer.by)} has no boat"
    about = (
        f"Colour: share of their time in a stretch in which {blind} in sight; a route has twelve"
        " stretches of one length",
        subject.when(together=True),
    )
    credits_ = headline.credits_of(subject.first, content.ground.frame)
    return Caption(unseen_finding(content, layer.by), "", about, tuple(credits_))


def unseen_finding(content: Unseen, by: str = ALL) -> str:
    """Tell in one line how long boats are unseen, and on which route longest."""
    if not content.routes:
        return "No boat set out"
    unseen_h, hours = content.mean_hours()
    whose = "" if by == ALL else f" by {force_in_words(by)}"
    told = f"A boat sails {unseen_h:.1f} of its {hours:.1f} hours unseen{whose}"
    if len(content.routes) == 1:
        return told
    worst = max(content.routes, key=lambda route: route.unseen_total_h)
    few = f" ({worst.boats} boat{'' if worst.boats == 1 else 's'})" if worst.boats < _FEW else ""
    return f"{told}; longest on {worst.name}{few}: {worst.unseen_total_h:.1f} of {worst.hours:.1f}"
