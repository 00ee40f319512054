"""A station that does not look all round, run through the front door, against straight geometry."""

from __future__ import annotations

import math

import numpy as np
import pytest
from tests.theory import laws
from tests.theory.laboratory import (
    COPIES,
    assert_share,
    contacts_of,
    course,
    first_seen_h,
    laboratory,
    sail,
    unit,
    voyage,
)

REACH = 5.0
COOKIE = {"law": "definite_range", "range_nm": REACH}
SPEED = 8.0
NORTH, SOUTH = 3.0, -3.0
HALF_CHORD = 4.0


def station(name: str, *sensors: dict[str, object], **more: object) -> dict[str, object]:
    return unit(name, {"kind": "station", "at": [0.0, 0.0], **more}, *sensors)


def test_each_station_sees_the_boat_in_its_own_sector() -> None:
    """A boat passes 3 nm north, another 3 nm south, from west to east within a reach of 5 nm."""
    passes = [
        voyage(name, course((-10.0, y), (SPEED, 0.0), 2.5))
        for name, y in (("north", NORTH), ("south", SOUTH))
    ]
    tables = sail(
        laboratory(
            3.0,
            [
                station("all", COOKIE),
                station("full", COOKIE, sector_deg=[0, 360]),
                station("north-east", COOKIE, sector_deg=[0, 90]),
                station("front", COOKIE, sector_deg=[315, 45]),
                station("back-blind", COOKIE, sector_deg=[225, 135]),
            ],
            voyages=passes,
        )
    )
    wanted = {
        ("all", "north"): [(-HALF_CHORD, HALF_CHORD)],
        ("all", "south"): [(-HALF_CHORD, HALF_CHORD)],
        ("full", "north"): [(-HALF_CHORD, HALF_CHORD)],
        ("full", "south"): [(-HALF_CHORD, HALF_CHORD)],
        ("north-east", "north"): [(0.0, HALF_CHORD)],
        ("north-east", "south"): [],
        ("front", "north"): [(-3.0, 3.0)],
        ("front", "south"): [],
        ("back-blind", "north"): [(-HALF_CHORD, HALF_CHORD)],
        ("back-blind", "south"): [(-HALF_CHORD, -3.0), (3.0, HALF_CHORD)],
    }
    for (who, whom), places in wanted.items():
        rows = contacts_of(tables, unit=who, voyage=whom)
        found = np.column_stack([rows["start_s"], rows["end_s"]]) / 3600.0 * SPEED - 10.0
        np.testing.assert_allclose(found, np.array(places).reshape(-1, 2), atol=1e-6, err_msg=f"{who} {whom}")


@pytest.mark.parametrize("sector_deg", [[0, 90], [90, 30]])
def test_a_sector_takes_its_part_of_the_inverse_cube_law(sector_deg: list[float]) -> None:
    """The chance is 1 - exp(-F), F added up over the stretch inside."""
    b, y = 12.0, 1.5
    boats = [voyage("boat", course((-10.0, y), (SPEED, 0.0), 2.5), copies=COPIES)]
    watcher = station("site", laws.inverse_cube(b).sensor, sector_deg=sector_deg)
    tables = sail(laboratory(3.0, [watcher], voyages=boats))

    def gathered(west: float, east: float) -> float:
        return b / (SPEED * y * y) * (east / math.hypot(east, y) - west / math.hypot(west, y))

    edge = y * math.tan(math.radians(30.0))
    inside = gathered(0.0, 10.0) if sector_deg == [0, 90] else gathered(-10.0, edge)
    seen = np.isfinite(first_seen_h(tables))
    assert_share(int(seen.sum()), COPIES, -math.expm1(-inside))
