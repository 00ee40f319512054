"""Where each mover was, and when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray, IntArray


@dataclass(frozen=True, slots=True)
class Way:
    """All pieces of one mover's track, one after the other.

    Parameters
    ----------
    mover, kind, theatre : str
        Whose: a unit's or a boat's, and in which sea.
    frame : Frame
        Its plane.
    piece : array, shape (n,)
        Which piece a vertex belongs to; between pieces the mover is not at sea.
    time_s, x_m, y_m : array, shape (n,)
        Rising times, and places in the theatre's plane.
    """

    mover: str
    kind: str
    theatre: str
    frame: Frame
    piece: IntArray
    time_s: FloatArray
    x_m: FloatArray
    y_m: FloatArray

    @property
    def moves(self) -> bool:
        """Whether it is ever elsewhere than at its first place."""
        return bool(np.ptp(self.x_m) or np.ptp(self.y_m))

    def at(self, time_s: FloatArray | float) -> tuple[FloatArray, FloatArray]:
        """Give the place in the plane at some moments; before the first and after the last it stays there."""
        x, y = (np.asarray(np.interp(time_s, self.time_s, axis)) for axis in (self.x_m, self.y_m))
        return x, y

    def door_at(self, time_s: FloatArray | float) -> FloatArray:
        """Give the same in coordinates at the door, shape (2,) or (n, 2)."""
        return np.stack(self.frame.to_door(*self.at(time_s)), axis=-1)

    def between(self, since_s: float, until_s: float) -> FloatArray:
        """Give the way from one moment to another at the door, shape (n, 2)."""
        amid = self.time_s[(self.time_s > since_s) & (self.time_s < until_s)]
        return self.door_at(np.concatenate([[since_s], amid, [until_s]]))

    def pieces(self) -> Iterator[Way]:
        """Give each piece as a way of its own."""
        ends = np.append(np.flatnonzero(np.diff(self.piece)) + 1, len(self.piece))
        start = 0
        for end in ends.tolist():
            yield self._part(slice(start, end))
            start = end

    def _part(self, some: slice) -> Way:
        columns = {name: getattr(self, name)[some] for name in ("piece", "time_s", "x_m", "y_m")}
        return replace(self, **columns)


def ways_of(tracks: pd.DataFrame, frames: dict[str, Frame]) -> dict[str, Way]:
    """Give the way of each mover, in the order of the tracks, from `Request.tracks`."""
    ways = {}
    for (theatre, mover), rows in tracks.groupby(["theatre", "mover"], sort=False):
        columns = (rows[name].to_numpy() for name in ("piece", "time_s", "x_m", "y_m"))
        ways[str(mover)] = Way(str(mover), rows["kind"].iloc[0], str(theatre), frames[str(theatre)], *columns)
    return ways


def movers_of(rows: pd.DataFrame) -> pd.Series[str]:
    """Name the boats of some rows, by their ``voyage`` and ``copy``, as the tracks do."""
    alone = rows["copy"] <= 0
    return rows["voyage"].where(alone, rows["voyage"] + "#" + rows["copy"].astype("str"))
