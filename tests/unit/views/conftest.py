"""Made-up runs on disk: a month of the Aegean as full as a real one, and a laboratory."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.quantities import DAY_S, HOUR_S, KNOT_MPS, NM_M
from aegean_sim.recording.columns import COLUMNS
from aegean_sim.recording.layers import Layer, keep_layer
from aegean_sim.recording.reading import StoredRun, frames_of, read_run
from aegean_sim.recording.record import CoverageGrid, RunRecord
from aegean_sim.recording.store import write_run
from aegean_sim.scenario.model import Scenario

RADAR = {"law": "definite_range", "range_nm": 5}
SHIPS = {
    "bonn": ((25.6, 39.62), (26.25, 39.42)),
    "fredericton": ((25.95, 39.0), (26.05, 38.72)),
    "mersey": ((26.55, 39.05), (26.72, 39.28)),
    "van-amstel": ((26.2, 38.42), (26.16, 38.2)),
    "salamis": ((25.5, 38.1), (26.1, 38.05)),
    "gokova": ((26.35, 38.05), (26.7, 37.95)),
}
STATIONS = {
    "korakas": (26.34, 39.38), "agia-paraskevi": (26.1, 38.24), "samos-east": (27.06, 37.7),
    "kos-north": (27.2, 36.92), "rhodes-north": (28.18, 36.47), "kastellorizo": (29.57, 36.16),
    "dilek": (27.1, 37.67), "cesme-head": (26.27, 38.31),
}  # fmt: skip
CROSSINGS = (
    ((26.35, 39.47), (26.28, 39.39)), ((26.68, 39.3), (26.57, 39.14)), ((26.28, 38.29), (26.16, 38.3)),
    ((27.1, 37.68), (27.06, 37.72)), ((27.2, 37.37), (27.02, 37.44)), ((27.25, 37.02), (27.25, 36.92)),
    ((28.1, 36.56), (28.2, 36.46)), ((29.64, 36.18), (29.6, 36.16)), ((26.3, 39.47), (26.4, 39.36)),
)  # fmt: skip
GUARDS = {
    "HCG": (
        (26.5, 39.2),
        (26.1, 38.4),
        (26.75, 37.78),
        (27.1, 36.85),
        (28.0, 36.45),
        (25.6, 37.5),
        (25.0, 39.6),
    ),
    "TCG": ((26.5, 39.5), (26.4, 38.55), (27.05, 37.9), (27.35, 36.95), (28.2, 36.7), (29.6, 36.18)),
    "Frontex": ((26.3, 39.0), (26.3, 38.2), (26.6, 37.4), (27.4, 36.6), (25.5, 35.5)),
    "Hellenic-Navy": ((25.2, 38.3), (26.0, 37.0), (27.6, 35.9), (25.4, 40.2)),
}
MONTH_S = 30 * DAY_S


class Rows:
    """Tables being filled, row by row."""

    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}

    def add(self, table: str, **values: Any) -> None:
        empty: dict[type, Any] = {object: "", np.float64: np.nan, np.int64: 0, np.bool_: False}
        defaults = {name: empty[kind_of(name)] for name in COLUMNS[table]}
        self.rows[table].append(defaults | values)

    def track(self, theatre: str, mover: str, kind: str, time_s: Any, xy: Any, piece: int = 0) -> None:
        whose = {"theatre": theatre, "mover": mover, "kind": kind, "piece": piece}
        for seq, (time, (x, y)) in enumerate(zip(time_s, xy, strict=True), start=100 * piece):
            self.add("tracks", **whose, seq=seq, time_s=time, x_m=x, y_m=y)

    def columns(self) -> dict[str, dict[str, Any]]:
        return {
            table: {
                name: np.array([row[name] for row in rows], dtype=kind_of(name)) for name in COLUMNS[table]
            }
            for table, rows in self.rows.items()
        }


TEXT = {
    "theatre", "voyage", "route", "boat_type", "target", "outcome", "ended_by", "unit", "owner", "sensor",
    "sender", "receiver", "decision", "reason", "result", "mover", "kind",
    "traffic", "classed", "end", "brought_to", "brought_by", "desk", "way",
    "silenced", "name", "outcome_without", "hull", "first_voyage", "landed_in",
}  # fmt: skip


def kind_of(column: str) -> type:
    if column in TEXT:
        return object
    if column in {"distress", "timely", "forced", "moved"}:
        return np.bool_
    return np.float64 if column.endswith(("_s", "_m")) else np.int64


def stored(folder: Path, scenario: Scenario, rows: Rows, coverage: dict[str, CoverageGrid]) -> StoredRun:
    record = RunRecord(scenario, 0, rows.columns(), frames_of(scenario), {})
    run = read_run(write_run(record, folder, inputs=folder.parent, overwrite=False))
    if coverage:
        keep_layer(coverage, Layer(), run.folder, run.manifest)
    return run


def in_plane(*points: tuple[float, float]) -> np.ndarray:
    return np.column_stack(AEGEAN.to_xy(*np.array(points).T))


def aegean_scenario() -> Scenario:
    craft = {"sensors": [RADAR], "speed_kn": 14}
    guards = [
        {"id": f"{owner.lower()}-{number}", "owner": owner, "theatre": "aegean", **craft,
         "patrol": {"kind": "loop", "points": [place, place]}}
        for owner, places in GUARDS.items()
        for number, place in enumerate(places)
    ]  # fmt: skip
    sites = [
        {"id": name, "owner": "TCG" if name in ("dilek", "cesme-head") else "HCG", "theatre": "aegean",
         "sensors": [RADAR], "patrol": {"kind": "station", "at": place}}
        for name, place in STATIONS.items()
    ]  # fmt: skip
    deployment = {
        "id": "snmg2", "theatre": "aegean", "ships": 6,
        "hulls": [{"id": name, "owner": "NATO", **craft} for name in SHIPS],
        "stations": [
            {"id": f"s{number}", "patrol": {"kind": "barrier", "between": ends}}
            for number, ends in enumerate(SHIPS.values())
        ],
    }  # fmt: skip
    return Scenario.model_validate(
        {"name": "aegean-2016", "start": "2016-06-01T00:00:00Z", "duration_h": 720, "seed": 20160601,
         "theatres": {"aegean": {"coast": "aegean"}}, "units": guards + sites, "deployments": [deployment]}
    )  # fmt: skip


def wandering(rng: np.random.Generator, home: np.ndarray, radius_m: float, legs: int) -> np.ndarray:
    """Give a way of straight legs round a point that keeps off land."""
    coast, way = load_coastline("aegean"), [home]
    for _ in range(40 * legs):
        there = home + rng.normal(0, radius_m, 2)
        x, y = np.array([way[-1], there]).T
        if not coast.crosses(x[:1], y[:1], x[1:], y[1:])[0]:
            way.append(there)
        if len(way) > legs:
            break
    return np.array(way)


def sail(rows: Rows, rng: np.random.Generator) -> dict[str, np.ndarray]:
    """Put down all units' tracks, and give their vertices by unit."""
    ways = {}
    for name, ends in SHIPS.items():
        there, back = in_plane(*ends)
        ways[name] = np.array([there, back] * 20) + rng.normal(0, 900, (40, 2))
    for owner, places in GUARDS.items():
        for number, place in enumerate(places):
            x, y = in_plane(place).T
            home = np.column_stack(load_coastline("aegean").nearest_water(x, y, 800.0))[0]
            ways[f"{owner.lower()}-{number}"] = wandering(rng, home, 16_000.0, 25)
    for name, place in STATIONS.items():
        ways[name] = np.repeat(in_plane(place), 2, axis=0)
    for name, way in ways.items():
        rows.track("aegean", name, "unit", np.linspace(0, MONTH_S, len(way)), way)
    return ways


def cross(rows: Rows, rng: np.random.Generator, ways: dict[str, np.ndarray], boats: int) -> None:
    """Put down boats, what saw them, and who was told."""
    names = list(ways)
    owner_of = dict.fromkeys(SHIPS, "NATO") | {
        unit.id: unit.owner for unit in aegean_scenario().units
    }  # fmt: skip
    spots = np.array([way[rng.integers(len(way))] for way in ways.values()])
    for boat in range(boats):
        here, there = in_plane(*CROSSINGS[rng.integers(len(CROSSINGS))]) + rng.normal(0, 700, (2, 2))
        way = here + np.linspace(0, 1, 5)[:, None] * (there - here) + rng.normal(0, 250, (5, 2))
        name, left_s = f"boat-{boat}", rng.uniform(0, 29 * DAY_S)
        took_s = np.hypot(*(there - here)) / (6 * KNOT_MPS)
        rows.track("aegean", name, "boat", left_s + np.linspace(0, took_s, 5), way)
        rows.add("voyages", theatre="aegean", voyage=name, departed_s=left_s, ended_s=left_s + took_s,
                 outcome="landed", persons=40, persons_landed=40)  # fmt: skip
        if rng.uniform() < 0.63:
            share = rng.uniform(0.2, 0.9)
            x, y = here + share * (there - here)
            unit = names[np.hypot(*(spots - (x, y)).T).argmin()]
            seen = {
                "theatre": "aegean",
                "voyage": name,
                "contact": boat,
                "unit": unit,
                "owner": owner_of[unit],
            }
            rows.add("contacts", **seen, sensor="radar", start_s=left_s + share * took_s,
                     end_s=left_s + took_s, range_m=5000.0, x_m=x, y_m=y)  # fmt: skip
            rows.add("handoffs", **seen, handoff=boat, sent_s=left_s, arrived_s=left_s, taken_up_s=left_s,
                     decided_s=left_s, decision="tasked", timely=rng.uniform() < 0.65)  # fmt: skip


def watched(ways: dict[str, np.ndarray]) -> CoverageGrid:
    """Give a grid of 4 km that looks like a real one: high near units, none on land or far out."""
    x_m, y_m = np.arange(-330e3, 330e3, 4e3), np.arange(-330e3, 340e3, 4e3)
    x, y = np.meshgrid(x_m, y_m)
    unseen = np.ones(x.shape)
    for way in ways.values():
        points = shapely.points(x, y)
        line = shapely.linestrings(way) if np.ptp(way) else shapely.points(way[0])
        distance = shapely.distance(line, points)
        unseen *= 1.0 - (0.75 if len(way) == 40 else 0.4) * np.exp(-((distance / 14e3) ** 2))
    probability = 1.0 - unseen
    cells = shapely.box(x - 2e3, y - 2e3, x + 2e3, y + 2e3)
    land = load_coastline("aegean").land
    probability[shapely.covers(land, cells)] = np.nan
    return CoverageGrid(x_m, y_m, probability)


@pytest.fixture(scope="session")
def aegean_run(tmp_path_factory: pytest.TempPathFactory) -> StoredRun:
    """Six ships, 30 other units and 80 boats on the real coast."""
    rows, rng = Rows(), np.random.default_rng(2016)
    ways = sail(rows, rng)
    cross(rows, rng, ways, 80)
    folder = tmp_path_factory.mktemp("runs") / "aegean"
    return stored(folder, aegean_scenario(), rows, {"aegean": watched(ways)})


@pytest.fixture
def laboratory(tmp_path: Path) -> Callable[..., StoredRun]:
    """A box of open sea with one ship and any number of boats; further theatres are copies of it."""

    def build(
        boats: int = 3,
        theatres: tuple[str, ...] = ("lab",),
        *,
        grid: bool = True,
        ended_s: float = np.nan,
        contacts: Sequence[dict[str, Any]] = (),
    ) -> StoredRun:
        rows, x_m = Rows(), np.arange(-29.0, 30.0, 2.0) * NM_M
        for theatre in theatres:
            fill_laboratory(rows, theatre, boats, ended_s)
        for number, contact in enumerate(contacts):
            rows.add("contacts", theatre=theatres[0], contact=number, y_m=0.0, **contact)
        rising = np.add.outer(np.linspace(0, 0.6, 30), np.linspace(0, 0.4, 30))
        grids = {theatre: CoverageGrid(2 * x_m, x_m, rising) for theatre in theatres if grid}
        return stored(tmp_path / "-".join(["run", *theatres]), laboratory_scenario(theatres), rows, grids)

    return build


def laboratory_scenario(theatres: tuple[str, ...]) -> Scenario:
    units = [
        {"id": f"ship-{theatre}", "owner": "NATO", "theatre": theatre, "sensors": [RADAR],
         "patrol": {"kind": "scripted", "points": [[0, -20, 0], [12, 20, 0]]}}
        for theatre in theatres
    ]  # fmt: skip
    return Scenario.model_validate(
        {"name": "lab-crossing", "start": "2016-06-01T00:00:00Z", "duration_h": 24, "units": units,
         "theatres": {name: {"coast": "open_sea", "box_nm": [-60, -30, 60, 30]} for name in theatres}}
    )  # fmt: skip


def fill_laboratory(rows: Rows, theatre: str, boats: int, ended_s: float) -> None:
    ship, there, back = f"ship-{theatre}", [[-20, 0], [20, 0]], [[20, 5], [-20, 5]]
    rows.track(theatre, ship, "unit", [0.0, 12 * HOUR_S], np.array(there) * NM_M)
    rows.track(theatre, ship, "unit", [12 * HOUR_S, DAY_S], np.array(back) * NM_M, piece=1)
    for boat in range(boats):
        way = np.array([[-40.0, 20.0 - boat % 40], [40.0, -20.0]]) * NM_M
        rows.track(theatre, f"{theatre}-{boat}", "boat", [0.0, 10 * HOUR_S], way)
        rows.add("voyages", theatre=theatre, voyage=f"{theatre}-{boat}", departed_s=0.0, ended_s=ended_s,
                 outcome="at_sea")  # fmt: skip
