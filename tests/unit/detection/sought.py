"""Tracks and laws to try the resolver with, and its contacts as rows."""

from collections.abc import Callable

import numpy as np
import pytest

from aegean_sim.detection.resolver import Contacts, Targets
from aegean_sim.detection.sensors import SensorTable
from aegean_sim.kinematics.legs import Track

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
Row = tuple[int, int, int, float, float]
B_M3PS = 12 * 1852.0**3 / 3600.0
RADAR = (4000.0, np.log(1e-6), 30.0)
LAWS = [
    ("definite_range", 9000.0, [0.0]),
    ("disc_rate", 9000.0, [3e-4]),
    ("inverse_cube", np.inf, [B_M3PS, 30.0]),
    ("inverse_cube", 12_000.0, [B_M3PS]),
    ("radar", 20_000.0, RADAR),
]


def track(*vertices: tuple[float, float, float]) -> Track:
    return Track(*np.array(vertices, dtype=np.float64).T)


def random_track(rng: np.random.Generator, vertices: int = 4, end_s: float = 12_000.0) -> Track:
    inner = np.sort(rng.uniform(0.0, end_s, vertices - 2))
    return Track(np.array([0.0, *inner, end_s]), *rng.uniform(-25_000.0, 25_000.0, (2, vertices)))


def rows_of(contacts: Contacts) -> list[Row]:
    columns = (contacts.sensor, contacts.boat, contacts.number, contacts.start_s, contacts.end_s)
    return list(zip(*(column.tolist() for column in columns), strict=True))


def assert_alike(first: list[Row], second: list[Row], within_s: float) -> None:
    first, second = sorted(first), sorted(second)
    assert [row[:3] for row in first] == [row[:3] for row in second]
    for one, other in zip(first, second, strict=True):
        assert one[3:] == pytest.approx(other[3:], abs=within_s)
