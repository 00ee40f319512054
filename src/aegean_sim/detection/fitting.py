"""Fitting: from a scenario's sensors to the numbers of their laws, by target class and condition."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.detection.laws import LAW_CODES
from aegean_sim.detection.sensors import ALL_ROUND_RAD, SensorTable
from aegean_sim.environment.conditions import CONDITIONS
from aegean_sim.geography.sight import optical_horizon_m, radar_horizon_m
from aegean_sim.quantities import HOUR_S, KNOT_MPS, NM_M
from aegean_sim.scenario.sensing import (
    SENSOR_KINDS,
    TARGET_CLASSES,
    DefiniteRange,
    DiscRate,
    InverseCube,
    PresetSensor,
    Radar,
)
from aegean_sim.streams import identity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from aegean_sim.quantities import FloatArray
    from aegean_sim.scenario.sensing import LawSensor, Preset, Sensor, TargetClass

_SEAS = 4
_NODES = 64
_HALVINGS = 40
_MOST_OF_TWICE_REACH = 0.98
Fitted = tuple[str, str, int, "FloatArray", "FloatArray"]


@dataclass(frozen=True, slots=True)
class Carrier:
    """What carries sensors.

    Parameters
    ----------
    station : str
        Keys the sensors' luck.
    sector_rad : pair of float
        See `SensorTable.sector_rad`.
    flies : bool
        See `SensorTable.aloft`.
    """

    station: str
    sensors: Sequence[Sensor]
    sector_rad: tuple[float, float] = ALL_ROUND_RAD
    flies: bool = False


def fit_sensors(
    carriers: Sequence[Carrier],
    presets: Mapping[str, Preset],
    target_height_m: Sequence[float],
) -> tuple[SensorTable, tuple[str, ...]]:
    """Make the table of all sensors, and their names.

    Parameters
    ----------
    carriers : sequence of Carrier
        One a unit, in the order of the units' rows.
    target_height_m : sequence of float
        Height above the sea of each target class, for the horizon.
    """
    rows = [
        (unit, carrier.station, number, _fitted(sensor, presets, target_height_m))
        for unit, carrier in enumerate(carriers)
        for number, sensor in enumerate(carrier.sensors)
    ]
    shape = (len(TARGET_CLASSES), len(CONDITIONS))
    table = SensorTable(
        unit=np.array([unit for unit, *_ in rows], dtype=np.int64),
        key=np.array(
            [identity("sensor", station, number) for _, station, number, _ in rows], dtype=np.uint64
        ),
        kind=np.array([fitted[2] for *_, fitted in rows], dtype=np.int64),
        law=np.array([LAW_CODES[fitted[1]] for *_, fitted in rows], dtype=np.int64),
        reach_m=np.array([fitted[3] for *_, fitted in rows]).reshape(-1, *shape),
        numbers=np.array([fitted[4] for *_, fitted in rows]).reshape(-1, *shape, 3),
        sector_rad=np.array([carriers[unit].sector_rad for unit, *_ in rows]).reshape(-1, 2),
        aloft=np.array([carriers[unit].flies for unit, *_ in rows], dtype=np.bool_),
    )
    return table, tuple(fitted[0] for *_, fitted in rows)


def _fitted(sensor: Sensor, presets: Mapping[str, Preset], target_height_m: Sequence[float]) -> Fitted:
    """Give a sensor's name, law, kind, reach and numbers."""
    if isinstance(sensor, PresetSensor):
        return _from_preset(sensor, presets[sensor.preset], target_height_m)
    reach_m, numbers = _from_law(sensor)
    shape = (len(TARGET_CLASSES), len(CONDITIONS))
    kind = SENSOR_KINDS.index("radar" if isinstance(sensor, Radar) else "visual")
    whole = np.broadcast_to(np.array(numbers), (*shape, 3))
    return sensor.law, sensor.law, kind, np.full(shape, reach_m), whole


def _from_law(sensor: LawSensor) -> tuple[float, tuple[float, float, float]]:
    """Give reach and numbers of a law given outright, in SI."""
    match sensor:
        case DefiniteRange():
            return sensor.range_nm * NM_M, (0.0, 0.0, 0.0)
        case DiscRate():
            return sensor.range_nm * NM_M, (sensor.rate_per_h / HOUR_S, 0.0, 0.0)
        case Radar():
            log_false_alarm = math.log(sensor.false_alarm)
            return _reach_m(sensor.max_range_nm), (sensor.r50_nm * NM_M, log_false_alarm, sensor.look_s)
        case InverseCube():
            return _reach_m(sensor.max_range_nm), (_b_m3_per_s(sensor), sensor.height_nm * NM_M, 0.0)


def _reach_m(max_range_nm: float | None) -> float:
    return math.inf if max_range_nm is None else max_range_nm * NM_M


def _b_m3_per_s(sensor: InverseCube) -> float:
    if sensor.b_nm3_per_h is not None:
        return sensor.b_nm3_per_h * NM_M**3 / HOUR_S
    width_nm, speed_kn = sensor.sweep_width_nm or 0.0, sensor.at_speed_kn or 0.0
    return b_for_width_m3_per_s(width_nm * NM_M, speed_kn * KNOT_MPS, _reach_m(sensor.max_range_nm))


def _from_preset(sensor: PresetSensor, preset: Preset, target_height_m: Sequence[float]) -> Fitted:
    """Fit each target class, light and sea of a preset; its reach ends at the horizon."""
    height_m = preset.height_m if sensor.height_m is None else sensor.height_m
    horizon = radar_horizon_m if preset.kind == "radar" else optical_horizon_m
    shape = (len(TARGET_CLASSES), len(CONDITIONS))
    reach_m, numbers = np.zeros(shape), np.zeros((*shape, 3))
    for row, target in enumerate(TARGET_CLASSES):
        limit_m = min(preset.max_range_nm[target] * NM_M, float(horizon(height_m, target_height_m[row])))
        for condition in range(len(CONDITIONS)):
            factor = preset.night_factor if condition >= _SEAS else preset.day_factor
            fitted = _preset_numbers(preset, target, factor, condition % _SEAS, limit_m)
            if fitted is not None:
                reach_m[row, condition], numbers[row, condition] = limit_m, fitted
    return sensor.preset, preset.law, SENSOR_KINDS.index(preset.kind), reach_m, numbers


def _preset_numbers(
    preset: Preset, target: TargetClass, factor: float, sea: int, limit_m: float
) -> tuple[float, float, float] | None:
    """Give the law's numbers in one condition; ``None`` where the sensor is blind."""
    table = preset.sweep_width_nm if preset.law == "inverse_cube" else preset.r50_nm
    value_m = table[target][sea] * factor * NM_M if table else 0.0
    if value_m <= 0.0:
        return None
    if preset.law == "radar":
        return value_m, math.log(preset.false_alarm), preset.look_s
    speed_mps = (preset.at_speed_kn or 0.0) * KNOT_MPS
    return b_for_width_m3_per_s(value_m, speed_mps, limit_m), 0.0, 0.0


@lru_cache(maxsize=1024)
def b_for_width_m3_per_s(width_m: float, speed_mps: float, reach_m: float) -> float:
    """Solve for the inverse-cube ``b`` that gives a sweep width at a relative speed.

    Notes
    -----
    Without a reach ``b = w W² / (8 pi)`` (Koopman). With one, ``W = integral of 1 - exp(-(2 b / (w m²))
    sqrt(1 - m² / R²))`` over lateral range ``m``; no width above 98 % of ``2 R`` can be had, and a wider one
    is cut to that.
    """
    open_b = speed_mps * width_m**2 / (8.0 * math.pi)
    if math.isinf(reach_m):
        return open_b
    wanted_m = min(width_m, _MOST_OF_TWICE_REACH * 2.0 * reach_m)
    low, high = open_b, open_b
    while _width_m(high, speed_mps, reach_m) < wanted_m:
        high *= 2.0
    for _ in range(_HALVINGS):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _width_m(middle, speed_mps, reach_m) < wanted_m else (low, middle)
    return 0.5 * (low + high)


def _width_m(b_m3_per_s: float, speed_mps: float, reach_m: float) -> float:
    """Integrate the lateral range curve of the inverse-cube law cut at a reach."""
    sine, cosine, weight = _quarter_circle()
    seen = -np.expm1(-2.0 * b_m3_per_s / (speed_mps * (reach_m * sine) ** 2) * cosine)
    return float(2.0 * reach_m * np.sum(weight * seen))


@lru_cache(maxsize=1)
def _quarter_circle() -> tuple[FloatArray, FloatArray, FloatArray]:
    """Give sine, cosine, and Gauss-Legendre weight times cosine, of angles from 0 to a right one."""
    node, weight = np.polynomial.legendre.leggauss(_NODES)
    angle = 0.25 * np.pi * (node + 1.0)
    return np.sin(angle), np.cos(angle), 0.25 * np.pi * weight * np.cos(angle)
