"""Which short lines of shore are near what a line of sight sweeps, against shapely's own tests."""

import numpy as np
import pytest
import shapely

from aegean_sim.geography.coastline import Coastline, build_coastline, load_coastline
from aegean_sim.geography.frame import AEGEAN
from aegean_sim.quantities import FloatArray


@pytest.fixture(scope="module")
def coast() -> Coastline:
    return load_coastline("aegean")


@pytest.fixture(scope="module")
def rings(coast: Coastline) -> FloatArray:
    """Four corners of what two movers, both at sea, sweep in some minutes."""
    rng = np.random.default_rng(21)
    count = 6000
    ax, ay = AEGEAN.to_xy(rng.uniform(25.8, 28.3, count), rng.uniform(36.3, 39.5, count))
    angle, span = rng.uniform(0.0, 2.0 * np.pi, (3, count)), rng.uniform(300.0, 20e3, count)
    one = np.stack([ax, ay], axis=-1)
    other = one + np.stack([span * np.cos(angle[0]), span * np.sin(angle[0])], axis=-1)
    moved = [
        start + metres * np.stack([np.cos(turn), np.sin(turn)], axis=-1)
        for start, turn, metres in ((one, angle[1], 1000.0), (other, angle[2], 1500.0))
    ]
    found = np.stack([one, other, moved[1], moved[0]], axis=1)
    wet = [~coast.on_land(*found[:, corner].T) for corner in range(4)]
    return np.asarray(found[np.logical_and.reduce(wet)])


def test_lines_near_a_hull_hold_all_that_it_meets(coast: Coastline, rings: FloatArray) -> None:
    hulls = shapely.convex_hull(shapely.multipoints(rings))
    meets = set(zip(*coast.shores.tree.query(hulls, predicate="intersects").tolist(), strict=True))
    near = set(zip(*(column.tolist() for column in coast.shores.near(rings)), strict=True))
    assert len(meets) > 500
    assert meets <= near
    assert len(near) < 2 * len(meets)


def test_a_hull_of_one_line_or_one_point_is_tried_too(coast: Coastline, rings: FloatArray) -> None:
    lines = rings[:, [0, 1, 1, 0]]
    hidden = np.flatnonzero(coast.hides(np.asarray(shapely.linestrings(lines[:, :2]))))
    assert len(hidden) > 100
    assert set(hidden.tolist()) <= set(coast.shores.near(lines)[0].tolist())
    assert len(coast.shores.near(rings[:, [0, 0, 0, 0]])[0]) < 0.1 * len(rings)
    assert [len(column) for column in coast.shores.near(np.empty((0, 4, 2)))] == [0, 0]


def test_a_hull_that_only_touches_a_shore_is_near_it() -> None:
    wall = build_coastline(np.array([shapely.box(0.0, 0.0, 100.0, 50.0)]), np.array(["GR"]))
    ring = np.array([[[-50.0, 50.0], [150.0, 50.0], [150.0, 80.0], [-50.0, 80.0]]])
    assert len(wall.shores.near(ring)[0])
    assert not len(wall.shores.near(ring + np.array([0.0, 0.01]))[0])


def test_lines_of_shores_hold_every_vertex_once_but_for_their_joints(coast: Coastline) -> None:
    shores, ring = coast.shores, shapely.get_coordinates(coast.boundary)
    lines = np.diff(shores.first)
    assert lines.min() >= 2
    assert shores.first[-1] == shores.vertex.shape[1]
    joints = len(lines) - len(shapely.get_parts(coast.boundary))
    assert shores.vertex.shape[1] - joints == len(ring)
