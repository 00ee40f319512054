"""Checks of drift: a day of leeway against the published coefficients, and search for what drifts."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from aegean_sim.environment.drift import LEEWAY, drift_track
from aegean_sim.environment.weather import WeatherTable
from aegean_sim.quantities import HOUR_S, NM_M
from aegean_sim.study.check import DICE, Check, error_of, share_of
from aegean_sim.study.open_sea import boat, definite_range, sail, scripted, searcher

if TYPE_CHECKING:
    from aegean_sim.quantities import FloatArray

_WIND_MPS = 8.0
_DAY_S = 24.0 * HOUR_S
_BOATS, _FASTEST_KN, _REACH_NM, _RUN_NM = 2_000, 2.0, 1.0, 2.0
_EVERY_H, _LATE_H, _END_H = 1.0 / 12.0, 6.0, 30.0


def drift_mean() -> Check:
    """Let rafts drift for a day in a wind of 8 m/s and take the mean way downwind."""
    ways_nm = _downwind_nm()
    return Check(
        "drift-mean",
        "mean way downwind in 24 h at 8 m/s, raft without ballast",
        "nm",
        "Allen and Plourde 1999: 3.70 % of the wind",
        0.0370 * _WIND_MPS * _DAY_S / NM_M,
        float(ways_nm.mean()),
        error_of(ways_nm),
    )


def drift_spread() -> Check:
    """Let rafts drift for a day in a wind of 8 m/s and take the spread of their ways downwind."""
    ways_nm = _downwind_nm()
    spread_nm = float(ways_nm.std(ddof=1))
    return Check(
        "drift-spread",
        "spread of that way between rafts",
        "nm",
        "Breivik and Allen 2008: 12.0 cm/s at 10 m/s",
        0.120 * (_WIND_MPS / 20.0 + 0.5) * _DAY_S / NM_M,
        spread_nm,
        spread_nm / math.sqrt(2.0 * (len(ways_nm) - 1)),
    )


def _downwind_nm() -> FloatArray:
    """Give how far each of 2,000 rafts has drifted in a north wind, jibes and all."""
    one = np.ones(1)
    sky = WeatherTable(0.0 * one, _WIND_MPS * one, one, math.pi * one, 20.0 * one, 0.0 * one, 0.0 * one)
    tracks = [
        drift_track(LEEWAY["raft-no-ballast"], sky, DICE, key, (0.0, 0.0, 0.0), _DAY_S)
        for key in range(2_000)
    ]
    return np.array([-track.y_m[-1] for track in tracks]) / NM_M


def drift_search() -> Check:
    """Search for boats that drift from a datum, by runs at random in the disc that they fill."""
    x, y = _in_disc("drifting", np.full(_BOATS, _FASTEST_KN * _END_H))
    boats = [boat(f"b{row}", [[0.0, 0.0, 0.0], [_END_H, x[row], y[row]]]) for row in range(_BOATS)]
    ships = [searcher(f"s{row}", scripted(run), definite_range(_REACH_NM)) for row, run in enumerate(_runs())]
    found = len(set(sail(_END_H, ships, voyages=boats)["contacts"]["voyage"]))
    searched_nm2_per_h = (2.0 * _REACH_NM * _RUN_NM + math.pi * _REACH_NM**2) / _EVERY_H
    effort = searched_nm2_per_h / (math.pi * _FASTEST_KN**2) * (1.0 / _LATE_H - 1.0 / _END_H)
    return Check(
        "drift-search",
        "chance to find a drifting boat, datum 6 to 30 h old",
        "share",
        "Washburn 2014: 1 - exp(-(A / (pi u²)) (1 / t1 - 1 / t2))",
        -math.expm1(-effort),
        *share_of(found, _BOATS),
    )


def _runs() -> list[list[list[float]]]:
    """Draw short runs, two points ``[hour, x, y]`` each, the middle anywhere in the disc of its time."""
    middles_h = np.arange(_LATE_H, _END_H, _EVERY_H) + 0.5 * _EVERY_H
    turn = 2.0 * math.pi * DICE.uniform("run", np.arange(len(middles_h), dtype=np.uint64))
    middles = np.column_stack([middles_h, *_in_disc("searching", _FASTEST_KN * middles_h)])
    way_nm = 0.5 * _RUN_NM
    half = np.column_stack(
        [np.full(len(turn), 0.25 * _EVERY_H), way_nm * np.cos(turn), way_nm * np.sin(turn)]
    )
    runs: list[list[list[float]]] = np.stack([middles - half, middles + half], axis=1).tolist()
    return runs


def _in_disc(purpose: str, radius_nm: FloatArray) -> tuple[FloatArray, FloatArray]:
    """Draw a place in each disc round the datum, evenly."""
    who = np.arange(len(radius_nm), dtype=np.uint64)
    away_nm = radius_nm * np.sqrt(DICE.uniform(purpose, who))
    heading = 2.0 * math.pi * DICE.uniform(purpose, who, 1)
    return away_nm * np.cos(heading), away_nm * np.sin(heading)
