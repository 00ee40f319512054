"""Boats in a scenario file: types, flows between coast stretches, single voyages."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Any, TypeAlias

from pydantic import Discriminator, Field, Tag, model_validator

from aegean_sim.scenario.base import (
    Finite,
    Model,
    Month,
    Name,
    NotNegative,
    Point,
    Positive,
    Share,
    Triangle,
    Waters,
)
from aegean_sim.scenario.perils import Perils
from aegean_sim.scenario.sensing import SensorKind, TargetClass


class BoatType(Model):
    """A kind of migrant craft.

    Parameters
    ----------
    target : {"rubber", "wooden"}
        Row of the sensors' tables that applies to it.
    height_m : float
        Height above the sea of what a sensor sees, for the horizon.
    persons : triangle
        People aboard.
    speed_kn : triangle
        Speed made good in a flat calm.
    stopping_wave_m : float, optional
        Speed falls in a line with significant wave height, to nothing at this one, but not below
        ``least_speed_share``; without it waves do not slow the boat.
    perils : Perils
        What may befall it.
    """

    target: TargetClass = "rubber"
    height_m: NotNegative = 1.0
    persons: Triangle
    speed_kn: Triangle
    stopping_wave_m: Positive | None = None
    least_speed_share: Annotated[float, Field(gt=0, le=1, strict=True)] = 0.4
    perils: Perils = Perils()
    share: Share = 1.0


class Stretch(Model):
    """A named piece of coast that boats leave from or make for: a line of points on or off the shore."""

    waters: Waters
    line: Annotated[tuple[Point, ...], Field(min_length=1)]


class Route(Model):
    """A share of a flow, between two stretches."""

    origin: Name
    destination: Name
    share: Share


class Launches(Model):
    """How departures bunch.

    Parameters
    ----------
    daily_spread : float
        Coefficient of variation of a day's intensity that weather does not explain (gamma law of mean 1).
    group_mean : float
        Mean number of boats that leave together (geometric law).
    group_spread_min : float
        They leave within so many minutes of the first.
    wave_half_m : float, optional
        Wave height at which half of the launches are called off; without it waves do not matter.
    wave_width_m : float
        Width of that logistic fall.
    waits_share : float
        Share of the launches called off on a day that wait for the next.
    hours_utc : tuple of 24 numbers
        Relative frequency of departures by hour of the day.
    """

    daily_spread: NotNegative = 0.0
    group_mean: Annotated[float, Field(ge=1, le=100, strict=True)] = 1.0
    group_spread_min: NotNegative = 0.0
    wave_half_m: Positive | None = None
    wave_width_m: Positive = 0.1
    waits_share: Share = 0.0
    hours_utc: tuple[NotNegative, ...] = (1.0,) * 24

    @model_validator(mode="after")
    def _a_day(self) -> Launches:
        if len(self.hours_utc) != 24 or sum(self.hours_utc) <= 0:
            raise ValueError("hours_utc must hold 24 numbers, one an hour, not all zero")
        return self


class Attempts(Model):
    """A month's published counts, persons."""

    arrivals: NotNegative
    stopped_at_sea: NotNegative = 0.0
    dead: NotNegative = 0.0

    @property
    def persons(self) -> float:
        """All who set out."""
        return self.arrivals + self.stopped_at_sea + self.dead


class Flow(Model):
    """People who set out, over routes and boat types.

    Parameters
    ----------
    persons_per_month : mapping of "YYYY-MM" to numbers by fate
        Attempts = arrivals + stopped at sea + dead.
    """

    id: Name
    theatre: Name
    persons_per_month: dict[Month, Attempts]
    routes: Annotated[tuple[Route, ...], Field(min_length=1)]
    boat_types: Annotated[tuple[Name, ...], Field(min_length=1)]
    launches: Launches = Launches()
    wander_nm: NotNegative = 0.0
    lanes: Annotated[int, Field(ge=1, le=500, strict=True)] = 36

    @model_validator(mode="after")
    def _shares_add_up(self) -> Flow:
        total = sum(route.share for route in self.routes)
        if abs(total - 1.0) > 1e-6:
            raise ValueError(f"the shares of the routes add up to {total:g}, not to 1")
        return self


class LaboratoryFlow(Model):
    """Boats in a box of open sea, from line to line, as a Poisson stream.

    Parameters
    ----------
    rate_per_day : float
        Boats a day.
    origin, destination : pair of points
        Ends of the lines; each boat starts and ends evenly along them, independently.
    way_points : tuple of pairs of points
        Lines crossed on the way, in order, each at an even point.
    speed_kn : pair
        Least and greatest speed, even between, whatever the waves.
    perils : Perils, optional
        What may befall the boats; without it nothing.
    """

    id: Name
    theatre: Name
    rate_per_day: Positive
    origin: tuple[Point, Point]
    destination: tuple[Point, Point]
    way_points: tuple[tuple[Point, Point], ...] = ()
    speed_kn: tuple[Positive, Positive]
    persons: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 1
    target: TargetClass = "rubber"
    perils: Perils | None = None

    @model_validator(mode="after")
    def _speeds_in_order(self) -> LaboratoryFlow:
        if self.speed_kn[0] > self.speed_kn[1]:
            raise ValueError(f"speed_kn {list(self.speed_kn)} must be [least, greatest]")
        return self


class Voyage(Model):
    """One described voyage, or many independent boats on its track; points are ``[hours, first, second]``.

    Parameters
    ----------
    distress_h : float, optional
        When it falls into distress; whoever is not rescued by the last point is dead.
    """

    id: Name
    theatre: Name
    points: Annotated[tuple[tuple[NotNegative, Finite, Finite], ...], Field(min_length=2)]
    copies: Annotated[int, Field(ge=1, le=1_000_000, strict=True)] = 1
    persons: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 1
    target: TargetClass = "rubber"
    distress_h: NotNegative | None = None

    @model_validator(mode="after")
    def _hours_rise(self) -> Voyage:
        hours = [point[0] for point in self.points]
        if any(later < earlier for earlier, later in pairwise(hours)):
            raise ValueError(f"the hours of a voyage must not fall: {hours}")
        if hours[-1] <= hours[0]:
            raise ValueError("a voyage must last longer than no time")
        if self.distress_h is not None and not hours[0] <= self.distress_h < hours[-1]:
            raise ValueError(
                f"distress_h {self.distress_h:g} is not within its hours, {hours[0]:g} to {hours[-1]:g}"
            )
        return self


class Variation(Model):
    """How much a boat's lasting cross-section differs from its class's mean: dB, by kind of sensor."""

    spread_db: dict[SensorKind, NotNegative] = {}


def _form(value: Any) -> str:
    is_rate = "rate_per_day" in value if isinstance(value, dict) else isinstance(value, LaboratoryFlow)
    return "<laboratory>" if is_rate else "<coast>"


AnyFlow: TypeAlias = Annotated[
    Annotated[Flow, Tag("<coast>")] | Annotated[LaboratoryFlow, Tag("<laboratory>")], Discriminator(_form)
]
