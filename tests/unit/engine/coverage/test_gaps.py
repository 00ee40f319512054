"""Hours since a cell was last covered, against the positions of ships at many moments."""

import numpy as np
import pytest
from tests.unit.engine.coverage.boxes import (
    BLIND,
    DISC,
    aegean,
    anchored,
    box,
    grid_of,
    grids_of,
    scripted,
    unit,
    watch,
)

from aegean_sim.quantities import NM_M
from aegean_sim.recording.layers import Layer

STEPS = 24_000
WAYS = (
    ((0.0, -13.3, -11.0), (4.0, 9.7, 2.5), (6.5, 9.7, -16.2), (12.0, -2.0, -2.0)),
    ((2.0, 14.0, 14.0), (9.0, -14.0, 6.0), (9.5, -14.0, 6.0), (24.0, 3.0, 3.0)),
)


def ages_h(covered: np.ndarray) -> np.ndarray:
    """Give the hours since the last cover at each of the moments, shape (moments, cells), over a day."""
    hours = 24.0 * (np.arange(STEPS) + 0.5)[:, np.newaxis] / STEPS
    return hours - np.maximum.accumulate(np.where(covered, hours, 0.0), axis=0)


def test_gaps_are_those_of_positions_at_many_moments() -> None:
    loaded = box(*(unit(f"nato-{row}", scripted(*way), DISC) for row, way in enumerate(WAYS)))
    mean, worst = grids_of(loaded, Layer("gap_mean"), Layer("gap_worst"))
    some = np.arange(0, mean.values.size, 7)
    x, y = (axis.ravel()[some] / NM_M for axis in np.meshgrid(mean.x_m, mean.y_m))
    moments, covered = 24.0 * (np.arange(STEPS) + 0.5) / STEPS, np.zeros((STEPS, len(some)), dtype=bool)
    for way in WAYS:
        hours, east, north = np.array(way).T
        out = (moments >= hours[0]) & (moments <= hours[-1])
        away = np.hypot(
            np.interp(moments, hours, east)[:, np.newaxis] - x,
            np.interp(moments, hours, north)[:, np.newaxis] - y,
        )
        covered |= out[:, np.newaxis] & (away < 5.0)
    ages = ages_h(covered)
    np.testing.assert_allclose(mean.values.ravel()[some], ages.mean(axis=0), atol=0.01)
    np.testing.assert_allclose(worst.values.ravel()[some], ages.max(axis=0), atol=0.01)
    assert 0 < (worst.values.ravel()[some] < 23.9).sum() < len(some)


def test_what_is_never_covered_has_the_whole_time_and_what_always_is_none() -> None:
    loaded = box(unit("nato-1", anchored(1.0, 1.0), DISC), unit("hcg-1", anchored(0.0, 0.0), BLIND))
    mean, worst = grids_of(loaded, Layer("gap_mean"), Layer("gap_worst"))
    x, y = np.meshgrid(mean.x_m / NM_M, mean.y_m / NM_M)
    near = np.hypot(x - 1.0, y - 1.0) < 5.0
    np.testing.assert_allclose(worst.values, np.where(near, 0.0, 24.0), atol=1e-9)
    np.testing.assert_allclose(mean.values, np.where(near, 0.0, 12.0), atol=1e-9)
    blind = grid_of(loaded, Layer("gap_worst", by="hcg"))
    assert blind.values == pytest.approx(24.0)


def test_a_sector_covers_what_lies_in_it() -> None:
    patrol = {"kind": "station", "at": [0.0, 0.0], "sector_deg": [0, 90]}
    worst = grid_of(box(unit("nato-1", patrol, DISC)), Layer("gap_worst"))
    x, y = np.meshgrid(worst.x_m / NM_M, worst.y_m / NM_M)
    seen = (np.hypot(x, y) < 5.0) & (x > 0.0) & (y > 0.0)
    np.testing.assert_allclose(worst.values, np.where(seen, 0.0, 24.0), atol=1e-9)


def test_a_night_in_which_a_sensor_is_blind_is_a_gap_and_land_hides() -> None:
    loaded = aegean(unit("nato-1", anchored(26.2, 39.42), {"preset": "eyes"}))
    sea, worst = watch(loaded), grid_of(loaded, Layer("gap_worst"))
    x, y, ship = sea.cells.wet_x_m, sea.cells.wet_y_m, sea.place(0, 0.0)
    assert ship is not None
    at = [np.full(len(x), axis) for axis in ship]
    near = np.hypot(x - ship[0], y - ship[1]) < 6.0 * NM_M
    hidden = sea.sea.crosses(*at, x, y)
    hours = worst.values.ravel()[sea.cells.wet]
    assert hours[~near | hidden] == pytest.approx(72.0)
    # A night of June at 39 N, from the end of civil dusk to the beginning of civil dawn.
    assert ((hours[near & ~hidden] > 7.0) & (hours[near & ~hidden] < 9.0)).all()
    assert (near & hidden).any()
    assert (near & ~hidden).sum() > 10
