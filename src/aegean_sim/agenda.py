"""Something to be done later: an event of the kernel that calls, without a process of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from simpy.events import NORMAL, Event

if TYPE_CHECKING:
    from collections.abc import Callable

    import simpy

T = TypeVar("T")


def after(env: simpy.Environment, delay_s: float, call: Callable[[T], None], what: T) -> None:
    """Call with one thing once a delay has passed; calls due at one moment keep their order.

    Raises
    ------
    ValueError
        When the delay is negative.
    """
    if delay_s < 0.0:
        raise ValueError(f"negative delay {delay_s}")
    env.schedule(_Later(call, what), NORMAL, delay_s)


class _Later(Event):
    """A call that is due: all that the kernel needs of an event, made at half the cost of a timeout."""

    _ok = True

    def __init__(self, call: Callable[[Any], None], what: Any) -> None:
        self.callbacks = [_due]
        self.call, self.what = call, what


def _due(event: Event) -> None:
    event.call(event.what)  # type: ignore[attr-defined]
