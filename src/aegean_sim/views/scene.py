"""What a map shows of one theatre of a run, in metres of its plane."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from aegean_sim.scenario.taking_part import in_theatre, units_by_owner

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import pandas as pd

    from aegean_sim.geography.frame import Frame
    from aegean_sim.quantities import FloatArray
    from aegean_sim.recording.reading import StoredRun
    from aegean_sim.scenario.forces import Craft
    from aegean_sim.views.ground import Ground
    from aegean_sim.views.maps.heat import Heat

UnitKind: TypeAlias = Literal["ship", "aircraft", "station"]
BOATS_DRAWN = 2000


@dataclass(frozen=True, slots=True)
class UnitTrack:
    """One unit: its lines, shape (n, 2) each, and the point where its mark stands."""

    name: str
    owner: str
    kind: UnitKind
    lines: tuple[FloatArray, ...]
    mark: FloatArray


@dataclass(frozen=True, slots=True)
class Scene:
    """All that is drawn.

    Parameters
    ----------
    heat : Heat or None
        What is coloured.
    boats : tuple of array
        Tracks of at most `BOATS_DRAWN` boats, evenly chosen, shape (n, 2) each.
    boats_drawn, boats_total : int
        How many boats those are, and how many there were.
    units_there : mapping of owner to int
        How many units each has at most at a time; none of ships that pass by.
    first_seen : mapping of owner to array, shape (n, 2)
        Where each boat seen before its voyage ended was seen first, by the owner of the unit that saw it.
    """

    ground: Ground
    heat: Heat | None
    units: tuple[UnitTrack, ...]
    boats: tuple[FloatArray, ...]
    boats_drawn: int
    boats_total: int
    units_there: Mapping[str, int]
    first_seen: Mapping[str, FloatArray]

    def owners(self) -> list[str]:
        """Name the owners of what is drawn, in the scenario's order."""
        return list(dict.fromkeys([*(unit.owner for unit in self.units), *self.first_seen]))

    def sightings(self) -> FloatArray:
        """Give the points of `first_seen` together, shape (n, 2)."""
        return _stacked(list(self.first_seen.values()))

    def marks(self) -> FloatArray:
        """Give the points where a mark stands, shape (n, 2)."""
        return _stacked([self.sightings(), np.array([unit.mark for unit in self.units]).reshape(-1, 2)])

    def points(self) -> FloatArray:
        """Give all points that a map should hold, shape (n, 2): marks, boats, corners of the heat.

        Where there are none of these, the ways of units.
        """
        corners = [self.heat.area.corners()] if self.heat is not None else []
        shown = _stacked([self.marks(), *self.boats, *corners])
        return shown if len(shown) else _stacked([line for unit in self.units for line in unit.lines])


def scene_of(run: StoredRun, ground: Ground, heat: Heat | None) -> Scene:
    """Gather what a map of one theatre of a run shows."""
    theatre = ground.theatre
    tracks = _of_theatre(run.tracks(), theatre)
    units = tracks[tracks["kind"] == "unit"]
    boats = list(lines_of(tracks[tracks["kind"] == "boat"]).values())
    drawn = boats[:: -(-len(boats) // BOATS_DRAWN) or 1]
    return Scene(
        ground,
        heat,
        _units(units, in_theatre(run.scenario, theatre)),
        tuple(line[:, :2] for lines in drawn for line in lines),
        len(drawn),
        len(boats),
        units_by_owner(run.scenario, theatre),
        _first_seen(run, theatre, ground.frame),
    )


def _of_theatre(table: pd.DataFrame, theatre: str) -> pd.DataFrame:
    return table[table["theatre"] == theatre]


def lines_of(tracks: pd.DataFrame) -> dict[str, list[FloatArray]]:
    """Give the lines of each mover, one a piece of its track, shape (n, 3): x, y and time."""
    ordered = tracks.sort_values(["mover", "seq"], kind="stable")
    xyt = ordered[["x_m", "y_m", "time_s"]].to_numpy()
    mover, piece = ordered["mover"].to_numpy(), ordered["piece"].to_numpy()
    starts = np.flatnonzero((mover[1:] != mover[:-1]) | (piece[1:] != piece[:-1])) + 1
    lines: dict[str, list[FloatArray]] = {}
    for start, line in zip([0, *starts], np.split(xyt, starts), strict=True):
        if len(line):
            lines.setdefault(str(mover[start]), []).append(line)
    return lines


def _units(tracks: pd.DataFrame, crafts: Mapping[str, Craft]) -> tuple[UnitTrack, ...]:
    lines = lines_of(tracks)
    return tuple(_unit(name, craft, lines[name]) for name, craft in crafts.items() if name in lines)


def _unit(name: str, craft: Craft, lines: Sequence[FloatArray]) -> UnitTrack:
    """Tell a site on shore from a unit whose track is scripted, which needs no speed either."""
    at_rest = not any(np.ptp(line[:, :2], axis=0).any() for line in lines)
    kind: UnitKind = "aircraft" if craft.flies else "ship"
    way = tuple(line[:, :2] for line in lines)
    return UnitTrack(
        name, craft.owner, "station" if craft.speed_kn == 0.0 and at_rest else kind, way, _mark(lines)
    )


def _mark(lines: Sequence[FloatArray]) -> FloatArray:
    """Give the middle of a leg near the place that the unit keeps round, by the time it spends at sea.

    That place is a median: unlike a mean it is not drawn away by the passage to a far port.
    """
    steps = np.concatenate([np.diff(line, axis=0) for line in lines])
    if not steps[:, 2].sum():
        return np.asarray(lines[0][0, :2])
    middles = (np.concatenate([line[:-1] for line in lines]) + 0.5 * steps)[:, :2]
    place = [_median(coordinate, steps[:, 2]) for coordinate in middles.T]
    return np.asarray(middles[np.hypot(*(middles - place).T).argmin()])


def _median(values: FloatArray, weights: FloatArray) -> float:
    order = np.argsort(values)
    below = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(below, 0.5 * below[-1])])


def _first_seen(run: StoredRun, theatre: str, frame: Frame) -> dict[str, FloatArray]:
    keys = ["voyage", "copy"]
    voyages = _of_theatre(run.table("voyages"), theatre)[[*keys, "ended_s"]]
    contacts = _of_theatre(run.table("contacts"), theatre).merge(voyages, on=keys)
    in_time = contacts[~(contacts["start_s"] > contacts["ended_s"])]
    first = in_time.sort_values(["start_s", "contact"]).drop_duplicates(keys)
    xy = np.column_stack(frame.to_xy(*(first[name].to_numpy() for name in frame.door_names)))
    owner = first["owner"].to_numpy()
    return {name: xy[owner == name] for name in sorted(set(owner))}


def _stacked(parts: Sequence[FloatArray]) -> FloatArray:
    return np.concatenate([np.empty((0, 2)), *parts])
