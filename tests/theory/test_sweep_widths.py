"""Sweep widths by sensor: closed forms of search theory, and brute force over lateral range."""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from pydantic import TypeAdapter
from scipy.integrate import quad, simpson
from scipy.special import iv, modstruve
from tests.theory.laws import Approach, Law, disc_rate, inverse_cube, radar

from aegean_sim.detection.fitting import Carrier, fit_sensors
from aegean_sim.detection.sweep import sweep_width_m
from aegean_sim.environment.conditions import CONDITIONS
from aegean_sim.quantities import KNOT_MPS, NM_M
from aegean_sim.scenario.loading import load_scenario
from aegean_sim.scenario.sensing import TARGET_CLASSES, Sensor

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from aegean_sim.detection.sensors import SensorTable
    from aegean_sim.scenario.sensing import Preset

FARTHEST_NM = 60.0
SPEEDS_KN = (2.0, 14.0, 35.0)


@cache
def presets() -> dict[str, Preset]:
    return load_scenario("aegean-2016").scenario.sensor_presets


def table_of(*sensors: dict[str, Any]) -> SensorTable:
    some = [TypeAdapter(Sensor).validate_python(sensor) for sensor in sensors]
    return fit_sensors([Carrier("ship", some)], presets(), [1.0, 2.0, 0.3])[0]


def widths_nm(sensor: dict[str, Any], speed_kn: float) -> NDArray[np.float64]:
    """Give the widths of one sensor, shape (classes, conditions)."""
    widths: NDArray[np.float64] = sweep_width_m(table_of(sensor), np.array([speed_kn * KNOT_MPS]))[0]
    return widths / NM_M


def brute_nm(law: Law, speed_kn: float, reach_nm: float) -> float:
    """Add up, over lateral range, what straight passes through a disc find, by Simpson's rule."""
    angle = np.linspace(0.0, 0.5 * math.pi, 201)
    hours = 2.0 * reach_nm / speed_kn
    found = [
        -math.expm1(-law.exposure(Approach(-reach_nm, x, speed_kn, 0.0, hours), np.array([hours]))[0])
        for x in (reach_nm * np.sin(angle)).tolist()
    ]
    return 2.0 * float(simpson(np.array(found) * reach_nm * np.cos(angle), x=angle))


@pytest.mark.parametrize("speed_kn", SPEEDS_KN)
def test_a_definite_range_sweeps_twice_its_range(speed_kn: float) -> None:
    assert widths_nm({"law": "definite_range", "range_nm": 4.5}, speed_kn) == pytest.approx(9.0, rel=1e-12)


@pytest.mark.parametrize("speed_kn", SPEEDS_KN)
@pytest.mark.parametrize("rate_per_h", [0.3, 1.0, 2.0])
def test_a_disc_rate_sweeps_what_bessel_and_struve_say(speed_kn: float, rate_per_h: float) -> None:
    """``W = pi R (I1(k) - L1(k))`` with ``k = 2 R rate / w``: the integral over chords in closed form."""
    reach_nm = 5.0
    k = 2.0 * reach_nm * rate_per_h / speed_kn
    wanted = math.pi * reach_nm * float(iv(1, k) - modstruve(1, k))
    assert widths_nm(disc_rate(reach_nm, rate_per_h).sensor, speed_kn) == pytest.approx(wanted, rel=1e-8)


@pytest.mark.parametrize("width_nm", [1.0, 3.0, 8.0])
@pytest.mark.parametrize("speed_kn", SPEEDS_KN)
def test_an_inverse_cube_sweeps_the_width_it_was_given_for(width_nm: float, speed_kn: float) -> None:
    """Koopman: ``W sqrt(w0 / w)`` at a speed w; a disc of radius R takes ``W² / 4R`` off."""
    given_kn = 14.0
    sensor = {"law": "inverse_cube", "sweep_width_nm": width_nm, "at_speed_kn": given_kn}
    wanted = width_nm * math.sqrt(given_kn / speed_kn)
    missing = wanted / (4.0 * FARTHEST_NM)
    assert widths_nm(sensor, speed_kn) == pytest.approx(wanted * (1.0 - missing), abs=wanted * missing**2)


def within_nm(b_nm3_per_h: float, speed_kn: float, reach_nm: float, height_nm: float = 0.0) -> float:
    """Integrate an inverse cube cut off at a reach: of each pass only the chord counts."""

    def found(x: float) -> float:
        square = x * x + height_nm**2
        half = math.sqrt(reach_nm**2 - x * x)
        return -math.expm1(-2.0 * b_nm3_per_h * half / (speed_kn * square * math.hypot(reach_nm, height_nm)))

    return 2.0 * quad(found, 0.0, reach_nm, limit=500, epsabs=0.0, epsrel=1e-10)[0]


@pytest.mark.parametrize("speed_kn", SPEEDS_KN)
@pytest.mark.parametrize(("b", "reach", "height"), [(10.0, 6.0, 0.0), (40.0, 9.0, 0.3), (10.0, 60.0, 0.0)])
def test_an_inverse_cube_with_an_end_sweeps_its_chords(
    speed_kn: float, b: float, reach: float, height: float
) -> None:
    sensor = inverse_cube(b, reach, height).sensor
    wanted = within_nm(b, speed_kn, reach, height)
    assert widths_nm(sensor, speed_kn) == pytest.approx(wanted, rel=1e-7)


@pytest.mark.parametrize("speed_kn", SPEEDS_KN)
@pytest.mark.parametrize(("r50", "reach"), [(2.0, 10.0), (5.0, 7.0)])
def test_a_radar_sweeps_what_brute_force_adds_up(speed_kn: float, r50: float, reach: float) -> None:
    law = radar(r50, reach)
    assert widths_nm(law.sensor, speed_kn) == pytest.approx(brute_nm(law, speed_kn, reach), rel=1e-6)


def test_a_faster_pass_sweeps_less() -> None:
    sensors = [inverse_cube(20.0, 8.0).sensor, disc_rate(5.0, 1.0).sensor, radar(2.0, 10.0).sensor]
    widths = np.array([[widths_nm(sensor, speed) for speed in SPEEDS_KN] for sensor in sensors])
    assert (np.diff(widths, axis=1) < 0.0).all()


def test_every_sensor_class_and_condition_has_its_own_width() -> None:
    """The same in one table as alone; and nothing where the sensor is off, as an eye in the dark may be."""
    sensors = [{"preset": name} for name in presets()] + [disc_rate(5.0, 1.0).sensor]
    table = table_of(*sensors)
    speeds = np.linspace(3.0, 20.0, len(sensors))
    together = sweep_width_m(table, speeds * KNOT_MPS)
    assert together.shape == (len(sensors), len(TARGET_CLASSES), len(CONDITIONS))
    for row, sensor in enumerate(sensors):
        assert together[row] / NM_M == pytest.approx(widths_nm(sensor, speeds[row]), rel=1e-12)
    assert ((together == 0.0) == (table.reach_m == 0.0)).all()
    assert (together <= 2.0 * table.reach_m).all()
