"""What is made of a sighting, in a scenario file: classing, pictures, updates, tips, harmless traffic."""

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
    Waters,
)


class Picture(Model):
    """How well a desk knows two reports for tidings of one boat; those of one unit always are.

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


class Watching(Model):
    """What a unit does after its report.

    Parameters
    ----------
    updates : bool
        Whether it keeps those who took up its report informed of where the boat is, as long as it holds it.
    shadow_h : mapping of force to float
        How long units of a force leave their patrol to follow a boat that they have reported.
    """

    updates: bool = True
    shadow_h: dict[Name, Positive] = {}


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
        Both double with every so many miles of range at first sight.
    sea_factor : float
        Both grow by this factor with every class of the sea above calm.
    """

    look_min: Delay = Constant(constant=0.0)
    missed: tuple[Share, Share] = (0.0, 0.0)
    suspect: tuple[Share, Share] = (0.0, 0.0)
    doubles_nm: Positive | None = None
    sea_factor: Annotated[float, Field(ge=1, le=10, strict=True)] = 1.0


class Harmless(Model):
    """Fishing boats, ferries and the like, as a density: only those classed as suspect become reports.

    Parameters
    ----------
    waters : tuple
        In whose waters they are; any when empty.
    per_1000_nm2 : float
        How many there are at a time.
    hours_utc : tuple of 24 float
        Times how many there are in each hour of the day.
    speed_kn : float
        How fast they go.
    """

    id: Name
    theatre: Name
    waters: Chosen[Waters] = frozenset()
    per_1000_nm2: NotNegative
    hours_utc: Annotated[tuple[NotNegative, ...], Field(min_length=24, max_length=24)] = (1.0,) * 24
    speed_kn: NotNegative = 6.0


class Tip(Model):
    """A report that starts without a sensor.

    Parameters
    ----------
    source : {"phone", "relay", "flare", "ship", "shore", "fisher"}
        Who tells: somebody aboard, by telephone to the desk or to a relay such as Alarm Phone, or by a
        flare; a ship that passes by; people on shore, or on a fishing boat.
    share : float, optional
        Share of the boats on which it is made: of those in distress, or of those in these waters at a moment
        drawn evenly from their voyage.
    per_h : float, optional
        Instead of a share: the rate at which it is made as long as a boat is at sea, or in distress.
    waters : tuple
        Where the boat is when it is made; any when empty.
    only_distress : bool
        Whether it is made when a boat falls into distress.
    delay_min : delay
        From that moment until the desk has it.
    receiver : str
        Desk that gets it.
    error_nm : float
        Standard deviation of the position told, on either axis.
    """

    id: Name
    theatre: Name
    source: Literal["phone", "relay", "flare", "ship", "shore", "fisher"]
    share: Share | None = None
    per_h: Positive | None = None
    waters: Chosen[Waters] = frozenset()
    only_distress: bool = False
    delay_min: Delay
    receiver: Name
    error_nm: NotNegative = 0.5

    @model_validator(mode="after")
    def _one_measure(self) -> Tip:
        if (self.share is None) == (self.per_h is None):
            raise ValueError("a tip has either share or per_h")
        return self
