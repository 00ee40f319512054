"""The floor: a hundred SimPy processes that do nothing but wait, for a given number of events."""

from __future__ import annotations

import simpy

PROCESSES = 100


def run(events: int) -> None:
    """Let SimPy process so many events."""
    env = simpy.Environment()
    waits = events - 2 * PROCESSES
    for number in range(PROCESSES):
        share = waits * (number + 1) // PROCESSES - waits * number // PROCESSES
        env.process(_wait(env, 1.0 + number / PROCESSES, share))
    env.run()


def _wait(env: simpy.Environment, delay_s: float, times: int) -> simpy.events.ProcessGenerator:
    for _ in range(times):
        yield env.timeout(delay_s)
