"""Units in a scenario file: patrols, availability, duties and limits; ships in order at stations in order."""

from __future__ import annotations

from itertools import pairwise
from typing import Annotated, Literal, TypeAlias

from pydantic import Field, model_validator

from aegean_sim.scenario.availability import Availability, Service
from aegean_sim.scenario.base import (
    Chosen,
    Finite,
    Model,
    Name,
    Nation,
    NotNegative,
    Place,
    Point,
    Positive,
    Waters,
)
from aegean_sim.scenario.sensing import Sensor

Duty: TypeAlias = Literal["watch", "intercept", "rescue"]
Bearing: TypeAlias = Annotated[float, Field(ge=0, le=360, strict=True)]
Side: TypeAlias = Literal["departure", "destination", "neither"]


class Barrier(Model):
    """To and fro between two points."""

    kind: Literal["barrier"]
    between: tuple[Place, Place]


class Loop(Model):
    """Round and round through points, back to the first."""

    kind: Literal["loop"]
    points: Annotated[tuple[Place, ...], Field(min_length=2)]


class Ladder(Model):
    """Parallel legs over a rectangle, from side to side, then back to the start."""

    kind: Literal["ladder"]
    corner: Point
    opposite: Point
    spacing_nm: Positive


class Search(Model):
    """Parallel legs east and west over a box, a spacing apart from south to north, then back to the start.

    Parameters
    ----------
    length_nm, width_nm : float
        Of each leg, and from the first leg to the last.
    centre : place, optional
        Middle of the box; by default where the unit's ``base`` is when it takes off.
    """

    kind: Literal["search"]
    length_nm: Positive
    width_nm: Positive
    spacing_nm: Positive
    centre: Place | None = None


class RandomPatrol(Model):
    """Straight legs between points drawn evenly in a polygon; ``leg_nm`` bounds a leg's length."""

    kind: Literal["random"]
    area: Annotated[tuple[Point, ...], Field(min_length=3)]
    leg_nm: Positive | None = None


class Station(Model):
    """At rest at a point, moved to open water ``off_shore_m`` off land where it is nearer than that.

    Parameters
    ----------
    sector_deg : pair of float, optional
        What all sensors there see: from the first true bearing clockwise to the second, both included; in a
        laboratory north is +y. By default all round.
    """

    kind: Literal["station"]
    at: Place
    off_shore_m: NotNegative = 200.0
    sector_deg: tuple[Bearing, Bearing] | None = None

    @property
    def sector_width_deg(self) -> float:
        """Width of what is seen, degrees."""
        if self.sector_deg is None:
            return 360.0
        width_deg = self.sector_deg[1] - self.sector_deg[0]
        return width_deg if width_deg >= 0.0 else width_deg + 360.0

    @model_validator(mode="after")
    def _sees(self) -> Station:
        if self.sector_width_deg == 0.0:
            raise ValueError(f"sector_deg {list(self.sector_deg or ())} has no width; all round is [0, 360]")
        return self


class Scripted(Model):
    """Along points ``[hours, first, second]``; before the first and after the last it is not there."""

    kind: Literal["scripted"]
    points: Annotated[tuple[tuple[NotNegative, Finite, Finite], ...], Field(min_length=2)]

    @model_validator(mode="after")
    def _in_order(self) -> Scripted:
        hours = [point[0] for point in self.points]
        if any(later < earlier for earlier, later in pairwise(hours)):
            raise ValueError(f"the hours of scripted points must not fall: {hours}")
        return self


Patrol: TypeAlias = Annotated[
    Barrier | Loop | Ladder | Search | RandomPatrol | Station | Scripted, Field(discriminator="kind")
]


class Craft(Model):
    """What a hull, an aircraft or a site is: its speeds, sensors, room, duties and limits.

    Parameters
    ----------
    owner : str
        Force it belongs to; desks command forces and take their reports.
    nation : str, optional
        Whose flag it flies; what units of some nations see may be withheld from some desks.
    side : {"departure", "destination", "neither"}
        Whose case a boat becomes when it is intercepted: stopped, or met.
    speed_kn, max_speed_kn : float
        On patrol and transit, and on a response; 0 for a site on shore.
    capacity : int
        Persons it can take aboard.
    duties : tuple
        ``watch``, ``intercept`` (any boat), ``rescue`` (a boat in distress).
    keep_out : tuple
        States whose territorial sea it never enters.
    home_port : place, optional
        Where it lies off duty and brings people ashore; of an aircraft, its airfield, which may be inland.
    flies : bool
        Whether it is an aircraft: no land is in its way, and none hides boats from it.
    base : str, optional
        The ship from which an aircraft flies, by its id, instead of a home port.
    serves : Service
        The days on which it is there at all.
    """

    owner: Name = "nobody"
    nation: Nation | None = None
    side: Side = "neither"
    speed_kn: NotNegative = 0.0
    max_speed_kn: NotNegative | None = None
    sensors: tuple[Sensor, ...] = ()
    capacity: Annotated[int, Field(ge=0, le=1_000_000, strict=True)] = 0
    duties: Chosen[Duty] = frozenset({"watch"})
    keep_out: Chosen[Waters] = frozenset()
    home_port: Place | None = None
    flies: Annotated[bool, Field(strict=True)] = False
    base: Name | None = None
    serves: Service = Service()
    ready_min: NotNegative = 0.0
    availability: Availability = Availability()

    @property
    def dash_kn(self) -> float:
        """Speed on a response, knots."""
        return self.speed_kn if self.max_speed_kn is None else self.max_speed_kn


class Unit(Craft):
    """One unit with a patrol of its own."""

    id: Name
    theatre: Name
    patrol: Patrol


class Hull(Craft):
    """A ship of a deployment; it sails whatever station it is assigned."""

    id: Name


class StationPlan(Model):
    """A place in a deployment's ordered list: a patrol, and the area it lies in."""

    id: Name
    patrol: Patrol
    area: Name | None = None


class Deployment(Model):
    """Ships in order at stations in order, so that "n ships" has a meaning.

    Parameters
    ----------
    ships : int
        How many hulls are assigned.
    placement : {"nested", "planned"}
        The first n hulls at the first n open stations, or at those that ``plans`` names for n.
    closed_areas : tuple of str
        Areas whose stations are left out: a switch.
    home_port, keep_out, owner : place, set of str, str, optional
        What holds for ships that come from another theatre, instead of what their own entry says.
    """

    id: Name
    theatre: Name
    ships: Annotated[int, Field(ge=0, strict=True)]
    placement: Literal["nested", "planned"] = "nested"
    hulls: tuple[Hull, ...] = ()
    stations: tuple[StationPlan, ...]
    plans: dict[int, tuple[Name, ...]] = {}
    closed_areas: tuple[Name, ...] = ()
    home_port: Place | None = None
    keep_out: Chosen[Waters] = frozenset()
    owner: Name | None = None

    def posted(self, hull: Hull) -> Hull:
        """Give a hull that comes from another theatre as it sails here."""
        changes = {"home_port": self.home_port, "keep_out": self.keep_out, "owner": self.owner or hull.owner}
        return hull.model_copy(update=changes)

    def open_stations(self) -> tuple[StationPlan, ...]:
        """Give the stations that are not in a closed area, in order."""
        return tuple(station for station in self.stations if station.area not in self.closed_areas)

    def assigned(self) -> tuple[tuple[Hull, StationPlan], ...]:
        """Pair the hulls that sail with their stations."""
        return tuple(zip(self.hulls[: self.ships], self.stations_for(self.ships), strict=True))

    def stations_for(self, ships: int) -> tuple[StationPlan, ...]:
        """Give the stations of so many ships, in order."""
        stations = self.open_stations()
        if self.placement == "planned":
            by_name = {station.id: station for station in stations}
            stations = tuple(by_name[name] for name in self.plans.get(ships, ()))
        return stations[:ships]

    @model_validator(mode="after")
    def _enough_of_both(self) -> Deployment:
        open_now = {station.id for station in self.open_stations()}
        if self.ships > len(self.hulls):
            raise ValueError(f"ships is {self.ships}, but only {len(self.hulls)} hulls are listed")
        if self.placement == "nested" and self.ships > len(open_now):
            raise ValueError(f"ships is {self.ships}, but only {len(open_now)} stations are open")
        if self.placement == "planned":
            self._check_plans(open_now)
        return self

    def _check_plans(self, open_now: set[str]) -> None:
        if self.ships and self.ships not in self.plans:
            raise ValueError(f"plans has no plan for {self.ships} ships; it has {sorted(self.plans)}")
        for count, names in self.plans.items():
            strangers = [name for name in names if name not in open_now]
            if len(names) != count or len(set(names)) != count:
                raise ValueError(f"the plan for {count} ships must name {count} different stations")
            if strangers and count == self.ships:
                raise ValueError(f"the plan for {count} ships names {strangers[0]!r}, which is not open")
