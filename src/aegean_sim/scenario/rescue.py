"""How people are taken to safety, in a scenario file: room, places of safety, transfers, passing ships."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from aegean_sim.scenario.availability import Service
from aegean_sim.scenario.base import Chosen, Model, Name, NotNegative, Place, Positive, Waters
from aegean_sim.scenario.forces import Craft, Duty

Part: TypeAlias = Annotated[float, Field(gt=0, le=1, strict=True)]


class PlacesOfSafety(Model):
    """Where people are brought ashore from a theatre.

    Parameters
    ----------
    places : tuple of place
        A unit makes for the nearest.
    forces : set of str
        Whose units; any when empty.
    since, until : date, optional
        First and last day of the run's start on which this holds.
    """

    theatre: Name
    places: Annotated[tuple[Place, ...], Field(min_length=1)]
    forces: Chosen[Name] = frozenset()
    since: date | None = None
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Tell whether it holds for a run that starts on a day."""
        begun = self.since is None or self.since <= day
        return begun and (self.until is None or day <= self.until)


class Transfer(Model):
    """People handed from ship to ship, so that the one that found them stays.

    Parameters
    ----------
    givers, takers : set of str
        Forces; any when empty.
    per_person_min : float
        Time alongside for each person.
    sooner_share : float
        A taker is made for when it can be met in less than this share of the time to a port.
    """

    givers: Chosen[Name] = frozenset()
    takers: Chosen[Name] = frozenset()
    per_person_min: NotNegative = 0.5
    sooner_share: Part = 0.5


class Rescue(Model):
    """What is done with people taken aboard.

    Parameters
    ----------
    stay_h : float
        How long a unit with people aboard stays at sea for other boats; 0: it brings them ashore at once.
    full_share : float
        It leaves at once when so much of its room is taken.
    sooner_h : float
        A unit without room for all is sent when it is there by so much sooner than one with room.
    places_of_safety : tuple of PlacesOfSafety
        The first that holds counts; without any, people are brought to the unit's home port.
    """

    stay_h: NotNegative = 0.0
    full_share: Part = 1.0
    sooner_h: NotNegative = 2.0
    places_of_safety: tuple[PlacesOfSafety, ...] = ()
    transfer: Transfer | None = None


class PassingShips(Craft):
    """Merchant ships as a density: one that is near is called to a boat in distress, and sails on after it.

    Parameters
    ----------
    per_1000_nm2 : float
        How many there are at a time.
    waters : set of str
        Where they are; any when empty.
    at_once : int
        How many may be called off their way at a time.
    sooner_h : float
        One is called when it is there by so much sooner than any unit.
    """

    id: Name
    theatre: Name
    per_1000_nm2: Positive
    waters: Chosen[Waters] = frozenset({"high_seas"})
    at_once: Annotated[int, Field(ge=1, le=200, strict=True)] = 10
    sooner_h: NotNegative = 1.0
    owner: Name = "merchant"
    side: Literal["neither"] = "neither"
    duties: Chosen[Duty] = frozenset({"watch", "rescue"})

    def names(self) -> tuple[str, ...]:
        """Name those that may be called at a time."""
        return tuple(f"{self.id}-{number}" for number in range(1, self.at_once + 1))

    @model_validator(mode="after")
    def _can_come(self) -> PassingShips:
        if self.dash_kn == 0.0:
            raise ValueError("passing ships need a speed: give speed_kn")
        if self.capacity == 0:
            raise ValueError("passing ships need room for people: give capacity")
        if self.flies or self.base is not None or self.serves != Service():
            raise ValueError("passing ships are there throughout, and do not fly: no serves, flies or base")
        return self
