"""The sweep file: a scenario, what is varied, how, and how often."""

from __future__ import annotations

from typing import Annotated, Any, Literal, TypeAlias

from pydantic import Field, model_validator

from aegean_sim.scenario.base import Model, Name, Positive
from aegean_sim.study.statistics.stopping import FIRST

SamplingDesign: TypeAlias = Literal[
    "grid", "latin_hypercube", "nearly_orthogonal", "sobol", "morris", "saltelli"
]
_Count: TypeAlias = Annotated[int, Field(ge=1, le=10_000_000, strict=True)]


class Sampling(Model):
    """How worlds are taken from what is not known.

    Parameters
    ----------
    design : str
        ``latin_hypercube``, ``nearly_orthogonal`` (a Latin hypercube whose columns hardly correlate),
        ``sobol`` (a scrambled sequence), ``grid`` (all combinations of listed values), ``morris``
        (``points`` trajectories) or ``saltelli`` (``points`` base points), the last two for
        `aegean-sim sensitivity`.
    points : int
        How many worlds; not for a grid.
    seed : int
        Of the sample, not of the runs.
    """

    design: SamplingDesign = "latin_hypercube"
    points: _Count = 16
    seed: Annotated[int, Field(ge=0, le=2**32 - 1, strict=True)] = 1

    @model_validator(mode="after")
    def _balanced(self) -> Sampling:
        if self.design == "saltelli" and self.points & (self.points - 1):
            raise ValueError(f"saltelli needs points that are a power of two, and {self.points} are not")
        return self


class Until(Model):
    """When there are runs enough: the interval of a measure's paired differences is as narrow as asked.

    Parameters
    ----------
    measure : str
        A key figure.
    half_width : float
        In the measure's unit.
    most : int
        Replications at most; as many as come before the first look, or more.
    """

    measure: str
    half_width: Positive
    most: Annotated[_Count, Field(ge=FIRST)] = 400


class Sweep(Model):
    """What is run.

    Parameters
    ----------
    scenario : str
        A built-in scenario, or a file beside this one.
    set : mapping of path to value
        Holds in all cells.
    levers : mapping
        What a decision maker sets: a path with its levels (``0..6``, or a list), or a name with named cases,
        each a mapping of paths to values.
    lever_design : str
        ``grid``: all combinations; ``zip``: the first with the first, the second with the second.
    points : tuple of mappings
        Further settings, paths to values, instead of levers.
    uncertainties : mapping of path to spread
        What nobody knows: ``5~30`` and the like; each lever setting meets the same sampled worlds.
    assumptions : bool
        Whether every number that the scenario marks as an assumption with a range is varied over it.
    replications : int
        Of each cell.
    decisive : bool
        Whether each run is made again without the reports of those who only watch, to count the boats and
        lives that hung on them; takes twice the time.
    """

    name: Name
    title: str = ""
    scenario: str
    set: dict[str, Any] = {}
    levers: dict[str, Any] = {}
    lever_design: Literal["grid", "zip"] = "grid"
    points: tuple[dict[str, Any], ...] = ()
    uncertainties: dict[str, Any] = {}
    assumptions: bool = False
    sampling: Sampling = Sampling()
    replications: _Count = 20
    decisive: bool = False
    until: Until | None = None

    @model_validator(mode="after")
    def _one_way(self) -> Sweep:
        if self.levers and self.points:
            raise ValueError("levers and points are two ways to say the same: give one of them")
        return self
