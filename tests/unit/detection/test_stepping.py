"""The resolver against a simulation in small steps that knows none of its formulas."""

import math
from collections.abc import Callable

import numpy as np
import pytest

from aegean_sim.detection.resolver import Targets, resolve
from aegean_sim.detection.sensors import SensorTable
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Track, legs_of
from aegean_sim.quantities import FloatArray
from aegean_sim.streams import Streams

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
STEP_S = 0.2
CHANGES_S = (3000.0, 5000.0, 6500.0)
B_M3PS = 12 * 1852.0**3 / 3600.0
CASES = {
    "definite_range": ([8000.0, 4000.0, 0.0, 11_000.0], [[0.0]] * 4),
    "disc_rate": ([8000.0, 9000.0, 0.0, 11_000.0], [[6e-4], [1e-3], [1.0], [8e-4]]),
    "inverse_cube": (
        [np.inf, 12_000.0, np.inf, 0.0],
        [[B_M3PS, 50.0], [3 * B_M3PS, 0.0], [0.0, 0.0], [9.0, 0.0]],
    ),
    "radar": (
        [20_000.0, 15_000.0, 0.0, 20_000.0],
        [
            [3000.0, math.log(1e-6), 30.0],
            [5000.0, math.log(1e-4), 20.0],
            [1e4, -9.0, 9.0],
            [2e3, -12.0, 40.0],
        ],
    ),
}


def condition_at(time_s: float) -> int:
    return sum(time_s >= change for change in CHANGES_S)


def random_track(rng: np.random.Generator) -> Track:
    """A track of 9000 s in legs that bend where the conditions change, and elsewhere."""
    time = np.unique([0.0, *CHANGES_S, 9000.0, *rng.uniform(0.0, 9000.0, 3)])
    return Track(time, *rng.uniform(-12_000.0, 12_000.0, (2, len(time))))


def rate(law: str, numbers: FloatArray, range_m: FloatArray) -> FloatArray:
    """Rates by the definitions of the laws; ``numbers`` has a row for each range."""
    if law == "disc_rate":
        return numbers[:, 0]
    if law == "inverse_cube":
        return np.asarray(numbers[:, 0] / np.hypot(range_m, numbers[:, 1]) ** 3)
    r50, false_alarm = numbers[:, 0], np.exp(numbers[:, 1])
    ratio = (np.log(false_alarm) / np.log(0.5) - 1.0) * (r50 / range_m) ** 4
    return np.asarray(-np.log1p(-(false_alarm ** (1.0 / (1.0 + ratio)))) / numbers[:, 2])


def stepped(
    law: str, boat: Track, unit: Track, threshold: Callable[[int], float]
) -> list[tuple[float, float]]:
    """Starts and ends of contacts, found by walking through time."""
    middle = np.arange(0.0, 9000.0, STEP_S) + 0.5 * STEP_S
    dx, dy = (
        np.interp(middle, boat.time_s, b) - np.interp(middle, unit.time_s, u)
        for b, u in ((boat.x_m, unit.x_m), (boat.y_m, unit.y_m))
    )
    range_m = np.hypot(dx, dy)
    condition = np.searchsorted(CHANGES_S, middle, side="right")
    reach, numbers = np.array(CASES[law][0])[condition], np.zeros((4, 3))
    given = np.array(CASES[law][1])
    numbers[:, : given.shape[1]] = given
    within = range_m < reach
    grows = (
        np.zeros(len(middle)) if law == "definite_range" else rate(law, numbers[condition], range_m) * STEP_S
    )
    contacts: list[tuple[float, float]] = []
    gathered, held = 0.0, False
    for step, here in enumerate(within):
        if not here:
            if held:
                contacts[-1] = (contacts[-1][0], step * STEP_S)
            held = False
        elif not held:
            gathered += grows[step]
            if law == "definite_range" or gathered >= threshold(len(contacts)):
                contacts.append(((step + 0.5) * STEP_S, 9000.0))
                gathered, held = 0.0, True
    return contacts


@pytest.mark.slow
@pytest.mark.parametrize("law", CASES)
def test_contacts_agree_with_small_steps(
    law: str, make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    rng = np.random.default_rng(list(CASES).index(law))
    boats, units = [random_track(rng) for _ in range(12)], [random_track(rng) for _ in range(3)]
    targets = make_targets(boats, condition_at=condition_at)
    sensors = make_sensors(*((unit, law, *CASES[law]) for unit in range(3)))
    found = resolve(targets, legs_of(units), sensors, open_sea, streams)
    total = 0
    for sensor, unit in enumerate(units):
        for row, boat in enumerate(boats):
            who, whom = sensors.key[[sensor]], targets.key[[row]]
            draws = [streams.exponential("detection", who, whom, turn=turn)[0] for turn in range(12)]
            expected = stepped(law, boat, unit, draws.__getitem__)
            mine = (found.sensor == sensor) & (found.boat == row)
            assert found.number[mine].tolist() == list(range(len(expected)))
            for start, end, (start_s, end_s) in zip(
                found.start_s[mine], found.end_s[mine], expected, strict=True
            ):
                assert start == pytest.approx(start_s, abs=2 * STEP_S)
                assert end == pytest.approx(end_s, abs=STEP_S)
            total += len(expected)
    assert total > 25
