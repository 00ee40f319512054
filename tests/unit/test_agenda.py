"""Calls after a delay: at their moment, and in their order."""

import pytest
import simpy

from aegean_sim.agenda import after


def test_calls_come_at_their_moment_and_in_their_order() -> None:
    env = simpy.Environment()
    heard: list[tuple[float, str]] = []
    for delay_s, word in ((5.0, "late"), (2.0, "first"), (2.0, "second"), (0.0, "at once")):
        after(env, delay_s, lambda what: heard.append((env.now, what)), word)
    assert heard == []
    env.run(until=10.0)
    assert heard == [(0.0, "at once"), (2.0, "first"), (2.0, "second"), (5.0, "late")]


def test_nothing_is_due_in_the_past() -> None:
    env = simpy.Environment()
    with pytest.raises(ValueError, match=r"negative delay -1\.0"):
        after(env, -1.0, print, "never")
