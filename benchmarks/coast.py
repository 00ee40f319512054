"""Benchmark `coast`: what a route, a sight line and a test of a way cost on the real coasts, and to compile.

Routes are those between random points of each theatre's waters, any two, with waters closed or not.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from itertools import combinations
from time import perf_counter, process_time
from typing import TYPE_CHECKING

import numpy as np

import report
from aegean_sim.geography.frame import THEATRES
from aegean_sim.geography.sea import open_theatre
from aegean_sim.geography.sight import Sightlines

if TYPE_CHECKING:
    from aegean_sim.geography.sea import Sea

PAIRS = 1000
LINES = 10_000
GOAL_MS = 2.0
CLOSED = {"aegean": ((), ("GR",), ("TR",)), "central-med": ((), ("LY",), ("IT", "MT"))}
_COMPILES = """
from aegean_sim.engine.run import simulate
from aegean_sim.scenario.loading import load_scenario
simulate(load_scenario("aegean-2016", ["duration_h=24"]), 0)
"""


def main() -> None:
    head = ["theatre", "closed", "ways", "mean ms", "median ms", "99 of 100 ms", "worst ms", "below 2 ms"]
    rows = [_routes(name, closed) for name in THEATRES for closed in CLOSED[name]]
    parts = [_ROUTES, report.table(head, rows), _SIGHT, _sight(), _COMPILING, _compiling()]
    report.publish("coast", "Coast", parts)


def _afloat(sea: Sea, count: int, seed: int) -> np.ndarray:
    """Give random points at sea, shape (count, 2)."""
    assert sea.coast is not None
    west, south, east, north = sea.bounds_m
    rng = np.random.default_rng(seed)
    points = rng.uniform((west, south), (east, north), (4 * count, 2))
    return points[~sea.coast.on_land(*points.T)][:count]


def _routes(theatre: str, closed: tuple[str, ...]) -> list[str]:
    """Time ways one by one, once the graphs are made; pairs with no way between them are left out."""
    sea = open_theatre(theatre)
    assert sea.routes is not None
    for some in range(len(closed) + 1):
        for states in combinations(closed, some):
            sea.routes.graph(frozenset(states))
    points = _afloat(sea, 2 * PAIRS + 2, seed=1).tolist()
    took_ms = []
    for start, goal in zip(points[::2], points[1::2], strict=True):
        begun = process_time()
        way = sea.route_within(*start, *goal, float("inf"), closed)
        if way is not None:
            took_ms.append(1e3 * (process_time() - begun))
    ms = np.array(took_ms[1:])
    numbers = [ms.mean(), np.median(ms), np.quantile(ms, 0.99), ms.max()]
    below = f"{100 * (ms < GOAL_MS).mean():.1f} %"
    return [theatre, ", ".join(closed) or "none", str(len(ms)), *(f"{each:.2f}" for each in numbers), below]


def _sight() -> str:
    rows = []
    for theatre in THEATRES:
        sea = open_theatre(theatre)
        points, rng = _afloat(sea, LINES, seed=2), np.random.default_rng(3)
        turn, span_m = rng.uniform(0.0, 2.0 * np.pi, (3, LINES)), rng.uniform(500.0, 20e3, LINES)
        there = points + span_m[:, np.newaxis] * np.column_stack([np.sin(turn[0]), np.cos(turn[0])])
        ways = [
            (4.0 * np.sin(turn[1]), 4.0 * np.cos(turn[1])),
            (8.0 * np.sin(turn[2]), 8.0 * np.cos(turn[2])),
        ]
        lines = Sightlines(np.zeros(LINES), np.vstack([points.T, there.T]), np.vstack([*ways[0], *ways[1]]))
        times_s = [_sight_s(sea, lines, lasts_s) for lasts_s in (1e-3, 1e-3, 600.0)][1:]
        begun = process_time()
        sea.crosses(*points.T, *there.T)
        rows.append([theatre, *(f"{each:.4f}" for each in (*times_s, process_time() - begun))])
    return report.table(["theatre", "at one moment, s", "over ten minutes, s", "does it cross land, s"], rows)


def _sight_s(sea: Sea, lines: Sightlines, lasts_s: float) -> float:
    begun = process_time()
    sea.sight_pieces(lines, np.zeros(LINES), np.full(LINES, lasts_s))
    return process_time() - begun


def _compiling() -> str:
    rows = []
    with tempfile.TemporaryDirectory() as kept:
        for name in ("with nothing compiled", "with all compiled"):
            begun = perf_counter()
            environment = {**os.environ, "NUMBA_CACHE_DIR": kept}
            subprocess.run([sys.executable, "-c", _COMPILES], check=True, env=environment)  # noqa: S603  (our own)
            rows.append([name, f"{perf_counter() - begun:.1f}"])
    return report.table(["a day of aegean-2016, fresh process", "wall s"], rows)


_ROUTES = f"""\
Ways between {PAIRS} random pairs of points in each theatre's waters, CPU time one by one; pairs with no way
between them (a point on a lake, say) are left out."""
_SIGHT = f"""\
{LINES} lines of sight of 0.5 to 20 km from random points at sea to points somewhere, both moving."""
_COMPILING = "Numba compiles the kernels when they are first called, and keeps them."

if __name__ == "__main__":
    main()
