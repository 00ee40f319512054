"""How those who are told think and act, in a scenario file: jurisdiction, pictures, tips, responses."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from aegean_sim.scenario.base import (
    Chosen,
    Constant,
    Delay,
    Model,
    Name,
    NotNegative,
    Positive,
    Share,
    Triangle,
    Waters,
)

_SHARES_SUM = 1e-6


class Answers(Model):
    """Who takes a case in a disputed area, by share of the boats.

    Parameters
    ----------
    both, region, claimant, neither : float
        Both states' desks, only those of the state whose region it is on paper, only those of the state that
        claims it too, or neither: then the case bounces before somebody takes it.
    """

    both: Share = 0.4
    region: Share = 0.2
    claimant: Share = 0.2
    neither: Share = 0.2

    @model_validator(mode="after")
    def _whole(self) -> Answers:
        total = self.both + self.region + self.claimant + self.neither
        if abs(total - 1.0) > _SHARES_SUM:
            raise ValueError(f"both, region, claimant and neither add up to {total:g}, not to 1")
        return self


class Disputed(Model):
    """A part of a state's rescue region, outside all territorial seas, that another state claims too.

    Parameters
    ----------
    region, claimant : str
        Whose it is on paper, and who claims it.
    east_of_lon : float
        Western limit of the claim, degrees.
    """

    region: Waters
    claimant: Waters
    east_of_lon: Annotated[float, Field(ge=-180, le=180, strict=True)]
    answers: Answers = Answers()


class Jurisdiction(Model):
    """Who may act, by where the boat will be when the responder gets there.

    Parameters
    ----------
    desks : mapping of state to desks
        Which desks act in a state's territorial sea, and on the high seas in its rescue region.
    elsewhere : tuple of str
        Which act on the high seas in nobody's region.
    disputed : Disputed, optional
    bounce_min : delay
        How long a case goes to and fro between two states of which each holds the other answerable.
    returned : mapping of force to state
        People whom a force rescues are brought back to this state if they set out there.
    """

    desks: Annotated[dict[Waters, tuple[Name, ...]], Field(min_length=1)]
    elsewhere: tuple[Name, ...] = ()
    disputed: Disputed | None = None
    bounce_min: Delay = Triangle(triangular=(20.0, 45.0, 90.0))
    returned: dict[Name, Waters] = {}


class Picture(Model):
    """How well a desk knows two reports for tidings of one boat.

    Parameters
    ----------
    match_share : float
        Share of reports that are matched when they come at once and nothing else is going on.
    match_half_min : float, optional
        After so long half as many; ``None`` for no decay.
    crowd : float, optional
        With so many other boats in the picture half as many; ``None``: any number is told apart.
    """

    match_share: Share = 1.0
    match_half_min: Positive | None = None
    crowd: Positive | None = None


class Tip(Model):
    """A report that starts without a sensor: a call from aboard, from shore, or from a fishing boat.

    Parameters
    ----------
    source : {"phone", "shore", "fisher"}
        Who tells.
    share : float
        Share of the boats, of which it holds, on which such a report is made.
    waters : tuple
        Where the boat is when it is made; any when empty.
    only_distress : bool
        Whether it is made when a boat falls into distress; else at a moment drawn evenly from its voyage.
    delay_min : delay
        From that moment until the desk has it.
    receiver : str
        Desk that gets it.
    error_nm : float
        Standard deviation of the position told, on either axis.
    """

    id: Name
    source: Literal["phone", "shore", "fisher"]
    share: Share
    waters: Chosen[Waters] = frozenset()
    only_distress: bool = False
    delay_min: Delay
    receiver: Name
    error_nm: NotNegative = 0.5


class Classing(Model):
    """How a unit tells migrant boats from other craft.

    Parameters
    ----------
    look_min : delay
        From first sight until the craft is classed, and reported if it is suspect.
    missed, suspect : pair of float
        Share of migrant boats taken for harmless, and of harmless craft taken for migrant boats, close by in
        calm water: by day, and by night.
    doubles_nm : float, optional
        Both double with every so many miles of range.
    sea_factor : float
        Both grow by this factor with every class of the sea above calm.
    """

    look_min: Delay = Constant(constant=0.0)
    missed: tuple[Share, Share] = (0.0, 0.0)
    suspect: tuple[Share, Share] = (0.0, 0.0)
    doubles_nm: Positive | None = None
    sea_factor: Annotated[float, Field(ge=1, le=10, strict=True)] = 1.0


class Harmless(Model):
    """Fishing boats and ferries, as a density: only those that are classed as suspect become reports.

    Parameters
    ----------
    waters : tuple
        In whose waters they are; any when empty.
    per_1000_nm2 : float
        How many there are at a time.
    hours_utc : tuple of 24 float, optional
        Times how many there are in each hour of the day; by default as many at all hours.
    speed_kn : float
        How fast they go.
    """

    id: Name
    theatre: Name
    waters: Chosen[Waters] = frozenset()
    per_1000_nm2: NotNegative
    hours_utc: Annotated[tuple[NotNegative, ...], Field(min_length=24, max_length=24)] | None = None
    speed_kn: NotNegative = 6.0


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
