"""The fleet: ships that two theatres share, so that what the one gets the other loses."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

from pydantic import Field, model_validator

from aegean_sim.scenario.availability import Service
from aegean_sim.scenario.base import Model, Name

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from aegean_sim.scenario.forces import Deployment, Hull, StationPlan


class Move(Model):
    """From a day on, another number of ships supports Operation Sophia."""

    on: date
    sophia_support: Annotated[int, Field(ge=0, strict=True)]


class Fleet(Model):
    """Ships in order, and how many of them support Operation Sophia.

    The last of the list go first. They sail the stations of the supporting deployment in their order; the
    others, in the order of the list, those at home.

    Parameters
    ----------
    ships : tuple of str
        Hulls of the deployment at home.
    sophia_support : int
        How many go.
    moves : tuple of Move
        Days on which that number changes.
    transit_days : int
        How long a ship is under way between the theatres, seeing nobody and told nothing; with 0 it is on its
        new station on the day of the move.
    home, support : str
        Deployments: the one that has the ships, and the one that gets some.
    """

    ships: Annotated[tuple[Name, ...], Field(min_length=1)]
    sophia_support: Annotated[int, Field(ge=0, strict=True)] = 0
    moves: tuple[Move, ...] = ()
    transit_days: Annotated[int, Field(ge=0, le=60, strict=True)] = 3
    home: Name = "nato"
    support: Name = "nato-sophia"

    @model_validator(mode="after")
    def _enough(self) -> Fleet:
        twice = next((name for name in self.ships if self.ships.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"ships names {twice!r} twice")
        for number, count in enumerate(self.counts):
            if count > len(self.ships):
                where = f"moves[{number - 1}].sophia_support" if number else "sophia_support"
                raise ValueError(f"{where} is {count}, but ships are only {len(self.ships)}")
        for number, (earlier, later) in enumerate(pairwise(self.moves), start=1):
            if later.on <= earlier.on:
                raise ValueError(
                    f"moves[{number}]: the move on {later.on} must come after that on {earlier.on}"
                )
        if self.home == self.support:
            raise ValueError(f"home and support are both {self.home!r}")
        return self

    @property
    def counts(self) -> tuple[int, ...]:
        """How many ships support Sophia: at first, and after each move."""
        return self.sophia_support, *(move.sophia_support for move in self.moves)

    def ships_at(self, deployment: Name) -> list[int]:
        """Count the ships that one of its deployments has: at first, and after each move."""
        return [len(self.ships) - count if deployment == self.home else count for count in self.counts]

    def services(self, deployment: Name, place: int) -> Iterator[Service]:
        """Give the times in which a deployment has a ship at a place of its order, from 0."""
        days = [None, *(move.on for move in self.moves), None]
        there = [False, *(ships > place for ships in self.ships_at(deployment)), False]
        comes = [number for number, (one, two) in enumerate(pairwise(there)) if two and not one]
        goes = [number for number, (one, two) in enumerate(pairwise(there)) if one and not two]
        for first, last in zip(comes, goes, strict=True):
            since, until = days[first], days[last]
            yield Service(
                since=since and since + timedelta(days=self.transit_days),
                until=until and until - timedelta(days=1),
            )


def with_fleet_counts(data: dict[str, Any], given: Collection[Any] = ()) -> dict[str, Any]:
    """Give a scenario's values with the ships of the fleet's deployments as the fleet has them.

    Parameters
    ----------
    data : dict
        Whatever a file says, checked or not.
    given : collection of int
        Places of deployments that keep their own number.
    """
    fleet, deployments = data.get("fleet"), data.get("deployments")
    if not isinstance(fleet, dict) or not isinstance(deployments, list):
        return data
    ships = fleet.get("ships")
    names = [fleet.get(key, Fleet.model_fields[key].default) for key in ("home", "support")]
    if not isinstance(ships, list):
        return data

    def counted(place: int, each: Any) -> Any:
        name = each.get("id") if isinstance(each, dict) else None
        if place in given or name not in names:
            return each
        return {**each, "ships": len(ships) if name == names[0] else 0}

    return {**data, "deployments": [counted(*each) for each in enumerate(deployments)]}


class Posting(NamedTuple):
    """A hull that sails, and its station in a deployment."""

    deployment: Deployment
    hull: Hull
    station: StationPlan


def postings(deployments: Sequence[Deployment], fleet: Fleet | None) -> Iterator[Posting]:
    """Give the hulls that sail, with their stations, in the order of the file.

    A ship that changes its theatre has several postings; in time from the second on its name has a number.
    """
    found = [each for deployment in deployments for each in _posted(deployment, deployments, fleet)]
    begins: dict[str, list[date]] = {}
    for posting in found:
        begins.setdefault(posting.hull.id, []).append(_begin(posting))
    for posting in found:
        name = posting.hull.id
        number = sorted(begins[name]).index(_begin(posting)) + 1
        hull = posting.hull.model_copy(update={"id": f"{name}-{number}"}) if number > 1 else posting.hull
        yield posting._replace(hull=hull)


def _begin(posting: Posting) -> date:
    return posting.hull.serves.since or date.min


def _posted(
    deployment: Deployment, deployments: Sequence[Deployment], fleet: Fleet | None
) -> Iterator[Posting]:
    if fleet is None or deployment.id not in {fleet.home, fleet.support}:
        for hull, station in deployment.assigned():
            yield Posting(deployment, hull, station)
        return
    known = {hull.id: hull for each in deployments if each.id == fleet.home for hull in each.hulls}
    hulls = [known[name] for name in fleet.ships]
    if deployment.id == fleet.support:
        hulls = [deployment.posted(hull) for hull in reversed(hulls)]
    stations = deployment.stations_for(max(fleet.ships_at(deployment.id)))
    for place, (hull, station) in enumerate(zip(hulls, stations, strict=False)):
        for service in fleet.services(deployment.id, place):
            yield Posting(deployment, hull.model_copy(update={"serves": service}), station)
