"""Who may act where, in a scenario file."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

from aegean_sim.scenario.base import Delay, Model, Name, Share, State, Triangle

_ROUNDING = 1e-6


class Answers(Model):
    """Who takes a case in a disputed area, by share of the boats.

    Parameters
    ----------
    both, region, claimant, neither : float
        Both states' desks, only those of the state whose region it is on paper, only those of the state that
        claims it too, or neither: then the case goes to and fro before both take it.
    """

    both: Share = 0.4
    region: Share = 0.2
    claimant: Share = 0.2
    neither: Share = 0.2

    @model_validator(mode="after")
    def _whole(self) -> Answers:
        total = self.both + self.region + self.claimant + self.neither
        if abs(total - 1.0) > _ROUNDING:
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

    region: State
    claimant: State
    east_of_lon: Annotated[float, Field(ge=-180, le=180, strict=True)]
    answers: Answers = Answers()


class Jurisdiction(Model):
    """Who may act, by where the boat will be when the responder gets there.

    A boat in distress is everybody's: the nearest able unit goes, whoever it is.

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
        People whom a force rescues are brought to this state if they set out from there.
    """

    desks: Annotated[dict[State, tuple[Name, ...]], Field(min_length=1)]
    elsewhere: tuple[Name, ...] = ()
    disputed: Disputed | None = None
    bounce_min: Delay = Triangle(triangular=(20.0, 45.0, 90.0))
    returned: dict[Name, State] = {}
