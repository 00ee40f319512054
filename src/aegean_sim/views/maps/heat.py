"""Heat: a measure over the cells of a sea, as it is coloured on a map; means and differences of several."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.errors import AegeanError
from aegean_sim.quantities import NM_M
from aegean_sim.views.window import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from aegean_sim.quantities import BoolArray, FloatArray, IntArray
    from aegean_sim.views.maps.scales import Scale

_SQUARE_KM_M2 = 1e6
_NEARLY_H = 1e-6


@dataclass(frozen=True, slots=True)
class Heat:
    """Values on a regular grid of the theatre's plane.

    Parameters
    ----------
    x_m, y_m : array, shapes (columns,) and (rows,)
        Centres of the cells, metres, rising.
    values : array, shape (rows, columns)
        NaN where there is no sea, or nothing to tell.
    sea : array of bool, shape (rows, columns)
        Whether the cell is sea.
    never : float
        The value of cells never covered, of gaps: they get the darkest colour however short the time was.
    """

    x_m: FloatArray
    y_m: FloatArray
    values: FloatArray
    sea: BoolArray
    scale: Scale
    never: float = np.inf

    @property
    def shades(self) -> FloatArray:
        """Values as they are coloured: infinity where never covered."""
        return np.where(self.values >= self.never - _NEARLY_H, np.inf, self.values)

    @property
    def area(self) -> Window:
        """The area that the cells take up."""
        wide, high = self._cell_m
        left, right = self.x_m[0] - 0.5 * wide, self.x_m[-1] + 0.5 * wide
        return Window(left, self.y_m[0] - 0.5 * high, right, self.y_m[-1] + 0.5 * high)

    @property
    def _cell_m(self) -> tuple[float, float]:
        """Width and height of a cell; where there is one column or row only, cells are square."""
        wide, high = (float(axis[1] - axis[0]) if len(axis) > 1 else 0.0 for axis in (self.x_m, self.y_m))
        return wide or high or NM_M, high or wide or NM_M

    def square_km(self, cells: BoolArray) -> float:
        """Give the area of some cells; a cell at the coast counts whole."""
        wide, high = self._cell_m
        return float(np.count_nonzero(cells)) * wide * high / _SQUARE_KM_M2

    def centres(self, cells: BoolArray) -> FloatArray:
        """Give the centres of some cells, shape (n, 2)."""
        rows, columns = np.nonzero(cells)
        return np.column_stack([self.x_m[columns], self.y_m[rows]])

    def coloured(self) -> FloatArray:
        """Give the centres of the cells that have a colour, shape (n, 2)."""
        colours, norm = self.scale.colours()
        has_colour = colours(norm(np.nan_to_num(self.values)))[..., 3] > 0.0
        return self.centres(has_colour & np.isfinite(self.values))


def mean_of(heats: Sequence[Heat]) -> Heat:
    """Average several heats cell by cell, over those that know the cell, on the cells of the first."""
    first = heats[0]
    if len(heats) == 1:
        return first
    values = np.stack([_on_cells_of(first, heat) for heat in heats])
    known = np.isfinite(values)
    total = np.where(known, values, 0.0).sum(axis=0)
    with np.errstate(invalid="ignore"):
        mean = total / known.sum(axis=0)
    return replace(first, values=mean, never=float(np.mean([heat.never for heat in heats])))


def difference(later: Heat, earlier: Heat, scale: Scale) -> Heat:
    """Give the change from one heat to another, on the cells of the later that the earlier has too."""
    later = _within(later, earlier)
    change = later.values - _on_cells_of(later, earlier)
    return replace(later, values=change, scale=scale, never=np.inf)


def shared_sea(heats: Sequence[Heat]) -> list[Heat]:
    """Give the parts of several heats that lie where all of them have cells.

    Raises
    ------
    AegeanError
        When there is no such part.
    """
    shared = []
    for heat in heats:
        part = heat
        for other in heats:
            part = _within(part, other)
        shared.append(part)
    return shared


def _within(heat: Heat, other: Heat) -> Heat:
    """Give the part of a heat whose cells another has too."""
    rows, columns = _nearest(heat.y_m, other.y_m)[1], _nearest(heat.x_m, other.x_m)[1]
    if not rows.any() or not columns.any():
        raise AegeanError("the coverage cells of these runs do not meet: draw each by itself")
    both = np.ix_(rows, columns)
    return replace(
        heat, x_m=heat.x_m[columns], y_m=heat.y_m[rows], values=heat.values[both], sea=heat.sea[both]
    )


def _on_cells_of(target: Heat, heat: Heat) -> FloatArray:
    """Give a heat's values at the centres of another's cells; NaN where it has no cell."""
    rows, in_rows = _nearest(target.y_m, heat.y_m)
    columns, in_columns = _nearest(target.x_m, heat.x_m)
    values = heat.values[np.ix_(rows, columns)]
    return np.where(np.outer(in_rows, in_columns), values, np.nan)


def _nearest(wanted: FloatArray, centres: FloatArray) -> tuple[IntArray, BoolArray]:
    """Give the cell whose centre is nearest, and whether the point is in it."""
    step = float(centres[1] - centres[0]) if len(centres) > 1 else np.inf
    place = np.clip(np.rint((wanted - centres[0]) / step), 0, len(centres) - 1).astype(np.int64)
    return place, np.asarray(np.abs(wanted - centres[place]) <= 0.501 * step)
