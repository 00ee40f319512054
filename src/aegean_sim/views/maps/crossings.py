"""Boats as they sailed: the way of each, when somebody had it in sight, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.recording.layers import ALL, MEAN
from aegean_sim.views.scene import lines_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.layers import Layer
    from aegean_sim.recording.reading import StoredRun

_KEY = ["voyage", "copy"]


@dataclass(frozen=True, slots=True, eq=False)
class Crossing:
    """One boat.

    Parameters
    ----------
    way : array, shape (n, 3)
        x and y, metres, and time, seconds, until its voyage ended or the run did.
    seen : array, shape (m, 2)
        When somebody had it in sight: from and to, rising, apart from each other, within the way.
    first_seen : array, shape (2,), or None
        Where.
    """

    voyage: str
    route: str
    outcome: str
    way: FloatArray
    seen: FloatArray
    first_seen: FloatArray | None

    @property
    def hours(self) -> float:
        """How long it was at sea."""
        return float(np.ptp(self.way[:, 2])) / 3600.0

    @property
    def unseen_hours(self) -> float:
        """How long nobody had it in sight."""
        return self.hours - float(np.diff(self.seen).sum()) / 3600.0

    @property
    def hours_to_first(self) -> float:
        """How long until somebody saw it; all the time where nobody did."""
        return float(self.seen[0, 0] - self.way[0, 2]) / 3600.0 if len(self.seen) else self.hours

    @property
    def along_m(self) -> FloatArray:
        """How far it had gone at each point of its way."""
        steps = np.hypot(*np.diff(self.way[:, :2], axis=0).T)
        return np.concatenate([[0.0], np.cumsum(steps)])


def crossings_of(runs: Sequence[StoredRun], theatre: str, asked: Layer) -> tuple[Crossing, ...]:
    """Gather the boats of a theatre, of all of several runs.

    Parameters
    ----------
    asked : Layer
        Its ``boat`` chooses boats by type or by what sensors take them for, its ``by`` who counts as seeing.
    """
    return tuple(crossing for run in runs for crossing in _of_run(run, theatre, asked))


def _of_run(run: StoredRun, theatre: str, asked: Layer) -> list[Crossing]:
    frame = run.frames[theatre]
    tracks = run.tracks()
    ways = lines_of(tracks[(tracks["theatre"] == theatre) & (tracks["kind"] == "boat")])
    contacts = _contacts(run, theatre, asked.by)
    voyages = run.table("voyages")
    voyages = voyages[voyages["theatre"] == theatre]
    if asked.boat != MEAN:
        voyages = voyages[(voyages["boat_type"] == asked.boat) | (voyages["target"] == asked.boat)]
    by_boat = dict(list(contacts.groupby(_KEY)))
    crossings = []
    columns = (voyages[name].tolist() for name in (*_KEY, "route", "outcome", "ended_s"))
    for voyage, copy, route, outcome, ended_s in zip(*columns, strict=True):
        name = voyage if copy == 0 else f"{voyage}#{copy}"
        if name in ways:
            way = _until(np.concatenate(ways[name]), ended_s)
            crossings.append(_crossing(name, route, outcome, way, by_boat.get((voyage, copy)), frame))
    return crossings


def _contacts(run: StoredRun, theatre: str, by: str) -> pd.DataFrame:
    contacts = run.table("contacts")
    contacts = contacts[(contacts["theatre"] == theatre) & (contacts["voyage"] != "")]
    if by != ALL:
        contacts = contacts[(contacts["owner"] == by) | (contacts["unit"] == by)]
    return contacts.sort_values(["start_s", "contact"])


def _until(way: FloatArray, ended_s: float) -> FloatArray:
    return way[~(way[:, 2] > ended_s + 1.0)]


def _crossing(
    name: str, route: str, outcome: str, way: FloatArray, contacts: pd.DataFrame | None, frame: Frame
) -> Crossing:
    begins, ends = way[0, 2], way[-1, 2]
    if contacts is not None:
        contacts = contacts[contacts["start_s"] <= ends]
    if contacts is None or not len(contacts):
        return Crossing(name, route, outcome, way, np.empty((0, 2)), None)
    stretches = contacts[["start_s", "end_s"]].to_numpy(np.float64)
    stretches = np.clip(np.nan_to_num(stretches, nan=ends), begins, ends)
    first = contacts.iloc[0]
    place = frame.to_xy(*(np.array([first[column]]) for column in frame.door_names))
    return Crossing(name, route, outcome, way, _joined(stretches), np.concatenate(place))


def _joined(stretches: FloatArray) -> FloatArray:
    """Join stretches, by their beginnings, that meet."""
    ends = np.maximum.accumulate(stretches[:, 1])
    begins_anew = np.concatenate([[True], stretches[1:, 0] > ends[:-1]])
    starts = np.flatnonzero(begins_anew)
    return np.column_stack([stretches[starts, 0], ends[np.append(starts[1:], len(ends)) - 1]])
