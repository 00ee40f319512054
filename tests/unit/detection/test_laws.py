import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.integrate import quad

from aegean_sim.detection.laws import LAW_CODES, LAWS
from aegean_sim.kinematics.reach import Motion
from aegean_sim.quantities import FloatArray, IntArray

ONE = np.ones(1)
B_M3PS = 12 * 1852.0**3 / 3600.0
Row = tuple[float, float, float, float, float]  # x, y, vx, vy, seconds
place, pace, lasts = st.floats(-20_000.0, 20_000.0), st.floats(-20.0, 20.0), st.floats(10.0, 5000.0)
rows = st.tuples(place, place, pace, pace, lasts)


def piece(row: Row, start_s: float = 7000.0) -> Motion:
    x, y, vx, vy, seconds = row
    return Motion(*(np.array([value]) for value in (start_s, start_s + seconds, x, y, vx, vy)))


def exposure(law: str, row: Row, *numbers: float, factor: float = 1.0) -> float:
    padded = np.array([[*numbers, *[0.0] * (3 - len(numbers))]])
    return float(LAWS[law].exposure(piece(row, 0.0), padded, factor * ONE)[0])


def delay(law: str, row: Row, amount: float, *numbers: float, factor: float = 1.0) -> float:
    padded = np.array([[*numbers, *[0.0] * (3 - len(numbers))]])
    return float(LAWS[law].delay(piece(row, 0.0), padded, factor * ONE, amount * ONE)[0])


def integral(rate: Callable[[float], float], row: Row) -> float:
    """Integrate a rate of range along a row, finely about the closest approach."""
    x, y, vx, vy, seconds = row
    speed2 = vx * vx + vy * vy
    closest = 0.0 if speed2 == 0.0 else -(x * vx + y * vy) / speed2
    edges = closest + np.concatenate([-np.geomspace(1e5, 1e-4, 60), [0.0], np.geomspace(1e-4, 1e5, 60)])
    edges = np.unique(np.clip([0.0, *edges, seconds], 0.0, seconds))
    return sum(
        quad(lambda t: rate(math.hypot(x + vx * t, y + vy * t)), low, high, epsabs=0.0, epsrel=1e-9)[0]
        for low, high in pairwise(edges)
    )


def inverse_cube_rate(height_m: float) -> Callable[[float], float]:
    return lambda r: B_M3PS / (r * r + height_m * height_m) ** 1.5


def radar_rate(
    r50_m: float, false_alarm: float, look_s: float, factor: float = 1.0
) -> Callable[[float], float]:
    at_half = math.log(false_alarm) / math.log(0.5) - 1.0

    def rate(range_m: float) -> float:
        ratio = factor * at_half * (r50_m / max(range_m, 1e-3)) ** 4
        seen = false_alarm ** (1.0 / (1.0 + ratio))
        near = math.log(-math.expm1(math.log(false_alarm) / (1.0 + ratio)))
        return -(math.log1p(-seen) if seen < 0.5 else near) / look_s

    return rate


def test_codes_are_positions_in_the_registry() -> None:
    assert [LAW_CODES[name] for name in LAWS] == list(range(len(LAWS)))


@pytest.mark.parametrize("seed", range(30))
def test_inverse_cube_exposure_is_the_integral_of_its_rate(seed: int) -> None:
    rng = np.random.default_rng(seed)
    row: Row = (*rng.uniform(-15e3, 15e3, 2), *rng.uniform(-15.0, 15.0, 2), rng.uniform(100.0, 5000.0))
    height = float(rng.choice([0.0, 150.0]))
    expected = integral(inverse_cube_rate(height), row)
    assert exposure("inverse_cube", row, B_M3PS, height) == pytest.approx(expected, rel=1e-8)


@pytest.mark.parametrize("closest_m", [300.0, 2000.0, 9000.0])
@pytest.mark.parametrize("height_m", [0.0, 500.0])
def test_inverse_cube_full_pass(closest_m: float, height_m: float) -> None:
    far: Row = (-1e9, closest_m, 8.0, 0.0, 2e9 / 8.0)
    expected = 2.0 * B_M3PS / (8.0 * (closest_m**2 + height_m**2))
    assert exposure("inverse_cube", far, B_M3PS, height_m) == pytest.approx(expected, rel=1e-9)


def test_inverse_cube_at_rest_and_head_on() -> None:
    rest: Row = (3000.0, 4000.0, 0.0, 0.0, 900.0)
    assert exposure("inverse_cube", rest, B_M3PS) == pytest.approx(900.0 * B_M3PS / 5000.0**3)
    assert delay("inverse_cube", rest, 0.1, B_M3PS) == pytest.approx(0.1 * 5000.0**3 / B_M3PS)
    drifting: Row = (3000.0, 4000.0, 1e-13, -1e-13, 900.0)
    assert delay("inverse_cube", drifting, 0.1, B_M3PS) == pytest.approx(0.1 * 5000.0**3 / B_M3PS)
    through: Row = (-5000.0, 0.0, 10.0, 0.0, 1000.0)
    assert exposure("inverse_cube", through, B_M3PS) > 1e6
    share = 10.0 * 0.7 / B_M3PS
    seen_at = (5000.0**-2 + 2.0 * share) ** -0.5
    assert delay("inverse_cube", through, 0.7, B_M3PS) == pytest.approx((5000.0 - seen_at) / 10.0, rel=1e-12)
    assert delay("inverse_cube", (0.0, 0.0, 0.0, 0.0, 50.0), 30.0, B_M3PS) < 1e-6


def test_a_receding_boat_is_seen_only_while_it_is_near() -> None:
    away: Row = (2000.0, 0.0, 10.0, 0.0, 1e8)
    limit = B_M3PS / (2.0 * 10.0 * 2000.0**2)
    assert exposure("inverse_cube", away, B_M3PS) == pytest.approx(limit, rel=1e-9)
    half = delay("inverse_cube", away, 0.75 * limit, B_M3PS)
    assert 2000.0 + 10.0 * half == pytest.approx(2.0 * 2000.0)


@given(row=rows, share=st.floats(0.01, 0.99), height=st.sampled_from([0.0, 200.0]))
def test_inverse_cube_delay_inverts_exposure(row: Row, share: float, height: float) -> None:
    amount = share * exposure("inverse_cube", row, B_M3PS, height)
    assume(1e-12 < amount < 40.0)
    found = delay("inverse_cube", row, amount, B_M3PS, height)
    assert 0.0 < found < row[4]
    assert exposure("inverse_cube", (*row[:4], found), B_M3PS, height) == pytest.approx(amount, rel=1e-7)


@given(row=rows, share=st.floats(0.0, 1.0), law=st.sampled_from(["inverse_cube", "disc_rate"]))
def test_exposures_of_two_parts_add_up(row: Row, share: float, law: str) -> None:
    numbers = (B_M3PS if law == "inverse_cube" else 1e-3, 50.0)
    x, y, vx, vy, seconds = row
    cut = share * seconds
    first: Row = (x, y, vx, vy, cut)
    second: Row = (x + vx * cut, y + vy * cut, vx, vy, seconds - cut)
    parts = exposure(law, first, *numbers) + exposure(law, second, *numbers)
    assert parts == pytest.approx(exposure(law, row, *numbers), rel=1e-7)


def test_cross_section_multiplies_rates() -> None:
    row: Row = (-5000.0, 1000.0, 10.0, 0.0, 800.0)
    for law, numbers in (("inverse_cube", (B_M3PS,)), ("disc_rate", (1e-3,))):
        twice = exposure(law, row, *numbers, factor=2.0)
        assert twice == pytest.approx(2.0 * exposure(law, row, *numbers))
        assert delay(law, row, 0.3 * twice, *numbers, factor=2.0) == pytest.approx(
            delay(law, row, 0.15 * twice, *numbers)
        )


def test_disc_rate_needs_its_mean_time() -> None:
    row: Row = (100.0, 0.0, 3.0, 1.0, 500.0)
    assert exposure("disc_rate", row, 0.004) == pytest.approx(2.0)
    assert delay("disc_rate", row, 0.5, 0.004) == pytest.approx(125.0)


def test_definite_range_sees_at_once() -> None:
    row: Row = (100.0, 0.0, 3.0, 1.0, 500.0)
    assert exposure("definite_range", row) == math.inf
    assert delay("definite_range", row, 5.0) == 0.0


def test_radar_sees_half_of_all_looks_at_r50_and_false_alarms_far_off() -> None:
    for false_alarm, r50_m in ((1e-6, 4000.0), (1e-4, 900.0)):
        numbers = (r50_m, math.log(false_alarm), 30.0)
        at_half: Row = (r50_m, 0.0, 0.0, 0.0, 60.0)
        assert exposure("radar", at_half, *numbers) == pytest.approx(2.0 * math.log(2.0), rel=1e-9)
        far: Row = (1e6 * r50_m, 0.0, 0.0, 0.0, 30.0)
        assert exposure("radar", far, *numbers) == pytest.approx(-math.log1p(-false_alarm), rel=1e-6)


def test_cross_section_multiplies_the_signal_of_a_radar() -> None:
    row: Row = (-5000.0, 1000.0, 10.0, 0.0, 800.0)
    numbers = (2000.0, math.log(1e-6), 30.0)
    wider = (2000.0 * 3.0**0.25, *numbers[1:])
    assert exposure("radar", row, *numbers, factor=3.0) == pytest.approx(exposure("radar", row, *wider))


@pytest.mark.parametrize("r50_m", [800.0, 4500.0])
@pytest.mark.parametrize("false_alarm", [1e-4, 1e-8])
@pytest.mark.parametrize(
    "row",
    [
        (-20e3, 0.0, 8.0, 0.0, 5000.0),  # through the radar
        (-20e3, 30.0, 8.0, 0.0, 5000.0),  # close by
        (-20e3, 3000.0, 8.0, 1.0, 5000.0),
        (500.0, 0.0, 12.0, 3.0, 1500.0),  # away
        (-15e3, 4000.0, 10.0, 0.0, 700.0),  # towards, not there yet
        (900.0, 200.0, 1e-7, 0.0, 3000.0),  # all but at rest
        (9000.0, 200.0, 0.0, 0.0, 3000.0),
    ],
)
def test_radar_exposure_and_delay(row: Row, false_alarm: float, r50_m: float) -> None:
    numbers = (r50_m, math.log(false_alarm), 30.0)
    rate = radar_rate(r50_m, false_alarm, 30.0)
    whole = exposure("radar", row, *numbers)
    assert whole == pytest.approx(integral(rate, row), rel=1e-6)
    for share in (0.001, 0.3, 0.5, 0.8, 0.999):
        found = delay("radar", row, share * whole, *numbers)
        x, y, vx, vy, _ = row
        here = rate(math.hypot(x + vx * found, y + vy * found))
        missing_s = (share * whole - integral(rate, (*row[:4], found))) / here
        assert abs(missing_s) < 0.01 + 2e-6 * whole / here


@settings(max_examples=60)
@given(row=rows, share=st.floats(0.0, 1.0))
def test_radar_exposures_of_two_parts_add_up(row: Row, share: float) -> None:
    numbers = (1500.0, math.log(1e-6), 30.0)
    x, y, vx, vy, seconds = row
    cut = share * seconds
    second: Row = (x + vx * cut, y + vy * cut, vx, vy, seconds - cut)
    parts = exposure("radar", (x, y, vx, vy, cut), *numbers) + exposure("radar", second, *numbers)
    assert parts == pytest.approx(exposure("radar", row, *numbers), rel=1e-5)


def test_one_row_comes_out_the_same_among_many() -> None:
    rng = np.random.default_rng(5)
    count = 3001
    columns = rng.uniform(-20e3, 20e3, (2, count)), rng.uniform(-20.0, 20.0, (2, count))
    end = rng.uniform(1.0, 4000.0, count)
    many = (np.zeros(count), end, *columns[0], *columns[1])
    numbers = {
        "inverse_cube": (B_M3PS, 20.0, 0.0),
        "disc_rate": (1e-3, 0.0, 0.0),
        "radar": (2000.0, math.log(1e-6), 30.0),
    }

    def both(law: str, chosen: IntArray) -> tuple[FloatArray, FloatArray]:
        some = Motion(*(column[chosen] for column in many))
        values = np.tile(numbers[law], (len(chosen), 1))
        factor = np.full(len(chosen), 1.3)
        whole = LAWS[law].exposure(some, values, factor)
        return whole, LAWS[law].delay(some, values, factor, 0.4 * whole)

    for law in numbers:
        together = both(law, np.arange(count))
        for chosen in (np.array([0]), np.array([17, 18, 19]), np.arange(100, 1500)):
            alone = both(law, chosen)
            np.testing.assert_array_equal(alone[0], together[0][chosen])
            np.testing.assert_array_equal(alone[1], together[1][chosen])
