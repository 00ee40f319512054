"""The scenario: everything one file says, checked value by value; rules between values are in `rules`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from pydantic import AwareDatetime, Field, field_validator

from aegean_sim.scenario.base import Fact, Finite, Model, Name, Point, Positive, Share
from aegean_sim.scenario.boats import (
    AnyFlow,
    BoatType,
    Stretch,
    Variation,
    Voyage,
)
from aegean_sim.scenario.desks import Handoffs
from aegean_sim.scenario.fleet import Fleet, Posting, postings
from aegean_sim.scenario.forces import Craft, Deployment, Unit
from aegean_sim.scenario.operations import Operation
from aegean_sim.scenario.reactions import Reactions
from aegean_sim.scenario.rescue import PassingShips
from aegean_sim.scenario.sensing import Preset
from aegean_sim.scenario.support import Support
from aegean_sim.scenario.taking_part import taking_part
from aegean_sim.scenario.training import Training
from aegean_sim.scenario.weather import Weather


class Theatre(Model):
    """A sea area: a real coast by its name, or a laboratory's open sea with its box in nautical miles.

    Parameters
    ----------
    recorded_share : float
        How much of all deaths public records hold: deaths times this are what is compared with them.
    """

    coast: Literal["aegean", "central-med", "open_sea"]
    box_nm: tuple[Finite, Finite, Finite, Finite] | None = None
    recorded_share: Share = 1.0


class Daylight(Model):
    """Whether sensors know day and night, and at which point (lon, lat) the sun is taken."""

    sun: bool = True
    at: Point | None = None


class Scenario(Model):
    """One scenario file.

    Parameters
    ----------
    start : datetime
        Time zero of all ``_s`` columns, UTC.
    duration_h : float
        Length of the run.
    seed : int
        All chance follows from it and the replication's number.
    replications : int
        How many runs an honest answer needs; the default of ``--replications`` in a study.
    training : mapping of force to Training
        Forces whose crews are trained.
    """

    name: Name
    title: str = ""
    start: AwareDatetime
    duration_h: Annotated[Positive, Field(le=24 * 366)]
    seed: Annotated[int, Field(ge=0, lt=2**63, strict=True)] = 1
    replications: Annotated[int, Field(ge=1, le=100_000, strict=True)] = 1
    theatres: Annotated[dict[Name, Theatre], Field(min_length=1)]
    weather: dict[Name, Weather] = {}
    daylight: Daylight = Daylight()
    sensor_presets: dict[Name, Preset] = {}
    units: tuple[Unit, ...] = ()
    deployments: tuple[Deployment, ...] = ()
    fleet: Fleet | None = None
    operations: tuple[Operation, ...] = ()
    support: Support = Support()
    training: dict[Name, Training] = {}
    passing_ships: tuple[PassingShips, ...] = ()
    boat_types: dict[Name, BoatType] = {}
    variation: Variation = Variation()
    stretches: dict[Name, Stretch] = {}
    flows: tuple[AnyFlow, ...] = ()
    voyages: tuple[Voyage, ...] = ()
    reactions: Reactions = Reactions()
    handoffs: Handoffs = Handoffs()
    facts: tuple[Fact, ...] = ()

    @field_validator("start", mode="before")
    @classmethod
    def _in_utc(cls, start: Any) -> datetime:
        try:
            moment = start if isinstance(start, datetime) else datetime.fromisoformat(start)
        except (TypeError, ValueError):
            moment = None
        if moment is None or moment.tzinfo is None:
            raise ValueError("must be a day and time with its zone, like 2016-06-01T00:00:00Z")
        if not 1900 <= moment.year < 2100:
            raise ValueError("must lie between the years 1900 and 2100")
        return moment.astimezone(UTC)

    @property
    def duration_s(self) -> float:
        """Length of the run, seconds."""
        return self.duration_h * 3600.0

    def postings(self) -> tuple[Posting, ...]:
        """Give the hulls that sail, with deployment and station, in the order of the file."""
        return tuple(postings(self.deployments, self.fleet))

    def crafts(self) -> dict[str, Craft]:
        """Give what takes part, by name: hulls, units, passing ships, as support and training make them."""
        return taking_part(self)

    @property
    def clock_s(self) -> float:
        """Seconds after midnight, UTC, of the start."""
        return (self.start - self.start.replace(hour=0, minute=0, second=0, microsecond=0)).total_seconds()
