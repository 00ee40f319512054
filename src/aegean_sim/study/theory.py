"""Quick checks of theory: a textbook's formula beside what the simulator does in a laboratory.

These take seconds in all and cover one case a law; the thorough place is ``tests/theory``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from aegean_sim.study.desk_checks import desk_wait
from aegean_sim.study.drift_checks import drift_mean, drift_search, drift_spread
from aegean_sim.study.search_checks import lateral_range, random_search, sweep_width

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from aegean_sim.study.check import Check

CHECKS: Mapping[str, Callable[[], Check]] = {
    "lateral-range": lateral_range,
    "sweep-width": sweep_width,
    "random-search": random_search,
    "desk-wait": desk_wait,
    "drift-mean": drift_mean,
    "drift-spread": drift_spread,
    "drift-search": drift_search,
}
