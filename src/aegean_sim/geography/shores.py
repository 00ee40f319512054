"""Shores cut into short lines, to find those that may come near many areas."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray, IntArray

_LINE_VERTICES = 8
_MARGIN_M = 1e-3


@dataclass(frozen=True, slots=True, eq=False)
class Shores:
    """Short lines along all shores.

    Parameters
    ----------
    tree : shapely.STRtree
        The lines.
    middle_m, half_m : array, shape (lines, 2)
        Middle of each line's box, and half of its sides, grown a little so that rounding hides no touch.
    vertex : array, shape (2, vertices)
        Vertices of all lines, one line after another.
    first : array, shape (lines + 1,)
        Where each line's vertices begin.
    """

    tree: shapely.STRtree
    middle_m: FloatArray
    half_m: FloatArray
    vertex: FloatArray
    first: IntArray

    def near(self, rings: FloatArray) -> tuple[IntArray, IntArray]:
        """Give all rows and lines that may meet: none of their boxes and of two sides lies between them.

        The sides are those from the first point to the second and from the third to the fourth; the more they
        lie along the hull, the fewer others there are.
        """
        boxes = shapely.linestrings(np.stack([rings.min(axis=1), rings.max(axis=1)], axis=1))
        row, line = self.tree.query(boxes)
        for first in (0, 2):
            side = rings[:, first + 1] - rings[:, first]
            normal = np.stack([-side[:, 1], side[:, 0]], axis=-1)
            across = np.einsum("nka,na->nk", rings, normal)
            middle = np.einsum("na,na->n", normal[row], self.middle_m[line])
            half = np.einsum("na,na->n", np.abs(normal)[row], self.half_m[line])
            meets = (middle - half <= across.max(axis=1)[row]) & (middle + half >= across.min(axis=1)[row])
            row, line = row[meets], line[meets]
        return row, line


def build_shores(boundary: shapely.MultiLineString) -> Shores:
    """Cut shores into lines of a few vertices, each sharing its last vertex with the next one's first."""
    cut = []
    for ring in shapely.get_parts(boundary):
        vertices = shapely.get_coordinates(ring)
        starts = range(0, len(vertices) - 1, _LINE_VERTICES)
        cut += [shapely.linestrings(vertices[start : start + _LINE_VERTICES + 1]) for start in starts]
    lines = np.array(cut)
    least, greatest = shapely.bounds(lines).reshape(-1, 2, 2).swapaxes(0, 1)
    middle_m, half_m = 0.5 * (least + greatest), 0.5 * (greatest - least) + _MARGIN_M
    first = np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(lines))])
    vertex = np.ascontiguousarray(shapely.get_coordinates(lines).T)
    return Shores(shapely.STRtree(lines), middle_m, half_m, vertex, first)
