"""Benchmark `network`: what reports, desks and links cost beside detection, in one run of aegean-2016.

Time is put down to whatever is innermost: detection, the network (reporting, desks, links, round tables,
pictures), or those who act (dispatch and responses, whose courses and routes are most of a run).
"""

from __future__ import annotations

from collections import defaultdict
from functools import wraps
from statistics import median
from time import perf_counter
from typing import TYPE_CHECKING, Any

import report
from aegean_sim.behaviour.dispatch import Dispatcher
from aegean_sim.behaviour.lookout import Lookout
from aegean_sim.behaviour.reporting import Reporter
from aegean_sim.behaviour.strangers import Traffic
from aegean_sim.behaviour.tips import Tips
from aegean_sim.engine.run import simulate
from aegean_sim.handoff.desks import Desks
from aegean_sim.handoff.officers import Officers
from aegean_sim.handoff.picture import Picture
from aegean_sim.scenario.loading import load_scenario

if TYPE_CHECKING:
    from collections.abc import Callable

REPLICATIONS = 5
DETECTION, NETWORK, ACTING, STRANGERS = "detection", "network", "acting", "harmless traffic"
PARTS: dict[str, list[tuple[type, str]]] = {
    DETECTION: [(Lookout, "watch"), (Lookout, "replan")],
    NETWORK: [
        *((Reporter, name) for name in ("sighted", "suspected", "_class", "_distressed")),
        *((Desks, name) for name in ("take", "take_tip", "arrive", "_handled", "_lose", "_changed")),
        *((Officers, name) for name in ("take", "_end")),
        (Picture, "filed"),
        *((Tips, name) for name in ("plan", "_notice")),
    ],
    ACTING: [(Dispatcher, name) for name in ("decide", "sighted", "ended", "closed", "freed")],
    STRANGERS: [(Traffic, name) for name in ("begin", "_come_upon")],
}


class Clock:
    """Wall-clock seconds by part, each counted without the parts called from within."""

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self._inner = [0.0]

    def timed(self, part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        """Give the same function, with its time put down."""

        @wraps(function)
        def measured(*args: Any, **named: Any) -> Any:
            begun = perf_counter()
            self._inner.append(0.0)
            try:
                return function(*args, **named)
            finally:
                lasted = perf_counter() - begun
                self.spent[part] += lasted - self._inner.pop()
                self._inner[-1] += lasted

        return measured


def main() -> None:
    clock = Clock()
    for part, methods in PARTS.items():
        for owner, name in methods:
            setattr(owner, name, clock.timed(part, getattr(owner, name)))
    parts = [_METHOD]
    for title, overrides in (("Without harmless traffic", ["handoffs.harmless=[]"]), ("As it is", [])):
        parts += [f"## {title}", _costs(clock, overrides)]
    report.publish("network", "Network", parts)


def _costs(clock: Clock, overrides: list[str]) -> str:
    loaded = load_scenario("aegean-2016", overrides)
    simulate(loaded, 0)
    runs: list[dict[str, float]] = []
    for number in range(1, 1 + REPLICATIONS):
        clock.spent.clear()
        begun = perf_counter()
        simulate(loaded, number)
        runs.append({**clock.spent, "whole run": perf_counter() - begun})
    names = [name for name in (*PARTS, "whole run") if name in runs[0]]
    rows = [
        [name, f"{1e3 * median(run[name] for run in runs):.0f}",
         f"{median(run[name] / run[DETECTION] for run in runs):.2f}"]
        for name in names
    ]  # fmt: skip
    return report.table(["part", "median wall ms", "to detection"], rows)


_METHOD = """\
Replications 1 to 5, warm; time is put down to the innermost part. Detection is the resolving of boats as they
set out and of units as they change course; responses outside the decisions (sailing, searching, routes home)
are in the whole run only."""


if __name__ == "__main__":
    main()
