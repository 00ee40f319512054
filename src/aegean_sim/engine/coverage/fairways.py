"""Ways by water between cells: how soon units could be anywhere, all cells at once."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from typing import Any

    from aegean_sim.engine.coverage.watch import Watch
    from aegean_sim.quantities import BoolArray, FloatArray, IntArray

_MOVES = ((0, 1), (1, 0), (1, 1), (1, -1), (1, 2), (2, 1), (2, -1), (1, -2))


@dataclass(frozen=True, slots=True)
class Fairways:
    """A net of moves from cell to cell that cross no land: to the next, across, and as a knight's.

    A way over it is at most 2.8 % longer than a straight one.

    Parameters
    ----------
    one, other : array, shape (moves,)
        Wet cells at both ends.
    length_m : array, shape (moves,)
    """

    watch: Watch
    one: IntArray
    other: IntArray
    length_m: FloatArray
    _open: dict[frozenset[str], Any] = field(default_factory=dict)

    def sooner_s(
        self, place_m: FloatArray, ready_s: FloatArray, speed_mps: float, closed: frozenset[str]
    ) -> FloatArray:
        """Tell how soon the first of some units of one speed could be in each wet cell; infinity for never.

        Parameters
        ----------
        place_m : array, shape (units, 2)
        ready_s : array, shape (units,)
            After how long each could start.
        closed : set of str
            States whose territorial seas they keep out of.
        """
        from scipy.sparse import csr_array  # noqa: PLC0415  (slow to import, needed only for maps)
        from scipy.sparse.csgraph import dijkstra  # noqa: PLC0415

        tree, net, wet = self._net(closed)
        if not len(wet) or not len(place_m):
            return np.full(len(self.watch.cells.wet), np.inf)
        away_m, nearest = tree.query(place_m)
        source = ready_s * speed_mps + away_m
        first = np.unique(nearest)
        source = np.array([source[nearest == cell].min() for cell in first])
        count = len(wet)  # the units' own place in the net, from which moves lead to where they are
        whole: Any = csr_array(
            (
                np.concatenate([net.data, source]),
                np.concatenate([net.indices, first]),
                np.append(net.indptr, net.nnz + len(first)),
            ),
            shape=(count + 1, count + 1),
        )
        found = np.full(len(self.watch.cells.wet), np.inf)
        found[wet] = dijkstra(whole, indices=[count])[0, :count] / speed_mps
        return found

    def _net(self, closed: frozenset[str]) -> Any:
        """Give a search tree over open cells, the net between them as a sparse table, and which they are."""
        if closed not in self._open:
            from scipy.sparse import coo_array  # noqa: PLC0415
            from scipy.spatial import cKDTree  # noqa: PLC0415

            wet = np.flatnonzero(open_waters(self.watch, closed))
            number = np.full(len(self.watch.cells.wet), -1)
            number[wet] = np.arange(len(wet))
            ends = number[np.concatenate([[self.one, self.other], [self.other, self.one]], axis=1)]
            kept = (ends >= 0).all(axis=0)
            lengths = np.tile(self.length_m, 2)[kept]
            net = coo_array((lengths, tuple(ends[:, kept])), shape=(len(wet), len(wet))).tocsr()
            here = np.column_stack([self.watch.cells.wet_x_m, self.watch.cells.wet_y_m])[wet]
            self._open[closed] = cKDTree(here) if len(wet) else None, net, wet
        return self._open[closed]


def open_waters(watch: Watch, closed: frozenset[str]) -> BoolArray:
    """Tell of each wet cell whether its centre lies outside the territorial seas of some states."""
    cells, is_open = watch.cells, np.ones(len(watch.cells.wet), dtype=np.bool_)
    for state in closed & watch.sea.zones.fences.keys():
        is_open &= ~watch.sea.zones.fences[state].holds(cells.wet_x_m, cells.wet_y_m)
    return is_open


def fairways_of(watch: Watch) -> Fairways:
    """Lay the net over a theatre's wet cells."""
    cells = watch.cells
    number = cells.on_grid(np.arange(len(cells.wet), dtype=np.float64))
    ends = []
    for up, right in _MOVES:
        begin = number[: len(number) - up, max(0, -right) : number.shape[1] - max(0, right)]
        end = number[up:, max(0, right) : number.shape[1] + min(0, right)]
        both = np.stack([begin.ravel(), end.ravel()])
        ends.append(both[:, ~np.isnan(both).any(axis=0)].astype(np.int64))
    one, other = np.concatenate(ends, axis=1)
    x_m, y_m = cells.wet_x_m, cells.wet_y_m
    free = ~watch.sea.crosses(x_m[one], y_m[one], x_m[other], y_m[other])
    one, other = one[free], other[free]
    return Fairways(watch, one, other, np.hypot(x_m[other] - x_m[one], y_m[other] - y_m[one]))
