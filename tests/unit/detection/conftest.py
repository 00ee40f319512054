from collections.abc import Callable, Sequence

import numpy as np
import pytest

from aegean_sim.detection.laws import LAW_CODES
from aegean_sim.detection.resolver import Targets
from aegean_sim.detection.sensors import ALL_ROUND_RAD, SensorTable
from aegean_sim.geography.sea import Sea, open_box
from aegean_sim.kinematics.legs import Track, legs_of
from aegean_sim.streams import Streams, identities

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
SensorRow = tuple[int, str, float, Sequence[float]]


def targets_of(
    tracks: Sequence[Track],
    keys: Sequence[int] | None = None,
    factor: float = 1.0,
    condition_at: Callable[[float], int] = lambda _: 0,
) -> Targets:
    """Boats of class 0 on these tracks; the condition of a leg is that at its start."""
    legs = legs_of(tracks)
    count = len(tracks)
    return Targets(
        legs=legs,
        condition=np.array([condition_at(start) for start in legs.start_s], dtype=np.int64),
        key=identities(77, np.array(range(count) if keys is None else keys, dtype=np.uint64)),
        target_class=np.zeros(len(legs), dtype=np.int64),
        factor=np.full((count, 1), factor),
    )


def sensors_of(
    *rows: SensorRow,
    keys: Sequence[int] | None = None,
    sectors_rad: Sequence[tuple[float, float]] | None = None,
    aloft: Sequence[bool] | None = None,
) -> SensorTable:
    """Sensors ``(unit, law, reach_m, numbers)``; the last two may differ by condition on a first axis."""
    reach = np.array([np.atleast_1d(row[2]) for row in rows])
    conditions = reach.shape[1]
    numbers = np.zeros((len(rows), 1, conditions, 3))
    for index, row in enumerate(rows):
        given = np.atleast_2d(np.array(row[3], dtype=np.float64))
        numbers[index, 0, :, : given.shape[1]] = given
    return SensorTable(
        unit=np.array([row[0] for row in rows]),
        key=identities(5, np.array(range(len(rows)) if keys is None else keys, dtype=np.uint64)),
        kind=np.zeros(len(rows), dtype=np.int64),
        law=np.array([LAW_CODES[row[1]] for row in rows]),
        reach_m=reach[:, np.newaxis, :],
        numbers=numbers,
        sector_rad=np.array([ALL_ROUND_RAD] * len(rows) if sectors_rad is None else sectors_rad),
        aloft=np.array([False] * len(rows) if aloft is None else aloft),
    )


@pytest.fixture(scope="session")
def make_targets() -> MakeTargets:
    return targets_of


@pytest.fixture(scope="session")
def make_sensors() -> MakeSensors:
    return sensors_of


@pytest.fixture(scope="session")
def open_sea() -> Sea:
    return open_box("lab", (-200.0, -200.0, 200.0, 200.0))


@pytest.fixture(scope="session")
def streams() -> Streams:
    return Streams(20160601, 0)
