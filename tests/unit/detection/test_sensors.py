from collections.abc import Callable

from aegean_sim.detection.sensors import SensorTable

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
    assert table.views(5).greatest_m.tolist() == [0.0, 12_000.0, 0.0, 0.0, 0.0]
