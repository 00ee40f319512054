"""Tables: the rows of a run that has ended, as columns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from aegean_sim.behaviour.classing import SUSPECT
from aegean_sim.engine.desk_load import desk_load
from aegean_sim.engine.emptied import emptied
from aegean_sim.engine.handoff_tables import handoff_rows, response_rows
from aegean_sim.engine.sailed import Sailed
from aegean_sim.entities.boat import AT_SEA, LANDED, LOST, MET, RESCUED, STOPPED, as_column
from aegean_sim.geography.zones import HIGH_SEAS
from aegean_sim.ragged import ragged
from aegean_sim.recording.decisive import decisive
from aegean_sim.recording.record import TABLES
from aegean_sim.scenario.sensing import TARGET_CLASSES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from aegean_sim.behaviour.theatre import Scene
    from aegean_sim.engine.world import World
    from aegean_sim.entities.boat import Fleet
    from aegean_sim.quantities import FloatArray, IntArray

Columns = dict[str, "NDArray[Any]"]
_PERSONS = {
    LANDED: "landed", STOPPED: "stopped", MET: "met", RESCUED: "rescued", LOST: "dead", AT_SEA: "at_sea",
}  # fmt: skip


def tables_of(world: World) -> Mapping[str, Columns]:
    """Give all tables of a run."""
    horizon_s = world.scenario.duration_s
    scenes = list(world.scenes.values())
    first = _first_contacts(scenes)
    sailed = {scene.name: Sailed.of(scene, horizon_s) for scene in scenes}
    handoffs = handoff_rows(world, first, sailed)
    parts: dict[str, list[Columns]] = {
        "voyages": [_voyages(scene, world) for scene in scenes],
        "contacts": [
            part
            for scene in scenes
            for part in (
                _contacts(scene, sailed[scene.name], first[scene.name], horizon_s),
                _suspects(scene, first[scene.name] + len(scene.lookout.happened)),
            )
        ],
        "handoffs": [handoffs],
        "responses": [response_rows(world)],
        "desks": [desk_load(handoffs, world.scenario.handoffs.desks, world.scenario.clock_s, horizon_s)],
        "tracks": [_tracks(scene, sailed[scene.name], horizon_s) for scene in scenes],
    }
    tables = {name: _stacked(some) for name, some in parts.items()}
    return {name: tables[name] if name in tables else decisive(tables["voyages"], {}) for name in TABLES}


def _first_contacts(scenes: Sequence[Scene]) -> dict[str, int]:
    """Give each theatre its first number of a contact; those with boats come before the suspects."""
    counts = [len(scene.lookout.happened) + len(scene.strangers) for scene in scenes]
    offsets = np.cumsum([0, *counts]).tolist()
    return dict(zip([scene.name for scene in scenes], offsets, strict=False))


def _stacked(parts: Sequence[Columns]) -> Columns:
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _voyages(scene: Scene, world: World) -> Columns:
    fleet, boats, horizon_s = scene.fleet, scene.fleet.boats, world.scenario.duration_s
    rows = fleet.sailed(horizon_s)
    outcome = as_column(fleet.outcome)[rows]
    persons, ends_s = boats.persons[rows], np.fmin(fleet.ended_s[rows], horizon_s)
    return {
        "theatre": as_column([scene.name] * len(rows)),
        "voyage": boats.voyage[rows],
        "copy": boats.copy[rows],
        "route": boats.route[rows],
        "boat_type": boats.boat_type[rows],
        "target": as_column(TARGET_CLASSES)[boats.target_class[rows]],
        "persons": persons,
        "departed_s": fleet.departed_s[rows],
        "ended_s": fleet.ended_s[rows],
        "outcome": outcome,
        "ended_by": as_column(fleet.ended_by)[rows],
        "landed_in": _landed_in(scene, rows),
        "distress_s": _before(boats.distress_s[rows], ends_s),
        "capsized_s": _before(boats.capsize_s[rows], ends_s),
        **_fates(fleet, rows, horizon_s),
        **emptied(scene, world.scenario, world.streams, rows),
        "attempt": boats.attempt[rows],
        "first_voyage": boats.first[rows],
        "moved": boats.moved[rows],
    }


def _landed_in(scene: Scene, rows: IntArray) -> NDArray[Any]:
    """Name the state whose shore each boat reached; empty where it reached none."""
    states = np.full(len(rows), "", dtype=object)
    landed = np.flatnonzero(as_column([scene.fleet.outcome[row] for row in rows]) == LANDED)
    if len(landed):
        ways = scene.fleet.ways
        ends = ways.first[rows[landed] + 1] - 1
        waters = scene.sea.waters_at(ways.x_m[ends], ways.y_m[ends])
        states[landed] = np.where(waters == HIGH_SEAS, "", waters)
    return states


def _before(time_s: FloatArray, ends_s: FloatArray) -> FloatArray:
    """Leave out what nobody came to see."""
    return np.where(time_s < ends_s, time_s, np.nan)


def _fates(fleet: Fleet, rows: IntArray, horizon_s: float) -> Columns:
    """Count by fate: who was taken off, who is dead, and the others, who share what became of the boat."""
    words = as_column([_PERSONS[fleet.outcome[row]] for row in rows])
    persons = fleet.boats.persons[rows]
    counts = {word: np.where(words == word, persons, 0) for word in dict.fromkeys(_PERSONS.values())}
    for place, row in enumerate(rows.tolist()):
        if not (len(fleet.boats.deaths_s[row]) or fleet.taken[row]):
            continue
        end_s = min(np.nan_to_num(fleet.ended_s.item(row), nan=horizon_s), horizon_s)
        counts[words[place]][place] = 0
        counts["dead"][place] = fleet.dead(row, end_s)
        counts[words[place]][place] += fleet.aboard(row, end_s)
        for outcome, taken in fleet.taken[row].items():
            counts[_PERSONS[outcome]][place] += taken
    return {f"persons_{word}": count for word, count in counts.items()}


def _contacts(scene: Scene, sailed: Sailed, first: int, horizon_s: float) -> Columns:
    happened, fleet = scene.lookout.happened, scene.fleet
    units = [scene.units[contact.unit] for contact in happened]
    unit = np.array([contact.unit for contact in happened], dtype=np.int64)
    boat = np.array([contact.boat for contact in happened], dtype=np.int64)
    start_s = np.array([contact.start_s for contact in happened], dtype=np.float64)
    end_s = np.array([contact.end_s for contact in happened], dtype=np.float64)
    x_m, y_m = sailed.boats_at(boat, start_s)
    # A contact begins on one of its unit's pieces, never between two.
    unit_x_m, unit_y_m = sailed.units.chained(sailed.pieces).at(unit, start_s)
    return {
        "theatre": as_column([scene.name] * len(happened)),
        "contact": first + np.arange(len(happened)),
        "unit": as_column([unit.id for unit in units]),
        "owner": as_column([unit.craft.owner for unit in units]),
        "sensor": as_column([scene.sensor_names[contact.sensor] for contact in happened]),
        "voyage": fleet.boats.voyage[boat],
        "copy": fleet.boats.copy[boat],
        "traffic": as_column([""] * len(happened)),
        "classed": as_column([contact.classed for contact in happened]),
        "number": np.array([contact.number for contact in happened], dtype=np.int64),
        "start_s": start_s,
        "end_s": np.fmin(end_s, np.fmin(fleet.ended_s[boat], horizon_s)),
        "range_m": np.hypot(x_m - unit_x_m, y_m - unit_y_m),
        "x_m": x_m,
        "y_m": y_m,
    }


def _suspects(scene: Scene, first: int) -> Columns:
    """Give the strangers taken for migrant boats as contacts: they begin, and nobody notes their end."""
    strangers = scene.strangers
    units = [scene.units[each.unit] for each in strangers]
    return {
        "theatre": as_column([scene.name] * len(strangers)),
        "contact": first + np.arange(len(strangers)),
        "unit": as_column([unit.id for unit in units]),
        "owner": as_column([unit.craft.owner for unit in units]),
        "sensor": as_column([scene.sensor_names[each.sensor] for each in strangers]),
        "voyage": as_column([""] * len(strangers)),
        "copy": np.full(len(strangers), -1, dtype=np.int64),
        "traffic": as_column([each.kind for each in strangers]),
        "classed": as_column([SUSPECT] * len(strangers)),
        "number": np.zeros(len(strangers), dtype=np.int64),
        "start_s": np.array([each.track.time_s.item(0) for each in strangers], dtype=np.float64),
        "end_s": np.full(len(strangers), np.nan),
        "range_m": np.array([each.range_m for each in strangers], dtype=np.float64),
        "x_m": np.array([each.track.x_m.item(0) for each in strangers], dtype=np.float64),
        "y_m": np.array([each.track.y_m.item(0) for each in strangers], dtype=np.float64),
    }


def _tracks(scene: Scene, sailed: Sailed, horizon_s: float) -> Columns:
    """Give the vertices of all that moved, as they were sailed; a piece ends where a mover leaves the sea."""
    count = len(sailed.rows)
    units, boats = sailed.units, sailed.boats.until(np.fmin(scene.fleet.ended_s[sailed.rows], horizon_s))
    names = [unit.id for unit in scene.units] + _boat_names(scene, sailed.rows)
    unit, number = ragged(np.zeros(len(sailed.pieces), dtype=np.int64), sailed.pieces)
    of_piece = np.concatenate([unit, len(sailed.pieces) + np.arange(count)])
    counts = np.concatenate([units.counts, boats.counts])
    mover = np.repeat(of_piece, counts)
    return {
        "theatre": as_column([scene.name] * len(mover)),
        "mover": as_column(names)[mover],
        "kind": np.repeat(as_column(["unit", "boat"]), [len(units.time_s), len(boats.time_s)]),
        "piece": np.repeat(np.concatenate([number, np.zeros(count, dtype=np.int64)]), counts),
        "seq": np.arange(len(mover)) - np.searchsorted(mover, mover),
        "time_s": np.concatenate([units.time_s, boats.time_s]),
        "x_m": np.concatenate([units.x_m, boats.x_m]),
        "y_m": np.concatenate([units.y_m, boats.y_m]),
    }


def _boat_names(scene: Scene, rows: IntArray) -> list[str]:
    boats = scene.fleet.boats
    return [
        voyage if copy == 0 else f"{voyage}#{copy}"
        for voyage, copy in zip(boats.voyage[rows], boats.copy[rows].tolist(), strict=True)
    ]
