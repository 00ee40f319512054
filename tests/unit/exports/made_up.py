"""A small run on the real coast, put down by hand: awkward names, a pause in port, an aircraft, a site."""

from pathlib import Path
from typing import Any

import numpy as np

from aegean_sim.exports.request import Request, request_of
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.columns import COLUMNS, _kind
from aegean_sim.recording.layers import Layer, keep_layer
from aegean_sim.recording.reading import StoredRun, frames_of, read_run
from aegean_sim.recording.record import CoverageGrid, RunRecord
from aegean_sim.recording.store import write_run
from aegean_sim.scenario.model import Scenario

MARKUP = "<b>\"boat\" & 'co'</b>"
FORMULA = "=HYPERLINK(A1)"
GREEK = "βάρκα"
BOATS = (MARKUP, FORMULA, GREEK)
WATCH = {"sensors": [{"law": "definite_range", "range_nm": 5}]}
FRIGATE_AT = ((0.0, 26.0, 38.5), (2.0, 26.2, 38.5), (2.0, 26.2, 38.5), (4.0, 26.2, 38.7))
FRIGATE_AGAIN = ((8.0, 26.2, 38.7), (10.0, 26.0, 38.5))
HELICOPTER_AT = ((1.0, 26.1, 38.5), (1.5, 26.8, 38.4), (2.0, 26.2, 38.5))


def scenario() -> Scenario:
    aircraft = {
        "id": "lynx", "owner": "NATO", "theatre": "aegean", "flies": True, "base": "frigate", "speed_kn": 90,
        "patrol": {"kind": "search", "length_nm": 10, "width_nm": 10, "spacing_nm": 5},
        "availability": {"sortie_h": 3, "sorties_per_day": 1}, **WATCH,
    }  # fmt: skip
    ship = {"kind": "scripted", "points": [[0, 26.0, 38.5], [10, 26.2, 38.5]]}
    site = {"kind": "station", "at": [26.1, 38.2]}
    return Scenario.model_validate(
        {
            "name": "made-up", "title": "Ships & <boats>", "start": "2016-06-01T22:00:00Z", "duration_h": 12,
            "seed": 7, "theatres": {"aegean": {"coast": "aegean"}},
            "units": [
                {"id": "frigate", "owner": "NATO", "theatre": "aegean", "patrol": ship, **WATCH},
                aircraft,
                {"id": "site", "owner": "HCG", "theatre": "aegean", "patrol": site, **WATCH},
            ],
        }
    )  # fmt: skip


class Rows:
    def __init__(self) -> None:
        self.rows: dict[str, list[dict[str, Any]]] = {name: [] for name in COLUMNS}

    def add(self, table: str, **values: Any) -> None:
        self.rows[table].append({"theatre": "aegean"} | values)

    def track(self, mover: str, kind: str, vertices: Any, piece: int = 0, theatre: str = "aegean") -> None:
        for seq, (hours, first, second) in enumerate(vertices, start=100 * piece):
            x_m, y_m = AEGEAN.to_xy(first, second) if theatre == "aegean" else (first, second)
            self.add("tracks", theatre=theatre, mover=mover, kind=kind, piece=piece, seq=seq,
                     time_s=hours * HOUR_S, x_m=float(x_m), y_m=float(y_m))  # fmt: skip

    def columns(self) -> dict[str, dict[str, np.ndarray]]:
        return {
            table: {name: _column(name, [row.get(name) for row in rows]) for name in COLUMNS[table]}
            for table, rows in self.rows.items()
        }


def _column(name: str, values: list[Any]) -> np.ndarray:
    """Fill what a row does not tell with what the engine writes for it."""
    kinds: dict[str, tuple[Any, Any]] = {
        "texts": (object, ""), "flags": (np.bool_, False), "numbers": (np.float64, np.nan),
        "wholes": (np.int64, 0),
    }  # fmt: skip
    kind = "numbers" if name in ("x_m", "y_m") else _kind(name).__name__
    dtype, nothing = kinds[kind]
    return np.array([nothing if value is None else value for value in values], dtype=dtype)


def rows() -> Rows:
    made = Rows()
    made.track("frigate", "unit", FRIGATE_AT)
    made.track("frigate", "unit", FRIGATE_AGAIN, piece=1)
    made.track("lynx", "unit", HELICOPTER_AT)
    made.track("site", "unit", ((0.0, 26.1, 38.2), (12.0, 26.1, 38.2)))
    for number, name in enumerate(BOATS):
        south = 0.02 * number
        made.track(name, "boat", ((1.0, 26.3, 38.3 - south), (2.0, 26.25, 38.3), (3.0, 26.2, 38.32)))
        made.add("voyages", voyage=name, departed_s=HOUR_S, ended_s=3 * HOUR_S, outcome="met", persons=40,
                 distress_s=2 * HOUR_S if name == GREEK else np.nan, ended_by="frigate")  # fmt: skip
    _events(made)
    return made


def _events(made: Rows) -> None:
    x_m, y_m = (float(value) for value in AEGEAN.to_xy(26.25, 38.3))
    seen = {"unit": "frigate", "owner": "NATO", "x_m": x_m, "y_m": y_m, "sensor": "radar", "range_m": 900.0}
    made.add("contacts", contact=0, voyage=MARKUP, start_s=2 * HOUR_S, end_s=3 * HOUR_S, **seen)
    made.add("contacts", contact=1, voyage=MARKUP, start_s=1.5 * HOUR_S, end_s=1.7 * HOUR_S, **seen)
    made.add("contacts", contact=2, copy=-1, traffic="fishing", start_s=HOUR_S, **seen)
    told = {"decision": "tasked", "decided_s": 2.5 * HOUR_S}
    made.add(
        "handoffs", handoff=0, contact=0, voyage=MARKUP, observed_s=2.5 * HOUR_S, sent_s=2 * HOUR_S, **told
    )
    made.add("handoffs", handoff=1, contact=-1, voyage=GREEK, observed_s=HOUR_S, sent_s=HOUR_S, **told)
    made.add("handoffs", handoff=2, contact=2, copy=-1, observed_s=HOUR_S, sent_s=HOUR_S)
    made.add("responses", unit="frigate", voyage=MARKUP, tasked_s=HOUR_S, done_s=3 * HOUR_S, result="met")
    made.add("responses", response=1, unit="site", voyage=GREEK, tasked_s=HOUR_S, result="under_way")


def coverage() -> CoverageGrid:
    x_m = np.arange(4.0) * 5000.0
    chances = np.linspace(0.0, 1.0, 12).reshape(3, 4)
    chances[0, 0] = np.nan
    return CoverageGrid(x_m, x_m[:3] + 40_000.0, chances)


def stored(folder: Path, made: Rows, of: Scenario, grids: dict[str, CoverageGrid] | None = None) -> StoredRun:
    record = RunRecord(of, 3, made.columns(), frames_of(of), {})
    run = read_run(write_run(record, folder, inputs=folder.parent, overwrite=False))
    if grids:
        keep_layer(grids, Layer(), run.folder, run.manifest)
    return run


def made_up_run(folder: Path) -> StoredRun:
    return stored(folder, rows(), scenario(), {"aegean": coverage()})


def laboratory_run(folder: Path) -> StoredRun:
    made = Rows()
    made.track("ship", "unit", ((0.0, 0.0, 0.0), (1.0, 1852.0, 3704.0)), theatre="lab")
    made.add("voyages", theatre="lab", voyage="boat", departed_s=0.0, outcome="at_sea")
    made.track("boat", "boat", ((0.0, 1852.0, 0.0), (1.0, 0.0, 0.0)), theatre="lab")
    ship = {"id": "ship", "theatre": "lab", "patrol": {"kind": "scripted", "points": [[0, 0, 0], [1, 1, 2]]}}
    of = Scenario.model_validate(
        {"name": "lab", "start": "2016-06-01T00:00:00Z", "duration_h": 2, "units": [ship | WATCH],
         "theatres": {"lab": {"coast": "open_sea", "box_nm": [-20, -20, 20, 20]}}}
    )  # fmt: skip
    return stored(folder, made, of)


def request(run: StoredRun, every_s: float = 120.0) -> Request:
    return request_of(run, None, every_s)
