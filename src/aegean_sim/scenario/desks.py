"""Who is told and who decides, in a scenario file: desks, links, sharing rules, and how responses are run."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from aegean_sim.scenario.base import Chosen, Delay, Model, Name, NotNegative, Positive, Triangle, Waters


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


class Response(Model):
    """How a tasking is carried out.

    Parameters
    ----------
    contact_needed : bool
        Whether a boat out of everybody's contact must be searched for; else its position is always known.
    search_h : float
        How long a responder searches before it gives up.
    search_spacing_nm : float
        Distance between the legs of the expanding square.
    on_scene_min, per_person_min : delay, float
        Time alongside: for the boat, and for each person taken aboard.
    ashore_min : delay
        Time in port to bring people ashore.
    no_unit : {"refuse", "wait"}
        What a desk does when every unit that could act is busy.
    report_again_min : float
        A unit reports a boat found anew when its last report on it is older.
    """

    contact_needed: bool = True
    search_h: Positive = 1.5
    search_spacing_nm: Positive = 2.0
    on_scene_min: Delay = Triangle(triangular=(10.0, 15.0, 30.0))
    per_person_min: NotNegative = 0.5
    ashore_min: Delay = Triangle(triangular=(15.0, 30.0, 60.0))
    bring_ashore: bool = True
    no_unit: Literal["refuse", "wait"] = "refuse"
    report_again_min: NotNegative = 60.0


class Handoffs(Model):
    """The network of a scenario."""

    desks: tuple[Desk, ...] = ()
    links: tuple[Link, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    response: Response = Response()
