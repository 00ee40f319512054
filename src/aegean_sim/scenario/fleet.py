"""The fleet: ships that two theatres share, so that what the one gets the other loses."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field, model_validator

from aegean_sim.scenario.availability import Service
from aegean_sim.scenario.base import Model, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

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
        How long a ship is under way between the theatres, seeing nobody and told nothing.
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
        most = max(self.counts)
        if most > len(self.ships):
            raise ValueError(f"sophia_support is {most}, but ships are only {len(self.ships)}")
        for earlier, later in pairwise(self.moves):
            if later.on <= earlier.on:
                raise ValueError(f"the move on {later.on} must come after that on {earlier.on}")
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


class Posting(NamedTuple):
    """A hull that sails, and its station in a deployment."""

    deployment: Deployment
    hull: Hull
    station: StationPlan


def postings(deployments: Sequence[Deployment], fleet: Fleet | None) -> Iterator[Posting]:
    """Give the hulls that sail, with their stations, in the order of the file.

    A ship that changes its theatre has a posting in each; from the second on its name has a number.
    """
    times_posted: dict[str, int] = {}
    for deployment in deployments:
        for posting in _posted(deployment, deployments, fleet):
            name = posting.hull.id
            times_posted[name] = times_posted.get(name, 0) + 1
            if times_posted[name] > 1:
                hull = posting.hull.model_copy(update={"id": f"{name}-{times_posted[name]}"})
                yield posting._replace(hull=hull)
            else:
                yield posting


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
