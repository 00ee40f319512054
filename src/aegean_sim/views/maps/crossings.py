"""Boats as they sailed: the way of each, when somebody had it in sight, and how it ended."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
_LIVES = ("persons", "persons_dead")
_NOBODY = np.empty((0, 4))


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
    persons: int = 0
    persons_dead: int = 0

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
    held = _by_boat(contacts, frame)
    crossings = []
    columns = (voyages[name].tolist() for name in (*_KEY, "route", "outcome", "ended_s", *_LIVES))
    for voyage, copy, route, outcome, ended_s, persons, dead in zip(*columns, strict=True):
        name = voyage if copy == 0 else f"{voyage}#{copy}"
        if name in ways:
            way = _until(np.concatenate(ways[name]), ended_s)
            boat = _crossing(name, route, outcome, way, held.get((voyage, copy), _NOBODY))
            crossings.append(replace(boat, persons=persons, persons_dead=dead))
    return crossings


def _contacts(run: StoredRun, theatre: str, by: str) -> pd.DataFrame:
    contacts = run.table("contacts")
    contacts = contacts[(contacts["theatre"] == theatre) & (contacts["voyage"] != "")]
    if by != ALL:
        contacts = contacts[(contacts["owner"] == by) | (contacts["unit"] == by)]
    return contacts.sort_values(["start_s", "contact"])


def _until(way: FloatArray, ended_s: float) -> FloatArray:
    return way[~(way[:, 2] > ended_s + 1.0)]


def _by_boat(contacts: pd.DataFrame, frame: Frame) -> dict[tuple[str, int], FloatArray]:
    """Give the contacts of each boat by their beginnings, shape (n, 4): from, until, x, y."""
    if not len(contacts):
        return {}
    place = frame.to_xy(*(contacts[column].to_numpy() for column in frame.door_names))
    rows = np.column_stack([contacts["start_s"], contacts["end_s"], *place])
    order = np.lexsort((contacts["copy"].to_numpy(), contacts["voyage"].to_numpy(str)))
    keys = list(zip(contacts["voyage"].to_numpy()[order], contacts["copy"].to_numpy()[order], strict=True))
    begins = [number for number, key in enumerate(keys) if number == 0 or key != keys[number - 1]]
    return dict(zip((keys[begin] for begin in begins), np.split(rows[order], begins[1:]), strict=True))


def _crossing(name: str, route: str, outcome: str, way: FloatArray, contacts: FloatArray) -> Crossing:
    begins, ends = way[0, 2], way[-1, 2]
    contacts = contacts[contacts[:, 0] <= ends]
    if not len(contacts):
        return Crossing(name, route, outcome, way, np.empty((0, 2)), None)
    stretches = np.clip(np.nan_to_num(contacts[:, :2], nan=ends), begins, ends)
    return Crossing(name, route, outcome, way, _joined(stretches), contacts[0, 2:])


def _joined(stretches: FloatArray) -> FloatArray:
    """Join stretches, by their beginnings, that meet."""
    ends = np.maximum.accumulate(stretches[:, 1])
    begins_anew = np.concatenate([[True], stretches[1:, 0] > ends[:-1]])
    starts = np.flatnonzero(begins_anew)
    return np.column_stack([stretches[starts, 0], ends[np.append(starts[1:], len(ends)) - 1]])
