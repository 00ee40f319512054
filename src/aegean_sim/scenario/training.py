"""Training of a force's crews: how many units they work, how fast they answer, how they act at a boat."""

from __future__ import annotations

from typing import Annotated, TypeAlias

from pydantic import Field, model_validator

from aegean_sim.scenario.base import Model, Name, Positive, Share, Triangle

Count: TypeAlias = Annotated[int, Field(ge=1, le=100_000, strict=True)]
BeforeAfter: TypeAlias = tuple[Share, Share]
"""A share with crews none of whom is trained, and with crews all of whom are."""


class Training(Model):
    """A lever: so many of a force's crews have been trained.

    What the force does lies between untrained and trained in proportion to the crews that have been.

    Parameters
    ----------
    crews_trained, crews : int
        How many have been trained, and how many there are.
    units : tuple of str
        Units that only trained crews can work, in the order in which they are taken up.
    crews_per_unit : int
        Trained crews for each of these, so that some are ashore.
    ready_factor : float
        What ``ready_min`` of the force's units is multiplied by once all crews are trained.
    force_share : pair of float
        Of its interceptions, the share in which force is used: untrained, trained.
    capsize_share : pair of float
        Of its interceptions, the share in which the boat capsizes: untrained, trained.
    drowned_share : triangle
        Share of those aboard who drown when it does.
    """

    crews_trained: Annotated[int, Field(ge=0, strict=True)] = 0
    crews: Count
    units: tuple[Name, ...] = ()
    crews_per_unit: Count = 1
    ready_factor: Positive = 1.0
    force_share: BeforeAfter = (0.0, 0.0)
    capsize_share: BeforeAfter = (0.0, 0.0)
    drowned_share: Triangle = Triangle(triangular=(0.0, 0.1, 0.5))

    @property
    def unmanned(self) -> tuple[str, ...]:
        """Name the units that there are no trained crews for."""
        return self.units[self.crews_trained // self.crews_per_unit :]

    @property
    def ready_factor_now(self) -> float:
        """What ``ready_min`` is multiplied by with so many crews trained."""
        return self._between(1.0, self.ready_factor)

    @property
    def force_share_now(self) -> float:
        """Share of interceptions in which force is used, with so many crews trained."""
        return self._between(*self.force_share)

    @property
    def capsize_share_now(self) -> float:
        """Share of interceptions in which the boat capsizes, with so many crews trained."""
        return self._between(*self.capsize_share)

    def _between(self, untrained: float, trained: float) -> float:
        return untrained + (trained - untrained) * self.crews_trained / self.crews

    @model_validator(mode="after")
    def _enough_crews(self) -> Training:
        if self.crews_trained > self.crews:
            raise ValueError(f"crews_trained is {self.crews_trained}, but there are only {self.crews} crews")
        if len(self.units) * self.crews_per_unit > self.crews:
            raise ValueError(
                f"{len(self.units)} units with {self.crews_per_unit} crews each need more than"
                f" the {self.crews} crews there are"
            )
        return self
