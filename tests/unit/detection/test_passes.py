"""Many boats on one track: probabilities and times of detection against the formulas of search theory."""

import math
from collections.abc import Callable
from itertools import pairwise

import numpy as np
import pytest
from scipy.integrate import quad
from scipy.special import iv, modstruve

from aegean_sim.detection.resolver import Targets, exposures, resolve
from aegean_sim.detection.sensors import SensorTable
from aegean_sim.geography.sea import Sea
from aegean_sim.kinematics.legs import Legs, Track, legs_of
from aegean_sim.quantities import KNOT_MPS, NM_M, FloatArray
from aegean_sim.streams import Streams

MakeTargets = Callable[..., Targets]
MakeSensors = Callable[..., SensorTable]
COPIES = 20_000
B_M3PS = 12 * NM_M**3 / 3600.0
RADAR = (2.45 * NM_M, math.log(1e-6), 30.0)
REACH_M = 5.0 * NM_M
HOUR_S = 3600.0

# boat and unit as (x nm, y nm, east kn, north kn)
GEOMETRIES = {
    "head-on": ((10.0, 0.0, -7.0, 0.0), (-10.0, 0.0, 15.0, 0.0)),
    "crossing": ((8.0, -6.0, 0.0, 7.0), (-8.0, 1.0, 15.0, 0.0)),
    "overtaking": ((0.0, 0.0, 7.0, 0.0), (-6.0, 1.5, 15.0, 0.0)),
    "at rest": ((4.0, 0.0, 0.0, 0.0), (0.0, 1.0, 0.0, 0.0)),
    "starting inside": ((1.0, 1.0, 6.0, 3.0), (0.0, 0.0, 0.0, 0.0)),
    "tangent": ((-10.0, 5.0, 12.0, 0.0), (0.0, 0.0, 0.0, 0.0)),
}
LASTS_S = 1.5 * HOUR_S


def straight(x_nm: float, y_nm: float, east_kn: float, north_kn: float) -> Track:
    hours = np.array([0.0, LASTS_S / HOUR_S])
    return Track(hours * HOUR_S, NM_M * (x_nm + east_kn * hours), NM_M * (y_nm + north_kn * hours))


def radar_rates(range_m: FloatArray) -> FloatArray:
    ratio = (RADAR[1] / math.log(0.5) - 1.0) * (RADAR[0] / np.maximum(range_m, 1e-3)) ** 4
    return np.asarray(-np.log(-np.expm1(RADAR[1] / (1.0 + ratio))) / RADAR[2])


RATES: dict[str, tuple[float, tuple[float, ...], Callable[[float], float]]] = {
    "disc_rate": (REACH_M, (2.5 / HOUR_S,), lambda _: 2.5 / HOUR_S),
    "inverse_cube": (math.inf, (B_M3PS,), lambda r: B_M3PS / max(r, 1e-3) ** 3),
    "radar": (11.3 * NM_M, RADAR, lambda r: float(radar_rates(np.array(r)))),
}


def seen_by(geometry: str, law: str, until_s: float) -> float:
    """Probability of detection by a moment, by numerical integration of the rate."""
    (x, y, vx, vy), (ux, uy, uvx, uvy) = GEOMETRIES[geometry]
    reach, _, rate = RATES[law]

    def range_at(time_s: float) -> float:
        hours = time_s / HOUR_S
        return NM_M * math.hypot(x - ux + (vx - uvx) * hours, y - uy + (vy - uvy) * hours)

    def reached(time_s: float) -> float:
        here = range_at(time_s)
        return rate(here) if here < reach * (1.0 - 1e-9) else 0.0

    closest_s = (
        HOUR_S
        * -((x - ux) * (vx - uvx) + (y - uy) * (vy - uvy))
        / max((vx - uvx) ** 2 + (vy - uvy) ** 2, 1e-9)
    )
    steps = np.geomspace(1e-3, 2.0 * LASTS_S, 40)
    edges = np.unique(np.clip([0.0, until_s, *(closest_s - steps), *(closest_s + steps)], 0.0, until_s))
    parts = [quad(reached, low, high, limit=200)[0] for low, high in pairwise(edges)]
    return -math.expm1(-sum(parts))


@pytest.mark.parametrize("law", RATES)
@pytest.mark.parametrize("geometry", GEOMETRIES)
@pytest.mark.filterwarnings("ignore::scipy.integrate.IntegrationWarning")
def test_passes_are_seen_as_often_and_as_soon_as_theory_says(
    geometry: str,
    law: str,
    make_targets: MakeTargets,
    make_sensors: MakeSensors,
    open_sea: Sea,
    streams: Streams,
) -> None:
    boat, unit = GEOMETRIES[geometry]
    targets = make_targets([straight(*boat)] * COPIES)
    sensors = make_sensors((0, law, *RATES[law][:2]))
    found = resolve(targets, legs_of([straight(*unit)]), sensors, open_sea, streams)
    first = found.start_s[found.number == 0]
    for share in (0.25, 0.5, 1.0):
        expected = seen_by(geometry, law, share * LASTS_S)
        error = math.sqrt(expected * (1.0 - expected) / COPIES)
        assert np.count_nonzero(first <= share * LASTS_S) / COPIES == pytest.approx(
            expected, abs=4.0 * error + 1e-5
        )
    if geometry == "tangent" and law == "disc_rate":
        assert len(found) == 0


@pytest.mark.parametrize("geometry", GEOMETRIES)
def test_definite_range_is_entered_where_the_formula_says(
    geometry: str, make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat, unit = (np.array(mover) for mover in GEOMETRIES[geometry])
    x, y, vx, vy = boat - unit
    speed, reach = math.hypot(vx, vy), REACH_M / NM_M
    found = resolve(
        make_targets([straight(*boat)]), legs_of([straight(*unit)]),
        make_sensors((0, "definite_range", REACH_M, [])), open_sea, streams,
    )  # fmt: skip
    if math.hypot(x, y) < reach:
        assert found.start_s.tolist() == [0.0]
    elif geometry == "tangent":
        assert len(found) == 0
    else:
        closest_h, aside = -(x * vx + y * vy) / speed**2, abs(x * vy - y * vx) / speed
        entry_h = closest_h - math.sqrt(reach**2 - aside**2) / speed
        np.testing.assert_allclose(found.start_s, [entry_h * HOUR_S], atol=1e-6)


def swept(speed_mps: float, half_width_m: float, run_m: float) -> tuple[FloatArray, Legs]:
    """Lateral offsets of boats spread evenly, and a unit that passes them all."""
    offset = (np.arange(COPIES) + 0.5) / COPIES * 2.0 * half_width_m - half_width_m
    return offset, legs_of(
        [Track(np.array([0.0, 2 * run_m / speed_mps]), np.array([-run_m, run_m]), np.zeros(2))]
    )


@pytest.mark.parametrize("law", ["definite_range", "disc_rate", "inverse_cube"])
def test_sweep_widths(
    law: str, make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    speed, half_width, rate = 15.0 * KNOT_MPS, 60.0 * NM_M, 4.0 / HOUR_S
    slope = 2.0 * rate * REACH_M / speed
    width, numbers, reach = {
        "definite_range": (2.0 * REACH_M, [], REACH_M),
        "disc_rate": (math.pi * REACH_M * (iv(1, slope) - modstruve(1, slope)), [rate], REACH_M),
        # less the tail beyond the boats, where few are seen: the integral of 2 b / (w m^2)
        "inverse_cube": (
            2.0 * math.sqrt(2.0 * math.pi * B_M3PS / speed) - 4.0 * B_M3PS / (speed * half_width),
            [B_M3PS],
            math.inf,
        ),
    }[law]
    offset, unit = swept(speed, half_width, 5000.0 * NM_M)
    ends = unit.end_s[0] * np.array([0.0, 1.0])
    targets = make_targets([Track(ends, np.zeros(2), np.full(2, y)) for y in offset])
    found = resolve(targets, unit, make_sensors((0, law, reach, numbers)), open_sea, streams)
    total = -np.expm1(-exposures(targets, unit, make_sensors((0, law, reach, numbers)), open_sea))
    assert total.mean() * 2.0 * half_width == pytest.approx(width, rel=1e-3)
    spread = math.sqrt((total * (1.0 - total)).sum()) / COPIES
    assert len(found) / COPIES == pytest.approx(total.mean(), abs=4.0 * spread + 1e-12)


def test_two_searchers_are_independent(
    make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat, unit = GEOMETRIES["crossing"]
    targets, units = (
        make_targets([straight(*boat)] * COPIES),
        legs_of([straight(*unit), straight(0, 0, 3, 1)]),
    )
    sensors = make_sensors((0, "inverse_cube", math.inf, [B_M3PS]), (1, "disc_rate", REACH_M, [2e-4]))
    found = resolve(targets, units, sensors, open_sea, streams)
    each = [
        exposures(make_targets([straight(*boat)]), units.take(units.mover == row), sensors, open_sea)[0]
        for row in range(2)
    ]
    both = exposures(make_targets([straight(*boat)]), units, sensors, open_sea)[0]
    assert both == pytest.approx(sum(each))
    expected = -math.expm1(-both)
    seen = len(np.unique(found.boat)) / COPIES
    assert seen == pytest.approx(expected, abs=4.0 * math.sqrt(expected * (1.0 - expected) / COPIES))
    other = math.expm1(-each[0]) * math.expm1(-each[1])
    twice = len(np.intersect1d(found.boat[found.sensor == 0], found.boat[found.sensor == 1])) / COPIES
    assert twice == pytest.approx(other, abs=4.0 * math.sqrt(other * (1.0 - other) / COPIES))


def thinned(geometry: str, rng: np.random.Generator) -> FloatArray:
    """First detections by a radar of many boats, by thinning; infinite where there is none."""
    boat, unit = (np.array(mover) for mover in GEOMETRIES[geometry])
    x, y, vx, vy = (boat - unit) * np.array([NM_M, NM_M, KNOT_MPS, KNOT_MPS])
    grid = np.linspace(0.0, LASTS_S, 100_001)
    bound = radar_rates(np.hypot(x + vx * grid, y + vy * grid)).max() * 1.01
    time, first = np.zeros(COPIES), np.full(COPIES, np.inf)
    while (waiting := np.flatnonzero((time < LASTS_S) & np.isinf(first))).size:
        time[waiting] += rng.exponential(1.0 / bound, len(waiting))
        range_m = np.hypot(x + vx * time[waiting], y + vy * time[waiting])
        rate = np.where(range_m < 11.3 * NM_M, radar_rates(range_m), 0.0)
        taken = waiting[(rng.random(len(waiting)) * bound < rate) & (time[waiting] < LASTS_S)]
        first[taken] = time[taken]
    return first


@pytest.mark.slow
@pytest.mark.parametrize("geometry", ["crossing", "overtaking", "starting inside"])
def test_radar_detections_agree_with_thinning(
    geometry: str, make_targets: MakeTargets, make_sensors: MakeSensors, open_sea: Sea, streams: Streams
) -> None:
    boat, unit = GEOMETRIES[geometry]
    targets = make_targets([straight(*boat)] * COPIES)
    sensors = make_sensors((0, "radar", 11.3 * NM_M, RADAR))
    found = resolve(targets, legs_of([straight(*unit)]), sensors, open_sea, streams)
    first = np.full(COPIES, np.inf)
    first[found.boat] = found.start_s
    other = thinned(geometry, np.random.default_rng(11))
    for moment in np.linspace(0.1, 1.0, 10) * LASTS_S:
        one, two = (first <= moment).mean(), (other <= moment).mean()
        share = 0.5 * (one + two)
        assert abs(one - two) <= 4.0 * math.sqrt(2.0 * share * (1.0 - share) / COPIES) + 1e-12
