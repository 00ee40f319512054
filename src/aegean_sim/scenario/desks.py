"""Who is told, in a scenario file: desks with their officers, links, sharing rules, and the round table."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import AfterValidator, Field

from aegean_sim.scenario.base import Chosen, Delay, Model, Name, Nation, Triangle, Waters
from aegean_sim.scenario.doctrine import Classing, Harmless, Picture, Tip, Watching
from aegean_sim.scenario.jurisdiction import Jurisdiction
from aegean_sim.scenario.rescue import Rescue
from aegean_sim.scenario.response import Response

Hour: TypeAlias = Annotated[float, Field(ge=0, le=24, strict=True)]


def _lasting(hours: tuple[float, float]) -> tuple[float, float]:
    if hours[0] == hours[1]:
        raise ValueError(f"{list(hours)} is no stretch of hours; all day is [0, 24]")
    return hours


HoursUtc: TypeAlias = Annotated[tuple[Hour, Hour], AfterValidator(_lasting)]
"""A daily stretch of hours, UTC, perhaps over midnight."""

Officers: TypeAlias = Annotated[int, Field(ge=0, le=1_000_000, strict=True)]


class Shift(Model):
    """A daily stretch of hours, perhaps over midnight, with its own number of officers; none may be there."""

    hours_utc: HoursUtc
    officers: Officers


class Desk(Model):
    """An operations room.

    Parameters
    ----------
    officers : int
        Reports handled at a time; the others wait.
    shifts : tuple of Shift
        Hours with another number of officers.
    handling_min : delay
        Time an officer spends on a report.
    languages : tuple of str
        Spoken there; between desks that share none a message is translated. Empty: any.
    hears : tuple of str
        Forces whose units report to it.
    commands : tuple of str
        Forces whose units it may send.
    calls : tuple of str
        Forces whose units it may send to a boat in distress, where there are rules of jurisdiction; any when
        empty.
    """

    id: Name
    officers: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    shifts: tuple[Shift, ...] = ()
    handling_min: Delay
    languages: Chosen[Name] = frozenset()
    hears: tuple[Name, ...] = ()
    commands: tuple[Name, ...] = ()
    calls: tuple[Name, ...] = ()


class Link(Model):
    """A way for messages from one desk to another.

    Parameters
    ----------
    latency_min : delay
        From sending to arrival, of a try that gets through.
    reliability : float
        Share of tries that get through.
    tries : int
        How often a message is sent at most; what never gets through is lost.
    resend_min : delay
        After how long a try that did not get through is repeated.
    open_hours_utc : pair of float, optional
        When somebody sends; a message outside these hours waits for them.
    """

    sender: Name
    receiver: Name
    latency_min: Delay
    reliability: Annotated[float, Field(gt=0, le=1, strict=True)] = 1.0
    tries: Annotated[int, Field(ge=1, le=1000, strict=True)] = 1
    resend_min: Delay = Triangle(triangular=(5.0, 5.0, 5.0))
    open_hours_utc: HoursUtc | None = None


class Sharing(Model):
    """A rule: which desk passes what on to which.

    Parameters
    ----------
    waters : tuple
        Where the boat was last seen; any when empty, and so with the others.
    heading : tuple
        Into which state's waters its course leads first, of those it is not in.
    forces, nations : tuple
        Who saw it.
    only_distress : bool
        Whether it holds for boats in distress only.
    """

    sender: Name
    receivers: Annotated[tuple[Name, ...], Field(min_length=1)]
    waters: Chosen[Waters] = frozenset()
    heading: Chosen[Waters] = frozenset()
    forces: Chosen[Name] = frozenset()
    nations: Chosen[Nation] = frozenset()
    only_distress: bool = False


class Withheld(Model):
    """An exception: what units of these nations saw is not passed to these desks, but for distress."""

    nations: Annotated[Chosen[Nation], Field(min_length=1)]
    receivers: Annotated[tuple[Name, ...], Field(min_length=1)]


class RoundTable(Model):
    """Liaison officers of several desks on one ship.

    Between desks that have officers there a message is a word across the table, for as long as the ship is at
    sea; each desk's officers there take one message at a time each.

    Parameters
    ----------
    aboard : str
        Unit that carries it.
    switched_on : bool
        Whether there is one.
    seats : mapping of desk to int
        Officers of each desk.
    word_min : delay
        Time that one message takes the receiver's officer.
    settles : bool
        Whether it is settled there, in a word, who answers for a case that would go to and fro.
    """

    aboard: Name
    switched_on: bool = True
    seats: Annotated[dict[Name, Annotated[int, Field(ge=0, le=1000, strict=True)]], Field(min_length=2)]
    word_min: Delay = Triangle(triangular=(1.0, 2.0, 5.0))
    settles: bool = True


class Silenced(Model):
    """What is left out to see what it is worth: nothing else changes.

    Parameters
    ----------
    units, forces : tuple of str
        Whose reports never reach a desk.
    desks : tuple of str
        Desks that get nothing.
    links : tuple of pairs
        Sender and receiver between whom nothing passes.
    """

    units: Chosen[Name] = frozenset()
    forces: Chosen[Name] = frozenset()
    desks: Chosen[Name] = frozenset()
    links: tuple[tuple[Name, Name], ...] = ()


class Handoffs(Model):
    """The network of a scenario, and how those who may act do.

    Parameters
    ----------
    translation_min : delay
        What a message between desks without a common language takes more.
    jurisdiction : Jurisdiction, optional
        Without it a desk may act wherever its units may go.
    responses, rescues : mapping of theatre to rules
        What holds there instead of ``response`` and ``rescue``.
    """

    desks: tuple[Desk, ...] = ()
    links: tuple[Link, ...] = ()
    sharing: tuple[Sharing, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    translation_min: Delay = Triangle(triangular=(2.0, 5.0, 15.0))
    round_table: RoundTable | None = None
    jurisdiction: Jurisdiction | None = None
    tips: tuple[Tip, ...] = ()
    classing: Classing = Classing()
    harmless: tuple[Harmless, ...] = ()
    picture: Picture = Picture()
    watching: Watching = Watching()
    response: Response = Response()
    rescue: Rescue = Rescue()
    responses: dict[Name, Response] = {}
    rescues: dict[Name, Rescue] = {}
    silenced: Silenced = Silenced()

    def response_in(self, theatre: str) -> Response:
        """Give how responses are carried out in a theatre."""
        return self.responses.get(theatre, self.response)

    def rescue_in(self, theatre: str) -> Rescue:
        """Give what is done with people taken aboard in a theatre."""
        return self.rescues.get(theatre, self.rescue)
