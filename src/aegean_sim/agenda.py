"""Something to be done later: an event of the kernel that calls, without a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

T = TypeVar("T")


def after(env: simpy.Environment, delay_s: float, call: Callable[[T], None], what: T) -> None:
    """Call with one thing once a delay has passed; calls due at one moment keep their order."""
    event = env.timeout(delay_s)
    assert event.callbacks is not None  # noqa: S101  (an event not yet processed has a list)
    event.callbacks.append(lambda _: call(what))
