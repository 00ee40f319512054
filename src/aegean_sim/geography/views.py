"""Views: which corners can be seen from each cell of the sea."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.quantities import FloatArray, IntArray

    CornerArray: TypeAlias = NDArray[np.uint16]


@dataclass(frozen=True, slots=True, eq=False)
class Views:
    """Which corners can be seen from somewhere in each cell of the sea and be a bend from there.

    Parameters
    ----------
    west_m, south_m, size_m : float
        South-western corner of the grid of square cells, and their side.
    columns, rows : int
        How many cells there are each way.
    first : array, shape (columns * rows + 1,)
        Where each cell's corners begin in ``corners``; cells go row by row from the south-west.
    corners : array
        Corners, cell by cell.
    """

    west_m: float
    south_m: float
    size_m: float
    columns: int
    rows: int
    first: IntArray
    corners: CornerArray

    def at(self, place: FloatArray) -> CornerArray:
        """Give the corners seen from the cell of a point; none outside the grid."""
        column = int((place[0] - self.west_m) // self.size_m)
        row = int((place[1] - self.south_m) // self.size_m)
        if not (0 <= column < self.columns and 0 <= row < self.rows):
            return self.corners[:0]
        cell = row * self.columns + column
        return self.corners[self.first[cell] : self.first[cell + 1]]


def read_views(file: np.lib.npyio.NpzFile, prefix: str) -> Views:
    """Read the views of corners of land, or of waters, from a stored graph."""
    west_m, south_m, size_m = file["grid_m"].tolist()
    seen = file[f"{prefix}seen"]
    rows, columns = seen.shape
    first = np.concatenate([[0], np.cumsum(seen, dtype=np.int64)])
    return Views(west_m, south_m, size_m, columns, rows, first, file[f"{prefix}view"])
