"""Hops: one desk's part in one report, and what the desk does about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from aegean_sim.handoff.network import Report


@dataclass(frozen=True, slots=True)
class Decision:
    """What a desk does.

    Parameters
    ----------
    word : str
        ``tasked``, ``queued``, ``passed_on``, ``refused``, ``known``, ``bounced`` or ``lost``.
    reason : str
        Why.
    timely : bool
        Whether the report reached somebody who could still act.
    onward : tuple of str
        Desks to which the case is handed on because it is theirs.
    rival : str or None
        Desk with which the case goes to and fro, because each holds the other answerable.
    """

    word: str
    reason: str
    timely: bool
    onward: tuple[str, ...] = ()
    rival: str | None = None


_NONE_YET = Decision("", "", timely=False)
KNOWN = Decision("known", "already_tasked", timely=True)
RELAYED = Decision("passed_on", "relay", timely=False)
LOST = Decision("lost", "lost_on_link", timely=False)


@dataclass(slots=True, eq=False)
class Hop:
    """One desk's part in one report: a row of ``handoffs``; a time that has not come is NaN.

    Parameters
    ----------
    onward : tuple of str
        Desks that the receiver is to send it on to, one after another, without a decision of its own.
    way : str
        How it came: ``unit``, ``tip``, ``link``, ``table``, ``bounce`` from the other side,
        ``settled`` with it in a word, or ``again`` on the desk's own table.
    waited_until_s : float
        Until when, after the decision, a case waited for a unit.
    settled : bool
        Whether it has been to and fro between two sides, so that the receiver takes it.
    """

    report: Report
    number: int
    sender: str
    receiver: str
    sent_s: float
    onward: tuple[str, ...] = ()
    way: str = "link"
    settled: bool = False
    arrived_s: float = float("nan")
    taken_up_s: float = float("nan")
    decided_s: float = float("nan")
    waited_until_s: float = float("nan")
    decision: Decision = _NONE_YET
