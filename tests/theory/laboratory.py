"""Laboratories of open sea, run through the front door; all in nautical miles, knots and hours."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from scipy.stats import kstest

from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import Loaded
from aegean_sim.scenario.model import Scenario
from aegean_sim.scenario.rules import broken_rules

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Tables = Mapping[str, Mapping[str, NDArray[Any]]]
    Part = dict[str, Any]
    Point = tuple[float, float]

COPIES = 20_000
STANDARD_ERRORS = 4.0
NM_M = 1852.0
HOUR_S = 3600.0


def laboratory(hours: float, units: Sequence[Part], seed: int = 1, **more: Any) -> Loaded:
    """Check a scenario with one theatre, ``lab``; ``more`` are further parts of its file."""
    scenario = Scenario.model_validate(
        {
            "name": "lab",
            "start": "2016-06-01T00:00:00Z",
            "duration_h": hours,
            "seed": seed,
            "theatres": {"lab": {"coast": "open_sea", "box_nm": [-1000, -1000, 1000, 1000]}},
            "units": list(units),
            **more,
        }
    )
    assert broken_rules(scenario) == []
    return Loaded(scenario, "lab.yaml", Path())


def sail(loaded: Loaded, replication: int = 0) -> Tables:
    return simulate(loaded, replication).tables


def unit(name: str, patrol: Part, *sensors: Part, **more: Any) -> Part:
    return {"id": name, "theatre": "lab", "patrol": patrol, "sensors": list(sensors), **more}


def still(place: Point) -> Part:
    return {"kind": "station", "at": list(place)}


def scripted(points: Sequence[Sequence[float]]) -> Part:
    return {"kind": "scripted", "points": [list(point) for point in points]}


def voyage(name: str, points: Sequence[Sequence[float]], copies: int = 1, **more: Any) -> Part:
    track = [[float(number) for number in point] for point in points]
    return {"id": name, "theatre": "lab", "points": track, "copies": copies, **more}


def course(place: Point, velocity_kn: Point, until_h: float, since_h: float = 0.0) -> list[list[float]]:
    """Give the two ends of a straight course."""
    lasts_h = until_h - since_h
    there = [place[0] + velocity_kn[0] * lasts_h, place[1] + velocity_kn[1] * lasts_h]
    return [[since_h, *place], [until_h, *there]]


def contacts_of(tables: Tables, **wanted: str) -> dict[str, NDArray[Any]]:
    """Give the rows of contacts whose columns have the wanted words."""
    contacts = tables["contacts"]
    rows = np.ones(len(contacts["contact"]), dtype=np.bool_)
    for column, word in wanted.items():
        rows &= contacts[column] == word
    return {name: column[rows] for name, column in contacts.items()}


def first_seen_h(tables: Tables, copies: int = COPIES, **wanted: str) -> Floats:
    """Tell when each copy of a voyage was first seen, infinite when it never was."""
    rows = contacts_of(tables, **wanted)
    first_h = np.full(copies, np.inf)
    np.minimum.at(first_h, rows["copy"], rows["start_s"] / HOUR_S)
    return first_h


def assert_share(count: float, tries: int, probability: float) -> None:
    """See that a count agrees with its binomial law at four standard errors."""
    error = math.sqrt(tries * probability * (1.0 - probability))
    assert count == pytest.approx(tries * probability, rel=0.0, abs=STANDARD_ERRORS * error + 1e-9)


def assert_mean(mean: float, error: float, wanted: float) -> None:
    assert mean == pytest.approx(wanted, rel=0.0, abs=STANDARD_ERRORS * error)


def assert_uniform(shares: Floats) -> None:
    """See that numbers are even between 0 and 1, at the level of four standard errors of a normal law."""
    assert kstest(shares, "uniform").pvalue > math.erfc(STANDARD_ERRORS / math.sqrt(2.0))
