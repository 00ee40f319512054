"""What moves on a map: tracks of boats and units, marks of units, where boats were seen first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.views import style

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from matplotlib.axes import Axes

    from aegean_sim.quantities import FloatArray
    from aegean_sim.views.scene import Scene, UnitTrack
    from aegean_sim.views.style import OwnerStyle

_MANY = 150


def draw_boats(axes: Axes, boats: Sequence[FloatArray], count: int) -> None:
    """Draw ways of boats as thin dark lines edged with white, the fainter the more there are."""
    from matplotlib.collections import LineCollection  # noqa: PLC0415  (heavy)

    alpha = float(np.clip(100.0 / max(count, 1), 0.15, 0.8))
    for colour, width, share, order in (("white", 1.4, 0.5, 5.6), (style.BOAT, 0.6, 1.0, 5.7)):
        lines = LineCollection(boats, colors=colour, linewidths=width, alpha=share * alpha, zorder=order)
        axes.add_collection(lines, autolim=False)


def draw_units(axes: Axes, scene: Scene, owners: Mapping[str, OwnerStyle], size: float) -> None:
    """Draw ways and marks of units; those of the first owner, whom a study is about, above all others."""
    dot = 0.55 * size * float(np.clip((_MANY / max(len(scene.sightings()), 1)) ** 0.25, 0.4, 1.0))
    for owner, look in reversed(list(owners.items())):
        units = [unit for unit in scene.units if unit.owner == owner]
        _draw_ways(axes, units, look.colour)
        seen = scene.first_seen.get(owner, np.empty((0, 2)))
        axes.plot(*seen.T, "o", ms=dot, mfc=look.colour, mec="white", mew=0.08 * dot, zorder=6)
        draw_unit_marks(axes, units, look, size)


def draw_unit_marks(axes: Axes, units: Sequence[UnitTrack], look: OwnerStyle, size: float) -> None:
    """Draw the marks of units of one owner: ships, aircraft and shore stations each have their own."""
    for kind in style.UNIT_SHAPES:
        marks = np.array([unit.mark for unit in units if unit.kind == kind]).reshape(-1, 2)
        shape, large = style.shape_of(kind, look)
        axes.plot(
            *marks.T,
            marker=shape,
            ms=large * size,
            mfc=look.colour,
            mec="white",
            mew=0.8,
            ls="none",
            zorder=7,
        )


def _draw_ways(axes: Axes, units: Sequence[UnitTrack], colour: str) -> None:
    from matplotlib.collections import LineCollection  # noqa: PLC0415  (heavy)

    lines = [line for unit in units for line in unit.lines]
    tracks = LineCollection(lines, colors=colour, linewidths=0.5, alpha=0.4, zorder=5.5)
    axes.add_collection(tracks, autolim=False)
