"""The chance of being seen that coverage works out, against the share of a run's boats that were seen."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from tests.theory.laboratory import NM_M, STANDARD_ERRORS, laboratory, sail

from aegean_sim.engine.coverage import moments
from aegean_sim.engine.coverage.layers import layer_of
from aegean_sim.quantities import HOUR_S
from aegean_sim.recording.layers import Layer

if TYPE_CHECKING:
    from tests.theory.laboratory import Part, Tables

    from aegean_sim.recording.record import CoverageGrid
    from aegean_sim.scenario.loading import Loaded

STARTS = {"low": (-11.0, -5.0), "middle": (-5.0, 1.0), "high": (-1.0, 5.0), "away": (-11.0, 5.0)}
SPEED_KN, HOURS, MOMENTS = 5.0, 2.0, 400
BOX_NM = [-12.0, -6.0, 12.0, 6.0]


def patrolled() -> Loaded:
    """Boats go east from centres of cells through the waters of a barrier, a random patrol, and a picket."""
    eyes = {"law": "inverse_cube", "b_nm3_per_h": 6.0, "max_range_nm": 6}
    area = [[-10, -5], [10, -5], [10, 5], [-10, 5]]
    patrols: list[Part] = [
        {"kind": "barrier", "between": [[-3, -5.5], [-3, 5.5]]},
        {"kind": "random", "area": area},
        {"kind": "station", "at": [3.0, 3.0]},
    ]
    units = [
        {"id": f"ship-{row}", "owner": f"navy-{row}", "theatre": "lab", "patrol": patrol, "speed_kn": 9.0,
         "sensors": [eyes if row < 2 else {"law": "disc_rate", "range_nm": 4, "rate_per_h": 1.5}]}
        for row, patrol in enumerate(patrols)
    ]  # fmt: skip
    flows = [
        {"id": name, "theatre": "lab", "rate_per_day": 150.0, "origin": [list(place)] * 2,
         "destination": [[11.5, place[1]]] * 2, "speed_kn": [SPEED_KN, SPEED_KN]}
        for name, place in STARTS.items()
    ]  # fmt: skip
    return laboratory(
        240.0, units, flows=flows, variation={"spread_db": {"visual": 4, "radar": 4}},
        theatres={"lab": {"coast": "open_sea", "box_nm": BOX_NM}},
    )  # fmt: skip


@pytest.fixture(scope="module")
def run() -> tuple[Loaded, Tables]:
    loaded = patrolled()
    return loaded, sail(loaded)


def seen_share(tables: Tables, name: str, owner: str | None) -> tuple[float, int]:
    """Give the share of a flow's boats seen within the hours after they set out, and how many set out."""
    voyages, contacts = tables["voyages"], tables["contacts"]
    own = (voyages["voyage"] == name) & (voyages["departed_s"] < (240.0 - HOURS) * HOUR_S)
    left_s = dict(zip(voyages["copy"][own].tolist(), voyages["departed_s"][own].tolist(), strict=True))
    by = (contacts["voyage"] == name) & ((owner is None) | (contacts["owner"] == owner))
    times = zip(contacts["copy"][by].tolist(), contacts["start_s"][by].tolist(), strict=True)
    seen = {copy for copy, start_s in times if copy in left_s and start_s <= left_s[copy] + HOURS * HOUR_S}
    return len(seen) / len(left_s), len(left_s)


def at(grid: CoverageGrid, place: tuple[float, float]) -> float:
    """Give the value of the cell at a place, which is its centre."""
    axes = grid.x_m, grid.y_m
    column, row = (int(np.abs(axis - own * NM_M).argmin()) for axis, own in zip(axes, place, strict=True))
    assert (grid.x_m[column] / NM_M, grid.y_m[row] / NM_M) == pytest.approx(place)
    return float(grid.values[row, column])


@pytest.mark.parametrize("owner", [None, "navy-0", "navy-1", "navy-2"])
def test_the_chance_worked_out_is_the_share_of_boats_seen(
    run: tuple[Loaded, Tables], owner: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moments, "MOMENTS", MOMENTS)
    loaded, tables = run
    layer = Layer(hours=HOURS, by=owner or "all")
    grid = layer_of(loaded.scenario, Path(), 0, tables["tracks"], layer)["lab"]
    for name, place in STARTS.items():
        row, column = (
            np.abs(axis / 1852.0 - own).argmin() for axis, own in ((grid.y_m, place[1]), (grid.x_m, place[0]))
        )
        chance, (share, boats) = float(grid.values[row, column]), seen_share(tables, name, owner)
        # No moment's chance varies more than that of seen or not, and neither do the boats.
        error = math.sqrt(max(chance * (1.0 - chance), 1e-3) * (1.0 / boats + 1.0 / MOMENTS))
        assert abs(share - chance) < STANDARD_ERRORS * error, (name, chance, share, boats)
        assert boats > 1000
    if owner is None:
        assert 0.2 < np.median(grid.values) < 0.9
