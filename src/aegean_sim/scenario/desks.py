"""Who is told and who decides, in a scenario file: desks, links, sharing rules, and how responses are run."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from aegean_sim.scenario.base import Chosen, Delay, Model, Name, Waters
from aegean_sim.scenario.doctrine import Response


class Desk(Model):
    """An operations room.

    Parameters
    ----------
    officers : int
        Reports handled at a time; the others wait.
    handling_min : delay
        Time an officer spends on a report.
    hears : tuple of str
        Forces whose units report to it.
    commands : tuple of str
        Forces whose units it may send.
    """

    id: Name
    officers: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    handling_min: Delay
    hears: tuple[Name, ...] = ()
    commands: tuple[Name, ...] = ()


class Link(Model):
    """A way for reports from one desk to another."""

    sender: Name
    receiver: Name
    latency_min: Delay


class Sharing(Model):
    """A rule: which desk passes what to which; ``waters``: where the boat was last seen, any when empty."""

    sender: Name
    receivers: Annotated[tuple[Name, ...], Field(min_length=1)]
    waters: Chosen[Waters] = frozenset()
    only_distress: bool = False


class Handoffs(Model):
    """The network of a scenario."""

    desks: tuple[Desk, ...] = ()
    links: tuple[Link, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    response: Response = Response()
