from collections.abc import Callable

import numpy as np

from aegean_sim.detection.sensors import ALL_ROUND_RAD, SensorTable

MakeSensors = Callable[..., SensorTable]


def test_who_carries_what_and_how_far_it_sees(make_sensors: MakeSensors) -> None:
    table = make_sensors(
        (1, "radar", [9000.0, 4000.0], [1.0, -9.0, 30.0]),
        (1, "disc_rate", [500.0, 12_000.0], [1.0]),
        (3, "definite_range", [0.0, 0.0], []),
    )
    first, count = table.carriers(5)
    assert count.tolist() == [0, 2, 0, 1, 0]
    assert (first[1], first[3]) == (0, 2)
    assert table.greatest_reach_m(5).tolist() == [0.0, 12_000.0, 0.0, 0.0, 0.0]


def test_cells_lead_to_reach_and_numbers() -> None:
    rng = np.random.default_rng(1)
    shape = (4, 2, 8)
    code = np.zeros(4, dtype=np.int64)
    reach_m, numbers = rng.random(shape), rng.random((*shape, 3))
    round_rad = np.tile(ALL_ROUND_RAD, (4, 1))
    table = SensorTable(
        np.arange(4), code.astype(np.uint64), code, code, reach_m, numbers, round_rad, np.zeros(4, dtype=bool)
    )
    sensor, target, condition = np.array([0, 3, 2]), np.array([1, 0, 1]), np.array([7, 0, 3])
    cell = table.cell(sensor, target, condition)
    np.testing.assert_array_equal(table.reach_m.ravel()[cell], table.reach_m[sensor, target, condition])
    np.testing.assert_array_equal(
        table.numbers.reshape(-1, 3)[cell], table.numbers[sensor, target, condition]
    )
