"""The fleet: ships that two theatres share, so that what the one gets the other loses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from pydantic import Field, model_validator

from aegean_sim.scenario.base import Model, Name

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from aegean_sim.scenario.forces import Deployment, Hull, StationPlan


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
    home, support : str
        Deployments: the one that has the ships, and the one that gets some.
    """

    ships: Annotated[tuple[Name, ...], Field(min_length=1)]
    sophia_support: Annotated[int, Field(ge=0, strict=True)] = 0
    home: Name = "nato"
    support: Name = "nato-sophia"

    @model_validator(mode="after")
    def _enough(self) -> Fleet:
        twice = next((name for name in self.ships if self.ships.count(name) > 1), None)
        if twice is not None:
            raise ValueError(f"ships names {twice!r} twice")
        if self.sophia_support > len(self.ships):
            raise ValueError(f"sophia_support is {self.sophia_support}, but ships are only {len(self.ships)}")
        if self.home == self.support:
            raise ValueError(f"home and support are both {self.home!r}")
        return self


class Posting(NamedTuple):
    """A hull that sails, and its station in a deployment."""

    deployment: Deployment
    hull: Hull
    station: StationPlan


def postings(deployments: Sequence[Deployment], fleet: Fleet | None) -> Iterator[Posting]:
    """Give the hulls that sail, with their stations, in the order of the file.

    Raises
    ------
    ValueError
        When a deployment has fewer hulls or open stations than ships.
    """
    for deployment in deployments:
        for hull, station in (_shared(deployment, deployments, fleet) or deployment).assigned():
            yield Posting(deployment, hull, station)


def _shared(
    deployment: Deployment, deployments: Sequence[Deployment], fleet: Fleet | None
) -> Deployment | None:
    """Give a deployment with its part of the fleet; ``None`` when it has none."""
    if fleet is None or deployment.id not in {fleet.home, fleet.support}:
        return None
    stay = len(fleet.ships) - fleet.sophia_support
    hulls = {hull.id: hull for each in deployments if each.id == fleet.home for hull in each.hulls}
    if deployment.id == fleet.home:
        part = tuple(hulls[name] for name in fleet.ships[:stay])
    else:
        part = tuple(deployment.posted(hulls[name]) for name in reversed(fleet.ships[stay:]))
    return deployment.model_copy(update={"hulls": part, "ships": len(part)})
